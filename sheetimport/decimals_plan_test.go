package sheetimport_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/xlsxtest"
)

// feesOf shows what becomes of a row for each fee: its cost, or the codes of what is wrong with it, and its notices.
func feesOf(p *sheetimport.Plan) []string {
	var all []string
	for _, r := range p.Rows {
		said := valueOf(r, column.Cost)
		for _, m := range r.Problems {
			said += "!" + m.Code
		}
		for _, m := range r.Notices {
			said += " ?" + m.Code
		}
		all = append(all, said)
	}
	return all
}

// feeSheet is a sheet in CSV with a signed deal for each fee.
func feeSheet(fees ...string) string {
	var b strings.Builder
	b.WriteString("Campaign;Influencer;Platform;Posting Date;End Date;Fixed Costs;Deal status\n")
	for n, fee := range fees {
		fmt.Fprintf(&b, "Sale;Person %c;Instagram;2026-10-09;2026-10-10;%s;signed\n", 'A'+n, fee)
	}
	return b.String()
}

// A column, a language or an option that makes "1.000" a number with more decimals than its currency never makes one euro of it.
func TestThousandsBesideDecimals(t *testing.T) {
	t.Parallel()
	const comma, point = cell.CommaDecimals, cell.PointDecimals
	const ambiguous, precise, column = "!ambiguous_amount", "!too_precise", " ?read_by_column"
	for _, test := range []struct {
		name, locale string
		option       cell.DecimalStyle
		fees, want   []string
	}{
		{"the column has both", "", 0, []string{"1.000", "1,000.50", "$ 1.000", "12.345 €", "1,000.00", "1.000,00", "1,000"},
			[]string{ambiguous, "1000.50 EUR", ambiguous, ambiguous, "1000.00 EUR", "1000.00 EUR", ambiguous}},
		{"the column has a point", "", 0, []string{"1.000", "1,000.50", "$ 1.000", "12.345 €", "1,000.00", "1,000", "€ 1.000"},
			[]string{ambiguous, "1000.50 EUR", ambiguous, ambiguous, "1000.00 EUR", "1000.00 EUR" + column, ambiguous}},
		{"the column has both in another order", "", 0, []string{"1,000", "1.000,50", "$ 1.000", "1.000,00", "1,000.00 USD", "1.000", "1.000,-"},
			[]string{ambiguous, "1000.50 EUR", ambiguous, "1000.00 EUR", "1000.00 USD", ambiguous, "1000.00 EUR"}},
		{"the column has a comma", "", 0, []string{"1,000", "1.000,50", "$ 1.000", "1.000,00", "1.000", "1.000,-"},
			[]string{ambiguous, "1000.50 EUR", "1000.00 USD" + column + " ?dollar_assumed", "1000.00 EUR", "1000.00 EUR" + column, "1000.00 EUR"}},
		{"the sheet is in English", "en-US", 0, []string{"1.000", "1,000", "5"}, []string{ambiguous, "1000.00 EUR" + column, "5.00 EUR"}},
		{"the sheet is in German", "de-DE", 0, []string{"1.000", "1,000", "5"}, []string{"1000.00 EUR" + column, ambiguous, "5.00 EUR"}},
		{"the option says a point", "", point, []string{"1.000", "1,000", "$ 1.000", "1,234.5678"},
			[]string{precise, "1000.00 EUR" + column, precise, precise}},
		{"the option says a comma", "", comma, []string{"1.000", "1,000"}, []string{"1000.00 EUR" + column, precise}},
		{"the option and the column say a point", "", point, []string{"1.000", "1,000.50"}, []string{precise, "1000.50 EUR"}},
		{"the option decides what the column does not", "", comma, []string{"1.000", "1,000.50", "$ 1.000", "1,000"},
			[]string{"1000.00 EUR" + column, "1000.50 EUR", "1000.00 USD" + column + " ?dollar_assumed", "1000.00 EUR" + column}},
		{"the option decides what the language does not", "en-GB", comma, []string{"1.000", "5"}, []string{"1000.00 EUR" + column, "5.00 EUR"}},
		{"currencies with three decimals", "", 0, []string{"1.000 KWD", "1,000.500 BHD", "0.250 TND", "1.000", "1.2345 KWD"},
			[]string{"1.000 KWD" + column, "1000.500 BHD", "0.250 TND", ambiguous, precise}},
		{"currencies without decimals", "", 0, []string{"1.000 JPY", "1,000.50", "1,000 JPY", "1000.00 JPY"},
			[]string{"1000 JPY", "1000.50 EUR", "1000 JPY", "1000 JPY"}},
		{"one reading", "", 0, []string{"1,234.5678", "1500.0000", "1500.000", "0.500", "840.336134", "1500.00000"},
			[]string{precise, "1500.00 EUR", "1500.00 EUR", "0.50 EUR", "840.34 EUR ?rounded", "1500.00 EUR"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			text := feeSheet(test.fees...)
			table := grid(t, strings.ReplaceAll(strings.ReplaceAll(text, ",", "@"), ";", ","), test.locale) // a fee may have a comma
			for n := range table.Rows {
				for c := range table.Rows[n].Cells {
					table.Rows[n].Cells[c].Text = strings.ReplaceAll(table.Rows[n].Cells[c].Text, "@", ",")
				}
			}
			s := memoryShop(t, &sheetimport.Options{DecimalStyle: test.option})
			plan, err := s.importer().Plan(s.ctx, s.ws, held{table})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, feesOf(plan)); diff != "" {
				t.Errorf("a table (-want +got):\n%s", diff)
			}
			if test.locale != "" { // a CSV has none
				return
			}
			plan = s.bring(text)
			if diff := cmp.Diff(test.want, feesOf(plan)); diff != "" {
				t.Errorf("a CSV (-want +got):\n%s", diff)
			}
			checkCounts(t, plan)
			for n, r := range plan.Rows {
				if rejected := strings.HasPrefix(test.want[n], "!"); rejected != (r.Verdict == sheetimport.Rejected) {
					t.Errorf("%q is %s", test.fees[n], r.Verdict)
				}
			}
			if got, want := len(s.contents().Cooperations), plan.Counts[sheetimport.Created]; got != want {
				t.Errorf("%d cooperations, want %d", got, want)
			}
		})
	}
}

