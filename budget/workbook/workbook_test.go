package workbook_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/workbook"
)

func eur(minor int64) budget.Money { return budget.FromMinor(minor, "EUR") }

func days(start, end string) budget.Period {
	return budget.Period{Start: budget.MustParseDate(start), End: budget.MustParseDate(end)}
}

func plan() budget.Plan {
	return budget.Plan{
		Currency: "EUR",
		Today:    budget.MustParseDate("2026-06-15"),
		Campaigns: []budget.Campaign{
			{ID: "c1", Name: "Summer", Budget: eur(1_000_000), Period: days("2026-06-01", "2026-07-31")},
			{ID: "c2", Name: "夏のセール", Budget: eur(200_000), Period: days("2026-07-01", "2026-07-31")},
			{ID: "c3", Name: "=HYPERLINK(\"x\")"},
		},
		Items: []budget.Item{
			{ID: "i1", Name: "Ida", Campaign: "c1", Stage: budget.Signed, Cost: eur(1_611_481), Period: days("2026-06-01", "2026-08-30")},
			{ID: "i2", Name: "Mats", Campaign: "c1", Stage: budget.Negotiating, Cost: eur(805_740), Period: days("2026-06-10", "2026-06-20")},
			{ID: "i3", Name: "Liv", Campaign: "c2", Stage: budget.Draft, Cost: eur(400_000), Period: days("2026-07-01", "2026-07-02")},
			{ID: "i4", Campaign: "c3", Stage: budget.Draft, Cost: eur(12_345)},
			{ID: "i5", Name: "Dollars", Campaign: "c3", Stage: budget.Signed, Cost: budget.FromMinor(123_456, "USD"),
				Period: days("2026-07-01", "2026-07-02")},
			{ID: "i6", Name: "-Refund", Campaign: "c3", Stage: budget.Signed, Cost: eur(-501), Period: days("2026-07-02", "2026-07-02")},
		},
	}
}

// written writes the report of a plan and opens it again.
func written(t rapid.TB, p budget.Plan, o *workbook.Options) (*budget.Report, *excelize.File, []byte) {
	t.Helper()
	r, err := budget.New(p)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := workbook.Write(&out, r, o); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return r, f, out.Bytes()
}

