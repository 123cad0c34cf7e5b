package discount_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/discount"
)

// found is what an index finds without a limit.
func found(x *discount.Index, code string) []int {
	all, _ := x.AppendMatches(nil, code, x.Len())
	return all
}

func TestIndex(t *testing.T) {
	t.Parallel()
	x := discount.NewIndex([]discount.Rule{
		0:  rule(discount.Equals, "PAM10"),
		1:  rule(discount.StartsWith, "pam"),
		2:  rule(discount.EndsWith, "10"),
		3:  rule(discount.Contains, "am"),
		4:  rule(discount.Contains, "PAM10-SUMMER"),
		5:  rule(discount.Equals, " ＰＡＭ10 "),
		6:  rule(discount.Contains, "aa"),
		7:  rule(discount.StartsWith, ""),
		8:  rule("like", "PAM10"),
		9:  rule(discount.Equals, strings.Repeat("x", 70)),
		10: rule(discount.EndsWith, "straße"),
		11: rule(discount.StartsWith, "e"),
		12: rule(discount.Contains, "aa"),
		13: {},
	})
	for code, want := range map[string][]int{
		"pam10":                          {0, 1, 2, 3, 5},
		"\tPAM\u200b10":                  {0, 1, 2, 3, 5},
		"PAM100":                         {1, 3},
		"my-pam10-summer":                {3, 4},
		"AAAA":                           {6, 12},
		"HAUPTSTRASSE":                   {10},
		"e":                              {11},
		"e\u0301":                        nil,
		"":                               nil,
		" ":                              nil,
		strings.Repeat("x", 70):          {9},
		strings.Repeat("x", 5000) + "10": {2},
	} {
		if diff := cmp.Diff(want, found(x, code)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", code, diff)
		}
	}
	if got := found(discount.NewIndex(nil), "PAM10"); got != nil {
		t.Errorf("without rules: %v", got)
	}
}

// A limit cuts what is found, and says so.
func TestIndexLimit(t *testing.T) {
	t.Parallel()
	rules := make([]discount.Rule, 100)
	for n := range rules {
		rules[n] = rule(discount.Contains, "am")
	}
	x := discount.NewIndex(rules)
	for _, test := range []struct {
		limit, want int
		more        bool
	}{{0, 0, true}, {1, 1, true}, {99, 99, true}, {100, 100, false}, {101, 100, false}} {
		before := []int{7}
		got, more := x.AppendMatches(before, "amam", test.limit)
		if len(got) != test.want+1 || got[0] != 7 || more != test.more {
			t.Errorf("limit %d: %d found, more %t", test.limit, len(got)-1, more)
		}
		if rest := got[1:]; !slices.IsSorted(rest) || len(slices.Compact(rest)) != test.want {
			t.Errorf("limit %d: %v", test.limit, rest)
		}
	}
}

// An index finds what a look at each rule finds.
func TestIndexIsTheScan(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(
		rapid.StringMatching(`[ab]{1,8}`),
		rapid.StringMatching(`[ab]{1,70}`),
		rapid.StringMatching(`[A-Za-z0-9 -]{1,16}`),
		awkwardText(1, 6),
		awkwardText(1, discount.MaxCodeLen),
	)
	rapid.Check(t, func(t *rapid.T) {
		rules := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) discount.Rule {
			return rule(rapid.SampledFrom(append(discount.Matches(), "like")).Draw(t, "match"), text.Draw(t, "pattern"))
		}), 0, 60).Draw(t, "rules")
		x := discount.NewIndex(rules)
		for _, code := range rapid.SliceOfN(text, 1, 10).Draw(t, "codes") {
			if len(rules) > 0 && rapid.Bool().Draw(t, "made of patterns") {
				code += rules[rapid.IntRange(0, len(rules)-1).Draw(t, "rule")].Pattern
			}
			if diff := cmp.Diff(scan(rules, code), found(x, code)); diff != "" {
				t.Fatalf("%q (-scan +index):\n%s", code, diff)
			}
		}
	})
}

// Patterns of each length are found wherever they stand, whatever the words of the code that they take part in.
func TestIndexFindsEachLength(t *testing.T) {
	t.Parallel()
	const digits = "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz"
	for shortest := 1; shortest <= 8; shortest++ {
		var rules []discount.Rule
		for n := shortest; n <= len(digits); n++ {
			for _, m := range discount.Matches() {
				rules = append(rules, rule(m, digits[:n]), rule(m, digits[len(digits)-n:]))
			}
		}
		x := discount.NewIndex(rules)
		for n := range digits {
			for _, code := range []string{digits[:n], digits[n:], digits[n:] + digits[:n], strings.Repeat("-", n) + digits} {
				if diff := cmp.Diff(scan(rules, code), found(x, code)); diff != "" {
					t.Errorf("%q from %d (-scan +index):\n%s", code, shortest, diff)
				}
			}
		}
	}
}

func scan(rules []discount.Rule, code string) (matching []int) {
	for n, r := range rules {
		if r.Matches(code) {
			matching = append(matching, n)
		}
	}
	return matching
}

// numberedRules are rules of each match in turn, of which the patterns of some are in those of others.
func numberedRules(n int) []discount.Rule {
	rules := make([]discount.Rule, n)
	for i := range rules {
		rules[i] = rule(discount.Matches()[i%4], fmt.Sprint("PAM", i))
	}
	return rules
}

func TestIndexDoesNotAllocate(t *testing.T) {
	rules := numberedRules(1000)
	x := discount.NewIndex(rules)
	buffer := make([]int, 0, 100)
	allocated := testing.AllocsPerRun(10, func() {
		for _, r := range rules[:100] {
			x.AppendMatches(buffer, r.Pattern, 100)
		}
	})
	if allocated > 0 {
		t.Errorf("%v allocations", allocated)
	}
}

func TestIndexServesSeveralGoroutines(t *testing.T) {
	t.Parallel()
	rules := numberedRules(1000)
	x := discount.NewIndex(rules)
	var all sync.WaitGroup
	for _, r := range rules[992:] {
		want := scan(rules, r.Pattern)
		all.Go(func() {
			if diff := cmp.Diff(want, found(x, r.Pattern)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", r.Pattern, diff)
			}
		})
	}
	all.Wait()
}

func FuzzIndex(f *testing.F) {
	f.Add("pam", "pam10", "PAM10")
	f.Add("e\u0301", "ﬁ", "Ofﬁce")
	f.Fuzz(func(t *testing.T, a, b, code string) {
		var rules []discount.Rule
		for _, m := range discount.Matches() {
			rules = append(rules, rule(m, a), rule(m, b))
		}
		x := discount.NewIndex(rules)
		for _, c := range []string{code, a + b, a + code + b} {
			if diff := cmp.Diff(scan(rules, c), found(x, c)); diff != "" {
				t.Errorf("%q (-scan +index):\n%s", c, diff)
			}
		}
	})
}
