package claims

import (
	"cmp"
	"encoding/binary"
	"iter"
	"slices"
	"strings"

	"github.com/tidwall/btree"
)

// suffixes finds the keys that begin with a text, contain it or end with it. In a sorted list of all suffixes of all
// keys, those that begin with a text stand side by side; a key contains the text if one of its suffixes begins with it.
type suffixes struct {
	whole *btree.BTreeG[suffix] // the suffixes that are whole keys
	all   *btree.BTreeG[suffix]
}

// suffix is the rest of a group's key from a byte on.
type suffix struct {
	of *group
	at uint8 // a key has at most 64 characters of 4 bytes
}

func (s suffix) text() string { return s.of.key[s.at:] }

func (s suffix) compare(other suffix) int {
	if byText := strings.Compare(s.text(), other.text()); byText != 0 {
		return byText
	}
	return cmp.Or(cmp.Compare(s.at, other.at), cmp.Compare(s.of.key, other.of.key), cmp.Compare(s.of.kind, other.of.kind))
}

// suffixesOf returns the suffixes of a group's key, the longest first. A UTM set has none.
func suffixesOf(g *group) []suffix {
	if g.kind == UTM {
		return nil
	}
	list := make([]suffix, 0, g.chars)
	for at := range g.key {
		list = append(list, suffix{g, uint8(at)})
	}
	return list
}

func newSuffixes(groups []*group) suffixes {
	// Most texts differ in their first bytes, which are compared faster as a number. The list has no pointers, because
	// it is as long as all keys together.
	type place struct {
		start uint64
		group uint32
		at    uint8
	}
	sorted := []place{}
	for n, g := range groups {
		for _, s := range suffixesOf(g) {
			var start [8]byte
			copy(start[:], s.text())
			sorted = append(sorted, place{binary.BigEndian.Uint64(start[:]), uint32(n), s.at})
		}
	}
	slices.SortFunc(sorted, func(a, b place) int {
		if a.start != b.start {
			return cmp.Compare(a.start, b.start)
		}
		return suffix{groups[a.group], a.at}.compare(suffix{groups[b.group], b.at})
	})
	whole, all := make([]suffix, 0, len(groups)), make([]suffix, len(sorted))
	for n, p := range sorted {
		all[n] = suffix{groups[p.group], p.at}
		if p.at == 0 {
			whole = append(whole, all[n])
		}
	}
	return suffixes{loadTree(whole), loadTree(all)}
}

// loadTree makes a tree of sorted suffixes. Load leaves the nodes of a tree half empty, so every second suffix is left
// to fill them: the index takes a third less memory.
func loadTree(sorted []suffix) *btree.BTreeG[suffix] {
	tree := btree.NewBTreeGOptions(func(a, b suffix) bool { return a.compare(b) < 0 }, btree.Options{NoLocks: true})
	for n := 0; n < len(sorted); n += 2 {
		tree.Load(sorted[n])
	}
	var hint btree.PathHint
	for n := 1; n < len(sorted); n += 2 {
		tree.SetHint(sorted[n], &hint)
	}
	return tree
}

func (x suffixes) add(g *group) {
	for _, s := range suffixesOf(g) {
		x.all.Set(s)
		if s.at == 0 {
			x.whole.Set(s)
		}
	}
}

func (x suffixes) remove(g *group) {
	for _, s := range suffixesOf(g) {
		x.all.Delete(s)
		if s.at == 0 {
			x.whole.Delete(s)
		}
	}
}

// satisfying yields the groups whose keys, taken as codes, satisfy a pattern, each once.
func (x suffixes) satisfying(kind Kind, pattern string) iter.Seq[*group] {
	return func(yield func(*group) bool) {
		tree := x.all
		switch kind {
		case StartsWith:
			tree = x.whole
		case Contains, EndsWith:
		default:
			return
		}
		first := suffix{of: &group{key: pattern}} // it comes before every suffix with this text
		tree.Ascend(first, func(s suffix) bool {
			text := s.text()
			if !strings.HasPrefix(text, pattern) || kind == EndsWith && text != pattern {
				return false
			}
			again := kind == Contains && strings.Index(s.of.key, pattern) < int(s.at)
			return again || yield(s.of)
		})
	}
}
