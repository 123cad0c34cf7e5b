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

// hash returns the hash of a text as a pattern of a kind. As everywhere in an index, the slice has room for a block behind
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

// beginnings hashes the beginnings of a text, each of which is longer than the one before, and so takes each block once.
type beginnings struct {
	hash uint64 // of the blocks so far
	at   int    // where they end
}

// upTo returns the hash of the first n bytes. Most patterns are of one block or less, and take one way through it.
func (b *beginnings) upTo(s *secret, text []byte, n int) uint64 {
	for ; n-b.at > blockSize; b.at += blockSize {
		b.hash = s.step(s.step(b.hash, word(text, b.at)), word(text, b.at+wordSize))
	}
	first := firstBytes(word(text, b.at), min(n-b.at, wordSize))
	second := firstBytes(word(text, b.at+wordSize), max(n-b.at-wordSize, 0))
	return s.step(s.step(b.hash^uint64(n), first), second)
}

// word returns the word of the bytes of a text from one on. It may end behind the text: in an index every text has room
// for a block behind it, and whatever stands there is cut off or does not count.
func word(text []byte, at int) uint64 {
	return binary.LittleEndian.Uint64(text[at : at+wordSize])
}

// lastWord returns the word of the last bytes of a text, the last one first. It puts it together of two words as they were
// written, because reading what two writes have just made has to wait for both.
func lastWord(text []byte) uint64 {
	at := len(text) - wordSize
	if at < 0 {
		return bits.ReverseBytes64(word(text, 0) << (8 * -at))
	}
	behind := at % wordSize
	at -= behind
	return bits.ReverseBytes64(word(text, at)>>(8*behind) | word(text, at+wordSize)<<(8*(wordSize-behind)))
}

// firstBytes returns a word without its bytes from n on.
func firstBytes(word uint64, n int) uint64 { return word & (1<<(8*uint(n)) - 1) }

// placeOf returns the place of a hash in a table of a size, which need not be a power of two. It is told by the higher bits.
func placeOf(hash uint64, size int) int {
	high, _ := bits.Mul64(hash, uint64(size))
	return int(high)
}
