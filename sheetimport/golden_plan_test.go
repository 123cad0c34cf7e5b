package sheetimport_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/report"
)

func sample(t failer, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// byStage shows the amounts of a line that are not zero.
func byStage(a budget.Amounts) map[string]string {
	m := map[string]string{}
	for stage, amount := range map[string]budget.Money{"signed": a.Signed, "negotiating": a.Negotiating, "draft": a.Draft} {
		if amount.Sign() != 0 {
			m[stage] = amount.Amount()
		}
	}
	return m
}

func (s *shop) report() *budget.Report {
	s.t.Helper()
	report, err := s.service.Report(s.ctx, s.ws, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return report
}

// flaws describes the rows that are not plainly taken over, in the words of the expected figures.
func flaws(p *sheetimport.Plan) map[string]string {
	causes := map[string]string{
		"D platform_missing": "D platform is missing", "B name_missing": "B name is missing", "J not_valid": "end before start",
		"I not_a_date": "not a date", "K not_an_amount": "not an amount", "K negative_amount": "negative amount",
		"O not_valid": "# in utm_source",
	}
	m := map[string]string{}
	for _, r := range p.Rows {
		what := ""
		switch {
		case r.Verdict == sheetimport.Duplicate:
			what = fmt.Sprintf("duplicate of row %d", r.Of)
		case r.Verdict == sheetimport.Conflict:
			what = fmt.Sprintf("conflict with row %d: %s", r.Of, map[string]string{"K": "cost"}[r.Problems[0].Column])
		case r.Verdict == sheetimport.Rejected:
			what = "rejected: " + causes[r.Problems[0].Column+" "+r.Problems[0].Code]
		case r.Verdict == sheetimport.Skipped && len(r.Notices) > 0:
			what = "total row"
		case r.Verdict == sheetimport.Skipped:
			what = "blank"
		}
		if what != "" {
			m[fmt.Sprint(r.Row)] = what
		}
		if len(r.Problems) > 1 {
			m[fmt.Sprint(r.Row)] += fmt.Sprintf(" and %d more problems", len(r.Problems)-1)
		}
	}
	return m
}

func TestKlarSheetOnEveryBackend(t *testing.T) {
	t.Parallel()
	const figures = "klar-sheet.expected.json"
	for name, open := range backends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t, open(t), nil)
			plan := s.bring(sample(t, "klar-sheet.csv"))
			counts := map[string]int{"data": len(plan.Rows)}
			for v, n := range plan.Counts {
				counts[string(v)] = n
			}
			if diff := cmp.Diff(expected[map[string]int](t, figures, "rows"), counts); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(expected[map[string]string](t, figures, "flawed_rows"), flaws(plan)); diff != "" {
				t.Errorf("flawed rows (-want +got):\n%s", diff)
			}
			there := s.contents()
			profiles := 0
			for _, i := range there.Influencers {
				profiles += len(i.Profiles)
			}
			for member, got := range map[string]int{
				"campaigns": len(there.Campaigns), "influencers": len(there.Influencers), "profiles": profiles, "cooperations": len(there.Cooperations),
			} {
				if want := expected[int](t, figures, member); got != want {
					t.Errorf("%d %s, want %d", got, member, want)
				}
			}
			if want := (sheetimport.NewRecords{Campaigns: len(there.Campaigns), Influencers: len(there.Influencers), Profiles: profiles}); plan.New != want {
				t.Errorf("plan says %+v, want %+v", plan.New, want)
			}
			r := s.report()
			byCampaign, byMonth, cells := map[string]string{}, map[string]string{}, map[string]string{}
			for _, l := range r.Campaigns {
				byCampaign[l.Label] = l.Signed.Amount()
			}
			for _, l := range r.Months {
				byMonth[l.Key] = l.Signed.Amount()
			}
			for _, l := range r.Cells {
				cells[l.Label+"|"+l.Month.String()] = l.Signed.Amount()
			}
			for member, got := range map[string]map[string]string{
				"signed_by_campaign": byCampaign, "signed_by_month": byMonth, "signed_by_campaign_and_month": cells,
			} {
				if diff := cmp.Diff(expected[map[string]string](t, figures, member), got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", member, diff)
				}
			}
			if want := expected[string](t, figures, "total"); r.Total.Signed.Amount() != want || r.Total.Allocated().Amount() != want {
				t.Errorf("total %s signed, %s allocated; want %s", r.Total.Signed, r.Total.Allocated(), want)
			}
			sameAgain(t, s, sample(t, "klar-sheet.csv"), plan)
		})
	}
}

