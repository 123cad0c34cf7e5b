package attribution

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

var (
	noZone = sentence.Of("is no time zone; use a name of the IANA database, like Europe/Berlin")
	noTime = sentence.Of("an order without a time cannot be judged on its day; give the time at which it was placed")
)

// maxMatches bounds the patterns that one code is looked up for. A code of discount.MaxCodeLen has fewer pieces.
const maxMatches = 4096

// Decide says whom an order is credited to. An order without a time is a crm.ErrInvalid. A refund has the decision of its
// order, which DecideAll finds; alone, it is credited to nobody.
func (x *Index) Decide(o Order) (Decision, error) {
	d, _, err := x.decide(&o)
	return d, err
}

// decide is Decide that also returns the winner, or nil.
func (x *Index) decide(o *Order) (d Decision, winner *deal, err error) {
	if o.At.IsZero() {
		return Decision{}, nil, &crm.Error{Family: crm.ErrInvalid, Field: "at", Problem: noTime}
	}
	d = Decision{Order: o.ID, RefundOf: o.RefundOf, Candidates: []Candidate{}}
	if o.RefundOf != "" {
		return d, nil, nil
	}
	var space [16]claim
	claims := x.codeClaims(space[:0], o, &d)
	claims = x.visitClaims(claims, o)
	slices.SortStableFunc(claims, compareClaims)
	if len(claims) > 0 && claims[0].lost == "" {
		winner = claims[0].deal
		x.credit(&d, o, claims)
	}
	d.list(o, claims)
	return d, winner, nil
}

// claim is a candidate with what it is ranked by.
type claim struct {
	*deal
	by       Means
	lost     Reason // why it cannot earn at all
	days     int
	code     int // its place in the order; of a claim by a code
	rule     int
	match    int // the higher, the stronger
	length   int // of the pattern
	own      int // 1 if the rules are the cooperation's own
	visit    int // its place in the order's list, or -1
	at       int64
	sequence int // of the visit among those of one time
}

// codeClaims finds the claims by the codes of an order.
func (x *Index) codeClaims(claims []claim, o *Order, d *Decision) []claim {
	day := x.day(o.At)
	var space [32]int
	for at, code := range o.Codes {
		if len(x.ignored) > 0 && x.ignored[discount.Normalize(code)] {
			d.Ignored = append(d.Ignored, code)
			continue
		}
		found, _ := x.codes.AppendMatches(space[:0], code, maxMatches)
		if len(found) == 0 {
			d.Unknown = append(d.Unknown, code)
		}
		for _, group := range found {
			for _, m := range x.byPattern.of(group) {
				deal := &x.deals[m.deal]
				c := claim{
					deal: deal, by: ByCode, code: at, rule: int(m.rule), match: strength(deal.Rules[m.rule].Match),
					length: deal.patterns[m.rule], visit: -1,
				}
				if deal.RulesOrigin.Kind != crm.Inherited {
					c.own = 1
				}
				c.lost, c.days = deal.on(day)
				claims = append(claims, c)
			}
		}
	}
	return claims
}

func strength(m discount.Match) int {
	switch m {
	case discount.Equals:
		return 3
	case discount.StartsWith, discount.EndsWith:
		return 2
	}
	return 1
}

// visitClaims finds the claims by the visits before an order.
func (x *Index) visitClaims(claims []claim, o *Order) []claim {
	var space [32]int
	for n, touch := range o.Touchpoints {
		found, _ := x.sets.AppendMatches(space[:0], touch.UTM, maxMatches)
		if len(found) == 0 {
			continue
		}
		at := touch.At
		if at.IsZero() {
			at = o.At
		}
		day := x.day(at)
		for _, group := range found {
			for _, m := range x.bySet.of(group) {
				c := claim{deal: &x.deals[m.deal], by: ByUTM, visit: n, at: at.UnixMicro(), sequence: n}
				if c.lost, c.days = c.on(day); at.After(o.At) {
					c.lost, c.days = AfterOrder, 0
				}
				claims = append(claims, c)
			}
		}
	}
	return claims
}

// day is the day of a time in the workspace's zone.
func (x *Index) day(t time.Time) budget.Date { return budget.DateOf(t.In(x.zone)) }

