package crm

import (
	"cmp"
	"iter"
	"slices"
	"unicode/utf8"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// patternKinds are the kinds of claims that many codes satisfy.
var patternKinds = []ClaimKind{ClaimContains, ClaimStartsWith, ClaimEndsWith}

// patternClaims are the patterns of one kind: on which days how many are live, and how long they are.
type patternClaims struct {
	from, to ordered[budget.Date]                         // first and last live days, tail days included
	lengths  [discount.MaxCodeLen + 1]map[uint32]struct{} // groups by number of characters
}

func newPatternClaims() *patternClaims {
	byDay := ordered[budget.Date]{compare: budget.Date.Compare}
	return &patternClaims{from: byDay, to: byDay}
}

func (p *patternClaims) enter(g uint32, c *Claim, tailDays int) {
	length := utf8.RuneCountInString(c.Key)
	if p.lengths[length] == nil {
		p.lengths[length] = map[uint32]struct{}{}
	}
	p.lengths[length][g] = struct{}{}
	if days := c.live(tailDays); !days.Start.IsZero() {
		p.from.insert(days.Start)
		if !days.End.IsZero() {
			p.to.insert(days.End)
		}
	}
}

func (p *patternClaims) leave(g uint32, c *Claim, tailDays int, last bool) {
	if last {
		delete(p.lengths[utf8.RuneCountInString(c.Key)], g)
	}
	if days := c.live(tailDays); !days.Start.IsZero() {
		p.from.remove(days.Start)
		if !days.End.IsZero() {
			p.to.remove(days.End)
		}
	}
}

// has reports whether there are patterns of so many characters.
func (p *patternClaims) has(length int) bool { return len(p.lengths[length]) > 0 }

// longer yields the groups of patterns with more characters than given.
func (p *patternClaims) longer(length int) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for _, groups := range p.lengths[length+1:] {
			for g := range groups {
				if !yield(g) {
					return
				}
			}
		}
	}
}

// live counts the patterns that are live on one of some days: those that have begun when the days
// end, without those that have ended when they begin.
func (p *patternClaims) live(days budget.Period) int {
	ended := p.to.count(func(d budget.Date) bool { return d.Before(days.Start) })
	return p.from.count(func(d budget.Date) bool { return days.End.IsZero() || !d.After(days.End) }) - ended
}

// countGluing counts the claims of other influencers with which one could be glued together while
// both are live, certain conflicts included. It takes a few searches for days. Only patterns that are
// too long to fit into one code with this one are looked at one by one.
func (x *ClaimIndex) countGluing(mine Claim) (n int) {
	days := mine.live(x.tailDays)
	if days.Start.IsZero() || x.patterns[mine.Kind] == nil {
		return 0
	}
	fits := discount.MaxCodeLen - utf8.RuneCountInString(mine.Key)
	for kind := range gluing(mine.Kind) {
		n += x.patterns[kind].live(days)
		for g := range x.patterns[kind].longer(fits) {
			for _, other := range x.groups[g].claims {
				if _, ok := x.meet(mine, *other); ok && discount.Compare(mine.Rule(), other.Rule()).Severity == discount.NoConflict {
					n--
				}
			}
		}
	}
	for _, other := range x.own[mine.Influencer] {
		n -= x.liveWith(mine, *other)
	}
	for _, other := range x.of[mine.Cooperation] {
		if other.Influencer != mine.Influencer && other.valid() { // it has gone from one to another
			n -= x.liveWith(mine, other)
		}
	}
	return n
}

// liveWith is 1 for a claim that counts as one that could be glued.
func (x *ClaimIndex) liveWith(mine, other Claim) int {
	if _, both := mine.live(x.tailDays).Overlap(other.live(x.tailDays)); both && canGlue(mine.Kind, other.Kind) {
		return 1
	}
	return 0
}

// canGlue reports whether two claims can conflict without one satisfying the other.
func canGlue(a, b ClaimKind) bool { return discount.CanGlue(discount.Match(a), discount.Match(b)) }

// gluing yields the kinds of patterns that a claim can be glued with.
func gluing(kind ClaimKind) iter.Seq[ClaimKind] {
	return func(yield func(ClaimKind) bool) {
		for _, other := range patternKinds {
			if canGlue(kind, other) && !yield(other) {
				return
			}
		}
	}
}

// possible lists the possible conflicts of one claim, by the other cooperation and its rule, and how
// many there are beyond the limit. It goes through all patterns that are live at the same time.
func (x *ClaimIndex) possible(mine Claim, limit int) (list []Conflict, more int) {
	list = []Conflict{}
	if !mine.valid() {
		return list, 0
	}
	var all []clash
	for kind := range gluing(mine.Kind) {
		for g := range x.patterns[kind].longer(0) {
			for _, other := range x.groups[g].claims {
				if found, ok := x.meet(mine, *other); ok {
					all = append(all, found)
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b clash) int {
		return cmp.Or(a.other.Cooperation.Compare(b.other.Cooperation), compareWhat(a.other, b.other))
	})
	for _, found := range all {
		found.severity = discount.Compare(mine.Rule(), found.other.Rule()).Severity
		switch {
		case found.severity != discount.Possible:
		case len(list) < limit:
			list = append(list, found.conflict())
		default:
			more++
		}
	}
	return list, more
}
