package storage_test

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

// hand draws values for a workspace, most of them good: names that clash, ids of records that are
// there and some that are not.
type hand struct {
	*rapid.T
	workspace    crm.Workspace
	members      []crm.Member
	campaigns    []crm.Campaign
	influencers  []crm.Influencer
	cooperations []crm.Cooperation
	importRuns   []crm.ImportRun
	log          []crm.Change
}

// hand knows the present of the workspace.
func (p *pair) hand() (h hand) {
	err := p.a.crm.View(p.ctx, p.a.ws, func(ctx context.Context, r crm.Reader) (err error) {
		h, err = handOf(ctx, p.T, r)
		return err
	})
	if err != nil {
		p.Fatalf("%v", err)
	}
	return h
}

func handOf(ctx context.Context, t *rapid.T, r crm.Reader) (h hand, err error) {
	h.T = t
	if h.workspace, err = r.Workspace(ctx); err != nil {
		return h, err
	}
	if h.members, err = members.everything(ctx, r); err != nil {
		return h, err
	}
	if h.campaigns, err = campaigns.everything(ctx, r); err != nil {
		return h, err
	}
	if h.influencers, err = influencers.everything(ctx, r); err != nil {
		return h, err
	}
	if h.cooperations, err = cooperations.everything(ctx, r); err != nil {
		return h, err
	}
	if h.importRuns, err = importRuns.everything(ctx, r); err != nil {
		return h, err
	}
	h.log, err = r.Changes(ctx, crm.ChangeFilter{}, crm.MaxPageSize)
	return h, err
}

// oneIn is true about once in n times; small numbers are drawn more often.
func (h hand) oneIn(n int, label string) bool { return rapid.IntRange(1, n).Draw(h.T, label) == n }

func one[V any](h hand, label string, of ...V) V { return rapid.SampledFrom(of).Draw(h.T, label) }

// pick draws the id of a record that is there or, now and then, is not.
func pick[R crm.Record](h hand, known []R) crm.ID[R] {
	if len(known) == 0 || h.oneIn(20, "unknown") {
		return crm.ID[R](numbered(rapid.Uint32Range(1, 3).Draw(h.T, "unknown id")))
	}
	return crm.ID[R](rapid.SampledFrom(known).Draw(h.T, "id").Ref().ID)
}

// given is the id of a new record: mostly none, sometimes one of three.
func given[R crm.Record](h hand) (id crm.ID[R]) {
	if h.oneIn(10, "given") {
		id = crm.ID[R](numbered(rapid.Uint32Range(1, 3).Draw(h.T, "given id")))
	}
	return id
}

var (
	goodNames = []string{"Pam", "pam", "Emma", "Straße", "STRASSE", "Ünal", "U\u0308nal", "日本", `<b> & "c"`, "ﷺ", "100%_x", "June 2026", " Pam\u200b"}
	badNames  = []string{"", " \u200b", "a\x00b", "bad\xff", "two\nlines", strings.Repeat("é", crm.MaxName+1)}
	goodTexts = []string{"", "two\nlines\t<&>", "wide\u2028line", "日本 Straße"}
	badTexts  = []string{"a\x01b", "bad\xff", strings.Repeat("é", crm.MaxNotes+1)}
	goodCodes = []string{"PAM10", "pam10", "EMMA20", "PAM", "Ünal-15"}
	badCodes  = []string{"", "EM{name}MA", "x", strings.Repeat("c", 65)}
)

// mostly draws a good value, and a bad one once in 25 times.
func mostly[V any](h hand, label string, good []V, bad ...V) V {
	if h.oneIn(25, "bad "+label) {
		return one(h, label, bad...)
	}
	return one(h, label, good...)
}

func (h hand) name() string { return mostly(h, "name", goodNames, badNames...) }

func (h hand) notes() string { return mostly(h, "notes", goodTexts, badTexts...) }

func (h hand) day() budget.Date {
	if h.oneIn(6, "no day") {
		return budget.Date{}
	}
	return budget.MustParseDate("2026-05-01").AddDays(rapid.IntRange(0, 90).Draw(h.T, "day"))
}

