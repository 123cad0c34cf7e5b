package sidebyside_test

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// generator draws values for a workspace, most of them good: names that clash, ids of records that are there and some
// that are not.
type generator struct {
	*rapid.T
	workspace    crm.Workspace
	members      []crm.Member
	campaigns    []crm.Campaign
	influencers  []crm.Influencer
	cooperations []crm.Cooperation
	importRuns   []crm.ImportRun
	log          []crm.Change
}

// generator is one that knows the present of the workspace.
func (p *pair) generator() (g generator) {
	err := p.a.crm.View(p.ctx, p.a.ws, func(ctx context.Context, r crm.Reader) (err error) {
		g, err = newGenerator(ctx, p.T, r)
		return err
	})
	if err != nil {
		p.Fatalf("%v", err)
	}
	return g
}

func newGenerator(ctx context.Context, t *rapid.T, r crm.Reader) (g generator, err error) {
	g.T = t
	if g.workspace, err = r.Workspace(ctx); err != nil {
		return g, err
	}
	if g.members, err = members.everything(ctx, r); err != nil {
		return g, err
	}
	if g.campaigns, err = campaigns.everything(ctx, r); err != nil {
		return g, err
	}
	if g.influencers, err = influencers.everything(ctx, r); err != nil {
		return g, err
	}
	if g.cooperations, err = cooperations.everything(ctx, r); err != nil {
		return g, err
	}
	if g.importRuns, err = importRuns.everything(ctx, r); err != nil {
		return g, err
	}
	g.log, err = r.Changes(ctx, crm.ChangeFilter{}, crm.MaxPageSize)
	return g, err
}

// oneIn is true about once in n times; small numbers are drawn more often.
func (g generator) oneIn(n int, label string) bool { return rapid.IntRange(1, n).Draw(g.T, label) == n }

func one[V any](g generator, label string, of ...V) V { return rapid.SampledFrom(of).Draw(g.T, label) }

// pick draws the id of a record that is there or, now and then, is not.
func pick[R crm.Record](g generator, known []R) crm.ID[R] {
	if len(known) == 0 || g.oneIn(20, "unknown") {
		return crm.ID[R](numbered(rapid.Uint32Range(1, 3).Draw(g.T, "unknown id")))
	}
	return crm.ID[R](rapid.SampledFrom(known).Draw(g.T, "id").Ref().ID)
}

// given is the id of a new record: mostly none, sometimes one of three.
func given[R crm.Record](g generator) (id crm.ID[R]) {
	if g.oneIn(10, "given") {
		id = crm.ID[R](numbered(rapid.Uint32Range(1, 3).Draw(g.T, "given id")))
	}
	return id
}

var (
	goodNames = []string{"Pam", "pam", "Emma", "Straße", "STRASSE", "Ünal", "U\u0308nal", "日本", `<b> & "c"`, "ﷺ",
		"100%_x", "June 2026", " Pam\u200b"}
	badNames  = []string{"", " \u200b", "a\x00b", "bad\xff", "two\nlines", strings.Repeat("é", crm.MaxName+1)}
	goodTexts = []string{"", "two\nlines\t<&>", "wide\u2028line", "日本 Straße"}
	badTexts  = []string{"a\x01b", "bad\xff", strings.Repeat("é", crm.MaxNotes+1)}
	goodCodes = []string{"PAM10", "pam10", "EMMA20", "PAM", "Ünal-15", "Unal-15"}
	badCodes  = []string{"", "EM{name}MA", "x", strings.Repeat("c", 65)}
)

// mostly draws a good value, and a bad one once in 25 times.
func mostly[V any](g generator, label string, good []V, bad ...V) V {
	if g.oneIn(25, "bad "+label) {
		return one(g, label, bad...)
	}
	return one(g, label, good...)
}

func (g generator) name() string { return mostly(g, "name", goodNames, badNames...) }

func (g generator) notes() string { return mostly(g, "notes", goodTexts, badTexts...) }

func (g generator) day() budget.Date {
	if g.oneIn(6, "no day") {
		return budget.Date{}
	}
	return budget.MustParseDate("2026-05-01").AddDays(rapid.IntRange(0, 90).Draw(g.T, "day"))
}

