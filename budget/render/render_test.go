package render_test

import (
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
			{ID: "i5", Name: "Dollars", Campaign: "c3", Stage: budget.Signed, Cost: budget.FromMinor(123_456, "USD"), Period: days("2026-07-01", "2026-07-02")},
			{ID: "i6", Name: "Late", Campaign: "c3", Stage: budget.Signed, Cost: eur(-500), Period: budget.Period{End: budget.MustParseDate("2026-07-02")}},
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

func TestText(t *testing.T) {
	t.Parallel()
	const want = `Budget in EUR on 2026-06-15, forecast 20,550.86
█ signed  ▓ negotiating  ░ draft

Month           Signed  Negotiating     Draft  Allocated     Budget  Left after signed  Left after all  Health
-----------  ---------  -----------  --------  ---------  ---------  -----------------  --------------  ---------
June 2026    16,114.81     8,057.40      0.00  24,172.21   4,918.03         -11,196.78      -19,254.18  over       ████████████████▓▓▓▓▓▓▓▓
July 2026        -5.00         0.00  4,000.00   3,995.00   7,081.97           7,086.97        3,086.97  ok         ░░░
Unscheduled       0.00         0.00    123.45     123.45          -                  -               -  no budget  ░
-----------  ---------  -----------  --------  ---------  ---------  -----------------  --------------  ---------
Total        16,109.81     8,057.40  4,123.45  28,290.66  12,000.00          -4,109.81      -16,290.66  over

Campaign                        Signed  Negotiating     Draft  Allocated     Budget  Left after signed  Left after all  Health
---------------------------  ---------  -----------  --------  ---------  ---------  -----------------  --------------  ---------
Sömmer São 🌞                16,114.81     8,057.40      0.00  24,172.21  10,000.00          -6,114.81      -14,172.21  over       ████████████████▓▓▓▓▓▓▓▓
夏のセール                        0.00         0.00  4,000.00   4,000.00   2,000.00           2,000.00       -2,000.00  at risk    ░░░
=HYPERLINK("x")␊second line      -5.00         0.00    123.45     118.45          -                  -               -  no budget  ░
---------------------------  ---------  -----------  --------  ---------  ---------  -----------------  --------------  ---------
Total                        16,109.81     8,057.40  4,123.45  28,290.66  12,000.00          -4,109.81      -16,290.66  over

No exchange rate, counted but in no amount (1):
  Dollars: 1,234.56 USD on 2026-07-01

Please check (1):
  "Late" has an end date but no start: its whole cost counts on 2026-07-02
`
	if diff := cmp.Diff(want, text(t, plan(), nil)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestTextOptions(t *testing.T) {
	t.Parallel()
	if got := text(t, plan(), &render.TextOptions{NoBars: true}); strings.ContainsAny(got, "█▓░#") {
		t.Errorf("bars were drawn\n%s", got)
	}
	ascii := text(t, plan(), &render.TextOptions{ASCII: true, Width: 10})
	if !strings.Contains(ascii, "at risk    -\n") || !strings.Contains(ascii, "# signed  = negotiating  - draft\n") ||
		!strings.Contains(ascii, "######====\n") {
		t.Errorf("bars are not in ASCII or not to scale\n%s", ascii)
	}
	wide := text(t, plan(), &render.TextOptions{Width: 1 << 40})
	if n := strings.Count(wide, "█"); n < 200 || n > 500 {
		t.Errorf("the width has no bound: %d", n)
	}
	if got := text(t, budget.Plan{Currency: "EUR"}, nil); !strings.Contains(got, "Total") {
		t.Errorf("an empty report has no total\n%s", got)
	}
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
		got := text(t, p, nil)
		if strings.ContainsAny(got, "\x1b\t\r\x7f\u202e\u200b\u0085\u2028") {
			t.Errorf("%q was written as it is: %q", name, got)
		}
		if n := strings.Count(got, "\n"); n != strings.Count(text(t, plan(), nil), "\n") {
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
	const want = `axis,key,label,month,currency,signed,negotiating,draft,allocated,budget,budget_from,remaining_after_signed,remaining_after_allocated,signed_count,negotiating_count,draft_count,unpriced_count,health
total,,Total,,EUR,16109.81,8057.40,4123.45,28290.66,12000.00,campaign,-4109.81,-16290.66,3,1,2,1,over
unscheduled,,Unscheduled,,EUR,0.00,0.00,123.45,123.45,,none,,,0,0,1,0,no_budget
campaign,c1,Sömmer São 🌞,,EUR,16114.81,8057.40,0.00,24172.21,10000.00,campaign,-6114.81,-14172.21,1,1,0,0,over
campaign,c2,夏のセール,,EUR,0.00,0.00,4000.00,4000.00,2000.00,campaign,2000.00,-2000.00,0,0,1,0,at_risk
campaign,c3,"'=HYPERLINK(""x"")
second line",,EUR,-5.00,0.00,123.45,118.45,,none,,,2,0,1,1,no_budget
month,2026-06,June 2026,2026-06,EUR,16114.81,8057.40,0.00,24172.21,4918.03,spread,-11196.78,-19254.18,1,1,0,0,over
month,2026-07,July 2026,2026-07,EUR,-5.00,0.00,4000.00,3995.00,7081.97,spread,7086.97,3086.97,2,0,1,1,ok
cell,c1,Sömmer São 🌞,2026-06,EUR,16114.81,8057.40,0.00,24172.21,4918.03,spread,-11196.78,-19254.18,1,1,0,0,over
cell,c1,Sömmer São 🌞,2026-07,EUR,0.00,0.00,0.00,0.00,5081.97,spread,5081.97,5081.97,0,0,0,0,ok
cell,c2,夏のセール,2026-07,EUR,0.00,0.00,4000.00,4000.00,2000.00,spread,2000.00,-2000.00,0,0,1,0,at_risk
cell,c3,"'=HYPERLINK(""x"")
second line",2026-07,EUR,-5.00,0.00,0.00,-5.00,,none,,,2,0,0,1,no_budget
cell,c3,"'=HYPERLINK(""x"")
second line",,EUR,0.00,0.00,123.45,123.45,,none,,,0,0,1,0,no_budget
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
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
Responsible  Signed  Negotiating  Draft  Allocated  Budget  Left after signed  Left after all  Health
-----------  ------  -----------  -----  ---------  ------  -----------------  --------------  ---------
=Mira         10.00         0.00   0.00      10.00       -                  -               -  no budget
(none)         5.00         0.00   0.00       5.00       -                  -               -  no budget
-----------  ------  -----------  -----  ---------  ------  -----------------  --------------  ---------
Total         15.00         0.00   0.00      15.00       -                  -               -  no budget

Tag    Signed  Negotiating  Draft  Allocated  Budget  Left after signed  Left after all  Health
-----  ------  -----------  -----  ---------  ------  -----------------  --------------  ---------
new     10.00         0.00   0.00      10.00       -                  -               -  no budget
Vip     15.00         0.00   0.00      15.00       -                  -               -  no budget
-----  ------  -----------  -----  ---------  ------  -----------------  --------------  ---------
Total   15.00         0.00   0.00      15.00       -                  -               -  no budget
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
