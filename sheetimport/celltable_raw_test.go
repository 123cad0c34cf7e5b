package sheetimport_test

import (
	"context"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// held is a sheet that has been read.
type held struct{ sheet *sheet.Table }

func (h held) Name() string { return h.sheet.Name }

func (h held) Read(context.Context) (*sheet.Table, error) { return h.sheet, nil }

// grid is a workbook that shows what a CSV text holds, in a locale.
func grid(t *testing.T, text, locale string) *sheet.Table {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	s := &sheet.Table{Name: "grid", Locale: locale, Grid: true}
	for n, line := range lines {
		row := sheet.Row{Number: n + 1}
		for _, text := range line {
			row.Cells = append(row.Cells, sheet.Cell{Text: text})
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// Where the sheet knows what lies behind a text there is one reading, and a code that is a date is lost. Outcomes are as
// in cellTable.
func TestCellTableOfRawValues(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		line, header, shown string
		kind                sheet.RawKind
		value, want         string
	}{
		{"a date", "Posting date", "03/04/26", sheet.RawDate, "2026-04-03", "2026-04-03"},
		{"a date, shown as a month", "Posting date", "June 2026", sheet.RawDate, "2026-06-01", "2026-06-01"},
		{"a date that is a name", "Campaign", "June 2026", sheet.RawDate, "2026-06-01", "June 2026"},
		{"a number where a date should be", "Posting date", "46174", sheet.RawNumber, "46174", "2026-06-01 ?date_from_number"},
		{"an amount", "Fee", "1.234 €", sheet.RawNumber, "1234", "1234.00 EUR"},
		{"an amount with more decimals than its currency", "Fee", "1,234", sheet.RawNumber, "1.234", "1.23 EUR ?rounded"},
		{"an amount below zero", "Fee", "(500.00)", sheet.RawNumber, "-500", "!negative_amount"},
		{"an amount with hidden decimals", "Fee", "1.235 €", sheet.RawNumber, "1234.5", "1234.50 EUR ?hidden_decimals"},
		{"followers", "Followers", "12,5k", sheet.RawNumber, "12480", "12480"},
		{"a percentage", "Discount %", "15%", sheet.RawPercent, "0.15", "15"},
		{"a percentage with hidden decimals", "Discount %", "13%", sheet.RawPercent, "0.125", "12.5"},
		{"a ticked box", "Last touch", "TRUE", sheet.RawYesNo, "true", "yes"},
		{"a box that is not ticked", "Last touch", "FALSCH", sheet.RawYesNo, "false", "no"},
		{"a code that became a date", "Discount code", "10-Mar", sheet.RawDate, "2026-03-10", "!damaged_code"},
		{"a code that became a date and looks right", "Discount code", "MAR10", sheet.RawDate, "2010-03-01", "!damaged_code"},
		{"a code that became a number", "Discount code", "1E+05", sheet.RawNumber, "100000", "!damaged_code"},
		{"a code of more digits than a number keeps", "Discount code", "1234567890123450", sheet.RawNumber, "1234567890123450", "!damaged_code"},
		{"a code that lost its zeros, shown with them", "Discount code", "007", sheet.RawNumber, "7", "!damaged_code"},
		{"a code that became a percentage", "Discount code", "10%", sheet.RawPercent, "0.1", "!damaged_code"},
		{"a code of digits", "Discount code", "2026", sheet.RawNumber, "2026", "equals 2026"},
		{"a formula that failed, required", "Fee", "#REF!", sheet.RawError, "#REF!", "!formula_error"},
		{"a formula that failed, shown as something else", "Notes", "n/a", sheet.RawError, "#N/A", "?formula_error"},
	} {
		t.Run(test.line, func(t *testing.T) {
			t.Parallel()
			table := grid(t, full(map[string]string{test.header: test.shown}), "")
			table.Rows[1].Cells[slices.Index(fullHeaders, test.header)].Raw = &sheet.RawValue{Kind: test.kind, Value: test.value}
			s := memoryShop(t, nil)
			plan, err := s.importer().Plan(s.ctx, s.ws, held{table})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, outcome(plan, test.header)); diff != "" {
				t.Errorf("(-want +got):\n%s%v", diff, plan.Rows[0])
			}
		})
	}
}

// What has two readings is settled by its column, else by an option, else by the locale of the sheet, and then noted.
func TestCellTableByLocale(t *testing.T) {
	t.Parallel()
	const dates, amounts = "03/04/26|05/06/26", "1.234|2.500"
	for _, test := range []struct {
		name, locale string
		options      *sheetimport.Options
		dates        string
		want         [2]string
	}{
		{"German", "de-DE", nil, dates, [2]string{"2026-04-03 ?read_by_column", "1234.00 EUR ?read_by_column"}},
		{"British", "en-GB", nil, dates, [2]string{"2026-04-03 ?read_by_column", "!ambiguous_amount"}},
		{"American", "en-US", nil, dates, [2]string{"2026-03-04 ?read_by_column", "!ambiguous_amount"}},
		{"no language that is known", "tlh", nil, dates, [2]string{"!ambiguous_date 2026-04-03 2026-03-04", "!ambiguous_amount 1234 1.234"}},
		{"none", "", nil, dates, [2]string{"!ambiguous_date 2026-04-03 2026-03-04", "!ambiguous_amount 1234 1.234"}},
		{"the column knows better", "en-US", nil, "03/04/26|28/06/26", [2]string{"2026-04-03 ?read_by_column", "!ambiguous_amount"}},
		{"an option knows better", "en-US", &sheetimport.Options{DateOrder: cell.DayFirst, DecimalStyle: cell.CommaDecimals}, dates,
			[2]string{"2026-04-03 ?read_by_column", "1234.00 EUR ?read_by_column"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			second := map[string]string{"Influencer": "Mats Lang", "Handle": "@mats", "Discount code": "MATS10", "utm_term": "mats"}
			for n, column := range []string{"Posting date", "Fee"} {
				texts := strings.Split([]string{test.dates, amounts}[n], "|")
				first := map[string]string{column: texts[0], "End date": ""}
				second[column], second["End date"] = texts[1], ""
				s := memoryShop(t, test.options)
				plan, err := s.importer().Plan(s.ctx, s.ws, held{grid(t, full(first, second), test.locale)})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(test.want[n], outcome(plan, column)); diff != "" {
					t.Errorf("%s (-want +got):\n%s%v", column, diff, plan.Rows[0])
				}
			}
		})
	}
}
