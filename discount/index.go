package discount

import "slices"

// Index finds, among many rules, all that a code satisfies, in about the time of a few look-ups in a map however many
// rules there are. It does not change after [NewIndex] and is safe for use by several goroutines.
//
// A rule is known by its position in the list that the index was made of. What an index finds is what [Rule.Matches]
// says of each rule; one that is not valid and so matches nothing is never found.
//
// It takes some 50 bytes a rule with patterns of ten characters.
type Index struct {
	secret   secret
	patterns patterns
	filters  [numKinds]filter
	rules    int
}

// NewIndex makes the index of a list of rules. It keeps nothing of the list. Rules with one match and one pattern, as
// many cooperations of one influencer have, share a pattern.
func NewIndex(rules []Rule) *Index {
	x := &Index{secret: newSecret(), rules: len(rules)}
	x.patterns.init(rules)
	var counts [numKinds]int
	for _, r := range rules {
		if k, ok := kindOf(r.Match); ok {
			counts[k]++
		}
	}
	for k := range x.filters {
		x.filters[k].init(kind(k), counts[k])
	}
	for n, r := range rules {
		x.add(n, r)
	}
	return x
}

// Len returns the number of rules in the list.
func (x *Index) Len() int { return x.rules }

// AppendMatches appends the positions of the rules that a code satisfies, ascending, but not more than limit: a family
// of rules for everything may be as long as the list. Which ones are left out then is not said; more reports that some
// are. The code need not be in normal form. Nothing is allocated for a code in ASCII of up to 128
// characters if found has room for what is added.
func (x *Index) AppendMatches(found []int, code string, limit int) (_ []int, more bool) {
	var buffer [2 * MaxCodeLen]byte
	key := appendNormalized(buffer[:0], code)
	s := search{index: x, found: found, old: len(found), limit: limit}
	if len(key) > 0 {
		s.fromTheStart(key)
		s.fromTheEnd(key)
		s.inside(key)
	}
	slices.Sort(s.found[s.old:])
	return s.found, s.more
}

// search is one look-up. It does not hold the normal form of the code, which then can stay on the stack.
type search struct {
	index *Index
	found []int
	old   int // how many were in found before
	limit int
	more  bool
}

// fromTheStart finds the patterns that are the beginning of the code, and those that are all of it.
func (s *search) fromTheStart(key []byte) {
	x := s.index
	f := &x.filters[kindStarts]
	h := x.secret.start[kindStarts]
	for n, c := range key {
		h = x.secret.step(h, c)
		if f.mayHold(n+1, h) {
			s.probe(kindStarts, h, key[:n+1])
		}
	}
	s.probe(kindEquals, h^x.secret.start[kindEquals], key)
}

// fromTheEnd finds the patterns that are the end of the code.
func (s *search) fromTheEnd(key []byte) {
	x := s.index
	f := &x.filters[kindEnds]
	h := x.secret.start[kindEnds]
	for n := range min(len(key), f.longest) {
		at := len(key) - 1 - n
		h = x.secret.step(h, key[at])
		if f.mayHold(n+1, h) {
			s.probe(kindEnds, h, key[at:])
		}
	}
}

// inside finds the patterns that the code contains.
func (s *search) inside(key []byte) {
	x := s.index
	f := &x.filters[kindContains]
	if f.longest == 0 {
		return
	}
	for at, c := range key {
		if !f.begins[c] {
			continue
		}
		rest := key[at:min(at+f.longest, len(key))]
		h := x.secret.start[kindContains]
		for n, c := range rest {
			h = x.secret.step(h, c)
			if f.mayHold(n+1, h) {
				s.probe(kindContains, h, rest[:n+1])
			}
			if !f.mayGoOn(n+1, h^x.secret.mark) {
				break
			}
		}
	}
}

// probe adds the rules of a pattern, if it is one.
func (s *search) probe(k kind, hash uint64, key []byte) {
	all := &s.index.patterns
	p, ok := all.find(k, hash, key)
	if !ok || k == kindContains && slices.Contains(s.found[s.old:], int(all.first[p])) { // a code may contain it twice
		return
	}
	for rule := all.first[p]; rule != noRule; rule = all.next[rule] {
		if len(s.found)-s.old >= s.limit {
			s.more = true
			return
		}
		s.found = append(s.found, int(rule))
	}
}

// add adds a rule.
func (x *Index) add(rule int, r Rule) {
	k, ok := kindOf(r.Match)
	if !ok {
		return
	}
	key := x.patterns.begin(r.Pattern)
	if len(key) == 0 {
		return
	}
	f := &x.filters[k]
	h := x.secret.start[k]
	switch k {
	case kindEquals:
		h = x.secret.start[kindStarts]
		for _, c := range key {
			h = x.secret.step(h, c)
		}
		h ^= x.secret.start[kindEquals]
	case kindEnds:
		for n := range key {
			h = x.secret.step(h, key[len(key)-1-n])
		}
	default:
		for n, c := range key {
			h = x.secret.step(h, c)
			f.mark(n+1, h^x.secret.mark)
		}
	}
	f.hold(key, h)
	x.patterns.add(rule, k, h, key)
}
