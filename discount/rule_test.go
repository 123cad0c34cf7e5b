package discount_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/discount"
)

func rule(match discount.Match, pattern string) discount.Rule {
	return discount.Rule{Match: match, Pattern: pattern}
}

func TestRuleMatches(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rule discount.Rule
		yes  []string
		no   []string
	}{
		{rule(discount.Equals, " Cr9"), []string{"CR9", "cr9 ", "ＣＲ９", "C\u200bR9"}, []string{"CR", "CR99", "C R9", "", "CR-9"}},
		{rule(discount.Contains, "PAM"), []string{"pam", "xpamx", "10PAM"}, []string{"PA", "P-AM", ""}},
		{rule(discount.StartsWith, "PAM"), []string{"pam", "Pam10"}, []string{"xPAM", "PA", ""}},
		{rule(discount.EndsWith, "10"), []string{"10", "PAM10"}, []string{"PAM100", "0", ""}},
		{rule(discount.Contains, "straße"), []string{"HAUPTSTRASSE5"}, []string{"STRASE"}},
		{rule(discount.StartsWith, "e"), []string{"e"}, []string{"e\u0301"}}, // é is another letter
		{rule(discount.StartsWith, ""), nil, []string{"", "PAM"}},
		{rule(discount.Equals, ""), nil, []string{"", "PAM"}},
		{rule("like", "PAM"), nil, []string{"PAM"}},
		{discount.Rule{}, nil, []string{"", "PAM"}},
	}
	for _, test := range tests {
		t.Run(test.rule.String(), func(t *testing.T) {
			t.Parallel()
			for _, code := range test.yes {
				if !test.rule.Matches(code) || !test.rule.MatchesKey(discount.Normalize(code)) {
					t.Errorf("does not match %q", code)
				}
			}
			for _, code := range test.no {
				if test.rule.Matches(code) || test.rule.MatchesKey(discount.Normalize(code)) {
					t.Errorf("matches %q", code)
				}
			}
		})
	}
}

func TestMatchesAny(t *testing.T) {
	t.Parallel()
	rules := []discount.Rule{rule(discount.Equals, "CR9"), rule(discount.StartsWith, "PAM")}
	for code, want := range map[string]bool{"cr9": true, "Pam1": true, "CR": false, "": false} {
		if got := discount.MatchesAny(rules, code); got != want {
			t.Errorf("MatchesAny(%q) = %t", code, got)
		}
	}
	if discount.MatchesAny(nil, "CR9") {
		t.Error("an empty list matches")
	}
}

func TestRuleValidate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		rule    discount.Rule
		field   string // "" for a valid rule
		problem string
	}{
		{"equals", rule(discount.Equals, "C"), "", ""},
		{"starts with one letter", rule(discount.StartsWith, "C"), "", ""},
		{"contains two", rule(discount.Contains, "CR"), "", ""},
		{"contains two written as one", rule(discount.Contains, "ﬁ"), "", ""},
		{"contains one", rule(discount.Contains, "C"), "pattern", "too short for contains"},
		{"contains one and an invisible", rule(discount.Contains, "C\u200b"), "pattern", "too short for contains"},
		{"empty", rule(discount.Equals, ""), "pattern", "is empty"},
		{"placeholder", rule(discount.Contains, "[style name]"), "pattern", "replace it"},
		{"too long", rule(discount.Equals, strings.Repeat("x", 65)), "pattern", "at most 64"},
		{"enormous", rule(discount.Equals, strings.Repeat("x", 1<<20)), "pattern", "at most 64"},
		{"begins with an accent", rule(discount.EndsWith, "\u030110"), "pattern", "combining character"},
		{"begins with a spacing accent", rule(discount.Equals, "´10"), "pattern", "combining character"},
		{"begins with a vowel sign", rule(discount.Equals, "\u09be"), "pattern", "combining character"},
		{"no match", rule("", "CR9"), "match", "use equals"},
		{"unknown match", rule("like", "CR9"), "match", "use equals"},
		{"benefit", discount.Rule{Match: discount.Equals, Pattern: "CR9", Benefit: benefit(discount.Percentage, "101")},
			"benefit.value", "at most 100"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := test.rule.Validate()
			if test.field == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			checkRuleError(t, err, test.field, test.problem)
		})
	}
}

