package attribution_test

import (
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

// alikeCodes are codes of which shops take some for one. A generator of its own for each test, here and in this package's
// other tests: one that is part of another writes down its name while it draws, so parallel tests cannot share it.
func alikeCodes() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{
		"RENÉ10", "RENE10", "RENÈ10", "RENE", "SØREN10", "SOREN10", "STRAßE", "STRASE", "ıSIL", "ISIL", "ANA١", "ANA1",
		"ÆON", "AEON", "AEÓN",
	})
}

// looseShop draws cooperations whose codes are alike, and an order with some.
func looseShop(t *rapid.T) (deals []string, o attribution.Order) {
	days := rapid.SampledFrom([]string{"06-01..06-30", "06-01..06-30", "06-05..06-30", "05-01..06-08", "07-01.."})
	for n := range rapid.IntRange(1, 6).Draw(t, "deals") {
		match := rapid.SampledFrom([]string{"=", "=", "=", "^", "*", "$"})
		state := rapid.SampledFrom([]string{"", "", "", "inherited", "draft"}).Draw(t, "state")
		text := fmt.Sprintf("%c %s %s", 'A'+n, state, days.Draw(t, "days"))
		for range rapid.IntRange(1, 2).Draw(t, "rules") {
			text += " " + match.Draw(t, "match") + alikeCodes().Draw(t, "code")
		}
		deals = append(deals, text)
	}
	return deals, order("06-10T12:00 " + strings.Join(rapid.SliceOfN(alikeCodes(), 1, 3).Draw(t, "typed"), " "))
}

// TestALooserShopExplains: whatever a comparison is set to, an order that is credited to somebody else than in an exact shop
// was so by a code that the shop redeems, and says why, unless it has an ignored code.
func TestALooserShopExplains(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		deals, o := looseShop(t)
		exact := must(indexOf(crm.Workspace{CodeComparison: discount.Exact}, deals).Decide(o))
		for _, comparison := range discount.Comparisons() {
			loose := must(indexOf(crm.Workspace{CodeComparison: comparison}, deals).Decide(o))
			if !comparison.IsLoose() {
				if diff := cmp.Diff(exact, loose, money); diff != "" {
					t.Fatalf("%s (-exact +got):\n%s", comparison, diff)
				}
				continue
			}
			if loose.Cooperation == exact.Cooperation {
				continue
			}
			winner := loose.Candidates[0]
			redeemed := comparison.Redeems(loose.Code, winner.Rule.Pattern) && !winner.Rule.Matches(loose.Code)
			if !redeemed || winner.Cause == "" || winner.WhyTheCode().IsZero() {
				t.Fatalf("%s: %s by %q, %+v", comparison, outcome(loose), loose.Code, winner)
			}
		}
	})
}

// TestLooseDecisionsAreTheRules holds decisions against the rules, read out for each rule of each cooperation.
func TestLooseDecisionsAreTheRules(t *testing.T) {
	t.Parallel()
	credited := 0
	rapid.Check(t, func(t *rapid.T) {
		deals, o := looseShop(t)
		ws := crm.Workspace{
			CodeComparison: rapid.SampledFrom(discount.Comparisons()).Draw(t, "comparison"),
			TailDays:       rapid.SampledFrom([]int{0, 7}).Draw(t, "tail"),
			IgnoredCodes:   rapid.SliceOfN(alikeCodes(), 0, 1).Draw(t, "ignored"),
		}
		s := snapshot(ws, deals)
		want, d := byTheRules(s, o), must(must(attribution.NewIndex(s, nil)).Decide(o))
		if d.Cooperation != want {
			t.Fatalf("%s, want %c", outcome(d), want[15])
		}
		if !want.IsZero() {
			credited++
		}
	})
	if credited == 0 {
		t.Error("nobody was credited")
	}
}

// byTheRules is whom an order is credited to by one of its codes.
func byTheRules(s attribution.Snapshot, o attribution.Order) (best crm.CooperationID) {
	shop := s.Workspace.CodeComparison
	same := func(a, b string) bool {
		return discount.Normalize(a) == discount.Normalize(b) || shop.IsLoose() && shop.Redeems(a, b)
	}
	length := func(code string) int { return len([]rune(discount.Normalize(code))) }
	var rank []int
	for at, code := range o.Codes {
		if slices.ContainsFunc(s.Workspace.IgnoredCodes, func(ignored string) bool { return same(code, ignored) }) {
			continue
		}
		live := slices.DeleteFunc(slices.Clone(s.Cooperations), func(c crm.Cooperation) bool {
			return c.Status != crm.Signed || !c.LiveDays(s.Workspace.TailDays).Contains(budget.DateOf(o.At))
		})
		spelled := slices.ContainsFunc(live, func(c crm.Cooperation) bool {
			return slices.ContainsFunc(c.Rules, func(r discount.Rule) bool { return r.Match == discount.Equals && r.Matches(code) })
		})
		for _, c := range live {
			for _, r := range c.Rules {
				strength, chars := 0, length(r.Pattern)
				switch redeems := r.Match == discount.Equals && same(code, r.Pattern); {
				case redeems && (r.Matches(code) || !spelled):
					strength, chars = 3, length(code)
				case !r.Matches(code):
					continue
				case r.Match == discount.Contains:
					strength = 1
				default:
					strength = 2
				}
				own := 1
				if c.RulesOrigin.Kind == crm.Inherited {
					own = 0
				}
				mine := []int{strength, chars, own, int(c.Period.Start.UnixDay()), -at, -int(c.ID[15])}
				if slices.Compare(mine, rank) > 0 {
					best, rank = c.ID, mine
				}
			}
		}
	}
	return best
}

