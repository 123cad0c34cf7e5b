package discount_test

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/discount"
)

// However a customer types a code, it has one normal form.
func ExampleNormalize() {
	for _, typed := range []string{"PAM10", " pam10 ", "ＰＡＭ１０", "Pam\u200b10", "PAM-10"} {
		fmt.Println(discount.Normalize(typed))
	}
	// Output:
	// pam10
	// pam10
	// pam10
	// pam10
	// pam-10
}

// A rule describes one code or a family of codes.
func ExampleRule() {
	r := discount.Rule{
		Match:   discount.StartsWith,
		Pattern: "PAM",
		Benefit: discount.Benefit{Kind: discount.Percentage, Value: decimal.NewFromInt(15)},
	}
	fmt.Printf("code %s: %s\n", r, r.Benefit)
	fmt.Println(r.Matches("pam-summer"), r.Matches("SPAM"))
	// Output:
	// code starts with PAM: 15 % off
	// true false
}

// Rules are read the way people write them.
func ExampleParseRule() {
	for _, text := range []string{"CR9", "PAM*", "*10", "*emma*", "code starts_with PAM", "equals contains x"} {
		r, err := discount.ParseRule(text)
		fmt.Println(r, err)
	}
	_, err := discount.ParseRule("*")
	fmt.Println(err)
	// Output:
	// equals CR9 <nil>
	// starts with PAM <nil>
	// ends with 10 <nil>
	// contains emma <nil>
	// starts with PAM <nil>
	// equals contains x <nil>
	// rule "*" would match every code; write the text that the codes share, such as PAM*
}

// Validate names the field, the value, and what would be right.
func ExampleRule_Validate() {
	err := discount.Rule{Match: discount.Contains, Pattern: "[style name]"}.Validate()
	fmt.Println(err)

	var fault *discount.RuleError
	if errors.As(err, &fault) {
		fmt.Println("mark the field", fault.Field)
	}
	// Output:
	// pattern "[style name]" still holds the placeholder [style name]; replace it with the real text
	// mark the field pattern
}

// What is allowed, but probably not meant, is a warning.
func ExampleRule_Warnings() {
	r := discount.Rule{Match: discount.Contains, Pattern: "PAM"}
	for _, w := range r.Warnings() {
		fmt.Println(w)
	}
	// Output:
	// the rule "contains PAM" is short: it matches all codes with that text in them, other people's too; write 4 characters or more
}

// An order's code belongs to whoever has a rule for it.
func ExampleMatchesAny() {
	pamela := []discount.Rule{
		{Match: discount.Equals, Pattern: "CR9"},
		{Match: discount.StartsWith, Pattern: "PAM"},
	}
	fmt.Println(discount.MatchesAny(pamela, "pam15"))
	fmt.Println(discount.MatchesAny(pamela, "emma15"))
	fmt.Println(discount.MatchesAny(nil, "pam15"))
	// Output:
	// true
	// false
	// false
}

// Compare finds a code that two rules would both claim, or proves that there is
// none.
func ExampleCompare() {
	for _, pair := range [][2]string{
		{"CR9", "cr9"},
		{"*EM*", "EMMA10"},
		{"EM*", "EMMA*"},
		{"EMMA*", "*MAX"},
		{"EMMA*", "PAM*"},
	} {
		a, err := discount.ParseRule(pair[0])
		if err != nil {
			fmt.Println(err)
			return
		}
		b, err := discount.ParseRule(pair[1])
		if err != nil {
			fmt.Println(err)
			return
		}
		c := discount.Compare(a, b)
		fmt.Printf("%s, %s: %s %q\n", a, b, c.Severity, c.Witness)
	}
	// Output:
	// equals CR9, equals cr9: blocking "cr9"
	// contains EM, equals EMMA10: certain "emma10"
	// starts with EM, starts with EMMA: certain "emma"
	// starts with EMMA, ends with MAX: possible "emmax"
	// starts with EMMA, starts with PAM: none ""
}

// An index finds all rules that a code satisfies.
func ExampleIndex() {
	rules := []discount.Rule{
		{Match: discount.Equals, Pattern: "PAM10"},
		{Match: discount.Equals, Pattern: "EMMA10"},
		{Match: discount.StartsWith, Pattern: "PAM"},
	}
	x := discount.NewIndex(rules)
	found, _ := x.AppendMatches(nil, "pam10 ", 10)
	for _, n := range found {
		fmt.Println(rules[n])
	}
	// Output:
	// equals PAM10
	// starts with PAM
}
