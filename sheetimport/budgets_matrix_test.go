package sheetimport_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// TestMatrixOfBudgets reads tables with campaigns in the rows and months in the columns.
func TestMatrixOfBudgets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, csv string
		rows      []string // of the campaigns
		of        []string // of the months
		campaigns []string
		months    string
	}{
		{"English", "Campaign,November 2026,December 2026\nBlack Week,5000,1000.50\nXmas,,4000\n", []string{"2 created", "3 created"},
			[]string{"1 updated", "1 updated"}, []string{"Black Week: 6000.50 EUR", "Xmas: 4000.00 EUR"},
			"2026-11 5000.00 EUR, 2026-12 5000.50 EUR"},
		{"German",
			"Kampagne;Nov 26 (EUR);Dez 26 (EUR);Summe\nBlack Week;5.000,00;1.000,50;6.000,50\nAdvent;-;4.000 €;4.000\nSumme;5.000;5.000,50;10.000,50\n",
			[]string{"2 created", "3 created ?read_by_column@C", "4 skipped ?total_row"}, []string{"1 updated", "1 updated"},
			[]string{"Advent: 4000.00 EUR", "Black Week: 6000.50 EUR"}, "2026-11 5000.00 EUR, 2026-12 5000.50 EUR"},
		{"the year above", "Budgets 2026,,\nCampaign,Nov,Dec\nXmas,1,2\n", []string{"3 created"},
			[]string{"2 updated", "2 updated"}, []string{"Xmas: 3.00 EUR"},
			"2026-11 1.00 EUR, 2026-12 2.00 EUR"},
		{"zero is a budget, blank is none", "Campaign,2026-11,2026-12\nXmas,0,\n", []string{"2 created"},
			[]string{"1 updated", "1 unchanged ?no_budget@C"},
			[]string{"Xmas: 0.00 EUR"}, "2026-11 0.00 EUR"},
		{"an unreadable amount", "Campaign,2026-11,2026-12\nXmas,1,two\nSale,5,\n", []string{"2 rejected !not_an_amount@C", "3 created"},
			[]string{"1 rejected !part_missing@B", "1 rejected !part_missing@C"}, []string{"Sale: 5.00 EUR"}, ""},
		{"an amount without a campaign", "Campaign,2026-11,2026-12\nXmas,1,2\n,5,\n", []string{"2 created", "3 rejected !campaign_missing@A"},
			[]string{"1 rejected !part_missing@B", "1 updated"}, []string{"Xmas: 3.00 EUR"}, "2026-12 2.00 EUR"},
		{"one campaign twice with other amounts", "Campaign,2026-11,2026-12\nXmas,1,2\nXmas,5,\nSale,,9\n",
			[]string{"2 conflict of 3 !rows_contradict", "3 conflict of 2 !rows_contradict", "4 created"},
			[]string{"1 rejected !part_missing@B", "1 rejected !part_missing@C"}, []string{"Sale: 9.00 EUR"}, ""},
		{"one campaign twice with one sum", "Campaign,2026-11,2026-12\nXmas,3,\nXmas,,3\n",
			[]string{"2 conflict of 3 !rows_contradict", "3 conflict of 2 !rows_contradict"},
			[]string{"1 rejected !part_missing@B", "1 rejected !part_missing@C"}, nil, ""},
		{"one campaign twice, the same", "Campaign,2026-11,2026-12\nXmas,3,1\nXmas,3,1\n", []string{"2 created", "3 duplicate of 2"},
			[]string{"1 updated", "1 updated"}, []string{"Xmas: 4.00 EUR"}, "2026-11 3.00 EUR, 2026-12 1.00 EUR"},
		{"another currency", "Campaign,2026-11,2026-12\nXmas,3 USD,1\n", []string{"2 rejected !other_currency@B"},
			[]string{"1 rejected !part_missing@B", "1 rejected !part_missing@C"}, nil, ""},
		{"with targets and days", "Campaign,Revenue target,Start,End,2026-11,2026-12\nXmas,90,2026-11-01,2026-12-24,3,1\n", []string{"2 created"},
			[]string{"1 updated", "1 updated"}, []string{"Xmas: 4.00 EUR / 90.00 EUR / 2026-11-01 – 2026-12-24"},
			"2026-11 3.00 EUR, 2026-12 1.00 EUR"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			plan := s.bringWith(c.csv)
			if len(plan.Budgets) != 2 {
				t.Fatalf("%d tables, want one of campaigns and one of months", len(plan.Budgets))
			}
			if diff := cmp.Diff([][]string{c.rows, c.of}, [][]string{tableAccount(plan.Budgets[0]), tableAccount(plan.Budgets[1])}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if !slices.ContainsFunc(plan.Budgets[0].Notes, func(n sheet.Note) bool { return n.Code == "budget_matrix" }) {
				t.Errorf("no note says how the table was read: %v", plan.Budgets[0].Notes)
			}
			var campaigns []string
			for _, line := range s.campaigns() {
				campaigns = append(campaigns, strings.TrimSuffix(line, " /  /  –"))
			}
			if diff := cmp.Diff(c.campaigns, campaigns); diff != "" {
				t.Errorf("campaigns (-want +got):\n%s", diff)
			}
			if got := s.months(); got != c.months {
				t.Errorf("months %s, want %s", got, c.months)
			}
			head := s.contents().Head
			if s.bringWith(c.csv); s.contents().Head != head {
				t.Error("the second import changed something")
			}
		})
	}
}