// The texts of a workbook are texts like those of a CSV. Its numbers are exact, whatever they show.
func TestThousandsBesideDecimalsInAWorkbook(t *testing.T) {
	t.Parallel()
	data := xlsxtest.Book(t, func(f *excelize.File) {
		xlsxtest.Row(t, f, "Sheet1", 1, "Campaign", "Influencer", "Platform", "Posting date", "Fee")
		for n, fee := range []any{"1.000", "1,000.50", "$ 1.000", 1000, 840.336134, 1.0, "1,000"} {
			xlsxtest.Row(t, f, "Sheet1", n+2, "Sale", fmt.Sprintf("Person %c", 'A'+n), "IG", "2026-06-01", fee)
		}
	})
	want := []string{"!ambiguous_amount", "1000.50 EUR", "!ambiguous_amount", "1000.00 EUR", "840.34 EUR ?rounded",
		"1.00 EUR", "1000.00 EUR ?read_by_column"}
	if diff := cmp.Diff(want, feesOf(planBook(t, data))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The reason names both readings and how to decide, in both languages.
func TestWhyAThousandIsNotRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		option          cell.DecimalStyle
		fees            []string
		english, german string
	}{
		{0, []string{"1.000", "1,000.50"},
			`"1.000" has more than 2 decimals, unless its point groups thousands (1000.00 or 1.00); write the one that is meant, or choose decimals with a comma in the options of the import`,
			`„1.000“ hat mehr als 2 Nachkommastellen, es sei denn, Tausender sind darin mit Punkt getrennt (1000.00 oder 1.00); den gemeinten schreiben, oder in den Optionen des Imports Nachkommastellen mit Komma wählen`},
		{0, []string{"$ 1,500", "1.000,50"},
			`"$ 1,500" has more than 2 decimals, unless its comma groups thousands (1.50 or 1500.00); write the one that is meant, or choose decimals with a point in the options of the import`,
			`„$ 1,500“ hat mehr als 2 Nachkommastellen, es sei denn, Tausender sind darin mit Komma getrennt (1.50 oder 1500.00); den gemeinten schreiben, oder in den Optionen des Imports Nachkommastellen mit Punkt wählen`},
		{cell.PointDecimals, []string{"12.345"},
			`"12.345" has more than 2 decimals, unless its point groups thousands (12345.00 or 12.345); write the one that is meant, or choose decimals with a comma in the options of the import`,
			`„12.345“ hat mehr als 2 Nachkommastellen, es sei denn, Tausender sind darin mit Punkt getrennt (12345.00 oder 12.345); den gemeinten schreiben, oder in den Optionen des Imports Nachkommastellen mit Komma wählen`},
		{0, []string{"1,234.5678"}, `"1,234.5678" has more than 2 decimals; round it to what is paid`,
			`„1,234.5678“ hat mehr als 2 Nachkommastellen; auf den gezahlten Betrag runden`},
	} {
		plan := memoryShop(t, &sheetimport.Options{DecimalStyle: test.option}).plan(feeSheet(test.fees...))
		m := plan.Rows[0].Problems[0].Message
		if diff := cmp.Diff([]string{test.english, test.german}, []string{m.String(), m.In(language.German)}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.fees, diff)
		}
	}
}

