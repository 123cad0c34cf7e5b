package sheetimport_test

import (
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
)

// table is a generated sheet.
type table struct {
	comma   rune
	headers []string
	rows    [][]string
}

// text writes the table with its columns in some order.
func (s table) text(t failer, order []int) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = s.comma
	for _, row := range append([][]string{s.headers}, s.rows...) {
		record := make([]string, len(order))
		for n, column := range order {
			record[n] = row[column]
		}
		if err := w.Write(record); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return b.String()
}

func (s table) inOrder() []int {
	order := make([]int, len(s.headers))
	for n := range order {
		order[n] = n
	}
	return order
}

var languages = [][]string{
	{"Campaign", "Influencer", "Handle", "Platform", "Posting date", "End date", "Fee", "Discount code", "utm_term",
		"Deal status", "Email", "Responsible", "Followers", "Colour"},
	{"Kampagne", "Influencer", "Profilname", "Plattform", "Startdatum", "Enddatum", "Honorar", "Rabattcode",
		"UTM Begriff", "Kooperationsstatus", "E-Mail", "Verantwortlich", "Follower", "Farbe"},
}

// cells are what may stand in the columns of languages, bad values among them.
var cells = [][]string{
	{"Sale", "SALE ", "Autumn 2026", "", "-", "#REF!"},
	{"Ida Castell", "ida castell", "Mats Lang", "Lea Weiß", "LEA WEISS", "", "#N/A"},
	{"@ida", "mats", "lea.weiss", "", "ida and mats", "https://instagram.com/ida"},
	{"Instagram", "Insta", "TikTok", "OnlyBeauty", "", "IG + TikTok"},
	{"2026-06-01", "01.06.2026", "1. Juni 2026", "2026-07-15", "", "31.02.2026", "03/04/26"},
	{"2026-07-31", "31.07.26", "", "2026-05-01", "KW 23"},
	{"100", "100.00", "1234.50", "99.90 €", "", "barter", "-5", "two thousand", "1,2"},
	{"IDA10", "ida10", "MATS10", "contains LEA", "", "10-Mar", "A B"},
	{"ida", "mats", "", "x#y"},
	{"signed", "in Verhandlung", "draft", "abgesagt", "", "who knows"},
	{"ida@example.com", "", "nope"},
	{"Mira", "MIRA", "Jan", "", "#NAME?"},
	{"1000", "88.139", "many", ""},
	{"red", "blue", "", "#VALUE!"},
}

func drawTable(t *rapid.T) table {
	s := table{
		comma:   rapid.SampledFrom([]rune{',', ';', '\t'}).Draw(t, "comma"),
		headers: rapid.SampledFrom(languages).Draw(t, "language"),
	}
	for n := range rapid.IntRange(0, 12).Draw(t, "rows") {
		row := make([]string, len(s.headers))
		kind := rapid.SampledFrom([]string{"good", "good", "any", "again", "blank", "total"}).Draw(t, fmt.Sprint("kind of row ", n))
		switch {
		case kind == "blank":
		case kind == "total":
			row[0], row[6] = "Total", "9999"
		case kind == "again" && n > 0:
			copy(row, s.rows[rapid.IntRange(0, n-1).Draw(t, "which")])
		default:
			for c := range row {
				choices := cells[c]
				if kind == "good" {
					choices = choices[:min(3, len(choices))]
				}
				row[c] = rapid.SampledFrom(choices).Draw(t, s.headers[c])
			}
		}
		s.rows = append(s.rows, row)
	}
	// A last row that is good, so that the sheet does not end in blank rows, which do not count.
	s.rows = append(s.rows, []string{"Last", "Zoe Last", "zoe", "Twitch", "2026-06-01", "", "1", "ZOE", "zoe", "signed", "", "", "", ""})
	return s
}

func verdicts(p *sheetimport.Plan) []string {
	var list []string
	for _, r := range p.Rows {
		list = append(list, fmt.Sprintf("%d %s %d", r.Row, r.Verdict, r.Of))
	}
	return list
}

func TestProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sheet := drawTable(t)
		text := sheet.text(t, sheet.inOrder())
		s := memoryShop(t, nil)
		plan := s.plan(text)
		checkCounts(t, plan)
		if len(plan.Rows) != len(sheet.rows) {
			t.Fatalf("%d rows in the plan, %d in the sheet", len(plan.Rows), len(sheet.rows))
		}
		order := rapid.Permutation(sheet.inOrder()).Draw(t, "order of the columns")
		if diff := cmp.Diff(verdicts(plan), verdicts(memoryShop(t, nil).plan(sheet.text(t, order)))); diff != "" {
			t.Fatalf("columns in another order (-before +after):\n%s", diff)
		}
		if _, err := s.importer().Apply(s.ctx, plan); err != nil {
			t.Fatal(err)
		}
		there := s.contents()
		checkChanges(t, plan, there)
		checkTotal(t, s, plan, there)

		again := s.bring(text)
		after := s.contents()
		if after.Head != there.Head {
			t.Fatalf("the second import wrote %d changes: %q", after.Head.Seq-there.Head.Seq, account(again))
		}
		for n, r := range again.Rows {
			want := plan.Rows[n].Verdict
			if want == sheetimport.Created {
				want = sheetimport.Unchanged
			}
			if r.Verdict != want {
				t.Fatalf("row %d is %s the second time, want %s", r.Row, r.Verdict, want)
			}
		}
	})
}

