package sheetimport_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// sources are the sheets of some texts in CSV.
func sources(texts ...string) []sheet.Source {
	var all []sheet.Source
	for n, text := range texts {
		all = append(all, csvfile.New(fmt.Sprintf("%d.csv", n+1), strings.NewReader(text), nil))
	}
	return all
}

// planWith plans a sheet together with tables of budgets.
func (s *shop) planWith(texts ...string) *sheetimport.Plan {
	s.t.Helper()
	all := sources(texts...)
	plan, err := s.importer().Plan(s.ctx, s.ws, all[0], all[1:]...)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, t := range plan.Budgets {
		n := 0
		for _, count := range t.Counts {
			n += count
		}
		if n != len(t.Rows) {
			s.t.Fatalf("counts %v of %d rows", t.Counts, len(t.Rows))
		}
	}
	return plan
}

func (s *shop) bringWith(texts ...string) *sheetimport.Plan {
	s.t.Helper()
	plan := s.planWith(texts...)
	if _, err := s.importer().Apply(s.ctx, plan); err != nil {
		s.t.Fatal(err)
	}
	return plan
}

// tableAccount is the account of a table of budgets in the form of account.
func tableAccount(t sheetimport.PlannedTable) []string {
	return account(&sheetimport.Plan{Rows: t.Rows})
}

// months shows the budgets of months.
func (s *shop) months() string {
	var all []string
	workspace, err := s.service.Workspace(s.ctx, s.ws)
	if err != nil {
		s.t.Fatal(err)
	}
	budgets := workspace.MonthBudgets
	for _, m := range slices.SortedFunc(maps.Keys(budgets), budget.Month.Compare) {
		all = append(all, fmt.Sprint(m, " ", budgets[m]))
	}
	return strings.Join(all, ", ")
}

