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

// A start with both days in one cell is the start and the end, unless the end column says something else.
func TestDateRangesInAPlan(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ start, end, want string }{
		{"01.06. – 14.06.2026", "", "2026-06-01 2026-06-14 ?date_range"},
		{"June 1, 2026 → June 14, 2026", "", "2026-06-01 2026-06-14 ?date_range"},
		{"01.-14.06.2026", "14.06.2026", "2026-06-01 2026-06-14 ?date_range"}, {"01.06.2026 bis 14.06.2026", "15.06.2026", "!dates_differ"},
		{"2026-06-01 to 2026-06-14", "TBD", "2026-06-01 2026-06-14 ?no_value ?date_range"}, {"03/04/2026 - 05/06/2026", "", "!ambiguous_date"},
		{"01.06. – 14.06.2026", "ongoing", "!dates_differ"}, {"01.06.2026", "01.06. – 14.06.2026", "!not_a_date"}, {"TBD", "", "  ?no_value ?no_dates"},
		{"01.06.-15.06.26", "", "2026-06-01 2026-06-15 ?date_range"}, {"28.12. – 05.01.27", "", "2026-12-28 2027-01-05 ?date_range"},
		{"June 12-26", "", "!not_a_date"}, {"June 12th - 26th", "", "!not_a_date"}, {"12. Juni - 26.", "", "!not_a_date"},
		{"12 Jun-26", "", "!not_a_date"}, {"01.06.-15.06", "", "!not_a_date"}, {"12/06-26", "", "!not_a_date"},
		{"12-Jun-26", "", "2026-06-12 "}, {"June 12, 26", "", "2026-06-12 "}, {"12/Jun/26", "", "2026-06-12 "},
		{"offen", "", "  ?no_value ?no_dates"}, {"ASAP", "", "!not_a_date"},
	} {
		plan := memoryShop(t, nil).plan(full(map[string]string{"Posting date": test.start, "End date": test.end}))
		r := plan.Rows[0]
		got := valueOf(r, column.Start) + " " + valueOf(r, column.End)
		for _, n := range r.Notices {
			if n.Header == "Posting date" || n.Header == "End date" {
				got += " ?" + n.Code
			}
		}
		for _, p := range r.Problems {
			got = "!" + p.Code
		}
		if got != test.want {
			t.Errorf("%q, %q: got %q, want %q", test.start, test.end, got, test.want)
		}
	}
}

// Where a column proves both orders, neither it nor the language of the sheet decides, and no option is suggested.
func TestBothDateOrders(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	rows := []map[string]string{{"Posting date": "13/04/2026", "End date": ""}}
	for n, date := range []string{"04/13/2026", "03/04/2026"} {
		rows = append(rows, map[string]string{"Influencer": fmt.Sprint("Mats ", n), "Handle": fmt.Sprint("@mats", n),
			"Discount code": fmt.Sprint("MATS", n), "utm_term": fmt.Sprint("mats", n),
			"Posting date": date, "End date": ""})
	}
	plan := s.plan(full(rows...))
	want := `"03/04/2026" can be read in two ways (2026-04-03 or 2026-03-04); the column has both orders of day and month, as "13/04/2026" and "04/13/2026" show; write it like 2026-06-01`
	if got := plan.Rows[2].Problems[0].Message.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := valueOf(plan.Rows[0], column.Start) + " " + valueOf(plan.Rows[1], column.Start); got != "2026-04-13 2026-04-13" {
		t.Errorf("the others: %s", got)
	}
	if !hasNote(plan, "both_date_orders") {
		t.Errorf("no note: %v", plan.Notes)
	}
	s.options.DateOrder = cell.MonthFirst // who says so knows
	if got := valueOf(s.plan(full(rows...)).Rows[2], column.Start); got != "2026-03-04" {
		t.Errorf("with an option: %s", got)
	}
}

func hasNote(p *sheetimport.Plan, code string) bool {
	for _, n := range p.Notes {
		if n.Code == code && n.Text.In(language.German) != n.Text.String() {
			return true
		}
	}
	return false
}

