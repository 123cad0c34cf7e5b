package pages

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/discount"
)

// Rows of a form that are empty, for those without script: after the rules that there are, and for who asks for more.
const (
	spareRules = 1
	moreRules  = 4
)

// ruleRow is a row of a form with a discount rule.
type ruleRow struct {
	N                           int
	Match, Pattern, Kind, Value string
}

// Field is the name of an input of the row, as errors have it.
func (r ruleRow) Field(part string) string { return fmt.Sprintf("rules[%d].%s", r.N, part) }

// Number is that of the row for people.
func (r ruleRow) Number() int { return r.N + 1 }

// RuleProblems are what is wrong with a row.
func (f *form) RuleProblems(r ruleRow) (all []string) {
	for _, p := range f.Problems {
		if strings.HasPrefix(p.Field, fmt.Sprintf("rules[%d]", r.N)) {
			all = append(all, p.Problem)
		}
	}
	return all
}

// RuleWrong reports whether something is wrong with what the code of a row gives, or else with the code.
func (f *form) RuleWrong(r ruleRow, benefit bool) bool {
	name := fmt.Sprintf("rules[%d]", r.N)
	return slices.ContainsFunc(f.Problems, func(p web.FieldError) bool {
		return strings.HasPrefix(p.Field, name) && strings.HasPrefix(p.Field, name+".benefit") == benefit
	})
}

func blankRows(from, n int) (rows []ruleRow) {
	for i := range n {
		rows = append(rows, ruleRow{N: from + i, Match: string(discount.Equals), Kind: string(discount.Percentage)})
	}
	return rows
}

// ruleRows are the rows of a form in their order. Rows without a code and a value are none: who empties a row takes its
// rule away.
func ruleRows(x url.Values) []ruleRow {
	var numbers []int
	for name := range x {
		inner, ok := strings.CutPrefix(name, "rules[")
		if digits, found := strings.CutSuffix(inner, "].pattern"); ok && found {
			if n, err := strconv.Atoi(digits); err == nil {
				numbers = append(numbers, n)
			}
		}
	}
	slices.Sort(numbers)
	var rows []ruleRow
	for _, n := range numbers {
		at := ruleRow{N: n}
		r := ruleRow{len(rows), x.Get(at.Field("match")), strings.TrimSpace(x.Get(at.Field("pattern"))),
			x.Get(at.Field("benefit.kind")), strings.TrimSpace(x.Get(at.Field("benefit.value")))}
		if (r.Pattern != "" || r.Value != "") && len(rows) <= crm.MaxRules { // one more, so that it is refused and not lost
			rows = append(rows, r)
		}
	}
	return rows
}

// compactRules numbers the rows anew without those that are empty, so that they are those of errors.
func (f *form) compactRules() { f.setRows(ruleRows(f.Values)) }

func (f *form) clearRules() { f.setRows(nil) }

func (f *form) setRows(rows []ruleRow) {
	for name := range f.Values {
		if strings.HasPrefix(name, "rules[") {
			delete(f.Values, name)
		}
	}
	for _, r := range rows {
		f.Values.Set(r.Field("match"), r.Match)
		f.Values.Set(r.Field("pattern"), r.Pattern)
		f.Values.Set(r.Field("benefit.kind"), r.Kind)
		f.Values.Set(r.Field("benefit.value"), r.Value)
	}
}

// dropRule takes the row with a number away.
func (f *form) dropRule(number string) {
	if n, err := strconv.Atoi(number); err == nil {
		f.Values.Del(ruleRow{N: n}.Field("pattern"))
	}
}

// setRules sets the rows of rules.
func (v *visit) setRules(x url.Values, rules []discount.Rule) {
	var rows []ruleRow
	for n, r := range rules {
		rows = append(rows, ruleRow{n, string(r.Match), r.Pattern, string(r.Benefit.Kind), v.face.TypedDecimal(r.Benefit.Value)})
	}
	(&form{Values: x}).setRows(rows)
}

// readRules reads the rows. No rows are an empty list, which is not the same as none given.
func (v *visit) readRules(f *form) []discount.Rule {
	rules := []discount.Rule{}
	for _, row := range ruleRows(f.Values) {
		r := discount.Rule{Match: discount.Match(row.Match), Pattern: row.Pattern}
		r.Benefit.Kind = benefitKind(row.Kind, row.Value)
		r.Benefit.Value = v.decimal(f, row.Field("benefit.value"))
		rules = append(rules, r)
	}
	return rules
}

// rulesText are the rules of a form as texts, one for each row, by which two forms are compared.
func rulesText(x url.Values) []string {
	var all []string
	for _, r := range ruleRows(x) {
		kind := string(benefitKind(r.Kind, r.Value))
		if kind == string(discount.None) {
			kind = ""
		}
		all = append(all, strings.TrimSpace(strings.Join([]string{r.Match, r.Pattern, kind, r.Value}, " ")))
	}
	return all
}

// joinRules is rulesText as one text.
func joinRules(x url.Values) string { return strings.Join(rulesText(x), "\n") }
