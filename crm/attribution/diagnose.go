package attribution

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// MaxFindings is how many findings a diagnosis lists.
const MaxFindings = 10

// Finding is one explanation of why an order was credited to nobody, with what would credit it.
type Finding struct {
	Kind        FindingKind       `json:"kind"`
	Cooperation crm.CooperationID `json:"cooperation"` // that would earn the order
	Influencer  crm.InfluencerID  `json:"influencer"`
	By          Means             `json:"by"`
	Code        string            `json:"code,omitzero"` // of the order, as it was typed
	Rule        discount.Rule     `json:"rule,omitzero"` // that the code satisfies, or was meant for
	Touchpoint  int               `json:"touchpoint"`    // its place in the order's list; -1 for a code
	Days        int               `json:"days,omitzero"` // by how many days the cooperation's days miss it
	// Fixes are the smallest changes after which the order is credited to the cooperation, or to one that has a stronger
	// claim.
	Fixes []Fix `json:"fixes"`
}

// FindingKind is what an explanation is about: a Reason that excludes, a discount.Slip of a code, or one of these.
type FindingKind string

// The kinds that are neither a Reason nor a discount.Slip.
const (
	IgnoredCode FindingKind = "ignored_code" // on the workspace's list
	UTMField    FindingKind = "utm_field"    // all fields of a UTM set but one, which has a slip
	UTMCase     FindingKind = "utm_case"     // only upper and lower case, where these count
)

// Fix is a change of one field of a record: from what stands there to what would be right. A rule is added to a list of
// rules, and a code is taken off the list of ignored ones.
type Fix struct {
	Record crm.Ref `json:"record"`
	Field  string  `json:"field"`
	From   string  `json:"from,omitzero"`
	To     string  `json:"to,omitzero"`
}

// Diagnose explains why an order was credited to nobody: the explanations that need the fewest changes first, then by kind
// and by days; at most MaxFindings. It takes the time of some look-ups more than a decision does, however many
// cooperations there are. Of a refund, and of an order that has an owner, there is nothing to explain.
func (x *Index) Diagnose(o Order) ([]Finding, error) {
	d, winner, err := x.decide(&o)
	if err != nil || winner != nil || d.RefundOf != "" {
		return nil, err
	}
	g := diagnosis{index: x, order: &o, seen: map[seenFinding]bool{}}
	g.excluded()
	g.ignoredCodes(d.Ignored)
	g.mistyped(d.Unknown)
	g.mistagged()
	slices.SortStableFunc(g.found, compareFindings)
	return g.found[:min(len(g.found), MaxFindings)], nil
}

type diagnosis struct {
	index *Index
	order *Order
	found []Finding
	seen  map[seenFinding]bool
}

// seenFinding tells findings apart: of one cooperation and one code or visit, the first counts.
type seenFinding struct {
	deal  int32
	code  string
	visit int
}

func (g *diagnosis) add(d *deal, f Finding) {
	key := seenFinding{d.number, discount.Normalize(f.Code), f.Touchpoint}
	if g.seen[key] || len(f.Fixes) == 0 {
		return
	}
	g.seen[key] = true
	f.Cooperation, f.Influencer = d.ID, d.Influencer
	g.found = append(g.found, f)
}

// kindOrder is the order of findings that need as many changes: what is likelier, and easier to mend, first.
var kindOrder = func() map[FindingKind]int {
	order := map[FindingKind]int{}
	for _, kind := range []FindingKind{
		FindingKind(TooLate), FindingKind(TooEarly), FindingKind(NotSigned), FindingKind(discount.LookAlike), FindingKind(discount.Letter),
		FindingKind(discount.Swapped), FindingKind(discount.Separator), FindingKind(discount.Accent), FindingKind(discount.Added), UTMCase, UTMField,
		FindingKind(NoDates), IgnoredCode, FindingKind(Cancelled), FindingKind(Archived),
	} {
		order[kind] = len(order)
	}
	return order
}()

func compareFindings(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(len(a.Fixes), len(b.Fixes)), cmp.Compare(kindOrder[a.Kind], kindOrder[b.Kind]), cmp.Compare(a.Days, b.Days),
		bytes.Compare(a.Cooperation[:], b.Cooperation[:]), cmp.Compare(a.Touchpoint, b.Touchpoint),
	)
}

// excluded explains claims of cooperations that cannot earn.
func (g *diagnosis) excluded() {
	var d Decision
	claims := g.index.visitClaims(g.index.codeClaims(nil, g.order, &d), g.order)
	for n := range claims {
		c := &claims[n]
		f := Finding{Kind: FindingKind(c.lost), By: c.by, Touchpoint: c.visit, Days: c.days}
		day := g.index.day(g.order.At)
		if c.by == ByCode {
			f.Code, f.Rule = g.order.Codes[c.code], c.Rules[c.rule]
		} else {
			day = g.index.day(time.UnixMicro(c.at))
		}
		if c.lost != AfterOrder {
			f.Fixes = g.index.revive(c.deal, day)
		}
		g.add(c.deal, f)
	}
}