func TestGermanTrackerOnEveryBackend(t *testing.T) {
	t.Parallel()
	const figures = "agency-tracker-de.expected.json"
	for name, open := range backends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t, open(t), nil)
			plan := s.bring(sample(t, "agency-tracker-de.csv"))
			want := expected[int](t, figures, "cooperations")
			if plan.Counts[sheetimport.Created] != want || len(plan.Rows) != want || len(s.contents().Cooperations) != want {
				t.Errorf("%v of %d rows; want %d created and no others", plan.Counts, len(plan.Rows), want)
			}
			r := s.report()
			byCampaign, byMonth := map[string]map[string]string{}, map[string]map[string]string{}
			for _, l := range r.Campaigns {
				byCampaign[l.Label] = byStage(l.Amounts)
			}
			for _, l := range r.Months {
				byMonth[l.Key] = byStage(l.Amounts)
			}
			for member, got := range map[string]map[string]map[string]string{"by_campaign": byCampaign, "by_month": byMonth} {
				if diff := cmp.Diff(expected[map[string]map[string]string](t, figures, member), got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", member, diff)
				}
			}
			sameAgain(t, s, sample(t, "agency-tracker-de.csv"), plan)
		})
	}
}

// sameAgain imports a sheet once more: what was created is unchanged, the other verdicts repeat, no record changes.
func sameAgain(t *testing.T, s *shop, csv string, first *sheetimport.Plan) {
	t.Helper()
	before := s.contents()
	again := s.bring(csv)
	for n, r := range again.Rows {
		was := first.Rows[n]
		if was.Verdict == sheetimport.Created {
			was.Verdict = sheetimport.Unchanged
		}
		if was.Verdict != r.Verdict || was.Of != r.Of || !cmp.Equal(was.Problems, r.Problems) {
			t.Errorf("row %d: %s of %d %v at first, %s of %d %v the second time", r.Row, was.Verdict, was.Of,
				was.Problems, r.Verdict, r.Of, r.Problems)
		}
		if len(r.Changes) > 0 {
			t.Errorf("row %d changes %v", r.Row, r.Changes)
		}
	}
	after := s.contents()
	if len(after.Runs) != len(before.Runs)+1 {
		t.Errorf("%d runs, then %d", len(before.Runs), len(after.Runs))
	}
	before.Runs, after.Runs = nil, nil
	if diff := cmp.Diff(before, after, exactly...); diff != "" {
		t.Errorf("the second import changed records (-before +after):\n%s", diff)
	}
	if len(again.Gone) > 0 || again.New != (sheetimport.NewRecords{}) {
		t.Errorf("gone %v, new %+v; want nothing", again.Gone, again.New)
	}
}

// exactly lets cmp look into values that have unexported fields.
var exactly = []cmp.Option{
	cmp.Comparer(func(a, b budget.Money) bool { return a == b }),
	cmp.Comparer(func(a, b budget.Date) bool { return a == b }),
	cmp.Comparer(func(a, b crm.UTMOrigins) bool { return a == b }),
}

func TestWriteTextOfTheKlarSheet(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	var text strings.Builder
	if err := report.WriteText(&text, s.plan(sample(t, "klar-sheet.csv")), nil); err != nil {
		t.Fatal(err)
	}
	golden(t, "klar-sheet.plan.txt", text.String())
}

// golden compares with a file; UPDATE_GOLDEN=1 writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(sample(t, name), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