// checkChanges holds what a plan said against what the CRM has now.
func checkChanges(t failer, plan *sheetimport.Plan, there contents) {
	t.Helper()
	said := map[string]string{} // the last word about each field
	for _, r := range plan.Rows {
		if len(r.Changes) > 0 && r.Verdict != sheetimport.Created {
			t.Fatalf("row %d is %s and changes %v", r.Row, r.Verdict, r.Changes)
		}
		for _, c := range r.Changes {
			if c.Field != "profiles" && c.Field != "responsible" && c.Field != "platform" {
				said[c.ID+" "+c.Field] = c.To
			}
		}
	}
	has := map[string]string{}
	put := func(r crm.Record, field, value string) {
		if value != "" {
			has[r.Ref().IDString()+" "+field] = value
		}
	}
	for _, m := range there.Members {
		put(m, "name", m.Name)
	}
	for _, c := range there.Campaigns {
		put(c, "name", c.Name)
	}
	for _, i := range there.Influencers {
		put(i, "name", i.Name)
		put(i, "email", i.Email)
	}
	for _, c := range there.Cooperations {
		status := string(c.Status)
		if c.Cancellation != nil {
			status = "cancelled"
		}
		var rules []string
		for _, r := range c.Rules {
			rules = append(rules, r.String())
		}
		for field, value := range map[string]string{
			"status": status, "start": c.Period.Start.String(), "end": c.Period.End.String(), "cost": c.Cost.String(), "last_touch": "no",
			"code": strings.Join(rules, ", "), "utm_term": c.UTM.Term.String(),
		} {
			put(c, field, value)
		}
		for name, value := range c.Custom {
			put(c, "custom."+name, value)
		}
	}
	if diff := cmp.Diff(said, has); diff != "" {
		t.Fatalf("(-plan +CRM):\n%s", diff)
	}
	profiles := 0
	for _, i := range there.Influencers {
		profiles += len(i.Profiles)
	}
	if want := (sheetimport.NewRecords{Members: len(there.Members), Campaigns: len(there.Campaigns), Influencers: len(there.Influencers), Profiles: profiles}); plan.New != want {
		t.Fatalf("the plan says %+v, the CRM has %+v", plan.New, want)
	}
	if plan.Counts[sheetimport.Created] != len(there.Cooperations) {
		t.Fatalf("%d rows created, %d cooperations", plan.Counts[sheetimport.Created], len(there.Cooperations))
	}
}

// checkTotal holds the costs of a plan's rows against the report.
func checkTotal(t failer, s *shop, plan *sheetimport.Plan, there contents) {
	t.Helper()
	sum := budget.FromMinor(0, "EUR")
	for _, r := range plan.Rows {
		terms := map[string]string{}
		for _, c := range r.Changes {
			if c.Record == crm.KindCooperation {
				terms[c.Field] = c.To
			}
		}
		amount, ok := strings.CutSuffix(terms["cost"], " EUR")
		if !ok || terms["status"] == "cancelled" {
			continue
		}
		m, err := budget.ParseMoney(amount, "EUR")
		if err == nil {
			sum, err = sum.Add(m)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	total := s.report().Total
	if got := total.Allocated(); got != sum {
		t.Fatalf("the report has %s, the rows of the plan %s (%d cooperations)", got, sum, len(there.Cooperations))
	}
}

// TestNoCellMakesAnImportFail sets one cell after the other to something odd.
func TestNoCellMakesAnImportFail(t *testing.T) {
	t.Parallel()
	odd := []string{"\u200b", "\u00ad", "\u0301", "e\u0301", "=1+1", "@", "#", "*", "%", "{x}", "[x]", "0", "1e309",
		"NaN", "\u202e", "a\tb", "\U0001F469\u200D\U0001F4BB",
		strings.Repeat("é", 70), strings.Repeat("a.", 2000), strings.Repeat("a,", 1500), "http://[::1", "+49",
		"2026-02-29", "😀😀", "contains {", "K", "ﬁ"}
	for _, header := range fullHeaders {
		var rows []map[string]string
		for n, value := range odd {
			row := map[string]string{"Campaign": fmt.Sprint("Sale ", n), "utm_content": fmt.Sprint(n)}
			row[header] = value
			rows = append(rows, row)
		}
		s := memoryShop(t, nil)
		plan := s.plan(full(rows...))
		checkCounts(t, plan)
		if _, err := s.importer().Apply(s.ctx, plan); err != nil {
			t.Errorf("%s: %v", header, err)
		}
		if again := s.bring(full(rows...)); again.Counts[sheetimport.Created]+again.Counts[sheetimport.Updated] > 0 {
			t.Errorf("%s: the second import makes %v", header, slices.Collect(maps.Keys(again.Counts)))
		}
	}
}
