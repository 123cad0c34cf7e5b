package discount

import (
	"encoding/binary"
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
	multiplier uint64
}

func newSecret() secret {
	s := secret{multiplier: rand.Uint64() | 1}
	for k := range s.start {
		s.start[k] = rand.Uint64()
	}
	return s
}

// hash returns the hash of a text as a pattern of a kind. As everywhere in an index, the slice has room for a word behind
// the text; what stands there does not count.
func (s *secret) hash(k kind, text []byte) uint64 {
	h := beginnings{hash: s.start[k]}
	return h.upTo(s, text, len(text))
}

// step adds a word to a hash.
func (s *secret) step(hash, word uint64) uint64 {
	high, low := bits.Mul64(hash^word, s.multiplier)
	return high ^ low
}

// beginnings hashes the beginnings of a text, each of which is longer than the one before, and so takes each word once.
type beginnings struct {
	hash uint64 // of the whole words so far
	at   int    // where they end
}

// upTo returns the hash of the first n bytes.
func (b *beginnings) upTo(s *secret, text []byte, n int) uint64 {
	for ; b.at+wordSize <= n; b.at += wordSize {
		b.hash = s.step(b.hash, word(text, b.at))
	}
	rest := firstBytes(word(text, b.at), n-b.at)
	return s.step(b.hash, rest|uint64(n)<<56) // the last byte is free for the length
}

// wordSize is the size of a word in bytes.
const wordSize = 8

// word returns the word of the bytes of a text from one on. It may end behind the text.
func word(text []byte, at int) uint64 {
	return binary.LittleEndian.Uint64(text[at : at+wordSize])
}

// lastWord returns the word of the last bytes of a text, the last one first.
func lastWord(text []byte) uint64 {
	if missing := wordSize - len(text); missing > 0 {
		return bits.ReverseBytes64(word(text, 0) << (8 * missing))
	}
	return bits.ReverseBytes64(word(text, len(text)-wordSize))
}

// firstBytes returns a word without its bytes from n on.
func firstBytes(word uint64, n int) uint64 { return word & (1<<(8*n) - 1) }

// placeOf returns the place of a hash in a table of a size, which need not be a power of two. It is told by the higher bits.
func placeOf(hash uint64, size int) int {
	high, _ := bits.Mul64(hash, uint64(size))
	return int(high)
}