// Budgets and targets are read by the same rule. Beside a cooperation they are left out with a notice, in tables they
// reject their row.
func TestThousandsBesideDecimalsInBudgets(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, table string
		option      cell.DecimalStyle
		want        [][]string // of each table
		campaigns   []string
		months      string
	}{
		{"campaigns", "Campaign;Budget;Revenue target\nSale;1.000;9\nXmas;1,000.50;2.000\nAdvent;5,000;3,000.50\n", 0,
			[][]string{{"2 rejected !ambiguous_amount@B", "3 rejected !ambiguous_amount@C", "4 created ?read_by_column@B"}},
			[]string{"Advent: 5000.00 EUR / 3000.50 EUR /  –"}, ""},
		{"campaigns with an option", "Campaign;Budget;Revenue target\nSale;1.000;9\nXmas;1,000.50;2.000\n", cell.CommaDecimals,
			[][]string{{"2 created ?read_by_column@B", "3 created ?read_by_column@C"}},
			[]string{"Sale: 1000.00 EUR / 9.00 EUR /  –", "Xmas: 1000.50 EUR / 2000.00 EUR /  –"}, ""},
		{"months", "Month;Budget\n2026-11;1.000\n2026-12;1,000.50\n", 0,
			[][]string{{"2 rejected !ambiguous_amount@B", "3 updated"}}, nil, "2026-12 1000.50 EUR"},
		{"months with the same option", "Month;Budget\n2026-11;1.000\n2026-12;1,000.50\n", cell.PointDecimals,
			[][]string{{"2 rejected !too_precise@B", "3 updated"}}, nil, "2026-12 1000.50 EUR"},
		{"a matrix", "Campaign;2026-11;2026-12\nSale;1.000;5\nXmas;;1,000.50\n", 0,
			[][]string{{"2 rejected !ambiguous_amount@B", "3 created"}, {"1 rejected !part_missing@B", "1 rejected !part_missing@C"}},
			[]string{"Xmas: 1000.50 EUR /  /  –"}, ""},
		{"a matrix in German", "Kampagne;2026-11;2026-12\nSale;1.000;5\nXmas;;1.000,50\n", 0,
			[][]string{{"2 created ?read_by_column@B", "3 created"}, {"1 updated", "1 updated"}},
			[]string{"Sale: 1005.00 EUR /  /  –", "Xmas: 1000.50 EUR /  /  –"}, "2026-11 1000.00 EUR, 2026-12 1005.50 EUR"},
		{"a matrix with an option", "Campaign;2026-11;2026-12\nSale;1.000;5\nXmas;;1,000.50\n", cell.CommaDecimals,
			[][]string{{"2 created ?read_by_column@B", "3 created"}, {"1 updated", "1 updated"}},
			[]string{"Sale: 1005.00 EUR /  /  –", "Xmas: 1000.50 EUR /  /  –"}, "2026-11 1000.00 EUR, 2026-12 1005.50 EUR"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, &sheetimport.Options{DecimalStyle: test.option})
			plan := s.bringWith(test.table)
			var got [][]string
			for _, b := range plan.Budgets {
				got = append(got, tableAccount(b))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.campaigns, s.campaigns()); diff != "" {
				t.Errorf("campaigns (-want +got):\n%s", diff)
			}
			if got := s.months(); got != test.months {
				t.Errorf("months %s, want %s", got, test.months)
			}
		})
	}

	// The cells beside a cooperation, and the fee of a cancellation, which rejects the row as its cost does.
	for _, header := range []string{"Campaign budget", "Revenue target", "Cancellation fee"} {
		status, want := "signed", []string{"2 created ?ambiguous_amount@F", "3 created"}
		if header == "Cancellation fee" {
			status, want = "cancelled", []string{"2 rejected !ambiguous_amount@F", "3 created ?cancelled@E"}
		}
		plan := memoryShop(t, nil).plan("Campaign;Influencer;Platform;Posting date;Deal status;" + header + "\n" +
			"Sale;Ida;IG;2026-06-01;" + status + ";1.000\nXmas;Mats;IG;2026-06-01;" + status + ";1,000.50\n")
		if diff := cmp.Diff(want, account(plan)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", header, diff)
		}
	}
}
