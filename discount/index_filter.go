package discount

import (
	"math/bits"
	"math/rand/v2"
)

// kind is a Match as a number.
type kind uint8

const (
	kindEquals kind = iota
	kindStarts
	kindEnds
	kindContains
	numKinds
)

func kindOf(m Match) (k kind, ok bool) {
	switch m {
	case Equals:
		return kindEquals, true
	case StartsWith:
		return kindStarts, true
	case EndsWith:
		return kindEnds, true
	case Contains:
		return kindContains, true
	}
	return 0, false
}

// secret is what a hash begins with and is multiplied by. It is drawn for each index, so that nobody can write rules or
// codes that share their hashes.
type secret struct {
	start      [numKinds]uint64
	mark       uint64
	multiplier uint64
}

func newSecret() secret {
	s := secret{mark: rand.Uint64(), multiplier: rand.Uint64() | 1}
	for k := range s.start {
		s.start[k] = rand.Uint64()
	}
	return s
}

// step adds a byte to a hash. The hash of each longer text costs one step more, which is what a search needs that tries
// all beginnings of a code.
func (s *secret) step(hash uint64, c byte) uint64 {
	high, low := bits.Mul64(hash^uint64(c), s.multiplier)
	return high ^ low
}

// filter says of most texts that they are no pattern of a kind, without a look at the table of patterns, which is too
// large for the caches of a processor. It is a Bloom filter in which the two bits of a text lie in one word.
type filter struct {
	kind    kind
	longest int    // pattern, in bytes
	lengths uint64 // of patterns, in bytes, a bit each; the last bit is for all lengths from there on
	words   []uint64
	begins  [256]bool // with which bytes patterns begin
}

const lastLength = 63

// Patterns leave marks of their beginnings of these lengths in the filter, so that a search ends early where no pattern
// begins. With a hundred rules the shorter one ends nearly all of them, with a million the longer one.
const (
	shortMark = 3
	longMark  = 6
)

func (f *filter) init(k kind, patterns int) {
	f.kind = k
	bitsEach := 16
	switch k {
	case kindEquals: // each code is looked up once, at once in the table
		return
	case kindContains:
		bitsEach = 32 // and its marks
	}
	f.words = make([]uint64, powerOfTwo(patterns*bitsEach/64+1))
}

func (f *filter) set(hash uint64) {
	f.words[f.word(hash)] |= twoBits(hash)
}

func (f *filter) has(hash uint64) bool {
	two := twoBits(hash)
	return f.words[f.word(hash)]&two == two
}

func (f *filter) word(hash uint64) int { return int(hash>>12) & (len(f.words) - 1) }

func twoBits(hash uint64) uint64 { return 1<<(hash&63) | 1<<(hash>>6&63) }

// hold adds a pattern.
func (f *filter) hold(key []byte, hash uint64) {
	if f.words == nil {
		return
	}
	f.longest = max(f.longest, len(key))
	f.lengths |= 1 << min(len(key), lastLength)
	f.begins[key[0]] = true
	f.set(hash)
}

// mayHold reports whether a text of a length may be a pattern.
func (f *filter) mayHold(length int, hash uint64) bool {
	return f.lengths>>min(length, lastLength)&1 == 1 && f.has(hash)
}

// mark adds the beginning of a pattern.
func (f *filter) mark(length int, hash uint64) {
	if f.kind == kindContains && (length == shortMark || length == longMark) {
		f.set(hash)
	}
}

// mayGoOn reports whether a longer text that begins with this one may be a pattern.
func (f *filter) mayGoOn(length int, hash uint64) bool {
	return length != shortMark && length != longMark || f.has(hash)
}
