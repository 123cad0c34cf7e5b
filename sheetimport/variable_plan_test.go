package sheetimport_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is paid by results has no field, and is told on the row that has it.
func TestVariableCosts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		header, cell string
		want         bool
	}{
		{"Variable Cost - Percentage", "10%", true}, {"Variable Cost - Absolute", "5.00", true},
		{"Commission", "10 %", true}, {"Commission %", "10", true}, {"Rev share", "0.1", true},
		{"CPO (€)", "5,00", true},
		{"Cost per order", "4 €", true}, {"Bonus", "500 € at 100 orders", true}, {"Affiliate commission", "yes", true},
		{"Performance fee", "5%", true},
		{"Provision", "15 %", true}, {"Provision in %", "15", true}, {"Umsatzbeteiligung", "10%", true},
		{"Variable Vergütung", "2 € pro Bestellung", true}, {"Erfolgsprovision", "nach Absprache 5%", true},
		{"Cost Reference - Percentage", "Net Rev Share Max", true},
		{"Cost Reference - Percentage", "Gross Rev Share Min", true},
		{"Cost Reference - Percentage", "Net Revenue", false},
		{"Commission", "", false}, {"Commission", "0", false}, {"Commission", "0 %", false},
		{"Provision", "keine", false}, {"CPO", "n/a", false}, {"Bonus", "-", false}, {"Provision", "nein", false},
		{"Bonus paid on", "2026-06-01", false}, {"Favourite colour", "10%", false}, {"CPM actual", "12.50", false},
	} {
		plan := memoryShop(t, nil).plan("Influencer,Platform,Posting date,Fee," + test.header +
			"\nIda,IG,2026-06-01,100.00,\"" + test.cell + "\"\n")
		got := false
		for _, n := range plan.Rows[0].Notices {
			got = got || n.Code == "variable_cost" && n.Header == test.header
		}
		if got != test.want || len(plan.Rows[0].Problems) > 0 {
			t.Errorf("%s %q: told %v, want %v: %v", test.header, test.cell, got, test.want, plan.Rows[0])
		}
	}
}

// Costs in another currency than the workspace's are told for the plan, and so is a plan that adds up to nothing in it.
func TestOtherCurrencies(t *testing.T) {
	t.Parallel()
	for fees, want := range map[string]string{
		"100.00|200 €": "", "|tbd": "", "0 USD|100 €": "",
		"100.00|200 USD": "costs in other currencies than EUR, with the number of rows: 200.00 USD (1); they count in a report only with an exchange rate",
		"100 USD|200 USD": "no cost is in EUR, the currency of the workspace, so what the plan adds up to is 0.00 there; the costs, with the number of rows: 300.00 USD (2); " +
			"check the currency of the workspace",
		"100 USD|5.000 JPY": "no cost is in EUR, the currency of the workspace, so what the plan adds up to is 0.00 there; the costs, with the number of rows: 5000 JPY (1), 100.00 USD (1); " +
			"check the currency of the workspace",
		"100 USD|tbd": "no cost is in EUR, the currency of the workspace, so what the plan adds up to is 0.00 there; the costs, with the number of rows: 100.00 USD (1); " +
			"check the currency of the workspace",
		"100 CHF|see contract": "no cost is in EUR, the currency of the workspace, so what the plan adds up to is 0.00 there; the costs, with the number of rows: 100.00 CHF (1); " +
			"check the currency of the workspace",
	} {
		fee := strings.Split(fees, "|")
		plan := memoryShop(t, nil).plan("Influencer,Platform,Posting date,Fee\nIda,IG,2026-06-01," + fee[0] +
			"\nMats,IG,2026-06-01," + fee[1] + "\n")
		got := ""
		for _, n := range plan.Notes {
			if n.Code == "other_currencies" || n.Code == "no_cost_in_currency" {
				got += n.Text.String()
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", fees, diff)
		}
	}
}

// A blank cell overwrites nothing, so a re-import does not say that a row lacks what the CRM has.
func TestNoNoticeOnWhatTheCRMHas(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	s.bring("Influencer,Platform,Posting date,Discount code,Fee\nIda,IG,2026-06-01,IDA10,100.00\nMats,IG,2026-06-01,MATS10,\n")
	plan := s.plan("Influencer,Platform,Posting date,Discount code,Fee\nIda,IG,2026-06-01,IDA10,\nMats,IG,2026-06-01,MATS10,\n")
	if diff := cmp.Diff([]string{"2 unchanged ?campaign_missing", "3 unchanged ?no_cost@E ?campaign_missing"}, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
