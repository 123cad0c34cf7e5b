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

// suffix is the rest of a term's key from a byte on.
type suffix struct {
	of *term
	at uint8 // a key has at most 64 characters of 4 bytes
}

func (s suffix) text() string { return s.of.key[s.at:] }

func (s suffix) compare(other suffix) int {
	if byText := strings.Compare(s.text(), other.text()); byText != 0 {
		return byText
	}
	return cmp.Or(cmp.Compare(s.at, other.at), cmp.Compare(s.of.key, other.of.key), cmp.Compare(s.of.kind, other.of.kind))
}

// suffixesOf returns the suffixes of a term's key, the longest first. A UTM set has none.
func suffixesOf(t *term) []suffix {
	if t.kind == UTM {
		return nil
	}
	list := make([]suffix, 0, t.chars)
	for at := range t.key {
		list = append(list, suffix{t, uint8(at)})
	}
	return list
}

func newSuffixes(terms []*term) suffixes {
	// Most texts differ in their first bytes, which are compared faster as a number. The list has no pointers, because
	// it is as long as all keys together.
	type place struct {
		start uint64
		term  uint32
		at    uint8
	}
	sorted := []place{}
	for n, t := range terms {
		for _, s := range suffixesOf(t) {
			var start [8]byte
			copy(start[:], s.text())
			sorted = append(sorted, place{binary.BigEndian.Uint64(start[:]), uint32(n), s.at})
		}
	}
	slices.SortFunc(sorted, func(a, b place) int {
		if a.start != b.start {
			return cmp.Compare(a.start, b.start)
		}
		return suffix{terms[a.term], a.at}.compare(suffix{terms[b.term], b.at})
	})
	whole, all := make([]suffix, 0, len(terms)), make([]suffix, len(sorted))
	for n, p := range sorted {
		all[n] = suffix{terms[p.term], p.at}
		if p.at == 0 {
			whole = append(whole, all[n])
		}
	}
	return suffixes{loadTree(suffix.compare, whole), loadTree(suffix.compare, all)}
}

func (x suffixes) add(t *term) {
	for _, s := range suffixesOf(t) {
		x.all.Set(s)
		if s.at == 0 {
			x.whole.Set(s)
		}
	}
}

func (x suffixes) remove(t *term) {
	for _, s := range suffixesOf(t) {
		x.all.Delete(s)
		if s.at == 0 {
			x.whole.Delete(s)
		}
	}
}

// satisfying yields the terms whose keys, taken as codes, satisfy a pattern, each once.
func (x suffixes) satisfying(kind Kind, pattern string) iter.Seq[*term] {
	return func(yield func(*term) bool) {
		tree := x.all
		switch kind {
		case StartsWith:
			tree = x.whole
		case Contains, EndsWith:
		default:
			return
		}
		first := suffix{of: &term{key: pattern}} // it comes before every suffix with this text
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