// rows are the cells of a sheet as they stand in the file.
func rows(t rapid.TB, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestSheets(t *testing.T) {
	t.Parallel()
	_, f, _ := written(t, plan(), nil)
	if diff := cmp.Diff([]string{"Months", "Campaigns", "Campaigns by month", "Cooperations", "Chart"}, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	for sheet, want := range map[string][][]string{
		"Months": {
			{"Month", "Date", "Signed", "Negotiating", "Draft", "Allocated", "Forecast", "Budget", "Unbudgeted",
				"Left after signed", "Left after all", "Cooperations", "Health"},
			{"June 2026", "46174", "5312.57", "8057.40", "0.00", "13369.97", "9341.27", "4918.03", "0.00", "-394.54", "-8451.94", "2", "over"},
			{"July 2026", "46204", "5484.66", "0.00", "4000.00", "9484.66", "5884.66", "7081.97", "-5.01", "1592.30", "-2407.70", "4", "at risk"},
			{"August 2026", "46235", "5312.57", "0.00", "0.00", "5312.57", "5312.57", "", "5312.57", "", "", "1", "no budget"},
			{"Unscheduled", "", "0.00", "0.00", "123.45", "123.45", "12.35", "", "123.45", "", "", "1", "no budget"},
			{"Total", "", "16109.80", "8057.40", "4123.45", "28290.65", "20550.85", "12000.00", "5431.01", "1197.76", "-10859.64", "6", "at risk"},
		},
		"Campaigns by month": {
			{"Campaign", "June 2026", "July 2026", "August 2026", "Unscheduled", "Total"},
			{"Summer", "13369.97", "5489.67", "5312.57", "", "24172.21"},
			{"夏のセール", "", "4000.00", "", "", "4000.00"},
			{"=HYPERLINK(\"x\")", "", "-5.01", "", "123.45", "118.44"},
			{"Total", "13369.97", "9484.66", "5312.57", "123.45", "28290.65"},
		},
		"Cooperations": {
			{"Cooperation", "Campaign", "Month", "Status", "Share"},
			{"Ida", "Summer", "46174", "Signed", "5312.57"}, {"Ida", "Summer", "46204", "Signed", "5489.67"},
			{"Ida", "Summer", "46235", "Signed", "5312.57"},
			{"Mats", "Summer", "46174", "Negotiating", "8057.40"}, {"Liv", "夏のセール", "46204", "Draft", "4000.00"},
			{"Dollars", "=HYPERLINK(\"x\")", "46204", "Signed", "No exchange rate"}, {"-Refund", "=HYPERLINK(\"x\")", "46204", "Signed", "-5.01"},
			{"i4", "=HYPERLINK(\"x\")", "", "Draft", "123.45"}, {"Total", "", "", "", "28290.65"},
		},
	} {
		if diff := cmp.Diff(want, rows(t, f, sheet)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", sheet, diff)
		}
	}
	for at, want := range map[string]string{"B2": "2026-06", "C2": "5,312.57 EUR", "K3": "-2,407.70 EUR", "C6": "16,109.80 EUR"} {
		if got, err := f.GetCellValue("Months", at); got != want || err != nil {
			t.Errorf("%s shows %q, want %q; %v", at, got, want, err)
		}
	}
}

// Campaigns with a revenue target have it and what they cost of it.
// TestNotSelected: a filtered report has a column for what a budget is for besides, and says what is left of it indeed.
func TestNotSelected(t *testing.T) {
	t.Parallel()
	r, err := budget.New(plan())
	if err != nil {
		t.Fatal(err)
	}
	if r, err = r.Filter(budget.Filter{Stages: []budget.Stage{budget.Signed}}); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := workbook.Write(&out, r, nil); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Campaign", "Signed", "Budget", "Not selected", "Left after signed", "Left after all"},
		{"Summer", "16114.81", "10000.00", "8057.40", "-6114.81", "-14172.21"},
	}
	var got [][]string
	for _, row := range rows(t, f, "Campaigns")[:2] {
		got = append(got, []string{row[0], row[1], row[6], row[8], row[9], row[10]})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTargets(t *testing.T) {
	t.Parallel()
	p := plan()
	p.Campaigns[1].Target = eur(1_600_000)
	_, f, _ := written(t, p, nil)
	got := rows(t, f, "Campaigns")
	for n, want := range [][]string{{"Revenue target", "Cost of target"}, {"", ""}, {"16000.00", "0.25"}, {"", ""}, {"16000.00", "0.25"}} {
		if diff := cmp.Diff(want, got[n][10:12]); diff != "" {
			t.Errorf("row %d (-want +got):\n%s", n, diff)
		}
	}
	if shown, err := f.GetCellValue("Campaigns", "L3"); shown != "25.0%" || err != nil {
		t.Errorf("the share shows as %q, %v", shown, err)
	}
}

// Sums of the cells are those of the report, to the cent, whatever the amounts are.
func TestSumsAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := plan()
		p.Currency = rapid.SampledFrom([]budget.Currency{"EUR", "JPY", "KWD"}).Draw(t, "currency")
		for n := range p.Campaigns {
			p.Campaigns[n].Budget = budget.FromMinor(rapid.Int64Range(0, budget.MaxMinor).Draw(t, "budget"), p.Currency)
		}
		for n := range p.Items {
			p.Items[n].Cost = budget.FromMinor(rapid.Int64Range(-budget.MaxMinor, budget.MaxMinor).Draw(t, "cost"), p.Currency)
		}
		r, f, _ := written(t, p, nil)
		for _, total := range []struct {
			sheet  string
			column int
			want   budget.Money
		}{
			{"Months", 2, r.Total.Signed}, {"Months", 5, r.Total.Allocated()}, {"Months", 7, r.MonthTotal.Budget},
			{"Campaigns", 1, r.Total.Signed}, {"Campaigns", 4, r.Total.Allocated()}, {"Campaigns", 6, r.Total.Budget},
			{"Cooperations", 4, r.Total.Allocated()},
		} {
			sum, last := decimal.Zero, decimal.Zero
			cells := rows(t, f, total.sheet)
			for n, row := range cells[1:] {
				if row[total.column] == "" {
					continue
				}
				amount := decimal.RequireFromString(row[total.column])
				if n == len(cells)-2 {
					last = amount
				} else {
					sum = sum.Add(amount)
				}
			}
			if !sum.Equal(total.want.Decimal()) || !last.Equal(total.want.Decimal()) {
				t.Fatalf("%s, column %d: the rows come to %s, the total is %s, the report has %s", total.sheet, total.column, sum, last, total.want)
			}
		}
		matrix := rows(t, f, "Campaigns by month")
		for _, row := range matrix[1:] {
			sum := decimal.Zero
			for _, amount := range row[1 : len(row)-1] {
				if amount != "" {
					sum = sum.Add(decimal.RequireFromString(amount))
				}
			}
			if sum.String() != decimal.RequireFromString(row[len(row)-1]).String() {
				t.Fatalf("%v comes to %s", row, sum)
			}
		}
	})
}