// on says why the cooperation cannot earn on a day, "" if it can, and by how many days it misses it.
func (d *deal) on(day budget.Date) (why Reason, days int) {
	switch {
	case d.Cancellation != nil:
		return Cancelled, 0
	case d.Status != crm.Signed:
		return NotSigned, 0
	case d.Period.Start.IsZero():
		return NoDates, 0
	case day.Before(d.Period.Start):
		return TooEarly, d.Period.Start.DaysSince(day)
	case d.live.Contains(day):
		return "", 0
	case d.end.IsZero() || !day.After(d.end):
		return Archived, 0
	}
	return TooLate, day.DaysSince(d.end)
}

// compareClaims orders claims, the strongest first: those that can earn, then codes before visits, and so on.
func compareClaims(a, b claim) int {
	if c := compareExclusion(a, b); c != 0 {
		return c
	}
	_, c := a.beats(&b)
	return cmp.Or(c, bytes.Compare(a.ID[:], b.ID[:]))
}

func compareExclusion(a, b claim) int {
	rank := func(c claim) int {
		if c.lost == "" {
			return 0
		}
		return 1
	}
	return cmp.Compare(rank(a), rank(b))
}

// beats compares two claims by the rules of package attribution: below zero if this one is the stronger. why is the
// reason that the weaker one has lost for. It is zero and SameClaim if nothing but the id tells them apart.
func (c *claim) beats(o *claim) (why Reason, order int) {
	if c.by != o.by {
		if c.by == ByCode {
			return CodeCounts, -1
		}
		return CodeCounts, 1
	}
	for _, by := range c.criteria(o) {
		if by.order != 0 {
			return by.why, by.order
		}
	}
	return SameClaim, 0
}

type criterion struct {
	why   Reason
	order int
}

// criteria are what two claims by one means are compared by, the first one that tells them apart counts.
func (c *claim) criteria(o *claim) [5]criterion {
	start := criterion{EarlierStart, o.Period.Start.Compare(c.Period.Start)}
	if c.by == ByUTM {
		return [5]criterion{
			{EarlierVisit, cmp.Or(cmp.Compare(o.at, c.at), cmp.Compare(o.sequence, c.sequence))},
			{FewerFields, cmp.Compare(o.fields, c.fields)},
			start,
		}
	}
	return [5]criterion{
		{WeakerMatch, cmp.Compare(o.match, c.match)},
		{ShorterPattern, cmp.Compare(o.length, c.length)},
		{InheritedRule, cmp.Compare(o.own, c.own)},
		start,
		{LaterCode, cmp.Compare(c.code, o.code)},
	}
}

// credit credits an order to the first of its claims.
func (x *Index) credit(d *Decision, o *Order, claims []claim) {
	winner := claims[0]
	d.creditTo(winner.deal, winner.by)
	if winner.by == ByCode {
		d.Code = o.Codes[winner.code]
	}
	for n := range claims[1:] {
		if other := &claims[1+n]; other.lost == "" && other.ID != winner.ID {
			if _, order := winner.beats(other); order == 0 {
				d.Ambiguous = true
			}
		}
	}
	switch {
	case !o.Amount.IsSet():
	case o.Cancelled:
		d.Credit = budget.FromMinor(0, o.Amount.Currency())
	default:
		d.Credit = o.Amount
	}
	if winner.by == ByCode && winner.LastTouch {
		d.LastTouch = &LastTouch{Platform: account.PlatformName(x.platform(winner.deal))}
		if c := x.campaigns[winner.Campaign]; c != nil {
			d.LastTouch.Campaign = c.Name
		}
		if i := x.people[winner.Influencer]; i != nil {
			d.LastTouch.Influencer = i.Name
		}
	}
}

func (d *Decision) creditTo(c *deal, by Means) {
	d.Cooperation, d.Campaign, d.Influencer, d.By = c.ID, c.Campaign, c.Influencer, by
}

// list writes down the candidates.
func (d *Decision) list(o *Order, claims []claim) {
	if len(claims) > MaxCandidates {
		d.More = len(claims) - MaxCandidates
		claims = claims[:MaxCandidates]
	}
	d.Candidates = make([]Candidate, len(claims))
	for n := range claims {
		c := &claims[n]
		candidate := Candidate{
			Cooperation: c.ID, Campaign: c.Campaign, Influencer: c.Influencer, By: c.by, Touchpoint: c.visit, Lost: c.lost, Days: c.days,
		}
		if c.by == ByCode {
			candidate.Code, candidate.Rule = o.Codes[c.code], c.Rules[c.rule]
		} else {
			candidate.UTM = c.UTM
		}
		if n > 0 && c.lost == "" {
			if candidate.Lost, _ = claims[0].beats(c); c.ID == claims[0].ID {
				candidate.Lost = SameDeal
			}
		}
		d.Candidates[n] = candidate
	}
}
