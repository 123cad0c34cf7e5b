package render_test

import (
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/budget/render"
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
			{ID: "c1", Name: "Sömmer São 🌞", Budget: eur(1_000_000), Period: days("2026-06-01", "2026-07-31")},
			{ID: "c2", Name: "夏のセール", Budget: eur(200_000), Period: days("2026-07-01", "2026-07-31")},
			{ID: "c3", Name: "=HYPERLINK(\"x\")\nsecond line"},
		},
		Items: []budget.Item{
			{ID: "i1", Campaign: "c1", Stage: budget.Signed, Cost: eur(1_611_481), Period: days("2026-06-01", "2026-06-30")},
			{ID: "i2", Campaign: "c1", Stage: budget.Negotiating, Cost: eur(805_740), Period: days("2026-06-10", "2026-06-20")},
			{ID: "i3", Campaign: "c2", Stage: budget.Draft, Cost: eur(400_000), Period: days("2026-07-01", "2026-07-02")},
			{ID: "i4", Campaign: "c3", Stage: budget.Draft, Cost: eur(12_345)},
			{ID: "i5", Name: "Dollars", Campaign: "c3", Stage: budget.Signed, Cost: budget.FromMinor(123_456, "USD"),
				Period: days("2026-07-01", "2026-07-02")},
			{ID: "i6", Name: "Late", Campaign: "c3", Stage: budget.Signed, Cost: eur(-500),
				Period: budget.Period{End: budget.MustParseDate("2026-07-02")}},
		},
	}
}