// A date in a workbook is that day whatever its cell shows, also as the number by which it is stored; a column whose dates
// all stand at 22:00 or 23:00 is told.
func TestDateCellsOfEveryKind(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		format string
		value  float64
		want   string
	}{
		{"yyyy-mm-dd", 46174, "2026-06-01"}, {"[$-407]d. mmmm yyyy", 46174, "2026-06-01"},
		{"mmm yy", 46174, "2026-06-01"}, {"dddd, dd.mm.yyyy", 46174, "2026-06-01"},
		{"d/m/yy h:mm", 46174.75, "2026-06-01"},
		{`[Red]dd.mm.yyyy;@`, 46174, "2026-06-01"}, {`[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`, 46174, "2026-06-01"},
		{"General", 46174, "2026-06-01 ?date_from_number"}, {"0", 46174, "2026-06-01 ?date_from_number"},
		{"#,##0.00", 46174, "2026-06-01 ?date_from_number"}, {"0", 12, "!not_a_date"},
		{"General", 20260601, "2026-06-01"}, {"0", 461740, "!not_a_date"},
	} {
		data := xlsxtest.Book(t, func(f *excelize.File) {
			xlsxtest.Row(t, f, "Sheet1", 1, "Influencer", "Platform", "Campaign", "Posting date")
			xlsxtest.Row(t, f, "Sheet1", 2, "Ida", "IG", "Sale", test.value)
			xlsxtest.Style(t, f, "Sheet1", "D2", test.format)
		})
		if got := strings.TrimSuffix(outcome(planBook(t, data), "Posting date"), " ?no_dates"); got != test.want {
			t.Errorf("%s of %v: got %q, want %q", test.format, test.value, got, test.want)
		}
	}
}

func TestDatesBeforeMidnight(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		values []float64
		want   bool
	}{
		{[]float64{46173.9166666667, 46180.9166666667}, true}, {[]float64{46173.9166666667, 46080.9583333333}, true},
		{[]float64{46173.9166666667, 46180}, false},
		{[]float64{46174, 46180}, false}, {[]float64{46173.75, 46180.75}, false}, {[]float64{46173.9166666667}, false},
	} {
		data := xlsxtest.Book(t, func(f *excelize.File) {
			xlsxtest.Row(t, f, "Sheet1", 1, "Influencer", "Platform", "Campaign", "Posting date")
			for n, value := range test.values {
				xlsxtest.Row(t, f, "Sheet1", n+2, fmt.Sprint("Ida ", n), "IG", "Sale", value)
				xlsxtest.Style(t, f, "Sheet1", fmt.Sprint("D", n+2), "dd.mm.yyyy hh:mm")
			}
		})
		if got := hasNote(planBook(t, data), "dates_before_midnight"); got != test.want {
			t.Errorf("%v: told %v, want %v", test.values, got, test.want)
		}
	}
	for times, want := range map[string]bool{
		"2026-05-31T22:00:00Z|2026-06-30T22:00:00Z": true, "2026-05-31 22:00:00 UTC|2026-12-31 23:00:00 UTC": true,
		"2026-05-31T22:00:00Z|2026-06-30": false, "2026-05-31|2026-06-30": false,
		"31.05.2026 22:00|30.06.2026 22:00": true, "5/31/2026 10:00 PM|6/30/2026 10:00 PM": false,
	} {
		text := "Influencer,Platform,Posting date\n"
		for n, at := range strings.Split(times, "|") {
			text += fmt.Sprintf("Ida %d,IG,%s\n", n, at)
		}
		if got := hasNote(memoryShop(t, nil).plan(text), "dates_before_midnight"); got != want {
			t.Errorf("%s: told %v, want %v", times, got, want)
		}
	}
	plan := memoryShop(t, nil).plan("Influencer,Platform,Posting date\nIda,IG,2026-06-01 00:00:00 +0200\n")
	if diff := cmp.Diff("2026-06-01", valueOf(plan.Rows[0], column.Start)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