// A table of campaigns makes those that are missing and fills what the others lack, in English and German.
func TestTableOfCampaigns(t *testing.T) {
	t.Parallel()
	const header = "Campaign,Budget,Revenue target,Start,End\n"
	day := budget.MustParseDate
	for name, tt := range map[string]struct {
		text            string
		rows, campaigns []string
	}{
		"in English": {header + "Sale,5000,20000,2026-06-01,2026-06-30\nAutumn,1234.50,,,\n",
			[]string{"2 created", "3 created"},
			[]string{"Winter: 500.00 EUR /  /  – 2026-12-31", "Old: 1.00 EUR /  /  –",
				"Sale: 5000.00 EUR / 20000.00 EUR / 2026-06-01 – 2026-06-30", "Autumn: 1234.50 EUR /  /  –"}},
		"in German, below a title, with a column that says something else": {"Kampagnenplanung;;;;;\n\nKampagne;Budget (EUR);Umsatzziel;Beginn;Ende;Zuständig\nSale;5.000,00;20.000,00 €;01.06.2026;30.06.2026;Mira\n",
			[]string{"4 created"},
			[]string{"Winter: 500.00 EUR /  /  – 2026-12-31", "Old: 1.00 EUR /  /  –",
				"Sale: 5000.00 EUR / 20000.00 EUR / 2026-06-01 – 2026-06-30"}},
		"what the CRM has is kept, what it lacks is filled": {header + "winter,400,9000,2026-12-01,2026-12-31\nOld,1,5,,\n",
			[]string{"2 updated ?kept@B", "3 rejected !archived_campaign@A"},
			[]string{"Winter: 500.00 EUR / 9000.00 EUR / 2026-12-01 – 2026-12-31", "Old: 1.00 EUR /  /  –"}},
		"rows add to each other, and may repeat": {header + "Sale,5000,,,\nSALE,,1,,\nSale,5000,,,\nsale,,1,2026-06-01,\n",
			[]string{"2 created", "3 updated", "4 duplicate of 2", "5 updated"},
			[]string{"Winter: 500.00 EUR /  /  – 2026-12-31", "Old: 1.00 EUR /  /  –", "Sale: 5000.00 EUR / 1.00 EUR / 2026-06-01 –"}},
		"rows that contradict each other": {header +
			"Sale,5000,,,\nSALE,6000,1,,\nSale,,1,,\nsale,much,,,\nA,1,,,\na,1,,,2026-06-01\na,,,,2026-07-01\nwinter,500,,,\nWinter,600,,,\n",
			[]string{"2 conflict of 3 !rows_contradict@B", "3 conflict of 2 !rows_contradict@B",
				"4 conflict of 2 !rows_contradict", "5 rejected !not_an_amount@B",
				"6 conflict of 7 !rows_contradict", "7 conflict of 8 !rows_contradict@E", "8 conflict of 7 !rows_contradict@E",
				"9 conflict of 10 !rows_contradict@B", "10 conflict of 9 !rows_contradict@B"},
			[]string{"Winter: 500.00 EUR /  /  – 2026-12-31", "Old: 1.00 EUR /  /  –"}},
		"a budget that is split over channels": {"Campaign,Channel,Budget,Owner\nSale,IG,5000,Mira\nSale,TikTok,3000,Mira\nAutumn,IG,7,Mira\nAutumn,TikTok,7,Mira\nSpring,IG,9,Mira\nspring,IG,9,mira\n",
			[]string{"2 conflict of 3 !rows_contradict@C", "3 conflict of 2 !rows_contradict@C",
				"4 conflict of 5 !rows_contradict@C", "5 conflict of 4 !rows_contradict@C",
				"6 created", "7 duplicate of 6"},
			[]string{"Winter: 500.00 EUR /  /  – 2026-12-31", "Old: 1.00 EUR /  /  –", "Spring: 9.00 EUR /  /  –"}},
		"what cannot be read rejects its row": {header +
			"Sale,much,,,\nA,1.234,,,\nB,5 USD,,,\nC,-5,,,\nD,1,,31.02.2026,\nE,1,,2026-06-30,2026-06-01\n,1,,,\nF,1,,2027-01-01,\n",
			[]string{"2 rejected !not_an_amount@B", "3 rejected !ambiguous_amount@B", "4 rejected !other_currency@B",
				"5 rejected !negative_amount@B",
				"6 rejected !not_a_date@D", "7 rejected !not_valid@E", "8 rejected !campaign_missing@A", "9 created"},
			[]string{"Winter: 500.00 EUR /  /  – 2026-12-31", "Old: 1.00 EUR /  /  –", "F: 1.00 EUR /  / 2027-01-01 –"}},
		"totals, blank rows and repeated headers are skipped": {header + "Total Look,5,,,\n,,,,\n" + header + "Total 2026,5,,,\nSumme,5,,,\n",
			[]string{"2 created ?total_or_campaign@A", "3 skipped", "4 skipped ?repeated_header", "5 skipped ?total_row", "6 skipped ?total_row"},
			[]string{"Winter: 500.00 EUR /  /  – 2026-12-31", "Old: 1.00 EUR /  /  –", "Total Look: 5.00 EUR /  /  –"}},
		"a start that does not fit the end of the CRM": {header + "Winter,,,2027-01-01,\n",
			[]string{"2 unchanged ?does_not_fit@D"}, []string{"Winter: 500.00 EUR /  /  – 2026-12-31", "Old: 1.00 EUR /  /  –"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			for _, c := range []crm.Campaign{
				{Name: "Winter", Budget: budget.FromMinor(50_000, "EUR"),
					Period: budget.Period{End: day("2026-12-31")}}, {Name: "Old", Budget: budget.FromMinor(100, "EUR")},
			} {
				made, err := s.service.CreateCampaign(s.ctx, s.ws, c)
				if err != nil {
					t.Fatal(err)
				}
				if c.Name == "Old" {
					if _, err := s.service.Archive(s.ctx, s.ws, made.At(), ""); err != nil {
						t.Fatal(err)
					}
				}
			}
			plan := s.bringWith(tt.text)
			if diff := cmp.Diff(tt.rows, tableAccount(plan.Budgets[0])); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(slices.Sorted(slices.Values(tt.campaigns)), s.campaigns()); diff != "" {
				t.Errorf("campaigns (-want +got):\n%s", diff)
			}
			head := s.contents().Head
			s.bringWith(tt.text)
			if now := s.contents().Head; now != head {
				t.Errorf("the same table again wrote %d changes", now.Seq-head.Seq)
			}
		})
	}
}