func text(t *testing.T, p budget.Plan, o *render.TextOptions) string {
	t.Helper()
	r, err := budget.New(p)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := render.Text(&out, r, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

var update = flag.Bool("update", false, "write the golden files")

// golden compares a text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// A report fits the terminal: what is wider loses columns, in the order that Text states.
func TestText(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]*render.TextOptions{
		"default.txt":       nil,
		"80-columns.txt":    {Width: 80},
		"140-columns.txt":   {Width: 140},
		"no-bars-ascii.txt": {Width: 120, NoBars: true, ASCII: true},
		"ascii-comma.txt":   {Width: 120, ASCII: true, DecimalComma: true},
	} {
		got := text(t, plan(), o)
		golden(t, name, got)
		want := 100
		if o != nil {
			want = o.Width
		}
		for line := range strings.Lines(got) {
			if n := render.Columns(strings.TrimSuffix(line, "\n")); n > want {
				t.Errorf("%s has a line of %d columns: %s", name, n, line)
			}
		}
	}
}

// From the first table on, a text has only what a plan has.
func TestPlansWithoutBudgets(t *testing.T) {
	t.Parallel()
	if got := text(t, budget.Plan{Currency: "EUR"}, nil); !strings.Contains(got, "Total") || strings.Contains(got, "budget") {
		t.Errorf("an empty report\n%s", got)
	}
	p := plan()
	for n := range p.Campaigns {
		p.Campaigns[n].Budget = budget.Money{}
	}
	golden(t, "no-budgets.txt", text(t, p, nil))
	p.MonthBudgets = map[budget.Month]budget.Money{budget.MustParseMonth("2026-07"): eur(300_000)}
	golden(t, "month-budget.txt", text(t, p, nil))
}

// What is before the report's day is one line, and so is what is later than asked for.
func TestMonths(t *testing.T) {
	t.Parallel()
	p := budget.Plan{Currency: "EUR", Today: budget.MustParseDate("2026-06-15"), Campaigns: []budget.Campaign{{ID: "c", Name: "Sale"}}}
	for n := range 12 {
		first := budget.MustParseMonth("2026-01").Add(n).First()
		p.Items = append(p.Items, budget.Item{
			ID: first.String(), Campaign: "c", Stage: budget.Signed, Cost: eur(100), Period: budget.Period{Start: first, End: first},
		})
	}
	april := budget.MustParseMonth("2026-04")
	for name, c := range map[string]struct {
		o    render.TextOptions
		want string
	}{
		"default": {render.TextOptions{},
			"Earlier: 5 months 5.00|June 2026 1.00|July 2026 1.00|August 2026 1.00|September 2026 1.00|October 2026 1.00|November 2026 1.00|December 2026 1.00|Total 12.00"},
		"some": {render.TextOptions{Months: 2},
			"Earlier: 5 months 5.00|June 2026 1.00|July 2026 1.00|Later: 5 months 5.00|Total 12.00"},
		"from, and past": {render.TextOptions{From: april, Months: 1, Past: true},
			"January 2026 1.00|February 2026 1.00|March 2026 1.00|April 2026 1.00|Later: 8 months 8.00|Total 12.00"},
		"one is not folded": {render.TextOptions{From: april.Add(-2), Months: 9},
			"January 2026 1.00|February 2026 1.00|March 2026 1.00|April 2026 1.00|May 2026 1.00|June 2026 1.00|July 2026 1.00|August 2026 1.00|September 2026 1.00|October 2026 1.00|Later: 2 months 2.00|Total 12.00"},
		"nothing is as late": {render.TextOptions{From: april.Add(20), Months: 1}, "January 2026 1.00|Later: 11 months 11.00|Total 12.00"},
	} {
		c.o.NoBars = true
		table := strings.Split(text(t, p, &c.o), "\n\n")[2]
		var got []string
		for line := range strings.Lines(table) {
			fields := regexp.MustCompile(` {2,}`).Split(line, -1)
			if strings.ContainsAny(fields[1], "0123456789") {
				got = append(got, fields[0]+" "+fields[1])
			}
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A bar is drawn against its budget, and shows every stage that has money in it.
func TestBars(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		signed, negotiating, draft, budget int64
		want                               string
	}{
		"half":                       {50, 0, 0, 100, "############............"},
		"nothing":                    {0, 0, 0, 100, "........................"},
		"full":                       {100, 0, 0, 100, "########################"},
		"over":                       {101, 0, 0, 100, "########################>"},
		"at risk":                    {50, 60, 0, 100, "############============)"},
		"little of each":             {1, 1, 1, 1000, "#=-....................."},
		"a draft beyond the budget":  {100, 50, 10, 100, "######################=-)"},
		"signed beyond the budget":   {150, 50, 10, 100, "######################=->"},
		"refunds that keep it whole": {100, 50, -50, 100, "#######################="},
		"over in spite of a refund":  {150, 0, -90, 100, "########################>"},
		"of nothing":                 {1, 0, 0, 0, "########################>"},
		"no budget at all":           {50, 0, 50, -1, "############------------"},
	} {
		p := budget.Plan{Currency: "EUR", Campaigns: []budget.Campaign{{ID: "c", Name: "Sale"}}}
		if c.budget >= 0 {
			p.Campaigns[0].Budget = eur(c.budget)
		}
		for stage, minor := range map[budget.Stage]int64{budget.Signed: c.signed, budget.Negotiating: c.negotiating, budget.Draft: c.draft} {
			p.Items = append(p.Items, budget.Item{ID: string(stage), Campaign: "c", Stage: stage, Cost: eur(minor)})
		}
		got := text(t, p, &render.TextOptions{ASCII: true, Width: 300})
		row := regexp.MustCompile(`(?m)^Sale .*?([#=\-.>)]{24,})$`).FindStringSubmatch(got)
		if row == nil || row[1] != c.want {
			t.Errorf("%s: want %s\n%s", name, c.want, got)
		}
	}
}

// The mark behind a bar is that of the line's health, whatever the bar itself can show.
func TestMarksAreThoseOfTheHealth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := budget.Plan{Currency: "EUR"}
		for n := range rapid.IntRange(1, 5).Draw(t, "campaigns") {
			c := budget.Campaign{ID: fmt.Sprint("c", n), Name: fmt.Sprint("Sale ", n)}
			if rapid.Bool().Draw(t, "budgeted") {
				c.Budget = eur(rapid.Int64Range(0, 200).Draw(t, "budget"))
			}
			p.Campaigns = append(p.Campaigns, c)
			for _, stage := range budget.Stages() {
				p.Items = append(p.Items, budget.Item{ID: c.ID + string(stage), Campaign: c.ID, Stage: stage,
					Cost: eur(rapid.Int64Range(-100, 200).Draw(t, string(stage)))})
			}
		}
		r, err := budget.New(p)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := render.Text(&out, r, &render.TextOptions{Width: 300}); err != nil {
			t.Fatal(err)
		}
		for _, l := range r.Campaigns {
			row := regexp.MustCompile(`(?m)^` + l.Label + ` .*$`).FindString(out.String())
			if strings.Contains(row, "▶") != (l.Health == budget.Over) || strings.Contains(row, "▷") != (l.Health == budget.AtRisk) {
				t.Fatalf("%s\n%s", l.Health, row)
			}
		}
	})
}

// However strange the names, every line of a table has its amounts in the same
// place, and nothing that a terminal would obey gets through.
func TestTextIsAlignedAndHarmless(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"plain", "a\tb", "a\r\nb", "\x1b[31mred", "\u202eevil", "zero\u200bwidth", "\xff\xfe",
		strings.Repeat("long ", 100), strings.Repeat("長", 100), strings.Repeat("e\u0301", 100), "", "\x7f\u0085\u2028",
	} {
		p := plan()
		p.Campaigns[0].Name = name
		wide := &render.TextOptions{Width: 400} // so that no sentence is wrapped
		got := text(t, p, wide)
		if strings.ContainsAny(got, "\x1b\t\r\x7f\u202e\u200b\u0085\u2028") {
			t.Errorf("%q was written as it is: %q", name, got)
		}
		if n := strings.Count(got, "\n"); n != strings.Count(text(t, plan(), wide), "\n") {
			t.Errorf("%q made %d lines", name, n)
		}
	}
}