// A name is a text, however it begins, and nothing in the file is a formula or a link.
func TestNamesAreTexts(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "=cmd|' /C calc'!A0", "1234", "TRUE", "2026-06-01", "_x0041_",
		"_x0041_x0041_", "_x005F_", "a\nb", "<b>&\"", strings.Repeat("長", 40_000),
		"\x00\x1b", "\xff", " blank ",
	} {
		p := plan()
		p.Campaigns[0].Name, p.Items[0].Name = name, name
		_, f, file := written(t, p, nil)
		for sheet, at := range map[string]string{"Campaigns": "A2", "Campaigns by month": "A2", "Cooperations": "A2"} {
			kind, err := f.GetCellType(sheet, at)
			if err != nil || kind != excelize.CellTypeSharedString {
				t.Errorf("%.20q in %s is of type %v; %v", name, sheet, kind, err)
			}
			got, err := f.GetCellValue(sheet, at)
			if err != nil || len(name) < 40 && !strings.Contains(name, "\x00") && utf8.ValidString(name) && got != name {
				t.Errorf("%q in %s reads as %.40q; %v", name, sheet, got, err)
			}
			style, err := f.GetCellStyle(sheet, at)
			if err != nil {
				t.Fatal(err)
			}
			if s, err := f.GetStyle(style); err != nil || s.NumFmt != 49 {
				t.Errorf("%.20q in %s would be a formula when edited: %v, %v", name, sheet, s, err)
			}
		}
		if parts := unzipped(t, file); strings.Contains(parts, "<f>") || strings.Contains(parts, "hyperlink") {
			t.Errorf("%.20q made a formula or a link", name)
		}
	}
}

// unzipped are all parts of a workbook.
func unzipped(t *testing.T, file []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var parts strings.Builder
	for _, part := range archive.File {
		if strings.HasSuffix(part.Name, "chart1.xml") {
			continue // its formulas are the addresses of its amounts
		}
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&parts, r); err != nil {
			t.Fatal(err)
		}
	}
	return parts.String()
}

// The chart stacks the stages of all months, and has the budgets as a line where there are any.
func TestChart(t *testing.T) {
	t.Parallel()
	withoutBudgets := plan()
	for n := range withoutBudgets.Campaigns {
		withoutBudgets.Campaigns[n].Budget = budget.Money{}
	}
	for name, c := range map[string]struct {
		plan   budget.Plan
		series []string
		line   bool
	}{
		"with budgets": {plan(), []string{"'Months'!$C$2:$C$4", "'Months'!$D$2:$D$4", "'Months'!$E$2:$E$4", "'Months'!$H$2:$H$4"}, true},
		"without":      {withoutBudgets, []string{"'Months'!$C$2:$C$4", "'Months'!$D$2:$D$4", "'Months'!$E$2:$E$4"}, false},
		"empty":        {budget.Plan{Currency: "EUR"}, nil, false},
	} {
		_, f, file := written(t, c.plan, nil)
		archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		chart := ""
		if part, err := archive.Open("xl/charts/chart1.xml"); err == nil {
			content, err := io.ReadAll(part)
			if err != nil {
				t.Fatal(err)
			}
			chart = string(content)
		}
		if (chart != "") != (c.series != nil) || (len(f.GetSheetList()) == 5) != (c.series != nil) {
			t.Errorf("%s: sheets %v, a chart of %d bytes", name, f.GetSheetList(), len(chart))
		}
		for _, series := range c.series {
			if !strings.Contains(strings.ReplaceAll(chart, "&#39;", "'"), "<f>"+series+"</f>") {
				t.Errorf("%s: the chart lacks %s:\n%s", name, series, chart)
			}
		}
		if strings.Contains(chart, "<lineChart>") != c.line {
			t.Errorf("%s: a line of budgets: %v", name, !c.line)
		}
		if c.line && !strings.Contains(chart, `<a:ln cap="rnd" w="31750"><a:solidFill><a:srgbClr val="1C2330">`) {
			t.Errorf("%s: the line has not the colour of ink:\n%s", name, chart)
		}
		if strings.Count(chart, `<numFmt formatCode="#,##0"`) != strings.Count(chart, "<valAx>") {
			t.Errorf("%s: the axis has not its format:\n%s", name, chart)
		}
		if c.series != nil && !strings.Contains(chart, `<grouping val="stacked">`) {
			t.Errorf("%s: the columns are not stacked:\n%s", name, chart)
		}
	}
}

