package claims

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/tidwall/btree"
)

// suffixes finds the keys that begin with a text, contain it or end with it. In a sorted list of all suffixes of all
// keys, those that begin with a text stand side by side; a key contains the text if one of its suffixes begins with it.
type suffixes struct {
	whole *btree.BTreeG[suffix] // the suffixes that are whole keys
	inner *innerSuffixes
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

// suffixesOf returns the suffixes of a term's key, the longest first.
func suffixesOf(t *term) []suffix {
	list := make([]suffix, 0, t.chars)
	for at := range t.key {
		list = append(list, suffix{t, uint8(at)})
	}
	return list
}

func newSuffixes(terms []*term) suffixes {
	whole := make([]suffix, 0, len(terms))
	for _, t := range terms {
		if t.kind != UTM {
			whole = append(whole, suffix{of: t})
		}
	}
	slices.SortFunc(whole, suffix.compare)
	return suffixes{loadTree(suffix.compare, whole), newInnerSuffixes()}
}

func (x suffixes) copy() suffixes { return suffixes{x.whole.Copy(), x.inner.copy()} }

func (x suffixes) add(t *term) {
	if t.kind != UTM {
		x.whole.Set(suffix{of: t})
		x.inner.add(t)
	}
}

func (x suffixes) remove(t *term) {
	if t.kind != UTM {
		x.whole.Delete(suffix{of: t})
		x.inner.remove(t)
	}
}

// satisfying yields the terms whose keys, taken as codes, satisfy a pattern, each once.
func (x suffixes) satisfying(kind Kind, pattern string) iter.Seq[*term] {
	switch kind {
	case StartsWith:
		return x.beginning(pattern)
	case Contains, EndsWith:
		if all := x.inner.find(x.whole); all != nil {
			return within(all, kind, pattern)
		}
		return x.scan(kind, pattern)
	}
	return func(func(*term) bool) {}
}

// beginning yields the terms whose keys begin with a pattern.
func (x suffixes) beginning(pattern string) iter.Seq[*term] {
	return func(yield func(*term) bool) {
		x.whole.Ascend(before(pattern), func(s suffix) bool { return strings.HasPrefix(s.of.key, pattern) && yield(s.of) })
	}
}

// scan looks at all keys.
func (x suffixes) scan(kind Kind, pattern string) iter.Seq[*term] {
	satisfies := strings.Contains
	if kind == EndsWith {
		satisfies = strings.HasSuffix
	}
	return func(yield func(*term) bool) {
		x.whole.Scan(func(s suffix) bool { return !satisfies(s.of.key, pattern) || yield(s.of) })
	}
}

// before comes before every suffix that begins with a text.
func before(text string) suffix { return suffix{of: &term{key: text}} }