func TestManyNotesAreCut(t *testing.T) {
	t.Parallel()
	p := plan()
	for range 30 {
		p.Items = append(p.Items, p.Items[4])
	}
	if got := text(t, p, nil); !strings.Contains(got, "(31)") || !strings.Contains(got, "… and 11 more") {
		t.Errorf("notes are not cut\n%s", got)
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	r, err := budget.New(plan())
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := render.CSV(&out, r); err != nil {
		t.Fatal(err)
	}
	golden(t, "report.csv", out.String())
}

func TestCSVRunsNoFormula(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "plain", "a=b", "'quoted", ""} {
		p := plan()
		p.Campaigns[0].ID, p.Campaigns[0].Name = "x"+name, name
		for i := range p.Items {
			if p.Items[i].Campaign == "c1" {
				p.Items[i].Campaign = "x" + name
			}
		}
		r, err := budget.New(p)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := render.CSV(&out, r); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		want := name
		if name != "" && (strings.ContainsAny(name[:1], "=+-@\t\r\n") || name[0] == 0xef) {
			want = "'" + name
		}
		found := false
		for _, record := range records[1:] {
			// A reader of CSV turns \r\n into \n; a lone \r it keeps.
			found = found || record[2] == want
		}
		if !found {
			t.Errorf("%q is not written as %q\n%s", name, want, out.String())
		}
	}
}

type broken struct{ after int }

func (b *broken) Write(p []byte) (int, error) {
	if b.after -= len(p); b.after < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

var errBroken = errors.New("broken pipe")

func TestWriteErrorsAreReported(t *testing.T) {
	t.Parallel()
	r, err := budget.New(plan())
	if err != nil {
		t.Fatal(err)
	}
	if err := render.Text(&broken{100}, r, nil); !errors.Is(err, errBroken) {
		t.Errorf("Text: %v", err)
	}
	if err := render.CSV(&broken{100}, r); !errors.Is(err, errBroken) {
		t.Errorf("CSV: %v", err)
	}
}

// The lines of axes that are asked for, with labels for people; the CSV has the keys too.
func TestAxes(t *testing.T) {
	t.Parallel()
	p := budget.Plan{
		Currency: "EUR", Campaigns: []budget.Campaign{{ID: "c", Name: "Sale"}},
		Items: []budget.Item{
			{ID: "1", Campaign: "c", Stage: budget.Signed, Cost: eur(1000), Responsible: "m1", Tags: []string{"Vip", "new"}},
			{ID: "2", Campaign: "c", Stage: budget.Signed, Cost: eur(500), Tags: []string{"VIP"}},
		},
		Labels: map[budget.Axis]map[string]string{budget.AxisResponsible: {"m1": "=Mira"}},
	}
	axes := []budget.Axis{budget.AxisResponsible, budget.AxisTag, "shoe size"}
	const want = `
Responsible  Signed  Negotiating  Draft  Allocated  Forecast
-----------  ------  -----------  -----  ---------  --------
=Mira         10.00         0.00   0.00      10.00     10.00
(none)         5.00         0.00   0.00       5.00      5.00
-----------  ------  -----------  -----  ---------  --------
Total         15.00         0.00   0.00      15.00     15.00

Tag    Signed  Negotiating  Draft  Allocated  Forecast
-----  ------  -----------  -----  ---------  --------
new     10.00         0.00   0.00      10.00     10.00
Vip     15.00         0.00   0.00      15.00     15.00
-----  ------  -----------  -----  ---------  --------
Total   15.00         0.00   0.00      15.00     15.00
What has several tags is in the line of each, and in the total once.
`
	if got := text(t, p, &render.TextOptions{NoBars: true, By: axes}); !strings.Contains(got, want) {
		t.Errorf("got:\n%s", got)
	}
	r, err := budget.New(p)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := render.CSV(&out, r, axes...); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, row := range rows {
		if row[0] == "responsible" || row[0] == "tag" || row[0] == "shoe size" {
			got = append(got, append(row[:3:3], row[8]))
		}
	}
	if diff := cmp.Diff([][]string{
		{"responsible", "m1", "'=Mira", "10.00"}, {"responsible", "", "", "5.00"}, {"tag", "new", "new", "10.00"}, {"tag", "vip", "Vip", "15.00"},
	}, got); diff != "" {
		t.Errorf("CSV (-want +got):\n%s", diff)
	}
}