// An order that is credited by a code which no rule has says the cause, and one that is not gets it as the diagnosis.
func TestAnOrderSaysWhyItsCodeCounts(t *testing.T) {
	t.Parallel()
	x := index(t, crm.Workspace{CodeComparison: discount.Accents}, "A 06-01..06-30 =RENÉ10", "B 06-01..06-30 =PAM10")
	d := must(x.Decide(order("06-10T12:00 RENE10")))
	got := d.Candidates[0].WhyTheCode().String()
	if diff := cmp.Diff(`this shop takes "RENE10" and "RENÉ10" for one code: they differ only by an accent`, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d.Code != "RENE10" || d.Candidates[0].Rule.Pattern != "RENÉ10" || d.Candidates[0].Cause != discount.CauseAccent {
		t.Errorf("credited by %q, %+v", d.Code, d.Candidates[0])
	}
	if d = must(x.Decide(order("06-10T12:00 PAM10"))); !d.Candidates[0].WhyTheCode().IsZero() {
		t.Errorf("of a code that is the rule's: %s", d.Candidates[0].WhyTheCode())
	}
	miss := must(index(t, crm.Workspace{}, "A 06-01..06-30 =RENÉ10").Diagnose(t.Context(), order("06-10T12:00 RENE10")))
	if diff := cmp.Diff(`"RENE10" differs from "RENÉ10" only by an accent`, miss[0].Text().String()); diff != "" {
		t.Errorf("the diagnosis (-want +got):\n%s", diff)
	}
	for listed, want := range map[string]string{
		"RENÈ10": `this shop takes "RENE10" for "RENÈ10", which is on the list of ignored codes`,
		"rene10": `"RENE10" is on the list of ignored codes`,
	} {
		shop := crm.Workspace{CodeComparison: discount.Accents, IgnoredCodes: []string{listed}}
		miss = must(index(t, shop, "A 06-01..06-30 =RENÉ10").Diagnose(t.Context(), order("06-10T12:00 RENE10")))
		if diff := cmp.Diff(want, miss[0].Text().String()); diff != "" {
			t.Errorf("ignored (-want +got):\n%s", diff)
		}
	}
}

// What is asked of a code beside decisions is answered as the shop compares codes, too.
func TestOtherAnswersInLooseShops(t *testing.T) {
	t.Parallel()
	shop := crm.Workspace{CodeComparison: discount.Accents, IgnoredCodes: []string{"SÖMMER10"}, Currency: "EUR"}
	x := index(t, shop, "A 06-01..06-10 =RENÉ10", "B 06-05..06-20 =RENÈ10 ^REN", "C 06-01..06-30 =PAM10")
	want := "rene10; A equals RENÉ10 {2026-06-01 2026-06-10}; B equals RENÈ10 {2026-06-05 2026-06-20}; A+B {2026-06-05 2026-06-10}"
	if diff := cmp.Diff(want, ledgerSaid(x.Ledger("RENE10"))); diff != "" {
		t.Errorf("the ledger (-want +got):\n%s", diff)
	}

	orders := []attribution.Order{numbered("1", order("06-03T12:00 RENE10")), numbered("2", order("06-25T12:00 PÀM10"))}
	for _, test := range []struct {
		pattern, want string
	}{
		{"RENÉ10", "1 of 2: rene10 of A, foreign true"},
		{"PÂM10", "1 of 2: pàm10 of C, foreign true"},
		{"SOMMER10", "0 of 2"},
	} {
		rule := discount.Rule{Match: discount.Equals, Pattern: test.pattern}
		found := must(x.BackTest(t.Context(), crm.InfluencerID{15: 'D'}, rule, stream(orders, nil)))
		got := fmt.Sprintf("%d of %d", found.Found, found.Orders)
		for _, c := range found.Codes {
			got += fmt.Sprintf(": %s of %s, foreign %t", c.Code, name(c.Cooperation), c.Foreign)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("orders of %s (-want +got):\n%s", test.pattern, diff)
		}
	}

	for pattern, want := range map[string]string{
		"RENE10":   `this shop takes "RENE10" and "RENÉ10" for one code: they differ only by an accent`,
		"SOMMER10": `"SOMMER10" is on the list of ignored codes`,
		"LOU10":    "",
	} {
		code := must(x.NewCodes(pattern, []crm.InfluencerID{{15: 'B'}}, nil))[0]
		if diff := cmp.Diff(want, code.Problem.String()); diff != "" {
			t.Errorf("a new code %s (-want +got):\n%s", pattern, diff)
		}
	}
}

// In a loose shop, and beside ignored codes, looking a code in ASCII up takes no more memory than in an exact one.
func TestLooseLookUpsAllocateNothing(t *testing.T) { //nolint:paralleltest // it counts allocations
	deals := []string{"A 06-01..06-30 =RENÉ10 =PAM10", "B 06-01..06-30 ^EMMA"}
	for _, typed := range []string{"SALE20", "PAM10", "EMMA20"} {
		o := order("06-10T12:00 " + typed)
		allocated := func(ws crm.Workspace) float64 {
			x := indexOf(ws, deals)
			return testing.AllocsPerRun(100, func() { must(x.Decide(o)) })
		}
		exact := allocated(crm.Workspace{})
		for _, comparison := range discount.Comparisons() {
			ws := crm.Workspace{CodeComparison: comparison, IgnoredCodes: []string{"SÖMMER10", "NEWS10"}}
			if got := allocated(ws); got > exact {
				t.Errorf("%s, %s: %v allocations, in an exact shop %v", typed, comparison, got, exact)
			}
		}
	}
}