// What the CRM has stays, and what differs is told.
func TestMatrixKeepsWhatTheCRMHas(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	s.bringWith("Month,Budget\n2026-11,7\n")
	s.bringWith("Campaign,Budget\nXmas,8\n")
	plan := s.bringWith("Campaign,2026-11,2026-12\nXmas,1,2\n")
	got := [][]string{tableAccount(plan.Budgets[0]), tableAccount(plan.Budgets[1])}
	if diff := cmp.Diff([][]string{{"2 unchanged ?kept"}, {"1 unchanged ?kept@B", "1 updated"}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if s.months() != "2026-11 7.00 EUR, 2026-12 2.00 EUR" {
		t.Error(s.months())
	}
}

// The budgets of the campaigns add up to those of the months, whatever stands in a matrix without rows that are left out.
func TestMatrixAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		months := rapid.IntRange(2, 14).Draw(t, "months")
		text := "Campaign"
		for n := range months {
			text += fmt.Sprintf(",%s", budget.MustParseMonth("2026-06").Add(n))
		}
		var want int64
		for n := range rapid.IntRange(1, 6).Draw(t, "campaigns") {
			text += fmt.Sprintf("\nCampaign %c", 'A'+n)
			for range months {
				minor := rapid.Int64Range(0, 9_999_99).Draw(t, "amount")
				if rapid.Bool().Draw(t, "blank") {
					text += ","
					continue
				}
				want += minor
				text += fmt.Sprintf(",%d.%02d", minor/100, minor%100)
			}
		}
		s := memoryShop(t, nil)
		plan := s.bringWith(text + "\n")
		var ofCampaigns, ofMonths int64
		for _, c := range s.contents().Campaigns {
			ofCampaigns += c.Budget.Minor()
		}
		workspace, err := s.service.Workspace(s.ctx, s.ws)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range workspace.MonthBudgets {
			ofMonths += m.Minor()
		}
		if ofCampaigns != want || ofMonths != want {
			t.Fatalf("campaigns %d, months %d, want %d: %v", ofCampaigns, ofMonths, want, plan.Budgets)
		}
		if n := plan.Budgets[0].Counts[sheetimport.Rejected]; n > 0 {
			t.Fatalf("%d campaigns are rejected", n)
		}
	})
}
