package discount

import "slices"

// search is one look-up. It does not hold the normal form of the code, which then can stay on the stack.
type search struct {
	index *Index
	found []int
	old   int // how many were in found before
	limit int
	more  bool
}

// whole finds the patterns that are all of the code.
func (s *search) whole(key []byte) {
	s.probe(kindEquals, s.index.secret.hash(kindEquals, key), key)
}

// fromTheStart finds the patterns that are the beginning of the code.
func (s *search) fromTheStart(key []byte) {
	if first := word(key, 0); s.index.filters[kindStarts].mayBegin(first) {
		s.probeBeginnings(kindStarts, key, first)
	}
}

// fromTheEnd finds the patterns that are the end of the code.
func (s *search) fromTheEnd(key []byte) {
	f := &s.index.filters[kindEnds]
	last := lastWord(key)
	if !f.mayBegin(last) {
		return
	}
	for n := range f.each(f.lengths(last)) {
		if n > len(key) {
			return
		}
		end := key[len(key)-n:]
		s.probe(kindEnds, s.index.secret.hash(kindEnds, end), end)
	}
}

// inside finds the patterns that the code contains. It reads each byte once; see lastWord.
func (s *search) inside(key []byte) {
	f := &s.index.filters[kindContains]
	if f.patterns == 0 {
		return
	}
	first, next := word(key, 0), key[wordSize:len(key)+wordSize]
	for at := range len(key) - f.shortGram + 1 {
		if f.mayBegin(first) {
			s.probeBeginnings(kindContains, key[at:], first)
		}
		first = first>>8 | uint64(next[at])<<(64-8)
	}
}

// probeBeginnings adds the rules of the patterns with which a text begins, whose first word may begin with one.
func (s *search) probeBeginnings(k kind, text []byte, first uint64) {
	secret, f := &s.index.secret, &s.index.filters[k]
	h := beginnings{hash: secret.start[k]}
	for n := range f.each(f.lengths(first)) {
		if n > len(text) {
			return
		}
		s.probe(k, h.upTo(secret, text, n), text[:n])
	}
}

// probe adds the rules of a pattern, if it is one.
func (s *search) probe(k kind, hash uint64, key []byte) {
	all := &s.index.patterns
	p := all.find(k, hash, key)
	if p == nil || k == kindContains && slices.Contains(s.found[s.old:], int(p.first)) { // a code may contain it twice
		return
	}
	for rule := p.first; rule != noRule; rule = all.after(rule) {
		if len(s.found)-s.old >= s.limit {
			s.more = true
			return
		}
		s.found = append(s.found, int(rule))
	}
}