// A table of months sets the budgets of those that have none.
func TestTableOfMonths(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text   string
		rows   []string
		months string
	}{
		"months in all ways": {"Month,Budget\n2026-12,1000\nJanuar 2027,2000\nFeb 27,3000\n03/2027,4000\n2027-04-01,5000\n01.05.2027,6000\n",
			[]string{"2 updated", "3 updated", "4 updated", "5 updated", "6 updated", "7 updated"},
			"2026-06 7.00 EUR, 2026-12 1000.00 EUR, 2027-01 2000.00 EUR, 2027-02 3000.00 EUR, 2027-03 4000.00 EUR, 2027-04 5000.00 EUR, 2027-05 6000.00 EUR"},
		"in German": {"Monat;Monatsbudget in EUR\nDezember 2026;15.000,00\nMärz 2027;1.234,50\nGesamt;16.234,50\n",
			[]string{"2 updated", "3 updated", "4 skipped ?total_row"}, "2026-06 7.00 EUR, 2026-12 15000.00 EUR, 2027-03 1234.50 EUR"},
		"what is there is kept": {"Month,Budget\nJune 2026,8\n2026-07,9\nJuly 2026,9\n2026-08,\n",
			[]string{"2 unchanged ?kept@B", "3 updated", "4 duplicate of 3", "5 unchanged ?no_budget@B"},
			"2026-06 7.00 EUR, 2026-07 9.00 EUR"},
		"rows that contradict each other": {"Month,Budget\nJune 2026,8\n2026-06,7\n2026-07,9\nJuly 2026,10\n2026-07,9\n2026-08,1\n",
			[]string{"2 conflict of 3 !rows_contradict@B", "3 conflict of 2 !rows_contradict@B",
				"4 conflict of 5 !rows_contradict@B", "5 conflict of 4 !rows_contradict@B",
				"6 conflict of 4 !rows_contradict", "7 updated"},
			"2026-06 7.00 EUR, 2026-08 1.00 EUR"},
		"a budget that is split over channels": {"Month,Channel,Budget\n2026-07,IG,9\n2026-07,TikTok,9\n2026-08,IG,1\n",
			[]string{"2 conflict of 3 !rows_contradict@C", "3 conflict of 2 !rows_contradict@C", "4 updated"}, "2026-06 7.00 EUR, 2026-08 1.00 EUR"},
		"months by their first days, in the order that the column proves": {"Month,Budget\n2/1/2027,1\n3/1/2027,2\n01/31/2027,3\n",
			[]string{"2 updated ?read_by_column@A", "3 updated ?read_by_column@A", "4 rejected !not_a_month@A"},
			"2026-06 7.00 EUR, 2027-02 1.00 EUR, 2027-03 2.00 EUR"},
		"the other order": {"Monat;Budget\n01/02/2027;1\n02/01/2027;2\n31/01/2027;3\n",
			[]string{"2 updated ?read_by_column@A", "3 rejected !not_a_month@A", "4 rejected !not_a_month@A"}, "2026-06 7.00 EUR, 2027-02 1.00 EUR"},
		"an order that nothing proves": {"Month,Budget\n2/1/2027,1\n1/1/2027,2\n3/4/2027,3\n",
			[]string{"2 rejected !ambiguous_date@A", "3 updated", "4 rejected !not_a_month@A"}, "2026-06 7.00 EUR, 2027-01 2.00 EUR"},
		"lines of totals": {"Month,Budget\n2026-07,9\nSumme Juli,9\nQ3 total,9\nTotal Q4 2026,9\nGesamt EUR,9\n",
			[]string{"2 updated", "3 skipped ?total_row", "4 skipped ?total_row", "5 skipped ?total_row",
				"6 skipped ?total_row"}, "2026-06 7.00 EUR, 2026-07 9.00 EUR"},
		"what is no month, or no amount": {"Month,Budget\nDecember,1\nQ4 2026,1\n2026-13,1\n03/04/26,1\n15.12.2026,1\n,1\ntbd,1\n2026-12,1.234\n2026-12,-1\n2026-12,5 USD\n1850-01,1\n",
			[]string{"2 rejected !not_a_month@A", "3 rejected !not_a_month@A", "4 rejected !not_a_month@A",
				"5 rejected !not_a_month@A", "6 rejected !not_a_month@A",
				"7 rejected !month_missing@A", "8 rejected !month_missing@A ?no_value@A",
				"9 rejected !ambiguous_amount@B", "10 rejected !negative_amount@B",
				"11 rejected !other_currency@B", "12 rejected !not_a_month@A"},
			"2026-06 7.00 EUR"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			if _, err := s.service.SetMonthBudget(s.ctx, s.ws, budget.MustParseMonth("2026-06"), budget.FromMinor(700, "EUR"), ""); err != nil {
				t.Fatal(err)
			}
			plan := s.bringWith(tt.text)
			if diff := cmp.Diff(tt.rows, tableAccount(plan.Budgets[0])); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.months, s.months()); diff != "" {
				t.Errorf("months (-want +got):\n%s", diff)
			}
			head := s.contents().Head
			s.bringWith(tt.text)
			if now := s.contents().Head; now != head {
				t.Errorf("the same table again wrote %d changes", now.Seq-head.Seq)
			}
		})
	}
}

