package utm

import (
	"hash/maphash"
	"math/bits"
	"slices"
)

// Index finds, among many sets of UTM parameters, all that describe a touchpoint, in about the time of a few look-ups in
// a map however many sets there are. It does not change after [NewIndex] and is safe for use by several goroutines.
//
// A set is known by its position in the list that the index was made of. What an index finds is what [Params.Matches]
// says of each [Params.Usable] set; the others are never found, because they would claim all visitors of a platform.
type Index struct {
	seed   maphash.Seed
	strict bool
	sets   int
	// values says of a value in a field which combinations of fields the sets with it have, a bit for each: a set with
	// campaign and term alone has the combination 1<<Campaign | 1<<Term.
	values [NumFields]map[uint64]uint32
	// known has the first set of each group of equal sets, by the hash of their fields.
	known map[uint64]int32
	keys  [][NumFields]string // of each set
	next  []int32             // of each set, another one that equals it or has its hash, or noSet
}

const noSet = -1

// NewIndex makes the index of a list of sets; strict compares bytes, as in [Params.Matches].
func NewIndex(sets []Params, strict bool) *Index {
	x := &Index{
		seed: maphash.MakeSeed(), strict: strict, sets: len(sets),
		known: make(map[uint64]int32, len(sets)), keys: make([][NumFields]string, len(sets)), next: make([]int32, len(sets)),
	}
	for f := range x.values {
		x.values[f] = map[uint64]uint32{}
	}
	for n, p := range sets {
		if p.Usable() {
			x.add(int32(n), p)
		}
	}
	return x
}

// Len returns the number of sets in the list.
func (x *Index) Len() int { return x.sets }

func (x *Index) add(n int32, p Params) {
	var hashes [NumFields]uint64
	var fields uint
	for _, f := range Fields() {
		if key := x.key(p.Get(f)); key != "" {
			x.keys[n][f], hashes[f] = key, maphash.String(x.seed, key)
			fields |= 1 << f
		}
	}
	for f := range x.values {
		if fields>>f&1 == 1 {
			x.values[f][hashes[f]] |= 1 << fields
		}
	}
	hash := sum(&hashes, fields)
	first, ok := x.known[hash]
	if !ok {
		first = noSet
	}
	x.next[n], x.known[hash] = first, n
}

// key is what a value is compared by, "" for one that is empty.
func (x *Index) key(v Value) string {
	key := canonical(v.text)
	if key != "" && x.strict {
		return v.text
	}
	return key
}

// sum is the hash of a combination of fields.
func sum(hashes *[NumFields]uint64, fields uint) uint64 {
	all := uint64(fields)
	for f, h := range hashes {
		if fields>>f&1 == 1 {
			all = bits.RotateLeft64(all^h, 23) * 0x9e3779b97f4a7c15 // an odd number, so that no two sums become one
		}
	}
	return all
}

// AppendMatches appends the positions of the sets that describe a touchpoint, ascending, but not more than limit: a
// thousand cooperations may have one set. Which ones are left out then is not said; more reports that some are. Nothing is
// allocated for values as links mostly have them, in lower case without escapes, if found has room for what is added.
func (x *Index) AppendMatches(found []int, touch Params, limit int) (_ []int, more bool) {
	var keys [NumFields]string
	var hashes [NumFields]uint64
	combinations := ^uint32(0)
	for _, f := range tellingFirst {
		possible := without[f]
		if key := x.key(touch.Get(f)); key != "" {
			keys[f], hashes[f] = key, maphash.String(x.seed, key)
			possible |= x.values[f][hashes[f]]
		}
		if combinations &= possible; combinations&usable == 0 {
			return found, false
		}
	}
	old := len(found)
	for rest := combinations & usable; rest != 0; rest &= rest - 1 {
		combination := uint(bits.TrailingZeros32(rest))
		first, ok := x.known[sum(&hashes, combination)]
		if !ok {
			continue
		}
		for n := first; n != noSet; n = x.next[n] {
			if !x.describes(n, &keys, combination) {
				continue
			}
			if len(found)-old >= limit {
				more = true
				break
			}
			found = append(found, int(n))
		}
	}
	slices.Sort(found[old:])
	return found, more
}

// tellingFirst has the fields in the order in which most touchpoints of strangers are known as such: without one of the
// first three no set is usable.
var tellingFirst = [NumFields]Field{Term, Content, Campaign, Source, Medium}

// without has, for each field, the combinations of fields that do not have it, a bit for each.
var without = func() (all [NumFields]uint32) {
	for f := range all {
		for combination := range 1 << NumFields {
			if combination>>f&1 == 0 {
				all[f] |= 1 << combination
			}
		}
	}
	return all
}()

// usable has the combinations of fields that a usable set may have.
var usable = ^(without[Term] & without[Content] & without[Campaign])

// describes reports whether a set has just these fields with these values.
func (x *Index) describes(n int32, keys *[NumFields]string, combination uint) bool {
	for f, key := range x.keys[n] {
		want := ""
		if combination>>f&1 == 1 {
			want = keys[f]
		}
		if key != want {
			return false
		}
	}
	return true
}
