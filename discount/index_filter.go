package discount

import (
	"iter"
	"math/bits"
	"slices"
)

// filter says with how many of the bytes of a text a pattern of a kind may begin, by a look at the first ones: of most texts,
// that none does, without a look at the table of patterns. That of [EndsWith] looks at the last ones.
//
// The first look is at as few bytes as the shortest pattern has, at most five. It tells the lengths of patterns up to that
// of the second look, which is at longGram bytes and is needed only where longer patterns may begin. So with a hundred rules
// nearly all texts are told apart by the first look, with a million by the second.
type filter struct {
	patterns int
	short    gramTable[uint8]
	long     gramTable[uint16]
	longest  []int // the lengths from manyLengths on that patterns have, ascending
}

// lengths has a bit for each length of patterns; that of manyLengths is for all lengths from there on.
type lengths uint32

const (
	maxShortGram = longGram - 1
	longGram     = 6
	longer       = 1  // in the first look, instead of length 0: the second look tells more
	manyLengths  = 21 // with longGram as the first one, sixteen bits are for the second look
)

// Entries of the tables for each pattern. Where one is taken by another text, the look goes on in vain.
const (
	shortEntries = 10
	longEntries  = 5
)

// init makes the filter of the patterns of a kind.
func (f *filter) init(k kind, all *patterns, multiplier uint64) {
	shortest, withLonger := maxShortGram, 0
	for n := range all.list {
		p := &all.list[n]
		if p.kind() != k {
			continue
		}
		f.patterns++
		shortest = min(shortest, p.size())
		if p.size() >= longGram {
			withLonger++
		}
	}
	f.short.init(shortest, f.patterns*shortEntries, multiplier)
	f.long.init(longGram, withLonger*longEntries, multiplier)
	for n := range all.list {
		if p := &all.list[n]; p.kind() == k {
			first := word(all.key(p), 0)
			if k == kindEnds {
				first = lastWord(all.key(p))
			}
			f.add(first, p.size())
		}
	}
	slices.Sort(f.longest)
}

func (f *filter) add(first uint64, size int) {
	if size < longGram {
		*f.short.entry(first) |= 1 << size
		return
	}
	*f.short.entry(first) |= longer
	*f.long.entry(first) |= 1 << (min(size, manyLengths) - longGram)
	if size >= manyLengths && !slices.Contains(f.longest, size) {
		f.longest = append(f.longest, size)
	}
}

// lengths returns the lengths of the patterns with which a text may begin, by its first word.
func (f *filter) lengths(first uint64) lengths {
	found := lengths(*f.short.entry(first))
	if found&longer != 0 {
		found = found&^longer | lengths(*f.long.entry(first))<<longGram
	}
	return found
}

// each yields the lengths, ascending.
func (f *filter) each(all lengths) iter.Seq[int] {
	return func(yield func(int) bool) {
		for ; all != 0; all &= all - 1 {
			n := bits.TrailingZeros32(uint32(all))
			if n < manyLengths && !yield(n) {
				return
			}
			if n == manyLengths {
				for _, n := range f.longest {
					if !yield(n) {
						return
					}
				}
			}
		}
	}
}

// gramTable has bits for texts of one size, several of which may share an entry.
type gramTable[Bits uint8 | uint16] struct {
	size       int
	multiplier uint64
	entries    []Bits
}

func (t *gramTable[Bits]) init(size, entries int, multiplier uint64) {
	*t = gramTable[Bits]{size, multiplier, make([]Bits, entries+1)}
}

// entry returns the entry of the first bytes of a word.
func (t *gramTable[Bits]) entry(first uint64) *Bits {
	return &t.entries[placeOf(firstBytes(first, t.size)*t.multiplier, len(t.entries))]
}
