package sheetimport_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// An amount is in the currency of its cell, its row or its header. Where these leave the currency or the unit open, or
// say different things, the row is rejected.
func TestAmountsUnderHeadersWithCurrencies(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		workspace  budget.Currency
		mapping    column.Mapping
		want       string
	}{
		{"a currency among words", "Name,Platform,\"Fee (USD, net)\"\nIda,IG,500\n", "EUR", nil, "500.00 USD"},
		{"a dollar in a workspace without dollars", "Name,Platform,Fee ($)\nIda,IG,500\n", "EUR", nil, "500.00 USD"},
		{"a dollar in a workspace with dollars", "Name,Platform,Fee ($)\nIda,IG,500\n", "CAD", nil, "500.00 CAD"},
		{"several currencies", "Name,Platform,Fee (EUR/USD)\nIda,IG,500\n", "EUR", nil, "2 rejected !ambiguous_currency@C"},
		{"several, and the cell names one", "Name,Platform,Fee (EUR/USD)\nIda,IG,500 USD\n", "EUR", nil, "500.00 USD"},
		{"several, and the row names one", "Name,Platform,Fee (EUR/USD),Currency\nIda,IG,500,USD\n", "EUR", nil, "500.00 USD"},
		{"another currency in the row", "Name,Platform,Fee (EUR),Currency\nIda,IG,500,USD\n", "EUR", nil, "2 rejected !ambiguous_currency@C"},
		{"another currency in the row, and the cell agrees", "Name,Platform,Fee (EUR),Currency\nIda,IG,$500,USD\n", "EUR", nil, "500.00 USD"},
		{"a dollar, and the row says which", "Name,Platform,Fee ($),Currency\nIda,IG,500,AUD\n", "EUR", nil, "500.00 AUD"},
		{"thousands", "Name,Platform,Honorar T €\nIda,IG,12\n", "EUR", nil, ""},
		{"thousands that are mapped", "Name,Platform,Honorar T €\nIda,IG,12\n", "EUR",
			column.Mapping{{Header: "Honorar T €", Field: column.Cost}},
			"2 rejected !unclear_unit@C"},
		{"something else that is mapped", "Name,Platform,Fee (paid)\nIda,IG,12\n", "EUR",
			column.Mapping{{Header: "Fee (paid)", Field: column.Cost}}, "12.00 EUR"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, &sheetimport.Options{Mapping: test.mapping})
			ws, err := crm.NewAdmin(s.store, nil).CreateWorkspace(s.ctx, crm.Workspace{Name: "Other", Currency: test.workspace})
			if err != nil {
				t.Fatal(err)
			}
			s.ws = ws.ID
			plan := s.bring(test.text)
			got := account(plan)[0]
			if all := s.cooperations(); len(all) > 0 {
				got = cost(plan)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A cell that names another currency than the header counts as it says, and the row tells it.
func TestAmountsInOtherCurrenciesThanTheHeader(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Name,Platform,Fee (USD)\nIda,IG,100 €\n":                  true,
		"Name,Platform,Fee (USD)\nIda,IG,$100\n":                   false,
		"Name,Platform,Fee ($)\nIda,IG,100 €\n":                    false,
		"Name,Platform,Fee (EUR)\nIda,IG,$100\n":                   false, // the "$" has a notice of its own
		"Name,Platform,\"Fee (USD)\",Currency\nIda,IG,100 €,EUR\n": false,
	} {
		s := memoryShop(t, nil)
		plan := s.bring(text)
		told := slices.ContainsFunc(plan.Rows[0].Notices, func(r sheetimport.Remark) bool {
			return r.Code == "other_than_header" && r.Message.String() == "the amount is in EUR, as its cell says, although the header says USD"
		})
		if told != want || plan.Rows[0].Verdict != sheetimport.Created {
			t.Errorf("%q: %s %v", text, plan.Rows[0].Verdict, plan.Rows[0].Notices)
		}
	}
}

// cost is what the first row of a plan costs, "" for nothing.
func cost(p *sheetimport.Plan) string {
	for _, c := range p.Rows[0].Changes {
		if c.Field == "cost" {
			return c.To
		}
	}
	return ""
}

// A column that tells what became of a campaign's budget fills no budget; it is kept, and told.
func TestWhatBecameOfABudget(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"Campaign budget used", "Kampagnenbudget (verbraucht)", "Campaign budget (monthly)", "Kampagnenbudget T €"} {
		s := memoryShop(t, nil)
		plan := s.bring("Influencer,Platform,Campaign,Posting date,Fee,Deal status,Code," + header +
			"\nIda,IG,Sale,2026-06-01,1,signed,IDA10,900\n")
		if diff := cmp.Diff([]string{"Sale:  /  /  –"}, s.campaigns()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", header, diff)
		}
		if c := s.contents().Cooperations[0]; c.Custom[header] != "900" {
			t.Errorf("%s: custom fields %v", header, c.Custom)
		}
		if len(plan.Notes) != 1 || plan.Notes[0].Code != "unclear_column" {
			t.Errorf("%s: notes %v", header, plan.Notes)
		}
	}
}

// A mapping that serves tables of budgets too gives no column of a sheet of cooperations a meaning in which it would be lost.
func TestMappedMonthInASheetOfCooperations(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, &sheetimport.Options{Mapping: column.Mapping{{Header: "Month", Field: column.Month}}})
	s.bringWith("Influencer,Platform,Posting date,Month\nIda,IG,2026-12-03,2026-12\n", "Month,Budget\n2026-12,5\n")
	if c := s.contents().Cooperations[0]; c.Custom["Month"] != "2026-12" || s.months() != "2026-12 5.00 EUR" {
		t.Errorf("custom fields %v, budgets of months %s", c.Custom, s.months())
	}
}