const (
	oneSheet     = "Influencer,Platform,Campaign,Posting date,Fee,Campaign budget\nIda,IG,Sale,2026-06-01,100,4000\nMats,IG,Autumn,2026-09-01,200,\nLea,IG,Sale,2026-06-02,100,\n"
	oneCampaigns = "Campaign,Budget,Start\nSale,5000,2026-06-01\nWinter,700,\n"
	oneMonths    = "Month,Budget\n2026-06,3000\n2026-07,4000\n"
)

// A sheet and its tables of budgets come in together, in one piece or several, and are taken back together. What a table says of
// a campaign counts before what a row of the sheet says.
func TestSheetWithTablesOfBudgets(t *testing.T) {
	t.Parallel()
	for _, pieces := range []int{0, 1} {
		s := memoryShop(t, &sheetimport.Options{RowsPerUnit: pieces})
		before := s.contents()
		plan := s.planWith(oneSheet, oneCampaigns, oneMonths)
		if diff := cmp.Diff([]string{"2 created ?kept@F", "3 created", "4 created"}, account(plan)); diff != "" {
			t.Errorf("rows (-want +got):\n%s", diff)
		}
		if plan.New.Campaigns != 3 || plan.Filled.Months != 2 {
			t.Errorf("new %+v, filled %+v", plan.New, plan.Filled)
		}
		run, err := s.importer().Apply(s.ctx, plan)
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"Sale: 5000.00 EUR /  / 2026-06-01 –", "Winter: 700.00 EUR /  /  –", "Autumn:  /  /  –"}
		if diff := cmp.Diff(slices.Sorted(slices.Values(want)), s.campaigns()); diff != "" {
			t.Errorf("campaigns (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff("2026-06 3000.00 EUR, 2026-07 4000.00 EUR", s.months()); diff != "" {
			t.Errorf("months (-want +got):\n%s", diff)
		}
		if _, err := s.service.UndoImport(s.ctx, s.ws, run.ID, ""); err != nil {
			t.Fatal(err)
		}
		after := s.contents()
		if s.months() != "" || len(after.Campaigns) != len(before.Campaigns) || len(after.Cooperations) != 0 {
			t.Errorf("after undo: months %q, campaigns %q", s.months(), s.campaigns())
		}
	}
}

// Another process carries the plan out with the same files, and not with others; a plan is not carried out over changes of what
// its tables are about.
func TestTablesOfBudgetsInTheDigest(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	plan := s.planWith(oneSheet, oneCampaigns, oneMonths)
	apply := func(texts ...string) error {
		all := sources(texts...)
		_, err := s.importer().ApplyFile(s.ctx, s.ws, all[0], plan.Digest, all[1:]...)
		return err
	}
	for _, other := range [][]string{
		{oneSheet}, {oneSheet, oneCampaigns}, {oneSheet, oneMonths, oneCampaigns},
		{oneSheet, oneCampaigns, strings.Replace(oneMonths, "3000", "3001", 1)},
		{oneSheet, strings.Replace(oneCampaigns, "Winter", "Winter 2", 1), oneMonths},
	} {
		if err := apply(other...); !errors.Is(err, sheetimport.ErrPlanOutdated) {
			t.Errorf("%q: error %v, want ErrPlanOutdated", other, err)
		}
	}
	if err := apply(oneSheet, oneCampaigns, oneMonths); err != nil {
		t.Fatal(err)
	}

	later := s.planWith("Month,Budget\n2026-08,1\n")
	if _, err := s.service.SetMonthBudget(s.ctx, s.ws, budget.MustParseMonth("2026-08"), budget.FromMinor(700, "EUR"), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := s.importer().Apply(s.ctx, later); !errors.Is(err, sheetimport.ErrPlanOutdated) {
		t.Errorf("over another budget of the month: error %v, want ErrPlanOutdated", err)
	}
}

// A file that is no table of budgets is refused, as are more than MaxTables.
func TestNoTableOfBudgets(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	for name, text := range map[string]string{
		"a second sheet of cooperations": "Influencer,Platform\nIda,IG\n", "campaigns without anything": "Campaign,Owner\nSale,Mira\n",
		"months without budgets": "Month\n2026-06\n", "campaigns and months": "Campaign,Month,Budget\nSale,2026-06,5\n", "nothing": "x\n",
	} {
		all := sources(oneSheet, text)
		if _, err := s.importer().Plan(s.ctx, s.ws, all[0], all[1:]...); !errors.Is(err, sheet.ErrUnreadable) || !strings.Contains(fmt.Sprint(err), `"2.csv"`) {
			t.Errorf("%s: error %v, want an ErrUnreadable that names the file", name, err)
		}
	}
	many := sources(slices.Repeat([]string{oneMonths}, sheetimport.MaxTables+1)...)
	if _, err := s.importer().Plan(s.ctx, s.ws, sources(oneSheet)[0], many...); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("too many tables: error %v, want ErrInvalid", err)
	}
}

