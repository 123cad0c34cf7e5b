package sheetimport_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport/csvfile"
)

const codeHead = "Influencer,Handle,Platform,Campaign,Posting date,Fee,Discount code,Match\n"

// codeRows are rows of different people, with the code and the match that rule gives them.
func codeRows(n int, rule func(int) string) string {
	var b strings.Builder
	b.WriteString(codeHead)
	for i := range n {
		fmt.Fprintf(&b, "Ida %d,@ida%d,IG,Sale,2026-06-01,1,%s\n", i, i, rule(i))
	}
	return b.String()
}

func TestConflictsOfPatterns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, first, csv string
		want             []string
	}{
		{"a code and a pattern find each other", "", codeHead +
			"Ida,@ida,IG,Sale,2026-06-01,1,SUN10,equals\nMats,@mats,IG,Sale,2026-06-01,1,SUN,starts with\nLea,@lea,IG,Sale,2026-06-01,1,RAIN,contains\n",
			[]string{"2 created ?code_conflict@G", "3 created ?code_conflict@G", "4 created"}},
		{"a pattern finds a code of the CRM", codeHead + "Ida,@ida,IG,Sale,2026-06-01,1,SUN10,equals\n",
			codeHead + "Mats,@mats,IG,Sale,2026-06-01,1,SUN,starts with\n", []string{"2 created ?code_conflict@G"}},
		{"a code finds a pattern of the CRM", codeHead + "Ida,@ida,IG,Sale,2026-06-01,1,SUN,contains\n",
			codeHead + "Mats,@mats,IG,Sale,2026-06-01,1,MYSUN10,equals\n", []string{"2 created ?code_conflict@G"}},
		{"two codes that shops take for one", "", codeHead +
			"Ida,@ida,IG,Sale,2026-06-01,1,RENÉ10,equals\nMats,@mats,IG,Sale,2026-06-01,1,RENE10,equals\n",
			[]string{"2 created ?loose_conflict@G", "3 created ?loose_conflict@G"}},
		{"a code in full width", "", codeHead + "Ida,@ida,IG,Sale,2026-06-01,1,ＩＤＡ10,equals\n",
			[]string{"2 created ?odd_characters@G"}},
		{"two patterns", "", codeHead + "Ida,@ida,IG,Sale,2026-06-01,1,SUN,starts with\nMats,@mats,IG,Sale,2026-06-01,1,SUNNY,starts with\n",
			[]string{"2 created ?code_conflict@G", "3 created ?code_conflict@G"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			if c.first != "" {
				s.bring(c.first)
			}
			if diff := cmp.Diff(c.want, account(s.plan(c.csv))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestACrowdWithOnePattern: its rows are told how many they are, and a code that it matches is told of it once.
func TestACrowdWithOnePattern(t *testing.T) {
	t.Parallel()
	plan := memoryShop(t, nil).plan(codeRows(60, func(int) string { return "SUN,contains" }) +
		"Mats,@mats,IG,Sale,2026-06-01,1,MYSUN10,equals\n")
	got := account(plan)
	if got[0] != "2 created ?broad_rule@G ?shared_by_many@G" || got[60] != "62 created ?code_of_many@G" {
		t.Errorf("%q, %q", got[0], got[60])
	}
	if m := plan.Rows[60].Notices[0].Message.String(); !strings.Contains(m, "60 influencers") || !strings.Contains(m, `"contains sun"`) {
		t.Error(m)
	}
}

// TestManyPatterns: however many patterns there are, those that conflict find each other.
func TestManyPatterns(t *testing.T) {
	t.Parallel()
	plan := memoryShop(t, nil).plan(codeRows(3000, func(n int) string { return fmt.Sprintf("C%04d,starts with", n) }) +
		"Mats,@mats,IG,Sale,2026-06-01,1,C000777,equals\nLea,@lea,IG,Sale,2026-06-01,1,0008,contains\n")
	got := account(plan)
	for row, want := range map[int]string{7: "created ?code_conflict@G", 8: "created ?code_conflict@G", 9: "created", 3000: "created ?code_conflict@G", 3001: "created ?code_conflict@G"} {
		if want := fmt.Sprint(row+2, " ", want); got[row] != want {
			t.Errorf("%q, want %q", got[row], want)
		}
	}
}

// numberedContext ends when it has been asked so many times.
type numberedContext struct {
	context.Context
	left atomic.Int64
}

func (c *numberedContext) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

func (*numberedContext) Deadline() (time.Time, bool) { return time.Time{}, false }

// TestPlanStopsWithItsContext: wherever the plan looks at its context, it stops; and it looks at each row in each of its
// passes, those for conflicts too.
func TestPlanStopsWithItsContext(t *testing.T) {
	t.Parallel()
	const rows = 20
	csv := codeRows(rows, func(n int) string { return fmt.Sprintf("C%d,contains", n) })
	s := memoryShop(t, nil)
	const plenty = 1 << 30
	asked := &numberedContext{Context: t.Context()}
	asked.left.Store(plenty)
	if _, err := s.importer().Plan(asked, s.ws, csvfile.New("plan.csv", strings.NewReader(csv), nil)); err != nil {
		t.Fatal(err)
	}
	times := plenty - asked.left.Load()
	if times < 5*rows { // read, match, resolve; crowds, conflicts
		t.Errorf("the plan of %d rows looked at its context %d times", rows, times)
	}
	for n := range times {
		ctx := &numberedContext{Context: t.Context()}
		ctx.left.Store(n)
		if _, err := s.importer().Plan(ctx, s.ws, csvfile.New("plan.csv", strings.NewReader(csv), nil)); !errors.Is(err, context.Canceled) {
			t.Fatalf("ended at look %d of %d: error %v", n, times, err)
		}
	}
}

// BenchmarkPlanPatterns plans sheets in which every code is a pattern: the time grows with the rows, not with their square.
func BenchmarkPlanPatterns(b *testing.B) {
	for _, rows := range benchSizes(b) {
		text := codeRows(rows, func(n int) string { return fmt.Sprintf("C%06d,contains", n) })
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			s := memoryShop(b, nil)
			for b.Loop() {
				s.plan(text)
			}
			perSecond(b, rows)
		})
	}
}

// BenchmarkPlanNamesakes does the same for people who all have one name.
func BenchmarkPlanNamesakes(b *testing.B) {
	for _, rows := range benchSizes(b) {
		text := namesakes(rows)
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			s := memoryShop(b, nil)
			for b.Loop() {
				s.plan(text)
			}
			perSecond(b, rows)
		})
	}
}

func namesakes(rows int) string {
	var b strings.Builder
	b.WriteString("Influencer,Handle,Platform,Campaign,Posting date,Fee\n")
	for n := range rows {
		fmt.Fprintf(&b, "Ida,@ida%d,IG,Sale,2026-06-01,1\n", n)
	}
	return b.String()
}
