package attribution

import (
	"bytes"
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

var (
	noZone         = sentence.Of("is no time zone; use a name of the IANA database, like Europe/Berlin")
	sameOrder      = sentence.Of("an order with this id came before; it is credited once")
	sameRefund     = sentence.Of("a refund with this id of the same order came before; it is taken back once")
	belowZero      = sentence.Of("is below zero; write what goes back as a refund of the order, with an amount above zero")
	noRefund       = sentence.Of("a refund needs the amount that goes back")
	noTime         = sentence.Of("an order without a time cannot be judged on its day; give the time at which it was placed")
	otherWorkspace = sentence.Of("belongs to another workspace than the index")
)

// cameBefore is the error of an order or a refund that comes again.
func cameBefore(o *Order) error {
	problem := sameOrder
	if o.RefundOf != "" {
		problem = sameRefund
	}
	return &crm.Error{Family: crm.ErrAlreadyExists, Field: "id", Value: o.ID, Problem: problem}
}

// maxMatches bounds the patterns that one code is looked up for. A code of discount.MaxCodeLen has fewer pieces.
const maxMatches = 4096

// roomForMatches is room for the patterns or UTM sets that most codes or visits are found under, so that a look-up
// takes no memory.
const roomForMatches = 16

// claimsPerLook is how many claims to one order are looked at before ctx is looked at again.
const claimsPerLook = 4096

// Decide says whom an order is credited to. An order without a time or with an amount below zero is a crm.ErrInvalid, and so
// is a refund without an amount. A refund has the decision of its
// order, which DecideAll finds; alone, it is credited to nobody.
func (x *Index) Decide(o Order) (d Decision, err error) {
	_, err = x.decide(context.Background(), &o, &d)
	return d, err
}

// decide writes the decision of an order, which is zero with an error, and returns the winner, or nil. The end of ctx is an
// error, if there is that much to look at.
func (x *Index) decide(ctx context.Context, o *Order, d *Decision) (winner *deal, err error) {
	*d = Decision{}
	switch {
	case o.At.IsZero():
		return nil, &crm.Error{Family: crm.ErrInvalid, Field: "at", Problem: noTime}
	case o.Amount.Sign() < 0:
		return nil, &crm.Error{Family: crm.ErrInvalid, Field: "amount", Value: o.Amount.Amount(), Problem: belowZero}
	case o.RefundOf != "" && !o.Amount.IsSet():
		return nil, &crm.Error{Family: crm.ErrInvalid, Field: "amount", Problem: noRefund}
	}
	d.Order, d.RefundOf, d.Candidates = o.ID, o.RefundOf, []Candidate{}
	if o.RefundOf != "" {
		return nil, nil
	}
	var space [4]claim // more than most orders have
	claims, found, n := space[:0], candidates{index: x}, 0
	add := func(c claim) bool {
		claims = found.add(claims, c)
		n++
		return n%claimsPerLook != 0 || ctx.Err() == nil
	}
	if !x.codeClaims(o, d, add) || !x.visitClaims(o, add) {
		*d = Decision{}
		return nil, ctx.Err()
	}
	claims, more := found.strongest(claims)
	if len(claims) > 0 && claims[0].lost == "" {
		winner = claims[0].deal
		x.credit(d, o, claims)
	}
	d.list(o, claims, more)
	return winner, nil
}

// claim is a candidate with what it is ranked by.
type claim struct {
	*deal
	by    Means
	lost  Reason // why it cannot earn at all
	days  int
	code  int // its place in the order; of a claim by a code
	rule  int
	loose bool // the code does not satisfy the rule, and redeems that of the rule in the workspace's shop
	rank       // of the pattern, or of the code that is taken for it
	visit int  // its place in the order's list, or -1
	at    int64
}

// codeClaims yields the claims by the codes of an order, and writes down the other codes. It reports whether it was let
// come to the end. A code that comes again has the claims of its first place, which are the stronger ones.
func (x *Index) codeClaims(o *Order, d *Decision, yield func(claim) bool) bool {
	day := func() budget.Date { return x.day(o.At) }
	for at, code := range o.codes() {
		again := slices.Contains(o.Codes[:at], code)
		known := again && !slices.Contains(d.Unknown, code)
		switch {
		case again && slices.Contains(d.Ignored, code), !again && x.ignored.has(code):
			d.Ignored = append(d.Ignored, code)
			continue
		case !again:
			if !x.eachClaim(at, code, day, func(c claim) bool {
				known = true
				return yield(c)
			}) {
				return false
			}
		}
		if !known {
			d.Unknown = append(d.Unknown, code)
		}
	}
	return true
}

// claimsOf yields the claims to an order of a day by a code.
func (x *Index) claimsOf(code string, day budget.Date) iter.Seq[claim] {
	return func(yield func(claim) bool) { x.eachClaim(0, code, func() budget.Date { return day }, yield) }
}

// eachClaim yields the claims to an order by one of its codes, and reports whether it was let come to the end. The day of the
// order is asked for if a rule knows the code.
func (x *Index) eachClaim(at int, code string, dayOf func() budget.Date, yield func(claim) bool) bool {
	var space [roomForMatches]int
	asTyped := false // a rule of a cooperation that can earn equals the code as it was typed
	for l := range x.layers() {
		found, _ := l.codes.AppendMatches(space[:0], code, maxMatches)
		if len(found) == 0 {
			continue
		}
		day := dayOf()
		for _, group := range found {
			rank := l.ranks[group]
			for d, rule := range x.membersOf(l, &l.byPattern, group) {
				c := d.claimCode(at, rule, rank, day)
				asTyped = asTyped || c.lost == "" && rank.match == strength(discount.Equals)
				if !yield(c) {
					return false
				}
			}
		}
	}
	return x.eachLooseClaim(at, code, dayOf, asTyped, yield)
}

// claimCode is the claim of a deal to an order of a day by one of its codes, which satisfies a rule.
func (d *deal) claimCode(code, rule int, rank rank, day budget.Date) claim {
	c := claim{deal: d, by: ByCode, code: code, rule: rule, rank: rank, visit: -1}
	c.lost, c.days = d.on(day)
	return c
}

// anotherSpelling is the strength of a claim by a code that somebody else has as it was typed, the least of all.
const anotherSpelling = 0

func strength(m discount.Match) int {
	switch m {
	case discount.Equals:
		return 3
	case discount.StartsWith, discount.EndsWith:
		return 2
	}
	return 1
}

// visitClaims yields the claims by the visits before an order, and reports whether it was let come to the end.
func (x *Index) visitClaims(o *Order, yield func(claim) bool) bool {
	var space [roomForMatches]int
	var places [8]int
	visits := o.appendVisits(places[:0])
	for _, n := range visits {
		touch := &o.Touchpoints[n]
		for l := range x.layers() {
			found, _ := l.sets.AppendMatches(space[:0], touch.UTM, maxMatches)
			if len(found) == 0 {
				continue
			}
			if x.isOutdone(o, n, visits) { // asked here, because most visits are those of strangers
				break
			}
			at := o.visitedAt(touch)
			day := x.day(at)
			for d := range x.members(l, &l.bySet, found) {
				c := claim{deal: d, by: ByUTM, visit: n, at: at.UnixMicro()}
				if c.lost, c.days = c.on(day); at.After(o.At) {
					c.lost, c.days = AfterOrder, 0
				}
				if !yield(c) {
					return false
				}
			}
		}
	}
	return true
}

// isOutdone reports whether another visit of an order has the claims of this one, and they are the stronger ones: the later
// visit with the same UTM set on the same day.
func (x *Index) isOutdone(o *Order, n int, visits []int) bool {
	visit := &o.Touchpoints[n]
	at := o.visitedAt(visit)
	return slices.ContainsFunc(visits, func(m int) bool {
		if m == n || o.Touchpoints[m].UTM != visit.UTM {
			return false
		}
		other := o.visitedAt(&o.Touchpoints[m])
		return cmp.Or(other.Compare(at), cmp.Compare(m, n)) > 0 && other.After(o.At) == at.After(o.At) && x.day(other) == x.day(at)
	})
}

// day is the day of a time in the workspace's zone.
func (x *Index) day(t time.Time) budget.Date { return budget.DateOf(t.In(x.zone)) }

// barred says why a cooperation can earn on no day, "" if it can on some.
func barred(c *crm.Cooperation) Reason {
	switch {
	case c.Cancellation != nil:
		return Cancelled
	case c.Status != crm.Signed:
		return NotSigned
	case c.Period.Start.IsZero():
		return NoDates
	}
	return ""
}

// on says why the cooperation cannot earn on a day, "" if it can, and by how many days it misses it.
func (d *deal) on(day budget.Date) (why Reason, days int) {
	switch {
	case d.barred != "":
		return d.barred, 0
	case d.live.Contains(day):
		return "", 0
	case day.Before(d.Period.Start):
		return TooEarly, d.Period.Start.DaysSince(day)
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
	return cmp.Or(c, bytes.Compare(a.ID[:], b.ID[:]), cmp.Compare(a.rule, b.rule), cmp.Compare(a.lost, b.lost))
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
			{EarlierVisit, cmp.Or(cmp.Compare(o.at, c.at), cmp.Compare(o.visit, c.visit))},
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
	winner := &claims[0]
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
		if c := x.campaign(winner.Campaign); c != nil {
			d.LastTouch.Campaign = c.Name
		}
		if i := x.person(winner.Influencer); i != nil {
			d.LastTouch.Influencer = i.Name
		}
	}
}

func (d *Decision) creditTo(c *deal, by Means) {
	d.Cooperation, d.Campaign, d.Influencer, d.By = c.ID, c.Campaign, c.Influencer, by
}

// list writes down the candidates, and how many there are besides.
func (d *Decision) list(o *Order, claims []claim, more int) {
	d.More = more
	if len(claims) == 0 {
		return
	}
	d.Candidates = make([]Candidate, len(claims))
	for n := range claims {
		c, candidate := &claims[n], &d.Candidates[n]
		candidate.Cooperation, candidate.Campaign, candidate.Influencer = c.ID, c.Campaign, c.Influencer
		candidate.By, candidate.Touchpoint, candidate.Lost, candidate.Days = c.by, c.visit, c.lost, c.days
		if c.by == ByCode {
			candidate.Code, candidate.Rule = o.Codes[c.code], c.Rules[c.rule]
			if c.loose {
				candidate.Cause = discount.CauseOf(candidate.Code, candidate.Rule.Pattern)
			}
		} else {
			candidate.UTM = c.UTM
		}
		if n > 0 && c.lost == "" {
			if candidate.Lost, _ = claims[0].beats(c); c.ID == claims[0].ID {
				candidate.Lost = SameDeal
			}
		}
	}
}
