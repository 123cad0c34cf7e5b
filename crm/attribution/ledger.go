package attribution

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// The bounds of what a ledger lists.
const (
	MaxTenures = 1_000 // tenures, gaps and overlaps, each
	MaxSharers = 20    // influencers of an overlap
)

// Ledger is whose a code was and is, over time.
type Ledger struct {
	Code    string   `json:"code"`    // in its normal form
	Tenures []Tenure `json:"tenures"` // by first day; those without days last
	More    int      `json:"more"`    // tenures that are not listed
	// Gaps are the days between the first and the last day that somebody had the code on which nobody had it: an order on
	// one is credited to nobody.
	Gaps     []budget.Period `json:"gaps"`
	MoreGaps int             `json:"more_gaps,omitzero"` // gaps that are not listed
	// Overlaps are the days on which several influencers had it: which of them an order is credited to, the rules of package
	// attribution say. The last one may be open-ended.
	Overlaps     []Overlap `json:"overlaps"`
	MoreOverlaps int       `json:"more_overlaps,omitzero"` // overlaps that are not listed, the latest
}

// Tenure is a time in which a code satisfies a rule of a cooperation.
type Tenure struct {
	Cooperation crm.CooperationID `json:"cooperation"`
	Influencer  crm.InfluencerID  `json:"influencer"`
	Rule        discount.Rule     `json:"rule"` // the strongest one of the cooperation
	// Days are those on which the cooperation can earn by the code, tail days included: none if it has no start, is not
	// signed, is cancelled, or was archived before. An end that is zero is open.
	Days budget.Period `json:"days,omitzero"`
	// Lost says why the cooperation cannot earn at all; "" if it can.
	Lost Reason `json:"lost,omitzero"`
}

// Overlap is a time in which a code is several influencers'.
type Overlap struct {
	Days        budget.Period      `json:"days"`
	Influencers []crm.InfluencerID `json:"influencers"`   // by id
	More        int                `json:"more,omitzero"` // influencers that are not listed
}

// Ledger says whose a code was and is: all cooperations with a rule that it satisfies, the days between them, and those
// that they share.
func (x *Index) Ledger(code string) Ledger {
	g := Ledger{Code: discount.Normalize(code), Tenures: []Tenure{}, Gaps: []budget.Period{}, Overlaps: []Overlap{}}
	strongest := map[crm.CooperationID]claim{}
	for c := range x.claimsOf(code, budget.Date{}) {
		if old, ok := strongest[c.ID]; !ok || c.isStrongerRule(&old) {
			strongest[c.ID] = c
		}
	}
	for _, c := range strongest {
		t := Tenure{Cooperation: c.ID, Influencer: c.Influencer, Rule: c.Rules[c.rule]}
		if t.Lost, _ = c.on(c.Period.Start); t.Lost == "" {
			t.Days = c.live
		}
		g.Tenures = append(g.Tenures, t)
	}
	slices.SortFunc(g.Tenures, compareTenures)
	g.findGaps()
	g.findOverlaps()
	if len(g.Tenures) > MaxTenures {
		g.Tenures, g.More = g.Tenures[:MaxTenures], len(g.Tenures)-MaxTenures
	}
	return g
}

// isStrongerRule reports whether a cooperation earns by the rule of this claim and not by that of another one of its own. A rule
// that equals the code as it is typed comes before one whose code it redeems.
func (c *claim) isStrongerRule(o *claim) bool {
	if c.match == o.match && c.loose != o.loose {
		return o.loose
	}
	return compareClaims(*c, *o) < 0
}

func compareTenures(a, b Tenure) int {
	return cmp.Or(
		compareBools(a.Days.Start.IsZero(), b.Days.Start.IsZero()), a.Days.Start.Compare(b.Days.Start),
		bytes.Compare(a.Cooperation[:], b.Cooperation[:]),
	)
}

// findGaps goes through the tenures, which are by their first day.
func (g *Ledger) findGaps() {
	var until budget.Date // the last day that somebody had it
	for _, t := range g.Tenures {
		if t.Days.Start.IsZero() {
			return
		}
		if next := until.AddDays(1); !until.IsZero() && t.Days.Start.After(next) {
			if len(g.Gaps) == MaxTenures {
				g.MoreGaps++
			} else {
				g.Gaps = append(g.Gaps, budget.Period{Start: next, End: t.Days.Start.AddDays(-1)})
			}
		}
		if t.Days.End.IsZero() {
			return
		}
		if t.Days.End.After(until) {
			until = t.Days.End
		}
	}
}

// turn is a day on which an influencer has the code by one tenure more, or by one less.
type turn struct {
	day        budget.Date
	by         int
	influencer crm.InfluencerID
}

// findOverlaps goes through the days on which tenures begin, and through those after their last ones.
func (g *Ledger) findOverlaps() {
	var turns []turn
	for _, t := range g.Tenures {
		if t.Days.Start.IsZero() {
			continue
		}
		if turns = append(turns, turn{t.Days.Start, 1, t.Influencer}); !t.Days.End.IsZero() {
			turns = append(turns, turn{t.Days.End.AddDays(1), -1, t.Influencer})
		}
	}
	// Who has it by another tenure from the day on which one is over goes on having it: what begins comes first.
	slices.SortFunc(turns, func(a, b turn) int { return cmp.Or(a.day.Compare(b.day), cmp.Compare(b.by, a.by)) })
	tenures := map[crm.InfluencerID]int{} // of those who have it
	changed := false                      // who has it, since the last overlap
	for n, t := range turns {
		before := tenures[t.influencer]
		if tenures[t.influencer] += t.by; before+t.by == 0 {
			delete(tenures, t.influencer)
		}
		changed = changed || before == 0 || before+t.by == 0
		days := budget.Period{Start: t.day}
		if n+1 < len(turns) {
			if turns[n+1].day == t.day {
				continue
			}
			days.End = turns[n+1].day.AddDays(-1)
		}
		if len(tenures) > 1 {
			g.addOverlap(days, tenures, changed)
			changed = false
		}
	}
}

// addOverlap adds the days on which some influencers have the code: to the last overlap, if that has the same ones.
func (g *Ledger) addOverlap(days budget.Period, who map[crm.InfluencerID]int, changed bool) {
	switch {
	case !changed && g.MoreOverlaps == 0:
		g.Overlaps[len(g.Overlaps)-1].Days.End = days.End
	case !changed:
	case len(g.Overlaps) == MaxTenures:
		g.MoreOverlaps++
	default:
		listed := lowest(who)
		g.Overlaps = append(g.Overlaps, Overlap{days, listed, len(who) - len(listed)})
	}
}

// lowest returns the MaxSharers lowest ids. It sorts no others, which may be as many as the workspace has influencers.
func lowest(who map[crm.InfluencerID]int) []crm.InfluencerID {
	ids := make([]crm.InfluencerID, 0, min(len(who), MaxSharers))
	for id := range who {
		if len(ids) == MaxSharers {
			if id.Compare(ids[MaxSharers-1]) > 0 {
				continue
			}
			ids = ids[:MaxSharers-1]
		}
		at, _ := slices.BinarySearchFunc(ids, id, crm.InfluencerID.Compare)
		ids = slices.Insert(ids, at, id)
	}
	return ids
}
