package sheetimport_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
)

// What somebody took away in the CRM does not come back with the same sheet, be it a table or a column of a sheet of
// cooperations. It comes with a sheet that says something else, and after an undo of the import, which took it away
// too.
func TestClearedBudgets(t *testing.T) {
	t.Parallel()
	const campaigns, months = "Campaign,Budget,Revenue target,Start,End\nSale,5000,20000,2026-06-01,2026-06-30\n",
		"Month,Budget\n2026-06,3000\n2026-07,1\n"
	s := memoryShop(t, nil)
	plan := s.planWith(campaigns, months)
	run, err := s.importer().Apply(s.ctx, plan)
	if err != nil {
		t.Fatal(err)
	}
	s.done(s.service.UndoImport(s.ctx, s.ws, run.ID, ""))
	s.bringWith(campaigns, months)
	check := func(what, campaign, monthly string) {
		t.Helper()
		if diff := cmp.Diff([]string{campaign}, s.campaigns()); diff != "" {
			t.Errorf("%s: campaigns (-want +got):\n%s", what, diff)
		}
		if diff := cmp.Diff(monthly, s.months()); diff != "" {
			t.Errorf("%s: months (-want +got):\n%s", what, diff)
		}
	}
	check("after undo", "Sale: 5000.00 EUR / 20000.00 EUR / 2026-06-01 – 2026-06-30", "2026-06 3000.00 EUR, 2026-07 1.00 EUR")

	sale := s.contents().Campaigns[0]
	sale.Budget, sale.Period.End = budget.Money{}, budget.Date{}
	sale, err = s.service.UpdateCampaign(s.ctx, s.ws, sale, "")
	s.done(sale, err)
	sale.Notes = "without a budget"
	s.done(s.service.UpdateCampaign(s.ctx, s.ws, sale, ""))
	s.done(s.service.SetMonthBudget(s.ctx, s.ws, budget.MustParseMonth("2026-06"), budget.Money{}, ""))
	s.done(s.service.SetMonthBudget(s.ctx, s.ws, budget.MustParseMonth("2026-07"), budget.FromMinor(700, "EUR"), ""))
	for range 2 {
		plan := s.bringWith(campaigns, months)
		if diff := cmp.Diff([]string{"2 unchanged ?cleared@B ?cleared@E"}, tableAccount(plan.Budgets[0])); diff != "" {
			t.Errorf("campaigns (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"2 unchanged ?cleared@B", "3 unchanged ?kept@B"}, tableAccount(plan.Budgets[1])); diff != "" {
			t.Errorf("months (-want +got):\n%s", diff)
		}
		check("again", "Sale:  / 20000.00 EUR / 2026-06-01 –", "2026-07 7.00 EUR")
	}
	s.bring("Influencer,Platform,Campaign,Posting date,Fee,Campaign budget\nIda,IG,Sale,2026-06-01,1,5000\n")
	check("in a column", "Sale:  / 20000.00 EUR / 2026-06-01 –", "2026-07 7.00 EUR")
	s.bringWith("Campaign,Budget,End\nSale,6000,2026-07-31\n", "Month,Budget\n2026-06,3001\n")
	check("another sheet", "Sale: 6000.00 EUR / 20000.00 EUR / 2026-06-01 – 2026-07-31", "2026-06 3001.00 EUR, 2026-07 7.00 EUR")
}

// An undo takes back the months that nobody has touched since, and says which ones stay.
func TestUndoOfMonths(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, &sheetimport.Options{})
	run, err := s.importer().Apply(s.ctx, s.planWith("Month,Budget\n2026-06,1\n2026-07,2\n2026-08,3\n"))
	s.done(run, err)
	s.done(s.service.SetMonthBudget(s.ctx, s.ws, budget.MustParseMonth("2026-08"), budget.FromMinor(700, "EUR"), ""))
	s.done(s.service.SetMonthBudget(s.ctx, s.ws, budget.MustParseMonth("2026-09"), budget.FromMinor(800, "EUR"), ""))
	done, err := s.service.UndoImport(s.ctx, s.ws, run.ID, "")
	s.done(done, err)
	if s.months() != "2026-08 7.00 EUR, 2026-09 8.00 EUR" || len(done.Restored) != 1 || len(done.Kept) != 1 ||
		done.Kept[0].Record != crm.RefTo(s.ws) || done.Kept[0].Why.String() != "the budgets of these months changed since: 2026-08" {
		t.Errorf("months %s; %+v", s.months(), done)
	}
}
