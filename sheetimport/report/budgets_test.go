package report_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/report"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// The tables of budgets have accounts of their own below that of the sheet, or in its place.
func TestTablesOfBudgets(t *testing.T) {
	t.Parallel()
	s := memoryShop(t)
	s.bring("Name,Platform,Date,Fee,Status,Campaign,Code\nIda,IG,2026-06-01,5,signed,Sale\n")
	source := func(name, text string) sheet.Source { return csvfile.New(name, strings.NewReader(text), nil) }
	campaigns := source("campaigns.csv", "Campaign,Budget,Budget (used),Owner\nSale,5000,9,Mira\nWinter,1.234,,\nAutumn,700,,\nTotal,5700,,\n")
	months := source("months.csv", "Month,Budget\nDec 26,600\nJan 27,700\nJan 27,800\n")
	both, err := s.importer.Plan(t.Context(), s.ws,
		source("plan.csv",
			"Name,Platform,Date,Fee,Status,Campaign,Code\nIda,IG,2026-06-01,5,signed,Sale\n"), campaigns, months)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := s.importer.Plan(t.Context(), s.ws, source("Monate.csv", "Monat;Budget\nDezember 2026;600\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		plan *sheetimport.Plan
		lang language.Tag
		want string
	}{
		"beside a sheet": {both, language.English, `plan.csv: 1 row
  unchanged       1
  filled in: 1 campaign, 1 budget of a month
campaigns.csv: 4 rows
  created         1
  updated         1
  skipped         1
  rejected        1
  note: column C "Budget (used)" is left out: "used" in its header makes the amounts something else than the campaign budget; map the column if they are that
  note: left out: D "Owner"
  row 3 rejected in B "Budget": "1.234" can be read in two ways (1234 or 1.234); write it with two decimals, like 1234.00, or say how the whole sheet writes amounts
  row 2 updated: Sale: budget 5000.00 EUR
  row 5 skipped: a line of totals
months.csv: 3 rows
  updated         1
  conflict        2
  row 3 conflict in B "Budget" "700": row 4 says 800.00 EUR; write one row with what is right
  row 4 conflict in B "Budget" "800": row 3 says 700.00 EUR; write one row with what is right
  row 2 updated: 2026-12: budget 600.00 EUR
`},
		"in its place, in German": {alone, language.German, `Monate.csv: 1 Zeile
  geändert           1
  ergänzt: 1 Monatsbudget
  Zeile 2 geändert: 2026-12: budget 600,00 EUR
`},
	} {
		var text strings.Builder
		if err := report.WriteText(&text, tt.plan, &report.TextOptions{Lang: tt.lang}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, text.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	var csv strings.Builder
	if err := report.WriteCSV(&csv, both, language.English); err != nil {
		t.Fatal(err)
	}
	if want := "2,updated,,change,,,,,,workspace,"; !strings.Contains(csv.String(), want) || !strings.Contains(csv.String(), ",months.csv\n") {
		t.Errorf("WriteCSV lacks %q of months.csv:\n%s", want, csv.String())
	}
}
