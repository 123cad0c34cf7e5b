package discount

import "slices"

// Index finds, among many rules, all that a code satisfies, in about the time of a few look-ups in a map however many
// rules there are. It does not change after [NewIndex] and is safe for use by several goroutines.
//
// A rule is known by its position in the list that the index was made of. What an index finds is what [Rule.Matches]
// says of each rule; one that is not valid and so matches nothing is never found.
//
// It takes 44 to 60 bytes a rule with patterns of ten characters.
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
	for n, r := range rules {
		if k, ok := kindOf(r.Match); ok {
			x.patterns.add(n, k, r.Pattern, &x.secret)
		}
	}
	for k := range x.filters {
		if kind(k) != kindEquals { // each code is looked up once, at once in the table
			x.filters[k].init(kind(k), &x.patterns, x.secret.multiplier)
		}
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
	var buffer [2*MaxCodeLen + 2*blockSize]byte
	key := slices.Grow(appendNormalized(buffer[:0], code), blockSize)
	if len(key) == 0 {
		return found, false
	}
	m := x.search(matches{rules: found[len(found):], limit: limit}, key)
	if len(m.rules) > 1 {
		slices.Sort(m.rules)
	}
	return append(found, m.rules...), m.more // in place, if found had room
}
