package attribution

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

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
// rules, and a code is taken off the list of ignored ones. A fix without a record is of the link: its cooperation is right,
// and what was posted is not. A save may ask for more than attribution does, such as the cost of a signed cooperation, and
// refuses what belongs to somebody else.
type Fix struct {
	Record crm.Ref `json:"record,omitzero"`
	Field  string  `json:"field"`
	From   string  `json:"from,omitzero"`
	To     string  `json:"to,omitzero"`
}

// Diagnose explains why an order was credited to nobody: the explanations that need the fewest changes first, then by kind
// and by days; at most MaxFindings. It takes the time of some look-ups more than a decision does, however many
// cooperations there are, unless many of them explain the order; of these it holds little more than it lists. Of a refund, and
// of an order that has an owner, there is nothing to explain. The end of ctx is an error, if there is that much to look at.
func (x *Index) Diagnose(ctx context.Context, o Order) ([]Finding, error) {
	var d Decision
	winner, err := x.decide(ctx, &o, &d)
	if err != nil || winner != nil || d.RefundOf != "" {
		return nil, err
	}
	g := diagnosis{ctx: ctx, index: x, order: &o}
	if len(d.Candidates) > 0 && !g.excluded() || !g.ignoredCodes(d.Ignored) || !g.mistyped(d.Unknown) || !g.mistagged() {
		return nil, ctx.Err()
	}
	if err := g.inOtherSource(); err != nil {
		return nil, err
	}
	return g.findings.ranked(), nil
}

// diagnosis looks for the explanations of an order. Its methods report whether they were let come to the end, which that of ctx
// prevents.
type diagnosis struct {
	ctx      context.Context
	index    *Index
	order    *Order
	findings findings
	looked   int // how many explanations there were, of any kind
}

// add adds what would credit a deal, if anything would.
func (g *diagnosis) add(d *deal, f Finding) bool {
	if len(f.Fixes) > 0 {
		f.Cooperation, f.Influencer = d.ID, d.Influencer
		g.findings.add(f)
	}
	g.looked++
	return g.looked%claimsPerLook != 0 || g.ctx.Err() == nil
}

// excluded explains claims of cooperations that cannot earn.
func (g *diagnosis) excluded() bool {
	var d Decision
	add := func(c claim) bool {
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
		return g.add(c.deal, f)
	}
	return g.index.codeClaims(g.order, &d, add) && g.index.visitClaims(g.order, add)
}

