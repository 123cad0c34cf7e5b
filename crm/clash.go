package crm

import (
	"cmp"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// clash is a conflict before it is written out.
type clash struct {
	mine, other Claim
	severity    discount.Severity
	days        budget.Period
}

// meet returns the clash of two claims of which one is known to satisfy the other, if they are
// those of different influencers and live on a common day.
func (x *ClaimIndex) meet(mine, other Claim) (clash, bool) {
	if other.Influencer == mine.Influencer || other.Cooperation == mine.Cooperation {
		return clash{}, false
	}
	days, live := mine.live(x.tailDays).Overlap(other.live(x.tailDays))
	if !live {
		return clash{}, false
	}
	found := clash{mine: mine, other: other, severity: discount.Certain, days: days}
	if mine.Kind == ClaimEquals && other.Kind == ClaimEquals {
		found.severity = discount.Blocking
	}
	return found, true
}

// conflict writes the clash out, with its proof.
func (c clash) conflict() Conflict {
	found := Conflict{Severity: c.severity, Kind: c.mine.Kind, Other: c.other.Cooperation, OtherInfluencer: c.other.Influencer, During: c.days}
	if c.mine.Kind != ClaimUTM {
		found.Rule, found.OtherRule = c.mine.Rule().String(), c.other.Rule().String()
		found.Witness = discount.Compare(c.mine.Rule(), c.other.Rule()).Witness
	}
	return found
}

// clashes collects the worst of many clashes.
type clashes struct {
	limit int // how many are kept; 0 for all
	worst []clash
	total int
}

func (l *clashes) add(c clash) {
	l.total++
	l.worst = append(l.worst, c)
	if l.limit > 0 && len(l.worst) >= 2*l.limit {
		l.cut()
	}
}

// cut puts the worst in order and drops the others.
func (l *clashes) cut() {
	slices.SortFunc(l.worst, func(a, b clash) int {
		return cmp.Or(-cmp.Compare(a.severity, b.severity), a.other.Cooperation.Compare(b.other.Cooperation),
			utmFirst(a.mine, b.mine), compareWhat(a.mine, b.mine), compareWhat(a.other, b.other))
	})
	if l.limit > 0 {
		l.worst = l.worst[:min(len(l.worst), l.limit)]
	}
}

// compareWhat orders claims by what they lay hold to.
func compareWhat(a, b Claim) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
}

func utmFirst(a, b Claim) int {
	switch {
	case a.Kind == b.Kind:
		return 0
	case a.Kind == ClaimUTM:
		return -1
	case b.Kind == ClaimUTM:
		return 1
	}
	return 0
}

// conflicts writes out the worst clashes, worst first.
func (l *clashes) conflicts() []Conflict {
	l.cut()
	list := make([]Conflict, len(l.worst))
	for n, c := range l.worst {
		list[n] = c.conflict()
	}
	return list
}
