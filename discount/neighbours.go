package discount

import (
	"hash/maphash"
	"iter"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// Slip is how a code that somebody typed differs from one that there is.
type Slip string

// The slips, the likeliest first. A code is told by the first one that explains it.
const (
	Accent    Slip = "accent"     // an accent, or a letter or digit of another script: RENE10 for RENÉ10
	Separator Slip = "separator"  // blanks, dashes, underscores and dots: PAM-10 for PAM10
	LookAlike Slip = "look_alike" // letters that look like digits: PAMIO for PAM10
	Letter    Slip = "letter"     // one letter wrong, missing, or too many
	Swapped   Slip = "swapped"    // two neighbouring letters in the wrong order
	Added     Slip = "added"      // something before or after it: PAM10-SHOP for PAM10
)

// minAdded is the least length of a code that may be found inside a longer one, in characters: shorter ones are inside
// many codes by chance.
const minAdded = 4

// minLetters is the least length of a code in which a letter may be wrong: a very short one is one letter off many.
const minLetters = 3

// Neighbour is a code that somebody may have meant, by its position in the list.
type Neighbour struct {
	Position int
	Slip     Slip
}

// Neighbours finds, among many codes, those that a mistyped one may have been meant for, in a time that does not grow with
// their number. It does not change after [NewNeighbours] and is safe for use by several goroutines.
type Neighbours struct {
	seed    maphash.Seed
	keys    []string // the normal forms
	buckets []uint32 // where the entries of each bucket end
	entries []neighbourEntry
}

// neighbourEntry is one way to come to a code: a text that is made of it, and by what.
type neighbourEntry struct {
	hash uint32
	code uint32
}

// way is by what a text is made of a code.
type way uint64

const (
	whole     way = iota // the code itself
	squeezed             // without separators
	drawn                // with one letter for all that look alike
	loose                // as databases compare it that know no accents
	shortened            // without one of its letters
)

// NewNeighbours makes the index of a list of codes. Those without visible characters are nobody's neighbour.
func NewNeighbours(codes []string) *Neighbours {
	x := &Neighbours{seed: maphash.MakeSeed(), keys: make([]string, len(codes))}
	type made struct {
		hash uint64
		code uint32
	}
	var all []made
	for n, code := range codes {
		x.keys[n] = Normalize(code)
		x.ways(x.keys[n], func(hash uint64) { all = append(all, made{hash, uint32(n)}) })
	}
	x.buckets = make([]uint32, powerOfTwo(len(all)+1)+1)
	for _, m := range all {
		x.buckets[x.bucket(m.hash)+1]++
	}
	for n := range x.buckets[1:] {
		x.buckets[n+1] += x.buckets[n]
	}
	at := append([]uint32(nil), x.buckets...)
	x.entries = make([]neighbourEntry, len(all))
	for _, m := range all {
		b := x.bucket(m.hash)
		x.entries[at[b]] = neighbourEntry{uint32(m.hash), m.code}
		at[b]++
	}
	return x
}

func (x *Neighbours) bucket(hash uint64) int { return int(hash>>32) & (len(x.buckets) - 2) }

// ways yields the hashes of the texts that are made of a code.
func (x *Neighbours) ways(key string, yield func(uint64)) {
	if key == "" {
		return
	}
	yield(x.hash(whole, key))
	yield(x.hash(squeezed, squeeze(key)))
	yield(x.hash(drawn, draw(key)))
	yield(x.hash(loose, looseKey(key)))
	x.shortenings(key, func(without uint64) { yield(without + uint64(shortened)) })
}

func (x *Neighbours) hash(w way, text string) uint64 { return maphash.String(x.seed, text) + uint64(w) }

// Find returns the codes that a mistyped one may have been meant for, the likeliest slip first, then by position; at most
// limit. The code itself, if it is in the list, is none of them. However many there are, it looks at few more than limit in each
// place where the code may have gone wrong.
func (x *Neighbours) Find(code string, limit int) []Neighbour {
	key := Normalize(code)
	if key == "" || limit <= 0 {
		return nil
	}
	var found []Neighbour
	var space [2*MaxCodeLen + 1]uint64
	var here []int
	for _, s := range slips {
		here = here[:0]
		for _, hash := range x.appendHashes(space[:0], s, key) {
			left := limit - len(found) // what has one hash comes by position, so that of each the first ones are enough
			last := -1
			for n := range x.at(hash) {
				again := n == last
				last = n
				if again || x.keys[n] == key || slices.ContainsFunc(found, func(f Neighbour) bool { return f.Position == n }) ||
					!s.explains(key, x.keys[n]) {
					continue
				}
				here = append(here, n)
				if left--; left == 0 {
					break
				}
			}
		}
		slices.Sort(here)
		for _, n := range slices.Compact(here) {
			if found = append(found, Neighbour{n, s}); len(found) == limit {
				return found
			}
		}
	}
	return found
}

var slips = []Slip{Accent, Separator, LookAlike, Letter, Swapped, Added}

// SlipOf returns the slip by which a code was typed for another one, "" if they are the same or none explains it.
func SlipOf(typed, meant string) Slip {
	typed, meant = Normalize(typed), Normalize(meant)
	if typed == meant || typed == "" || meant == "" {
		return ""
	}
	for _, s := range slips {
		if s.explains(typed, meant) {
			return s
		}
	}
	return ""
}

// explains reports whether the slip makes one normal form of the other.
func (s Slip) explains(typed, meant string) bool {
	switch s {
	case Accent:
		return looseKey(typed) == looseKey(meant)
	case Separator:
		return squeeze(typed) == squeeze(meant)
	case LookAlike:
		return draw(typed) == draw(meant)
	case Letter:
		return utf8.RuneCountInString(meant) >= minLetters && isOneLetter(typed, meant)
	case Swapped:
		return utf8.RuneCountInString(meant) >= minLetters && isSwapped(typed, meant)
	case Added:
		return utf8.RuneCountInString(meant) >= minAdded && (strings.HasPrefix(typed, meant) || strings.HasSuffix(typed, meant))
	}
	return false
}

// appendHashes appends those of the texts under which a code stands from which the slip makes the typed one.
func (x *Neighbours) appendHashes(all []uint64, s Slip, typed string) []uint64 {
	switch s {
	case Accent:
		all = append(all, x.hash(loose, looseKey(typed)))
	case Separator:
		all = append(all, x.hash(squeezed, squeeze(typed)))
	case LookAlike:
		all = append(all, x.hash(drawn, draw(typed)))
	case Letter: // too many in the typed one, wrong, or missing from it
		x.shortenings(typed, func(without uint64) { all = append(all, without+uint64(whole), without+uint64(shortened)) })
		all = append(all, x.hash(shortened, typed))
	case Swapped:
		x.shortenings(typed, func(without uint64) { all = append(all, without+uint64(shortened)) })
	case Added:
		all = x.appendPieces(all, typed)
	}
	return all
}

// shortenings yields the hashes, for no way yet, of the texts that a code becomes without one of its letters. The texts are made
// in one place, because there are as many for each mistyped code as it has letters.
func (x *Neighbours) shortenings(key string, yield func(without uint64)) {
	if utf8.RuneCountInString(key) > MaxCodeLen {
		return // nobody types it letter by letter
	}
	var space [utf8.UTFMax * MaxCodeLen]byte
	for at, r := range key {
		text := append(append(space[:0], key[:at]...), key[at+utf8.RuneLen(r):]...)
		yield(maphash.Bytes(x.seed, text))
	}
}

// at yields the codes that have a text with a hash, by position. A code may come more than once, and one that only shares a hash
// may come.
func (x *Neighbours) at(hash uint64) iter.Seq[int] {
	return func(yield func(int) bool) {
		b := x.bucket(hash)
		for _, e := range x.entries[x.buckets[b]:x.buckets[b+1]] {
			if e.hash == uint32(hash) && !yield(int(e.code)) {
				return
			}
		}
	}
}

// appendPieces appends the hashes of the beginnings and ends of a code that may be a code, the longest first.
func (x *Neighbours) appendPieces(hashes []uint64, key string) []uint64 {
	letters := utf8.RuneCountInString(key)
	if letters > MaxCodeLen {
		return hashes
	}
	start, end := 0, len(key)
	for range letters - minAdded {
		_, first := utf8.DecodeRuneInString(key[start:])
		_, last := utf8.DecodeLastRuneInString(key[:end])
		start, end = start+first, end-last
		hashes = append(hashes, x.hash(whole, key[start:]), x.hash(whole, key[:end]))
	}
	return hashes
}

// squeeze leaves out what separates the parts of a code.
func squeeze(key string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_.‐‑–—·/", r) {
			return -1
		}
		return r
	}, key)
}

// draw writes letters and digits that look alike as one of them.
func draw(key string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'o', 'q':
			return '0'
		case 'i', 'l', 'j', '|':
			return '1'
		case 'z':
			return '2'
		case 's':
			return '5'
		case 'b':
			return '8'
		}
		return r
	}, key)
}

// isOneLetter reports whether one text becomes the other by a letter that is wrong, missing or too many.
func isOneLetter(typed, there string) bool {
	a, b := []rune(typed), []rune(there)
	a, b = withoutCommonEnds(a, b)
	return len(a) <= 1 && len(b) <= 1
}

// isSwapped reports whether two neighbouring letters have changed places.
func isSwapped(typed, there string) bool {
	a, b := withoutCommonEnds([]rune(typed), []rune(there))
	return len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

func withoutCommonEnds(a, b []rune) (restA, restB []rune) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

// powerOfTwo returns the next power of two that is not less.
func powerOfTwo(n int) int { return 1 << bits.Len(uint(n-1)) }