// A line of totals is no campaign, and a campaign may have the name of one. Where the words alone do not tell, the
// other rows, their sum and the CRM do, and it is told.
func TestTotalsInTablesOfCampaigns(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"words for totals": {"Campaign,Budget\nA,1\nTotal Q4 2026,9\nGesamt EUR,9\nSumme netto,9\nGrand Total (net),9\nTotal Juni,9\nGesamtbudget 2026,9\nSumme H2/2026,9\nAll campaigns,9\nRemaining,9\nTotal FY26,9\nKampagnen gesamt,9\n",
			[]string{"2 created", "3 skipped ?total_row", "4 skipped ?total_row", "5 skipped ?total_row",
				"6 skipped ?total_row", "7 skipped ?total_row",
				"8 created", "9 skipped ?total_row", "10 skipped ?total_row", "11 skipped ?total_row",
				"12 skipped ?total_row", "13 skipped ?total_row"}},
		"the total of a campaign": {"Campaign,Budget\nSun,7\nTotal Sun,7\nMoon,5\nMoon gesamt,4\n",
			[]string{"2 created", "3 skipped ?total_row", "4 created", "5 skipped ?total_row"}},
		"the sum of rows": {"Campaign,Budget\nSun A,7\nSun B,8\nTotal Sun,15\nMoon A,1\nMoon B,2\nTotal Moon,3\n",
			[]string{"2 created", "3 created", "4 skipped ?total_row", "5 created", "6 created",
				"7 skipped ?total_row"}},
		"a campaign": {"Campaign,Budget\nA,7\nTotal Sun,5\n", []string{"2 created", "3 created ?total_or_campaign@A"}},
		"a campaign of rows": {"Campaign,Budget,Revenue target\nSun,7,\nTotal Sun,5,\nTotal Sun,,9\n",
			[]string{"2 created", "3 created", "4 updated"}},
		"a campaign of the CRM":       {"Campaign,Budget\nMega,7\nTotal Mega,7\n", []string{"2 created", "3 updated"}},
		"a total that cannot be read": {"Campaign,Budget\nSun,7\nTotal Sun,#REF!\n", []string{"2 created", "3 skipped ?total_row"}},
	} {
		s := memoryShop(t, nil)
		s.campaign("Total Mega")
		plan := s.bringWith(tt.text)
		if diff := cmp.Diff(tt.want, tableAccount(plan.Budgets[0])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A sheet that is nearly a table of budgets is refused with what keeps it from being one, as a sheet and as a table.
func TestNearlyATableOfBudgets(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	for text, want := range map[string]string{
		"Campaign,Budget (2025),Budget (2026)\nSale,1,2\n": `the columns B "Budget (2025)", C "Budget (2026)" can all be the campaign budget`,
		"Name,Amount\nIda,500\n":                           `a "Name" and an amount can be those of a person`,
		"Kampagne;Budget in Tsd. €\nSale;12\n":             `column B "Budget in Tsd. €" is left out`,
		"Kampagne;Budget (verbraucht)\nSale;12\n":          `column B "Budget (verbraucht)" is left out`,
	} {
		_, err := s.importer().Plan(s.ctx, s.ws, sources(text)[0])
		if !errors.Is(err, column.ErrNoHeader) || !errors.Is(err, column.ErrNoBudgets) || !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
