package discount

import "slices"

// matches are the rules that a look-up has found so far. They are passed on and returned, never kept, so that the room for them,
// and that for the normal form of the code, may be on the stack of the caller.
type matches struct {
	rules []int
	limit int
	more  bool // than limit
}

// search finds the rules that a code in normal form satisfies.
func (x *Index) search(m matches, key []byte) matches {
	if p := x.patterns.find(kindEquals, x.secret.hash(kindEquals, key), key); p != nil {
		m = x.patterns.appendRules(m, p)
	}
	if first := word(key, 0); x.filters[kindStarts].mayBegin(first) {
		m = x.starts(m, kindStarts, key, first)
	}
	if last := lastWord(key); x.filters[kindEnds].mayBegin(last) {
		m = x.ends(m, key, last)
	}
	if x.filters[kindContains].patterns > 0 {
		m = x.inside(m, key)
	}
	return m
}

// starts finds the patterns of a kind with which a text begins, whose first word may begin with one.
func (x *Index) starts(m matches, k kind, text []byte, first uint64) matches {
	f, h := &x.filters[k], beginnings{hash: x.secret.start[k]}
	for n := range f.each(f.lengths(first)) {
		if n > len(text) {
			break
		}
		p := x.patterns.find(k, h.upTo(&x.secret, text, n), text[:n])
		if p == nil || k == kindContains && slices.Contains(m.rules, int(p.first)) { // a code may contain it twice
			continue
		}
		m = x.patterns.appendRules(m, p)
	}
	return m
}

// ends finds the patterns that are the end of a code.
func (x *Index) ends(m matches, key []byte, last uint64) matches {
	f := &x.filters[kindEnds]
	for n := range f.each(f.lengths(last)) {
		if n > len(key) {
			break
		}
		end := key[len(key)-n:]
		if p := x.patterns.find(kindEnds, x.secret.hash(kindEnds, end), end); p != nil {
			m = x.patterns.appendRules(m, p)
		}
	}
	return m
}

// inside finds the patterns that a code contains. It reads each byte once; see lastWord.
func (x *Index) inside(m matches, key []byte) matches {
	f := &x.filters[kindContains]
	first, next := word(key, 0), key[wordSize:len(key)+wordSize]
	for at := range len(key) - f.shortGram + 1 {
		if f.mayBegin(first) {
			m = x.starts(m, kindContains, key[at:], first)
		}
		first = first>>8 | uint64(next[at])<<(64-8)
	}
	return m
}