// revive returns the changes after which a cooperation can earn on a day: its days first, because a cooperation is signed
// with its start.
func (x *Index) revive(d *deal, day budget.Date) (fixes []Fix) {
	fix := func(record crm.Ref, field, from, to string) { fixes = append(fixes, Fix{record, field, from, to}) }
	if d.Cancellation != nil {
		fix(d.Ref(), "cancellation", "cancelled", "")
	}
	start, end := d.Period.Start, d.Period.End
	if start.IsZero() || day.Before(start) {
		if start = day; !end.IsZero() && end.Before(day) { // in the tail
			start = end
		}
		fix(d.Ref(), "period.start", text(d.Period.Start), start.String())
	}
	if !d.end.IsZero() && day.After(d.end) {
		if end = day.AddDays(-x.workspace.TailDays); end.Before(start) {
			end = start
		}
		if d.Period.Start.IsZero() { // then its start is its old end, and need not be
			fixes[len(fixes)-1].To = end.String()
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
		if c := x.campaign(d.Campaign); c != nil {
			archived(c.Ref(), c.ArchivedOn)
		}
		if i := x.person(d.Influencer); i != nil {
			archived(i.Ref(), i.ArchivedOn)
		}
	}
	if d.Status != crm.Signed {
		fix(d.Ref(), "status", string(d.Status), string(crm.Signed))
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
func (g *diagnosis) ignoredCodes(codes []string) bool {
	if len(codes) == 0 {
		return true
	}
	x, day := g.index, g.index.day(g.order.At)
	for _, code := range codes {
		var fixes []Fix
		for _, listed := range x.workspace.IgnoredCodes {
			if x.redeems(code, discount.Rule{Match: discount.Equals, Pattern: listed}) {
				fixes = append(fixes, Fix{x.workspace.Ref(), "ignored_codes", listed, ""})
			}
		}
		for c := range x.claimsOf(code, day) {
			if !g.add(c.deal, Finding{
				Kind: IgnoredCode, By: ByCode, Code: code, Rule: c.Rules[c.rule], Touchpoint: -1,
				Fixes: append(slices.Clone(fixes), x.revive(c.deal, day)...),
			}) {
				return false
			}
		}
	}
	return true
}

// mistyped explains codes that no rule knows by a slip.
func (g *diagnosis) mistyped(codes []string) bool {
	x, day := g.index, g.index.day(g.order.At)
	for _, code := range codes {
		for l := range x.layers() {
			near := l.near()
			for _, n := range near.codes.Find(code, 4*MaxFindings) {
				for d, rule := range x.members(l, &l.byPattern, []int{near.groups[n.Position]}) {
					needed := ruleFor(code, d.Rules[rule], n.Slip)
					if needed.Validate() != nil {
						continue
					}
					added := Fix{d.Ref(), "rules", "", needed.String()}
					if !g.add(d, Finding{
						Kind: FindingKind(n.Slip), By: ByCode, Code: code, Rule: d.Rules[rule], Touchpoint: -1,
						Fixes: append([]Fix{added}, x.revive(d, day)...),
					}) {
						return false
					}
				}
			}
		}
	}
	return true
}

// ruleFor is the rule that a code with a slip needs beside that of the code which was meant. Where a shop adds something to
// each code, one rule is for all of them: "starts with PAM10-" for PAM10-8F3K2.
func ruleFor(code string, meant discount.Rule, slip discount.Slip) discount.Rule {
	typed := strings.TrimSpace(code)
	if slip != discount.Added {
		return discount.Rule{Match: discount.Equals, Pattern: typed}
	}
	pattern, key := strings.TrimSpace(meant.Pattern), discount.Normalize(code)
	rest, atStart := strings.CutPrefix(key, meant.Key())
	if atStart {
		if first, size := utf8.DecodeRuneInString(rest); !unicode.IsLetter(first) && !unicode.IsDigit(first) && !unicode.IsMark(first) {
			pattern += rest[:size]
		}
		return discount.Rule{Match: discount.StartsWith, Pattern: pattern}
	}
	if last, _ := utf8.DecodeLastRuneInString(strings.TrimSuffix(key, meant.Key())); !unicode.IsLetter(last) && !unicode.IsDigit(last) && !unicode.IsMark(last) {
		pattern = string(last) + pattern
	}
	return discount.Rule{Match: discount.EndsWith, Pattern: pattern}
}

// mistagged explains visits whose UTM fields are all those of a set but one.
func (g *diagnosis) mistagged() bool {
	x := g.index
	for _, n := range g.order.appendVisits(nil) {
		touch := &g.order.Touchpoints[n]
		at := g.order.visitedAt(touch)
		if at.After(g.order.At) {
			continue
		}
		for l := range x.layers() {
			for d := range x.members(l, &l.bySet, l.near().sets(l, touch.UTM)) {
				kind, fixes := x.retag(d, touch.UTM)
				if len(fixes) > 0 {
					fixes = append(fixes, x.revive(d, x.day(at))...)
				}
				if !g.add(d, Finding{Kind: kind, By: ByUTM, Touchpoint: n, Fixes: fixes}) {
					return false
				}
			}
		}
	}
	return true
}

// retag returns the changes of a link after which a cooperation's UTM set describes its visits: of one field, or of the case
// of several. It is the link that is wrong: changed to fit it, the cooperation would lose the visits through its other links.
func (x *Index) retag(d *deal, touch utm.Params) (kind FindingKind, fixes []Fix) {
	fixes = x.linkFixes(d, touch)
	switch {
	case d.UTM.Matches(touch, false):
		return UTMCase, fixes
	case len(fixes) > 1:
		return UTMField, nil
	}
	return UTMField, fixes
}