func (g generator) period() budget.Period {
	p := budget.Period{Start: g.day(), End: g.day()}
	if p.End.Before(p.Start) && !p.End.IsZero() && !g.oneIn(10, "backwards") {
		p.Start, p.End = p.End, p.Start
	}
	return p
}

func (g generator) money() budget.Money {
	if g.oneIn(6, "no amount") {
		return budget.Money{}
	}
	amounts := []int64{0, 1, 99_999, 1_234_567, budget.MaxMinor / 1000}
	return budget.FromMinor(mostly(g, "amount", amounts, -1, budget.MaxMinor+1), mostly(g, "currency", []budget.Currency{"EUR"}, "USD", "XXY"))
}

func (g generator) rules() []discount.Rule {
	if g.oneIn(5, "no rules given") {
		return nil
	}
	rules := []discount.Rule{}
	for range rapid.IntRange(0, 3).Draw(g.T, "rules") {
		match := one(g, "match", discount.Equals, discount.Equals, discount.Contains, discount.StartsWith, discount.EndsWith)
		rule := discount.Rule{Match: match, Pattern: mostly(g, "pattern", goodCodes, badCodes...)}
		switch rapid.IntRange(0, 3).Draw(g.T, "benefit") {
		case 0:
			rule.Benefit = discount.Benefit{Kind: discount.Percentage, Value: decimal.RequireFromString("12.50")}
		case 1:
			rule.Benefit = discount.Benefit{Kind: discount.Amount,
				Value: decimal.RequireFromString(mostly(g, "value", []string{"5", "0.10"}, "1.999"))}
		}
		rules = append(rules, rule)
	}
	return rules
}

func (g generator) params(values ...string) (p utm.Params) {
	for _, f := range utm.Fields() {
		if g.oneIn(3, "field given") {
			p = p.With(f, utm.Of(one(g, "utm", values...)))
		}
	}
	return p
}

func (g generator) template() utm.Template {
	t, err := utm.ParseTemplate(g.params("", "x", "{platform}", "{campaign}-{month}", "{handle}", "{influencer}"))
	if err != nil {
		g.Fatalf("%v", err)
	}
	return t
}

func (g generator) responsible() crm.MemberID {
	if rapid.Bool().Draw(g.T, "nobody") {
		return crm.MemberID{}
	}
	return pick(g, g.members)
}

func (g generator) custom() map[string]string {
	fields := map[string]string{}
	for range rapid.IntRange(0, 2).Draw(g.T, "custom fields") {
		fields[g.name()] = g.notes()
	}
	return fields
}

func (g generator) tags() []string {
	tags := make([]string, rapid.IntRange(0, 3).Draw(g.T, "tags"))
	for n := range tags {
		tags[n] = g.name()
	}
	return tags
}

func (g generator) profile() crm.Profile {
	p := crm.Profile{
		Platform: mostly(g, "platform", []string{"Instagram", "IG", "TikTok", "OnlyBeauty", "Blög", "X"}, ""),
		Handle:   mostly(g, "handle", []string{"", "", "pam", "@PAM", "emma", "Straße", "https://instagram.com/pam"}, "two words"),
		Link:     mostly(g, "link", []string{"", "https://example.com/PAM", "https://example.com/emma"}, "no link"),
		UTM:      g.template(),
		Rules:    g.rules(),
	}
	if g.oneIn(3, "followers") {
		p.Followers = &crm.Followers{Count: mostly[int64](g, "count", []int64{0, 12_345}, -1), On: g.day()}
	}
	return p
}

// profileOf draws one of the profiles that there are, not always the influencer's own.
func (g generator) profileOf() (id crm.ProfileID) {
	for _, i := range g.influencers {
		for _, p := range i.Profiles {
			if g.oneIn(2, "this profile") {
				return p.ID
			}
		}
	}
	return id
}

func (g generator) cancellation() *crm.Cancellation {
	if g.oneIn(2, "not cancelled") {
		return nil
	}
	return &crm.Cancellation{On: g.day(), Fee: g.money(), Reason: g.notes()}
}

// unit draws a unit of work of the log or one that never was.
func (g generator) unit() uuid.UUID {
	if len(g.log) == 0 || g.oneIn(20, "unknown unit") {
		return uuid.UUID{1}
	}
	return rapid.SampledFrom(g.log).Draw(g.T, "unit").Unit
}
