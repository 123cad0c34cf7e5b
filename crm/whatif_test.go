package crm_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

var sameReports = []cmp.Option{cmpopts.IgnoreUnexported(budget.Report{}), cmpopts.EquateComparable(budget.Money{}, budget.Date{}, budget.Month{})}

// Scenarios stand side by side, and what is saved afterwards has the report that was foretold.
func TestWhatIf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		pam := s.influencer("Pam")
		campaigns := []crm.Campaign{s.campaign("Summer"), s.campaign("Autumn")}
		patch := rapid.SampledFrom([]string{"reprice", "redate", "stage", "cancel", "budget", "month_budget"})
		money := func(name string) budget.Money {
			return budget.FromMinor(rapid.Int64Range(0, 1000_00).Draw(t, name), "EUR")
		}
		booked := []crm.Cooperation{}
		for range rapid.IntRange(1, 4).Draw(t, "cooperations") {
			booked = append(booked, s.book(crm.Cooperation{
				Campaign: campaigns[0].ID, Influencer: pam.ID, Cost: money("cost"), Period: days("2026-06-20", "2026-07-10"),
			}))
		}
		scenario := []budget.Change{}
		save := []func(){}
		for range rapid.IntRange(0, 5).Draw(t, "changes") {
			n := rapid.IntRange(0, len(booked)-1).Draw(t, "which")
			id := booked[n].ID
			edit := func(change func(*crm.Cooperation)) {
				save = append(save, func() {
					c := must(s.crm.Cooperation(ctx, s.ws, id))(t)
					change(&c)
					must(s.crm.UpdateCooperation(ctx, s.ws, c, ""))(t)
				})
			}
			switch op := patch.Draw(t, "op"); op {
			case "reprice":
				cost := money("new cost")
				scenario = append(scenario, budget.Change{Op: budget.RepriceItem, Item: id.String(), Cost: cost})
				edit(func(c *crm.Cooperation) { c.Cost = cost })
			case "redate":
				period := days("2026-08-01", "2026-08-31")
				scenario = append(scenario, budget.Change{Op: budget.RedateItem, Item: id.String(), Period: period})
				edit(func(c *crm.Cooperation) { c.Period = period })
			case "stage":
				scenario = append(scenario, budget.Change{Op: budget.StageItem, Item: id.String(), Stage: budget.Negotiating})
				edit(func(c *crm.Cooperation) { c.Status = crm.Negotiating })
			case "budget":
				amount := money("budget")
				scenario = append(scenario, budget.Change{Op: budget.SetBudget, Campaign: campaigns[1].ID.String(), Budget: amount})
				save = append(save, func() {
					c := must(s.crm.Campaign(ctx, s.ws, campaigns[1].ID))(t)
					c.Budget = amount
					must(s.crm.UpdateCampaign(ctx, s.ws, c, ""))(t)
				})
			case "month_budget":
				amount, july := money("month"), budget.MustParseMonth("2026-07")
				scenario = append(scenario, budget.Change{Op: budget.SetMonthBudget, Month: july, Budget: amount})
				save = append(save, func() {
					must(s.crm.SetMonthBudget(ctx, s.ws, july, amount, ""))(t)
				})
			}
		}
		before := must(s.crm.Report(ctx, s.ws, nil))(t)
		got := must(s.crm.WhatIf(ctx, s.ws, [][]budget.Change{{}, scenario}, nil))(t)
		if diff := cmp.Diff(before, got.Now, sameReports...); diff != "" {
			t.Fatalf("today's report (-report +what if):\n%s", diff)
		}
		if !got.Scenarios[0].Differs.Same() {
			t.Fatalf("without a change it differs: %+v", got.Scenarios[0].Differs)
		}
		for _, f := range save {
			f()
		}
		after := must(s.crm.Report(ctx, s.ws, nil))(t)
		if diff := cmp.Diff(after, got.Scenarios[1].Report, sameReports...); diff != "" {
			t.Fatalf("saved (-report +what if):\n%s", diff)
		}
	})
}

func TestWhatIfRefuses(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	summer := s.campaign("Summer")
	id := s.book(crm.Cooperation{Campaign: summer.ID, Influencer: s.influencer("Pam").ID}).ID.String()
	for field, scenarios := range map[string][][]budget.Change{
		"scenarios":       make([][]budget.Change, crm.MaxScenarios+1),
		"scenarios[1]":    {{}, make([]budget.Change, crm.MaxBulk+1)},
		"scenarios[1][1]": {{}, {{Op: budget.DropItem, Item: id}, {Op: budget.DropItem, Item: id}}},
		"scenarios[0][0]": {{{Op: budget.MoveItem, Item: id, Campaign: id}}},
		"scenarios[0]":    {{{Op: budget.StageItem, Item: id, Stage: "sold"}}},
	} {
		_, err := s.crm.WhatIf(ctx, s.ws, scenarios, nil)
		wantField(t, err, crm.ErrInvalid, field)
	}
	_, err := s.crm.WhatIf(ctx, crm.WorkspaceID{9}, nil, nil)
	if fmt.Sprint(err) == "<nil>" {
		t.Error("of no workspace")
	}
}
