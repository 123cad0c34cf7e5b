package crm_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// Whatever reads a plan refuses the same options, each with its field.
func TestReportOptionsAreChecked(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	summer := s.campaign("Summer").ID
	calls := map[string]func(*crm.ReportOptions) error{
		"report":       func(o *crm.ReportOptions) error { _, err := s.crm.Report(ctx, s.ws, o); return err },
		"as of":        func(o *crm.ReportOptions) error { _, err := s.crm.ReportAsOf(ctx, s.ws, s.head().Seq, o); return err },
		"as of before": func(o *crm.ReportOptions) error { _, err := s.crm.ReportAsOf(ctx, s.ws, 0, o); return err },
		"at":           func(o *crm.ReportOptions) error { _, err := s.crm.ReportAt(ctx, s.ws, s.head().At, o); return err },
		"summary":      func(o *crm.ReportOptions) error { _, err := s.crm.Summary(ctx, s.ws, o); return err },
		"what if":      func(o *crm.ReportOptions) error { _, err := s.crm.WhatIf(ctx, s.ws, nil, o); return err },
		"fits": func(o *crm.ReportOptions) error {
			_, err := s.crm.Fits(ctx, s.ws, summer, budget.Month{}, "", o)
			return err
		},
		"alerts": func(o *crm.ReportOptions) error {
			_, err := s.crm.Alerts(ctx, s.ws, &crm.AlertOptions{ReportOptions: *o})
			return err
		},
		"plan accuracy": func(o *crm.ReportOptions) error {
			_, err := s.crm.PlanAccuracy(ctx, s.ws, budget.MustParseMonth("2020-01"), o)
			return err
		},
	}
	june, may := budget.MustParseMonth("2026-06"), budget.MustParseMonth("2026-05")
	for _, test := range []struct {
		field, code string
		o           crm.ReportOptions
	}{
		{"campaigns", "too_many", crm.ReportOptions{Filter: budget.Filter{Campaigns: make([]string, crm.MaxFilterValues+1)}}},
		{"influencers", "too_many", crm.ReportOptions{Filter: budget.Filter{Influencers: make([]string, crm.MaxFilterValues+1)}}},
		{"responsibles", "too_many", crm.ReportOptions{Filter: budget.Filter{Responsibles: make([]string, crm.MaxFilterValues+1)}}},
		{"platforms", "too_many", crm.ReportOptions{Filter: budget.Filter{Platforms: make([]string, crm.MaxFilterValues+1)}}},
		{"categories", "too_many", crm.ReportOptions{Filter: budget.Filter{Categories: make([]string, crm.MaxFilterValues+1)}}},
		{"tags", "too_many", crm.ReportOptions{Filter: budget.Filter{Tags: make([]string, crm.MaxFilterValues+1)}}},
		{"stages", "too_many", crm.ReportOptions{Filter: budget.Filter{Stages: make([]budget.Stage, crm.MaxFilterValues+1)}}},
		{"spread", "unknown_spread", crm.ReportOptions{Spread: "zz"}},
		{"campaigns", "not_an_id", crm.ReportOptions{Filter: budget.Filter{Campaigns: []string{summer.String(), "Winter"}}}},
		{"influencers", "not_an_id", crm.ReportOptions{Filter: budget.Filter{Influencers: []string{"foo"}}}},
		{"responsibles", "not_an_id", crm.ReportOptions{Filter: budget.Filter{Responsibles: []string{"x"}}}},
		{"stages", "unknown_status", crm.ReportOptions{Filter: budget.Filter{Stages: []budget.Stage{"sold"}}}},
		{"to", "ends_before_start", crm.ReportOptions{Filter: budget.Filter{From: june, To: may}}},
	} {
		for name, call := range calls {
			err := call(&test.o)
			wantField(t, err, crm.ErrInvalid, test.field)
			if got := crm.Code(err); got != test.code {
				t.Errorf("%s: %q, want %q", name, got, test.code)
			}
		}
	}
}

// A filter of a report takes what lists of cooperations take: platforms under any name, and ids in any case; of what does not
// exist there is nothing.
func TestReportFilterReadsNames(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	boss := must(s.crm.CreateMember(ctx, s.ws, crm.Member{Name: "Boss"}))(t)
	pam := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{
		Name: "Pam", Responsible: boss.ID, Profiles: []crm.Profile{{Platform: "instagram", Handle: "pam"}},
	}))(t)
	summer := s.campaign("Summer")
	s.book(crm.Cooperation{Campaign: summer.ID, Influencer: pam.ID, Profile: pam.Profiles[0].ID, Cost: eur(70),
		Period: days("2026-06-02", "")})
	s.book(crm.Cooperation{Campaign: summer.ID, Influencer: s.influencer("Zoe").ID, Cost: eur(5), Period: days("2026-06-02", "")})
	upper := func(id string) []string { return []string{strings.ToUpper(id)} }
	for name, test := range map[string]struct {
		filter budget.Filter
		want   int64
	}{
		"stored":             {budget.Filter{Platforms: []string{"instagram"}}, 70},
		"shown":              {budget.Filter{Platforms: []string{"Instagram"}}, 70},
		"alias":              {budget.Filter{Platforms: []string{"IG"}}, 70},
		"none":               {budget.Filter{Platforms: []string{""}}, 5},
		"either":             {budget.Filter{Platforms: []string{"", "Insta"}}, 75},
		"another":            {budget.Filter{Platforms: []string{"tiktok"}}, 0},
		"campaign":           {budget.Filter{Campaigns: upper(summer.ID.String())}, 75},
		"influencer":         {budget.Filter{Influencers: upper(pam.ID.String())}, 70},
		"responsible":        {budget.Filter{Responsibles: upper(boss.ID.String())}, 70},
		"nobody responsible": {budget.Filter{Responsibles: []string{""}}, 5},
		"unknown id":         {budget.Filter{Campaigns: []string{pam.ID.String()}}, 0},
	} {
		given := test.filter
		typed := append([]string{}, given.Platforms...)
		o := &crm.ReportOptions{Filter: given}
		report := must(s.crm.Report(ctx, s.ws, o))(t)
		summary := must(s.crm.Summary(ctx, s.ws, o))(t)
		if report.Total.Draft != eur(test.want) || summary.Total.Draft != eur(test.want) {
			t.Errorf("%s: %s in the report and %s in the summary, want %s", name, report.Total.Draft, summary.Total.Draft, eur(test.want))
		}
		if diff := cmp.Diff(typed, append([]string{}, given.Platforms...)); diff != "" {
			t.Errorf("%s: the caller's options have changed: %s", name, diff)
		}
	}
}
