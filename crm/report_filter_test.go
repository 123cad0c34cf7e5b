package crm_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// A report of a part has what is selected, today, in the past and in scenarios, with the health of the whole.
func TestReportOfAPart(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign := must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Summer", Budget: eur(100),
		Period: days("2026-06-01", "2026-06-30")}))(t)
	for name, cost := range map[string]int64{"Pam": 60, "Zoe": 70} {
		i := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: name, Tags: []string{name}}))(t)
		s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Status: crm.Signed, Cost: eur(cost),
			Period: days("2026-06-02", "2026-06-03")})
	}
	o := &crm.ReportOptions{Filter: budget.Filter{Tags: []string{"PAM"}, From: budget.MustParseMonth("2026-06")}}
	whatIf := must(s.crm.WhatIf(ctx, s.ws, [][]budget.Change{{}}, o))(t)
	for name, r := range map[string]*budget.Report{
		"today": must(s.crm.Report(ctx, s.ws, o))(t), "in the past": must(s.crm.ReportAsOf(ctx, s.ws, s.head().Seq, o))(t),
		"what if": whatIf.Now, "a scenario": whatIf.Scenarios[0].Report,
	} {
		l := r.Campaigns[0]
		if l.Signed != eur(60) || l.Others.Signed != eur(70) || l.RemainingAfterSigned() != eur(-30) || l.Health != budget.Over {
			t.Errorf("%s: %+v", name, l)
		}
	}
	if len(whatIf.Scenarios[0].Differs.Cells) != 0 {
		t.Errorf("a scenario without a change differs: %+v", whatIf.Scenarios[0].Differs)
	}
	o.Filter.To = budget.MustParseMonth("2026-05")
	_, err := s.crm.Report(ctx, s.ws, o)
	wantField(t, err, crm.ErrInvalid, "to")
}

// The report as of each change is the one that was made then, and as of the last it is today's.
func TestReportAsOfIsTheReportOfThen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := &scenario{t: t, shop: newShop(t)}
		s.pam = s.shop.influencer("Pam").ID
		s.campaigns = []crm.Campaign{s.shop.campaign("Summer"), s.shop.campaign("Autumn")}
		then := map[crm.Seq]*budget.Report{}
		note := func() { then[s.shop.head().Seq] = must(s.shop.crm.Report(ctx, s.shop.ws, nil))(t) }
		note()
		for range rapid.IntRange(1, 8).Draw(t, "changes") {
			s.add()
			s.draw()
		}
		for _, save := range s.save {
			save()
			note()
		}
		for seq, want := range then {
			past := must(s.shop.crm.ReportAsOf(ctx, s.shop.ws, seq, nil))(t)
			if diff := cmp.Diff(want, past, sameReports...); diff != "" {
				t.Fatalf("as of %d (-then +rebuilt):\n%s", seq, diff)
			}
		}
	})
}