func TestRuleValidateJoinsAllFaults(t *testing.T) {
	t.Parallel()
	err := discount.Rule{Match: "like", Pattern: "{x}", Benefit: discount.Benefit{Kind: "gift"}}.Validate()
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("error %v is not joined", err)
	}
	var fields []string
	for _, e := range joined.Unwrap() {
		fields = append(fields, e.(*discount.RuleError).Field)
	}
	if diff := cmp.Diff([]string{"match", "pattern", "benefit.kind"}, fields); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}

func TestRuleErrorShortensTheValue(t *testing.T) {
	t.Parallel()
	got := rule(discount.Equals, strings.Repeat("ä", 100)).Validate().Error()
	want := `pattern "` + strings.Repeat("ä", 40) + `…" has 100 characters; at most 64 are allowed`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("error (-want +got):\n%s", diff)
	}
}

func TestRuleEqual(t *testing.T) {
	t.Parallel()
	base := discount.Rule{Match: discount.Equals, Pattern: "CR9", Benefit: benefit(discount.Amount, "10")}
	same := discount.Rule{Match: discount.Equals, Pattern: "CR9", Benefit: benefit(discount.Amount, "10.0")}
	if !base.Equal(same) {
		t.Error("equal values make different rules")
	}
	for name, other := range map[string]discount.Rule{
		"match":   {Match: discount.EndsWith, Pattern: "CR9", Benefit: base.Benefit},
		"pattern": {Match: discount.Equals, Pattern: "cr9", Benefit: base.Benefit},
		"benefit": {Match: discount.Equals, Pattern: "CR9"},
	} {
		if base.Equal(other) {
			t.Errorf("another %s makes an equal rule", name)
		}
	}
}

func TestRuleWarnings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rule discount.Rule
		want []string // a part of each warning
	}{
		{rule(discount.Contains, "PAM"), []string{" is short: it matches"}},
		{rule(discount.Contains, "PAM\u200b"), []string{" is short: it matches", "has an invisible character"}},
		{rule(discount.Equals, "PAM\u00ad10"), []string{"has an invisible character"}},
		{rule(discount.Equals, "RENE\u030110"), []string{"in two parts"}},
		{rule(discount.Equals, "\u1112\u1161\u11ab10"), []string{"in two parts"}},
		{rule(discount.Equals, "ＰＡＭ10"), []string{"has a special form"}},
		{rule(discount.StartsWith, "ﬁT"), []string{"has a special form"}},
		{rule(discount.Equals, "SUMMER\u00a0SALE"), []string{"has a special form"}},
		{rule(discount.Equals, " SUMMER SALE "), nil},
		{rule(discount.Equals, "RENÉ10"), nil},
		{rule(discount.Equals, "STRAẞE İ"), nil},
		{rule(discount.Contains, "PAM1"), nil},
		{rule(discount.StartsWith, "P"), nil},
		{rule(discount.StartsWith, "PAM*"), []string{"stands for itself"}},
		{rule(discount.Contains, "P*"), []string{" is short: it matches", "stands for itself"}},
	}
	for _, test := range tests {
		got := test.rule.Warnings()
		if len(got) != len(test.want) {
			t.Errorf("%v: warnings %q, want %q", test.rule, got, test.want)
			continue
		}
		for i := range got {
			if !strings.Contains(got[i].String(), test.want[i]) {
				t.Errorf("%v: warning %q, want %q", test.rule, got[i], test.want[i])
			}
		}
	}
}

func BenchmarkMatchesKey(b *testing.B) {
	for _, pattern := range []string{"pam", "PAM", "MÜLLER"} {
		b.Run(pattern, func(b *testing.B) {
			r, key := rule(discount.StartsWith, pattern), discount.Normalize("pam-10-summer")
			b.ReportAllocs()
			for b.Loop() {
				r.MatchesKey(key)
			}
		})
	}
}
