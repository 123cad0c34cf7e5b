package discount

import (
	"iter"
	"math/bits"
	"slices"
)

// filter tells, by the first bytes of a text, which lengths a pattern may have that the text begins with. For most texts it is
// none, and the table of patterns, which is too large for the caches of a processor, need not be asked. The filter of [EndsWith]
// goes by the last bytes.
//
// The first look is at as many bytes as the shortest pattern has, at most maxShortGram, and at one bit. Where it is
// set, the lengths stand beside it, but those from longGram on, which a second look at longGram bytes tells. With a
// hundred rules the first look is enough for nearly all texts, with a million it is the second.
type filter struct {
	patterns     int
	shortGram    int // how many bytes the first look is at
	short        grams
	begins       []uint64 // a bit for each place of short
	shortLengths []uint8  // for bitsEach places of short each
	long         grams
	longLengths  []uint16
	longest      []int // the lengths from manyLengths on that patterns have, ascending
}

// lengths has a bit for each length of patterns; that of manyLengths is for all lengths from there on.
type lengths uint32

const (
	maxShortGram = longGram - 1
	longGram     = 6
	longer       = 1  // in shortLengths, instead of length 0: the second look tells more
	manyLengths  = 21 // with longGram as the first one, sixteen bits are for the second look
)

// How many places there are for each pattern, at least. A text that shares one with a pattern is looked up in vain, so that
// there are most where most texts are looked at.
const (
	shortPlaces = 64
	bitsEach    = 16
	longPlaces  = 4
)

// init makes the filter of the patterns of a kind.
func (f *filter) init(k kind, all *patterns, multiplier uint64) {
	f.shortGram = maxShortGram
	withLonger := 0
	for n := range all.list {
		p := &all.list[n]
		if p.kind() != k {
			continue
		}
		f.patterns++
		f.shortGram = min(f.shortGram, p.size())
		if p.size() >= longGram {
			withLonger++
		}
	}
	f.short = newGrams(f.shortGram, max(f.patterns, 1)*shortPlaces, multiplier)
	f.begins = make([]uint64, f.short.places()/64)
	f.shortLengths = make([]uint8, f.short.places()/bitsEach)
	f.long = newGrams(longGram, max(withLonger, 1)*longPlaces, multiplier)
	f.longLengths = make([]uint16, f.long.places())
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
	place := f.short.place(first)
	f.begins[place/64] |= 1 << (place % 64)
	if size < longGram {
		f.shortLengths[place/bitsEach] |= 1 << size
		return
	}
	f.shortLengths[place/bitsEach] |= longer
	f.longLengths[f.long.place(first)] |= 1 << (min(size, manyLengths) - longGram)
	if size >= manyLengths && !slices.Contains(f.longest, size) {
		f.longest = append(f.longest, size)
	}
}

// mayBegin reports whether a text may begin with a pattern, by its first word.
func (f *filter) mayBegin(first uint64) bool {
	place := f.short.place(first)
	return f.begins[place/64]>>(place%64)&1 == 1
}

// lengths returns the lengths of the patterns with which a text may begin that mayBegin lets pass.
func (f *filter) lengths(first uint64) lengths {
	found := lengths(f.shortLengths[f.short.place(first)/bitsEach])
	if found&longer == 0 {
		return found
	}
	return found&^longer | lengths(f.longLengths[f.long.place(first)])<<longGram
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

// grams gives texts of one size places in a table. Several may have one.
type grams struct {
	multiplier uint64 // has so many zeros at its end that other bytes of a word than those of the text come to nothing
	shift      uint8
}

func newGrams(size, places int, multiplier uint64) grams {
	return grams{multiplier << (64 - 8*size), uint8(64 - bits.Len(uint(places-1)))}
}

func (g grams) places() int { return 1 << (64 - g.shift) }

// place returns the place of the first bytes of a word.
func (g grams) place(first uint64) uint64 { return first * g.multiplier >> (g.shift & 63) }
