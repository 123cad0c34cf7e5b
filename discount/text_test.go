package discount_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/discount"
)

func TestParseRule(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want discount.Rule
	}{
		{"CR9", rule(discount.Equals, "CR9")},
		{"  CR 9\n", rule(discount.Equals, "CR 9")},
		{"PAM*", rule(discount.StartsWith, "PAM")},
		{"*10", rule(discount.EndsWith, "10")},
		{"*PAM*", rule(discount.Contains, "PAM")},
		{"* PAM *", rule(discount.Contains, "PAM")},
		{"equals CR9", rule(discount.Equals, "CR9")},
		{"Equals  CR9", rule(discount.Equals, "CR9")},
		{"contains PAM", rule(discount.Contains, "PAM")},
		{"starts with PAM", rule(discount.StartsWith, "PAM")},
		{"Starts\tWith PAM", rule(discount.StartsWith, "PAM")},
		{"starts_with PAM", rule(discount.StartsWith, "PAM")},
		{"starts-with PAM", rule(discount.StartsWith, "PAM")},
		{"startsWith PAM", rule(discount.StartsWith, "PAM")},
		{"ends with 10", rule(discount.EndsWith, "10")},
		{"code equals CR9", rule(discount.Equals, "CR9")},
		{"Code starts with PAM", rule(discount.StartsWith, "PAM")},
		{"code", rule(discount.Equals, "code")},
		{"CODE10", rule(discount.Equals, "CODE10")},
		{"starts", rule(discount.Equals, "starts")},
		{"starts PAM", rule(discount.Equals, "starts PAM")},
		{"equals contains x", rule(discount.Equals, "contains x")},
		{"equals equals", rule(discount.Equals, "equals")},
		{"equals code CR9", rule(discount.Equals, "code CR9")},
		{"equals PAM*", rule(discount.Equals, "PAM*")},
		{`"contains x"`, rule(discount.Equals, "contains x")},
		{`"PAM*"`, rule(discount.Equals, "PAM*")},
		{`contains "PAM"`, rule(discount.Contains, "PAM")},
		{`equals " CR9 "`, rule(discount.Equals, " CR9 ")},
		{`equals "\"CR9\""`, rule(discount.Equals, `"CR9"`)},
		{`5"off`, rule(discount.Equals, `5"off`)},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			t.Parallel()
			got, err := discount.ParseRule(test.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("rule (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseRuleErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, field, problem string
	}{
		{"", "pattern", "is empty"},
		{"   ", "pattern", "is empty"},
		{"*", "rule", "every code"},
		{"**", "rule", "every code"},
		{"* *", "rule", "every code"},
		{"***", "rule", "asterisk"},
		{"P*M", "rule", "asterisk"},
		{"*P*M*", "rule", "asterisk"},
		{"equals", "rule", "no pattern"},
		{"starts with ", "rule", "no pattern"},
		{"code contains", "rule", "no pattern"},
		{"code CR9", "rule", `after "code"`},
		{`equals ""`, "pattern", "is empty"},
		{`"CR9`, "rule", "quotation mark"},
		{`"CR9" x`, "rule", "quotation mark"},
		{`equals "\q"`, "rule", "quotation mark"},
		{"contains C", "pattern", "too short"},
		{"contains [style name]", "pattern", "placeholder"},
		{"CR\xff9", "pattern", "could not be read"},
		{strings.Repeat("x", 65), "pattern", "at most 64"},
		{strings.Repeat("x", 1025), "rule", "at most 64"},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			t.Parallel()
			got, err := discount.ParseRule(test.text)
			checkRuleError(t, err, test.field, test.problem)
			if !got.Equal(discount.Rule{}) {
				t.Errorf("rule %v beside the error", got)
			}
		})
	}
}

func TestRuleString(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rule discount.Rule
		want string
	}{
		{rule(discount.Equals, "CR9"), "equals CR9"},
		{rule(discount.Contains, "PAM"), "contains PAM"},
		{rule(discount.StartsWith, "PAM"), "starts with PAM"},
		{rule(discount.EndsWith, "10"), "ends with 10"},
		{rule(discount.Equals, "contains x"), "equals contains x"},
		{rule(discount.Equals, " CR9"), `equals " CR9"`},
		{rule(discount.Equals, `"CR9"`), `equals "\"CR9\""`},
		{discount.Rule{Match: discount.Equals, Pattern: "CR9", Benefit: benefit(discount.Amount, "5")}, "equals CR9"},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, test.rule.String()); diff != "" {
			t.Errorf("String() (-want +got):\n%s", diff)
		}
	}
}

func TestParseRuleReadsStringBack(t *testing.T) {
	t.Parallel()
	words := []string{"equals", "contains", "starts", "with", "ends_with", "code", "*", `"`, `\`, " ", "PAM", "10"}
	patterns := rapid.OneOf(
		awkwardText(1, discount.MaxCodeLen),
		rapid.Map(rapid.SliceOfN(rapid.SampledFrom(words), 1, 6), func(s []string) string { return strings.Join(s, " ") }),
		rapid.Map(rapid.SliceOfN(rapid.SampledFrom(words), 1, 6), func(s []string) string { return strings.Join(s, "") }),
		// The pattern that is longest when quoted.
		rapid.Just("\u2003"+strings.Repeat("\U0001f600", discount.MaxCodeLen-2)+"\u2003"),
	)
	rapid.Check(t, func(t *rapid.T) {
		want := rule(rapid.SampledFrom(discount.Matches()).Draw(t, "match"), patterns.Draw(t, "pattern"))
		if want.Validate() != nil {
			return
		}
		got, err := discount.ParseRule(want.String())
		if err != nil {
			t.Fatalf("ParseRule(%q): %v", want.String(), err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("ParseRule(%q) (-want +got):\n%s", want.String(), diff)
		}
	})
}
