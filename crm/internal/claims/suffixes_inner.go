package claims

import (
	"cmp"
	"encoding/binary"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/tidwall/btree"
)

// innerSuffixes are all suffixes of all keys. There are ten times as many as keys, so they take most of the time and
// the memory of an index, and only rules of contains and ends_with need them, which are rare: they are made when they have
// been looked for so often that looking at all keys each time would have cost as much.
type innerSuffixes struct {
	searches *atomic.Int32 // in all versions, without the suffixes
	making   sync.Mutex
	all      atomic.Pointer[btree.BTreeG[suffix]] // nil until they are made
}

// maxScans is how often all keys are looked at before their suffixes are made, which takes some hundred times as long.
const maxScans = 64

func newInnerSuffixes() *innerSuffixes { return &innerSuffixes{searches: new(atomic.Int32)} }

func (x *innerSuffixes) copy() *innerSuffixes {
	c := &innerSuffixes{searches: x.searches}
	if all := x.all.Load(); all != nil {
		c.all.Store(all.Copy())
	}
	return c
}

func (x *innerSuffixes) add(t *term) {
	if all := x.all.Load(); all != nil {
		for _, s := range suffixesOf(t) {
			all.Set(s)
		}
	}
}

func (x *innerSuffixes) remove(t *term) {
	if all := x.all.Load(); all != nil {
		for _, s := range suffixesOf(t) {
			all.Delete(s)
		}
	}
}

// find returns all suffixes of the whole keys, or nil as long as it is better to look at each key.
func (x *innerSuffixes) find(whole *btree.BTreeG[suffix]) *btree.BTreeG[suffix] {
	if all := x.all.Load(); all != nil || x.searches.Add(1) <= maxScans {
		return all
	}
	x.making.Lock()
	defer x.making.Unlock()
	if all := x.all.Load(); all != nil {
		return all
	}
	all := allSuffixes(whole)
	x.all.Store(all)
	return all
}

// allSuffixes makes all suffixes of whole keys.
func allSuffixes(whole *btree.BTreeG[suffix]) *btree.BTreeG[suffix] {
	// Most texts differ in their first bytes, which are compared faster as a number. The list has no pointers, because
	// it is as long as all keys together.
	type place struct {
		start uint64
		term  uint32
		at    uint8
	}
	terms, sorted := make([]*term, 0, whole.Len()), []place{}
	whole.Scan(func(w suffix) bool {
		for _, s := range suffixesOf(w.of) {
			var start [8]byte
			copy(start[:], s.text())
			sorted = append(sorted, place{binary.BigEndian.Uint64(start[:]), uint32(len(terms)), s.at})
		}
		terms = append(terms, w.of)
		return true
	})
	slices.SortFunc(sorted, func(a, b place) int {
		if a.start != b.start {
			return cmp.Compare(a.start, b.start)
		}
		return suffix{terms[a.term], a.at}.compare(suffix{terms[b.term], b.at})
	})
	all := make([]suffix, len(sorted))
	for n, p := range sorted {
		all[n] = suffix{terms[p.term], p.at}
	}
	return loadTree(suffix.compare, all)
}

// within yields the terms whose keys satisfy a pattern of contains or ends_with, each once.
func within(all *btree.BTreeG[suffix], kind Kind, pattern string) iter.Seq[*term] {
	return func(yield func(*term) bool) {
		all.Ascend(before(pattern), func(s suffix) bool {
			text := s.text()
			if !strings.HasPrefix(text, pattern) || kind == EndsWith && text != pattern {
				return false
			}
			again := kind == Contains && strings.Index(s.of.key, pattern) < int(s.at)
			return again || yield(s.of)
		})
	}
}