// revive returns the changes after which a cooperation can earn on a day.
func (x *Index) revive(d *deal, day budget.Date) (fixes []Fix) {
	fix := func(record crm.Ref, field, from, to string) { fixes = append(fixes, Fix{record, field, from, to}) }
	if d.Cancellation != nil {
		fix(d.Ref(), "cancellation", "cancelled", "")
	}
	if d.Status != crm.Signed {
		fix(d.Ref(), "status", string(d.Status), string(crm.Signed))
	}
	start := d.Period.Start
	if start.IsZero() || day.Before(start) {
		start = day
		fix(d.Ref(), "period.start", text(d.Period.Start), day.String())
	}
	if !d.end.IsZero() && day.After(d.end) {
		end := day.AddDays(-x.snapshot.Workspace.TailDays)
		if end.Before(start) {
			end = start
		}
		fix(d.Ref(), "period.end", text(d.Period.End), end.String())
	}
	archived := func(record crm.Ref, on budget.Date) {
		if !on.IsZero() && on.Before(day) {
			fix(record, "archived_on", on.String(), "")
		}
	}
	archived(d.Ref(), d.ArchivedOn)
	if !d.ClaimsUntil.IsZero() && d.ClaimsUntil.Before(day) {
		if c := x.campaigns[d.Campaign]; c != nil {
			archived(c.Ref(), c.ArchivedOn)
		}
		if i := x.people[d.Influencer]; i != nil {
			archived(i.Ref(), i.ArchivedOn)
		}
	}
	return fixes
}

func text(d budget.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// ignoredCodes explains codes that a rule knows and the workspace ignores.
func (g *diagnosis) ignoredCodes(codes []string) {
	x, day := g.index, g.index.day(g.order.At)
	for _, code := range codes {
		listed := code
		for _, c := range x.snapshot.Workspace.IgnoredCodes {
			if discount.Normalize(c) == discount.Normalize(code) {
				listed = c
			}
		}
		found, _ := x.codes.AppendMatches(nil, code, maxMatches)
		for _, group := range found {
			for _, m := range x.byPattern.of(group) {
				d := &x.deals[m.deal]
				fixes := append([]Fix{{x.snapshot.Workspace.Ref(), "ignored_codes", listed, ""}}, x.revive(d, day)...)
				g.add(d, Finding{Kind: IgnoredCode, By: ByCode, Code: code, Rule: d.Rules[m.rule], Touchpoint: -1, Fixes: fixes})
			}
		}
	}
}

// mistyped explains codes that no rule knows by a slip.
func (g *diagnosis) mistyped(codes []string) {
	x, day := g.index, g.index.day(g.order.At)
	near := x.near()
	for _, code := range codes {
		for _, n := range near.codes.Find(code, 4*MaxFindings) {
			for _, m := range x.byPattern.of(near.groups[n.Position]) {
				d := &x.deals[m.deal]
				added := Fix{d.Ref(), "rules", "", discount.Rule{Match: discount.Equals, Pattern: strings.TrimSpace(code)}.String()}
				g.add(d, Finding{
					Kind: FindingKind(n.Slip), By: ByCode, Code: code, Rule: d.Rules[m.rule], Touchpoint: -1,
					Fixes: append([]Fix{added}, x.revive(d, day)...),
				})
			}
		}
	}
}

// mistagged explains visits whose UTM fields are all those of a set but one.
func (g *diagnosis) mistagged() {
	x := g.index
	for n, touch := range g.order.Touchpoints {
		at := touch.At
		if at.IsZero() {
			at = g.order.At
		}
		if at.After(g.order.At) {
			continue
		}
		for _, group := range x.near().sets(x, touch.UTM) {
			for _, m := range x.bySet.of(group) {
				d := &x.deals[m.deal]
				kind, fixes := x.retag(d, touch.UTM)
				if len(fixes) > 0 {
					fixes = append(fixes, x.revive(d, x.day(at))...)
				}
				g.add(d, Finding{Kind: kind, By: ByUTM, Touchpoint: n, Fixes: fixes})
			}
		}
	}
}

// retag returns the changes of a cooperation's UTM set after which it describes a visit: of one field, or of the case of
// several.
func (x *Index) retag(d *deal, touch utm.Params) (kind FindingKind, fixes []Fix) {
	kind = UTMCase
	for _, f := range utm.Fields() {
		want, got := d.UTM.Get(f), touch.Get(f)
		one := utm.Params{Campaign: want}
		if one.Matches(utm.Params{Campaign: got}, x.options.StrictUTM) {
			continue
		}
		if !one.Matches(utm.Params{Campaign: got}, false) {
			kind = UTMField
		}
		fixes = append(fixes, Fix{d.Ref(), "utm." + f.String(), want.String(), got.String()})
	}
	if kind == UTMField && len(fixes) > 1 {
		return kind, nil
	}
	return kind, fixes
}
