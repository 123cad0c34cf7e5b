package column_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// budgetIn says which column of a header is the budget.
var budgetIn = map[string]string{
	"Campaign,Campaign budget used,Campaign budget": "Campaign budget", "Campaign,Amount,Budget": "Budget",
	"Campaign,Campaign budget incl. fees,Budget": "Budget", "Campaign,Restbudget,Budget": "Budget",
	"Campaign,Amount,Campaign budget incl. fees": "Campaign budget incl. fees", "Kampagne;Budget (verbraucht);Budget": "Budget",
	"Campaign;Budget (used);Budget (planned)": "Budget (planned)", "Name;Betrag;Kampagnenbudget 2026": "Kampagnenbudget 2026",
}

// A sheet that names people, their accounts, codes or links has no budgets, whatever else its headers may mean.
func TestFindBudgets(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]column.BudgetTable{
		"Campaign,Budget":                               column.Campaigns,
		"Name,Budget,Start,End":                         column.Campaigns,
		"Kampagne,Umsatzziel":                           column.Campaigns,
		"Campaign,Channel,Budget":                       column.Campaigns,
		"Campaign,Campaign budget used,Campaign budget": column.Campaigns, "Campaign,Amount,Budget": column.Campaigns,
		"Campaign,Campaign budget incl. fees,Budget": column.Campaigns, "Campaign,Restbudget,Budget": column.Campaigns,
		"Campaign,Amount,Campaign budget incl. fees": column.Campaigns, "Campaign;Budget (used);Budget (planned)": column.Campaigns,
		"Kampagne;Budget (verbraucht);Budget": column.Campaigns, "Name;Betrag;Kampagnenbudget 2026": column.Campaigns,
		"Campaign,Link,Budget": column.Campaigns, "Kampagne,Anzahl Influencer,Budget": column.Campaigns,
		"Month,Budget":                                   column.Months,
		"Name,Handle,Amount,Date":                        "",
		"Campaign,Influencer,Budget":                     "",
		"Campaign,Discount Code,Amount":                  "",
		"Campaign,Budget,utm_campaign":                   "",
		"Kampagne,Vorname,Nachname,Betrag":               "",
		"Campaign Name,Profile Link,Campaign Start Date": "",
		"Campaign,Umsatzziel T€":                         "", // its only amount is in a unit that is not read
		"Campaign,Kampagnenbudget in Tsd. €":             "",
		"Campaign,Campaign budget TEUR":                  "",
		"Campaign,Budget (2025),Budget (2026)":           "", // nobody knows which
		"Campaign,Amount,Betrag":                         "",
		"Campaign,Budget (used)":                         "", "Campaign,Budget (spent)": "", "Kampagne,Budget verbraucht": "",
		"Campaign,Campaign budget used": "", "Kampagne,Umsatzziel erreicht": "", "Kampagne,Budget (Rest)": "",
		"Kampagne,Budget in 1000 €": "", "Campaign,Budget (in 1.000 €)": "", "Kampagne,Budget in Tsd.": "", "Campaign,Budget ('000)": "",
		"Campaign,Monthly budget": "", "Kampagne,Monatsbudget": "", "Campaign,Budget (per month)": "", "Campaign,Budget per influencer": "",
		"Name,Amount": "", "Titel,Betrag": "", "Name,Start,End": "", "Name,Amount,Start,End": "", // of people as well
		"Name,Campaign,Budget": "", "Campaign,Budget,Influencer name (main)": "",
		"Campaign,Budget,Rabattcode Nr. 1": "", "Campaign,Budget,Code": "",
		"Kampagne,Betrag,Postingdatum": "", "Kampagne,Honorar,Datum": "", "Campaign,Budget,Live date": "",
	} {
		row := sheet.Row{Number: 1}
		for text := range strings.FieldsFuncSeq(header, func(r rune) bool { return r == ',' || r == ';' }) {
			row.Cells = append(row.Cells, sheet.Cell{Text: text})
		}
		h, got, err := column.FindBudgets(&sheet.Table{Name: "t", Rows: []sheet.Row{row}}, nil)
		if got != want || (want == "") != errors.Is(err, column.ErrNoBudgets) {
			t.Errorf("%s: %q, %v; want %q", header, got, err, want)
		}
		if names, ok := budgetIn[header]; ok {
			if c, _ := h.Column(column.CampaignBudget); c.Header != names {
				t.Errorf("%s: the budget is %q, want %q", header, c.Header, names)
			}
		}
	}
}

