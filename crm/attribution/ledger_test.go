package attribution_test

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
)

// ledgerSaid says a ledger in a line: its tenures, gaps and overlaps.
func ledgerSaid(g attribution.Ledger) string {
	said := []string{g.Code}
	for _, t := range g.Tenures {
		if t.Lost != "" {
			said = append(said, fmt.Sprintf("%s %s", name(t.Cooperation), t.Lost))
			continue
		}
		said = append(said, fmt.Sprintf("%s %s %s", name(t.Cooperation), t.Rule, t.Days))
	}
	for _, gap := range g.Gaps {
		said = append(said, fmt.Sprint("nobody ", gap))
	}
	for _, o := range g.Overlaps {
		var who []string
		for _, i := range o.Influencers {
			who = append(who, string(rune(i[15])))
		}
		said = append(said, fmt.Sprintf("%s %s", strings.Join(who, "+"), o.Days))
	}
	return strings.Join(said, "; ")
}

func TestLedger(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		ws    crm.Workspace
		deals []string
		want  string
	}{
		{"nobody's", crm.Workspace{}, []string{"A 06-01..06-30 =TOM"}, "pam10"},
		{"one after the other", crm.Workspace{}, []string{"B 06-11..06-20 =PAM10", "A 06-01..06-10 =PAM10"},
			"pam10; A equals PAM10 {2026-06-01 2026-06-10}; B equals PAM10 {2026-06-11 2026-06-20}"},
		{"a gap", crm.Workspace{}, []string{"A 06-01..06-10 =PAM10", "B 06-13..06-20 =PAM10"},
			"pam10; A equals PAM10 {2026-06-01 2026-06-10}; B equals PAM10 {2026-06-13 2026-06-20}; nobody {2026-06-11 2026-06-12}"},
		{"a gap that tail days fill", crm.Workspace{TailDays: 2}, []string{"A 06-01..06-10 =PAM10", "B 06-13..06-20 =PAM10"},
			"pam10; A equals PAM10 {2026-06-01 2026-06-12}; B equals PAM10 {2026-06-13 2026-06-22}"},
		{"an overlap", crm.Workspace{}, []string{"A 06-01..06-10 ^PAM =PAM10", "B 06-10..06-20 *AM1"},
			"pam10; A equals PAM10 {2026-06-01 2026-06-10}; B contains AM1 {2026-06-10 2026-06-20}; A+B {2026-06-10 2026-06-10}"},
		{"one without an end", crm.Workspace{}, []string{"A 06-01.. =PAM10", "B 06-10..06-20 =PAM10", "C 06-15.. =PAM10"},
			"pam10; A equals PAM10 {2026-06-01 }; B equals PAM10 {2026-06-10 2026-06-20}; C equals PAM10 {2026-06-15 }; " +
				"A+B {2026-06-10 2026-06-14}; A+B+C {2026-06-15 2026-06-20}; A+C {2026-06-21 }"},
		{"both spellings of one", crm.Workspace{CodeComparison: discount.Accents}, []string{"A 06-01..06-10 =PÀM10 =PAM10"},
			"pam10; A equals PAM10 {2026-06-01 2026-06-10}"},
		{"those that cannot earn", crm.Workspace{}, []string{
			"A draft 06-01..06-10 =PAM10", "B cancelled 06-01..06-10 =PAM10", "C 06-01..06-10 archived:05-01 =PAM10",
			"D =PAM10", "E 06-05.. archived:06-06 =PAM10",
		}, "pam10; E equals PAM10 {2026-06-05 2026-06-06}; A not_signed; B cancelled; C archived; D no_dates"},
	} {
		if diff := cmp.Diff(test.want, ledgerSaid(index(t, test.ws, test.deals...).Ledger(" pam10"))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// What a ledger lists is bounded, however many share a code, and it says what it leaves out.
func TestLedgerIsBounded(t *testing.T) {
	t.Parallel()
	const days, sharers = 4 * attribution.MaxTenures, 2 * attribution.MaxSharers
	s := snapshot(crm.Workspace{}, nil)
	add := func(influencer int, from, to budget.Date) {
		c := deal("A *SALE")
		binary.BigEndian.PutUint64(c.ID[8:], uint64(len(s.Cooperations)+1))
		binary.BigEndian.PutUint64(c.Influencer[8:], uint64(influencer+1))
		c.Period = budget.Period{Start: from, End: to}
		s.Cooperations = append(s.Cooperations, c)
	}
	first := date("01-01")
	for n := range sharers { // all of them on the first day, one less on each day that follows
		add(n, first, first.AddDays(n))
	}
	for n := sharers; n < days; n += 3 { // three days: one has it, two have it, nobody has it
		add(0, first.AddDays(n), first.AddDays(n+1))
		add(1, first.AddDays(n+1), first.AddDays(n+1))
	}
	g := must(attribution.NewIndex(s, nil)).Ledger("SALE10")
	blocks := (days - sharers + 2) / 3
	type counts struct{ Tenures, More, Gaps, MoreGaps, Overlaps, MoreOverlaps int }
	const most = attribution.MaxTenures
	want := counts{most, sharers + 2*blocks - most, most, blocks - 1 - most, most, sharers - 1 + blocks - most}
	if diff := cmp.Diff(want, counts{len(g.Tenures), g.More, len(g.Gaps), g.MoreGaps, len(g.Overlaps), g.MoreOverlaps}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for n, o := range g.Overlaps[:sharers-1] {
		all := sharers - n
		if len(o.Influencers) != min(all, attribution.MaxSharers) || o.More != max(all-attribution.MaxSharers, 0) {
			t.Errorf("day %d: %d influencers and %d more, want %d in all", n, len(o.Influencers), o.More, all)
		}
		for i, id := range o.Influencers {
			if got := binary.BigEndian.Uint64(id[8:]); got != uint64(n+i+1) {
				t.Errorf("day %d: the influencer %d is %d, want %d, the lowest first", n, i, got, n+i+1)
			}
		}
	}
}

// On each day, those earn by the code whom the ledger names.
func TestLedgerIsWhatIsDecided(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var deals []string
		for n := range rapid.IntRange(1, 6).Draw(t, "deals") {
			deals = append(deals, fmt.Sprintf("%c %s 06-%02d..%s %s %s", 'A'+n,
				rapid.SampledFrom([]string{"signed", "signed", "signed", "draft"}).Draw(t, "status"), rapid.IntRange(1, 20).Draw(t, "start"),
				rapid.SampledFrom([]string{"", "06-20", "06-22", "06-25"}).Draw(t, "end"), someCodes().Draw(t, "code"),
				rapid.SampledFrom([]string{"", "archived:06-15"}).Draw(t, "archived")))
		}
		s := snapshot(crm.Workspace{TailDays: rapid.IntRange(0, 2).Draw(t, "tail")}, deals)
		for n := range s.Cooperations { // two cooperations of one influencer are no overlap
			s.Cooperations[n].Influencer[15] = 'A' + byte(n%3)
		}
		x := must(attribution.NewIndex(s, nil))
		g := x.Ledger("PAM10")
		var first, last budget.Date
		earning := map[budget.Date][]crm.InfluencerID{}
		for day := date("06-01"); day.Before(date("07-10")); day = day.AddDays(1) {
			for _, c := range must(x.Decide(order(day.String()[5:] + "T12:00 PAM10"))).Candidates {
				if !excluding[c.Lost] {
					earning[day] = append(earning[day], c.Influencer)
				}
			}
			slices.SortFunc(earning[day], crm.InfluencerID.Compare)
			if earning[day] = slices.Compact(earning[day]); len(earning[day]) > 0 {
				if last = day; first.IsZero() {
					first = day
				}
			}
		}
		for day, who := range earning {
			gap := slices.ContainsFunc(g.Gaps, func(p budget.Period) bool { return p.Contains(day) })
			if want := len(who) == 0 && day.After(first) && day.Before(last) && !first.IsZero(); gap != want {
				t.Fatalf("%s: a gap %t, want %t: %s", day, gap, want, ledgerSaid(g))
			}
			var shared []crm.InfluencerID
			for _, o := range g.Overlaps {
				if o.Days.Contains(day) {
					shared = append(shared, o.Influencers...)
				}
			}
			if len(who) < 2 {
				who = nil
			}
			if diff := cmp.Diff(who, shared); diff != "" {
				t.Fatalf("%s: %s\n%s", day, ledgerSaid(g), diff)
			}
		}
	})
}

// The rule of a tenure is the one by which an order with the code is credited, also where the shop takes several codes of the
// cooperation for it.
func TestLedgerNamesTheRuleThatEarns(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		codes := rapid.SampledFrom([]string{"RENÉ10", "RENE10", "RENÈ10", "RENE"})
		text := "A 06-01..06-30"
		for range rapid.IntRange(1, 4).Draw(t, "rules") {
			text += " " + rapid.SampledFrom([]string{"=", "=", "^", "*", "$"}).Draw(t, "match") + codes.Draw(t, "pattern")
		}
		ws := crm.Workspace{CodeComparison: rapid.SampledFrom(discount.Comparisons()).Draw(t, "comparison")}
		x := must(attribution.NewIndex(snapshot(ws, []string{text}), nil))
		code := codes.Draw(t, "code")
		d, g := must(x.Decide(order("06-10T12:00 "+code))), x.Ledger(code)
		switch {
		case len(g.Tenures) != len(d.Candidates):
			t.Fatalf("%s: %d tenures of %q and %d candidates", text, len(g.Tenures), code, len(d.Candidates))
		case len(g.Tenures) > 0 && g.Tenures[0].Rule != d.Candidates[0].Rule:
			t.Fatalf("%s: %q is had by %s and earns by %s", text, code, g.Tenures[0].Rule, d.Candidates[0].Rule)
		}
	})
}
