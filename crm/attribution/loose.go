package attribution

import (
	"slices"
	"unicode/utf8"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// keyRoom is room for the keys of most codes, so that a look-up takes no memory for them.
const keyRoom = 2 * discount.MaxCodeLen

// looseCodes finds the whole codes of a layer that a typed one redeems in a shop that compares them loosely. Most codes
// are what the shop's key of them reads as, and are found among the codes by that; only the others are listed here.
type looseCodes struct {
	comparison discount.Comparison
	byKey      map[string][]int // groups of byPattern by the shop's key of their codes
}

// add adds a rule of a group.
func (l *looseCodes) add(r discount.Rule, group int) {
	if !l.comparison.IsLoose() || r.Match != discount.Equals {
		return
	}
	key := l.comparison.Key(r.Pattern)
	if discount.Normalize(key) == r.Key() || slices.Contains(l.byKey[key], group) {
		return
	}
	if l.byKey == nil {
		l.byKey = map[string][]int{}
	}
	l.byKey[key] = append(l.byKey[key], group)
}

// appendLoose appends the groups that may have a code which a typed one with this key redeems, besides those whose rules it
// satisfies.
func (l *layer) appendLoose(found []int, code string, key []byte) []int {
	found = append(found, l.loose.byKey[string(key)]...)
	if !isASCII(code) { // else it is its key, and satisfies the rules that are found by that
		found, _ = l.codes.AppendMatches(found, string(key), maxMatches)
	}
	return found
}

func isASCII(code string) bool {
	for n := range len(code) {
		if code[n] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// eachLooseClaim yields the claims by a code which does not satisfy a rule, and redeems the code that the rule equals. Such a
// claim ranks as if the rule's code had been typed, unless a rule of somebody who can earn equals the code as it was typed.
func (x *Index) eachLooseClaim(at int, code string, dayOf func() budget.Date, asTyped bool, yield func(claim) bool) bool {
	comparison := x.workspace.CodeComparison
	if !comparison.IsLoose() {
		return true
	}
	var space [roomForMatches]int
	var room [keyRoom]byte
	key := comparison.AppendKey(room[:0], code)
	match := strength(discount.Equals)
	if asTyped {
		match = anotherSpelling
	}
	length := -1
	var pattern string // the last one, which may be that of many, and whether the code redeems it
	var redeems bool
	for l := range x.layers() {
		for d, n := range x.members(l, &l.byPattern, l.appendLoose(space[:0], code, key)) {
			rule := d.Rules[n]
			if rule.Match != discount.Equals {
				continue
			}
			if rule.Pattern != pattern {
				pattern, redeems = rule.Pattern, !rule.Matches(code) && comparison.Redeems(code, rule.Pattern)
			}
			if !redeems {
				continue
			}
			if length < 0 {
				length = utf8.RuneCountInString(discount.Normalize(code))
			}
			c := d.claimCode(at, n, rank{match, length}, dayOf())
			c.loose = true
			if !yield(c) {
				return false
			}
		}
	}
	return true
}

// redeems reports whether a code satisfies a rule, or redeems the code that the rule equals.
func (x *Index) redeems(code string, r discount.Rule) bool {
	if r.Matches(code) {
		return true
	}
	comparison := x.workspace.CodeComparison
	return comparison.IsLoose() && r.Match == discount.Equals && comparison.Redeems(code, r.Pattern)
}