// Months may have the budget of a month in all words for it.
func TestFindMonthBudgets(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]column.BudgetTable{
		"Month,Monthly budget": column.Months, "Monat,Monatsbudget": column.Months, "Monat,Budget pro Monat": column.Months,
		"Month,Budget (per month)": column.Months, "Monat,Budget (monatlich)": column.Months, "Month,Budget used": "",
		"Month,Budget per campaign": "",
	} {
		if _, got, err := column.FindBudgets(headersOf(header), nil); got != want {
			t.Errorf("%s: %q, %v; want %q", header, got, err, want)
		}
	}
}

// headersOf is a sheet of one row of headers, with commas between.
func headersOf(headers string) *sheet.Table {
	row := sheet.Row{Number: 1}
	for text := range strings.SplitSeq(headers, ",") {
		row.Cells = append(row.Cells, sheet.Cell{Text: text})
	}
	return &sheet.Table{Name: "t", Rows: []sheet.Row{row}}
}

// A refusal says what speaks against the columns: all that can have one meaning, what is left out, what belongs elsewhere.
func TestWhyNoBudgets(t *testing.T) {
	t.Parallel()
	for header, want := range map[string][]string{
		"Campaign,Budget (2025),Budget (2026),Ziel,Target": {`the columns B "Budget (2025)", C "Budget (2026)" can all be the campaign budget`,
			`the columns D "Ziel", E "Target" can all be the revenue target`},
		"Campaign,Budget (2025),Budget (2026),Budget (2027)": {`B "Budget (2025)", C "Budget (2026)", D "Budget (2027)" can all be`},
		"Campaign,Budget (used),Umsatzziel T€": {`column B "Budget (used)" is left out: "used" in its header`,
			`column C "Umsatzziel T€" is left out: amounts are not read in the unit "T€"`},
		"Campaign,Budget,Promo code": {`column C "Promo code" belongs to a sheet of cooperations`},
		"Name,Amount":                {`a "Name" and an amount can be those of a person`},
		"Campaign,Month,Budget":      {"it names campaigns and months"},
	} {
		_, _, err := column.FindBudgets(headersOf(header), nil)
		for _, text := range want {
			if !errors.Is(err, column.ErrNoBudgets) || !strings.Contains(fmt.Sprint(err), text) {
				t.Errorf("%s: %v, want %s", header, err, text)
			}
		}
	}
}

// What a mapping says of a column stands: one that is left out or custom is not looked up again, and one that is given to a
// cooperation makes the table none.
func TestMappedBudgets(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		header, mapped string
		field          column.Field
		of             column.BudgetTable
		budget         string
	}{
		{"Campaign,Budget,Promo code", "Promo code", column.Ignored, column.Campaigns, "Budget"},
		{"Campaign,Budget,Promo code", "Promo code", column.Custom, column.Campaigns, "Budget"},
		{"Campaign,Budget,Budget 2", "Budget", column.Ignored, "", ""},
		{"Campaign,Budget,Plan", "Budget", column.Custom, column.Campaigns, "Plan"},
		{"Name,Budget", "Name", column.Influencer, "", ""},
		{"Campaign,Betrag", "Betrag", column.Cost, "", ""},
		{"Campaign,Budget (used)", "Budget (used)", column.CampaignBudget, column.Campaigns, "Budget (used)"},
		{"Name,Amount", "Name", column.Campaign, column.Campaigns, "Amount"},
	} {
		h, of, err := column.FindBudgets(headersOf(tt.header), column.Mapping{{Header: tt.mapped, Field: tt.field}})
		budget, _ := h.Column(column.CampaignBudget)
		if of != tt.of || budget.Header != tt.budget {
			t.Errorf("%s with %s as %s: %q with the budget %q, %v; want %q, %q", tt.header, tt.mapped, tt.field, of,
				budget.Header, err, tt.of, tt.budget)
		}
		for _, c := range h.Columns {
			if c.Header == tt.mapped && c.Confidence != column.Given {
				t.Errorf("%s with %s as %s: %+v, want what the mapping says", tt.header, tt.mapped, tt.field, c)
			}
		}
	}
}