func TestLanguageAndLimits(t *testing.T) {
	t.Parallel()
	r, f, _ := written(t, plan(), &workbook.Options{Lang: language.German, Shares: 3})
	if diff := cmp.Diff([]string{"Monate", "Kampagnen", "Kampagnen nach Monaten", "Kooperationen", "Diagramm"}, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	got := rows(t, f, "Kooperationen")
	want := [][]string{
		{"Kooperation", "Kampagne", "Monat", "Status", "Anteil"}, {"Ida", "Summer", "46174", "Unterschrieben", "5312.57"},
		{"Ida", "Summer", "46204", "Unterschrieben", "5489.67"}, {"Ida", "Summer", "46235", "Unterschrieben", "5312.57"},
		{"… und 5 weitere", "", "", "", "12175.84"}, {"Summe", "", "", "", r.Total.Allocated().Amount()},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := rows(t, f, "Monate")[1]; got[0] != "Juni 2026" || got[12] != "überzogen" {
		t.Errorf("June is %q", got)
	}
	odd := func(format string, args ...any) string {
		if strings.HasSuffix(format, "s") {
			return "a/b: [" + strings.Repeat("x", len(format)*3) + "]"
		}
		return "same"
	}
	_, f, _ = written(t, plan(), &workbook.Options{Say: odd})
	if list := f.GetSheetList(); len(list) != 5 {
		t.Errorf("with odd words there are the sheets %q", list)
	}
}

// A report from JSON has no cooperations, and the zero report has nothing; all else is written.
func TestReportsWithoutItems(t *testing.T) {
	t.Parallel()
	r, err := budget.New(plan())
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var decoded budget.Report
	if err := json.Unmarshal(data, &decoded); err != nil {
		t.Fatal(err)
	}
	var out, none bytes.Buffer
	if err := errors.Join(workbook.Write(&out, &decoded, nil), workbook.Write(&none, &budget.Report{}, nil)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	if got := rows(t, f, "Cooperations"); len(got) != 1 {
		t.Errorf("cooperations: %q", got)
	}
	_, whole, _ := written(t, plan(), nil)
	if diff := cmp.Diff(rows(t, whole, "Months"), rows(t, f, "Months")); diff != "" {
		t.Errorf("months (-report +decoded):\n%s", diff)
	}
}

type broken struct{}

var errBroken = errors.New("broken pipe")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestWriteErrorsAreReported(t *testing.T) {
	t.Parallel()
	r, err := budget.New(plan())
	if err != nil {
		t.Fatal(err)
	}
	if err := workbook.Write(broken{}, r, nil); !errors.Is(err, errBroken) {
		t.Errorf("Write: %v", err)
	}
}

func ExampleWrite() {
	report, err := budget.New(plan())
	if err != nil {
		fmt.Println(err)
		return
	}
	var file bytes.Buffer // an *os.File in a program
	if err := workbook.Write(&file, report, nil); err != nil {
		fmt.Println(err)
		return
	}
	f, err := excelize.OpenReader(&file)
	if err != nil {
		fmt.Println(err)
		return
	}
	amount, err := f.GetCellValue("Months", "C2")
	fmt.Println(f.GetSheetList(), amount, err)
	// Output:
	// [Months Campaigns Campaigns by month Cooperations Chart] 5,312.57 EUR <nil>
}