func (h hand) period() budget.Period {
	p := budget.Period{Start: h.day(), End: h.day()}
	if p.End.Before(p.Start) && !p.End.IsZero() && !h.oneIn(10, "backwards") {
		p.Start, p.End = p.End, p.Start
	}
	return p
}

func (h hand) money() budget.Money {
	if h.oneIn(6, "no amount") {
		return budget.Money{}
	}
	amounts := []int64{0, 1, 99_999, 1_234_567, budget.MaxMinor / 1000}
	return budget.FromMinor(mostly(h, "amount", amounts, -1, budget.MaxMinor+1), mostly(h, "currency", []budget.Currency{"EUR"}, "USD", "XXY"))
}

func (h hand) rules() []discount.Rule {
	if h.oneIn(5, "no rules given") {
		return nil
	}
	rules := []discount.Rule{}
	for range rapid.IntRange(0, 3).Draw(h.T, "rules") {
		match := one(h, "match", discount.Equals, discount.Equals, discount.Contains, discount.StartsWith, discount.EndsWith)
		rule := discount.Rule{Match: match, Pattern: mostly(h, "pattern", goodCodes, badCodes...)}
		switch rapid.IntRange(0, 3).Draw(h.T, "benefit") {
		case 0:
			rule.Benefit = discount.Benefit{Kind: discount.Percentage, Value: decimal.RequireFromString("12.50")}
		case 1:
			rule.Benefit = discount.Benefit{Kind: discount.Amount, Value: decimal.RequireFromString(mostly(h, "value", []string{"5", "0.10"}, "1.999"))}
		}
		rules = append(rules, rule)
	}
	return rules
}

func (h hand) params(values ...string) (p utm.Params) {
	for _, f := range utm.Fields() {
		if h.oneIn(3, "field given") {
			p = p.With(f, utm.Of(one(h, "utm", values...)))
		}
	}
	return p
}

func (h hand) template() utm.Template {
	t, err := utm.ParseTemplate(h.params("", "x", "{platform}", "{campaign}-{month}", "{handle}", "{influencer}"))
	if err != nil {
		h.Fatalf("%v", err)
	}
	return t
}

func (h hand) responsible() crm.MemberID {
	if rapid.Bool().Draw(h.T, "nobody") {
		return crm.MemberID{}
	}
	return pick(h, h.members)
}

func (h hand) custom() map[string]string {
	fields := map[string]string{}
	for range rapid.IntRange(0, 2).Draw(h.T, "custom fields") {
		fields[h.name()] = h.notes()
	}
	return fields
}

func (h hand) tags() []string {
	tags := make([]string, rapid.IntRange(0, 3).Draw(h.T, "tags"))
	for n := range tags {
		tags[n] = h.name()
	}
	return tags
}

func (h hand) profile() crm.Profile {
	p := crm.Profile{
		Platform: mostly(h, "platform", []string{"Instagram", "IG", "TikTok", "OnlyBeauty", "Blög", "X"}, ""),
		Handle:   mostly(h, "handle", []string{"", "", "pam", "@PAM", "emma", "Straße", "https://instagram.com/pam"}, "two words"),
		Link:     mostly(h, "link", []string{"", "https://example.com/PAM", "https://example.com/emma"}, "no link"),
		UTM:      h.template(),
		Rules:    h.rules(),
	}
	if h.oneIn(3, "followers") {
		p.Followers = &crm.Followers{Count: mostly[int64](h, "count", []int64{0, 12_345}, -1), On: h.day()}
	}
	return p
}

// profileOf draws one of the profiles that there are, not always the influencer's own.
func (h hand) profileOf() (id crm.ProfileID) {
	for _, i := range h.influencers {
		for _, p := range i.Profiles {
			if h.oneIn(2, "this profile") {
				return p.ID
			}
		}
	}
	return id
}

func (h hand) cancellation() *crm.Cancellation {
	if h.oneIn(2, "not cancelled") {
		return nil
	}
	return &crm.Cancellation{On: h.day(), Fee: h.money(), Reason: h.notes()}
}

// unit draws a unit of work of the log or one that never was.
func (h hand) unit() uuid.UUID {
	if len(h.log) == 0 || h.oneIn(20, "unknown unit") {
		return uuid.UUID{1}
	}
	return rapid.SampledFrom(h.log).Draw(h.T, "unit").Unit
}
