package sheetimport

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// ValueText returns a value of a [Change] as a sentence, which says amounts, days, statuses and discount rules in the
// language of who reads it. What people typed stays as it is, and so does a value that is not of the field.
func ValueText(field, value string) sentence.Sentence {
	if strings.HasPrefix(field, "month_budgets.") {
		field = string(column.CampaignBudget)
	}
	switch column.Field(field) {
	case column.Cost, column.CancellationFee, column.CampaignBudget, column.RevenueTarget, "budget":
		if amount, unit, ok := strings.Cut(value, " "); ok {
			if m, err := budget.ParseMoney(amount, budget.Currency(unit)); err == nil {
				return sentence.Of("%s", m)
			}
		}
	case column.Start, column.End, column.CancelledOn, column.CampaignStart, column.CampaignEnd:
		if day, err := budget.ParseDate(value); err == nil {
			return sentence.Of("%s", day)
		}
	case column.Status:
		if value == "cancelled" {
			return sentence.Of("cancelled")
		}
		if stage := budget.Stage(value); stage.Validate() == nil {
			return sentence.Of("%s", stage)
		}
	case column.Code:
		return rulesSaid(value)
	case column.Percentage:
		return benefitsSaid(value)
	case column.LastTouch:
		switch value {
		case "yes", "no":
			return sentence.Of(value)
		}
	case "profile", "profiles":
		if parts := withFollowers.FindStringSubmatch(value); parts != nil {
			if n, err := strconv.Atoi(parts[2]); err == nil {
				return sentence.Of("%s (%d followers)", parts[1], n)
			}
		}
	}
	return sentence.Of("%s", value)
}

// withFollowers is what profileText writes for a profile with followers.
var withFollowers = regexp.MustCompile(`^(.*) \((\d+) followers\)$`)

// rulesSaid are the rules that rulesText has written. A comma in a pattern makes no difference: what follows it begins with
// no word of a rule.
func rulesSaid(value string) sentence.Sentence { return eachSaid(value, ruleSaid) }

// ruleSaid is one rule.
func ruleSaid(rule string) sentence.Sentence {
	for _, match := range discount.Matches() {
		if pattern, ok := strings.CutPrefix(rule, sentence.MatchWord(match).String()+" "); ok {
			return sentence.Of("%s %s", sentence.MatchWord(match), pattern)
		}
	}
	return sentence.Of("%s", rule)
}

// benefitsSaid is what codes take off, as benefitText has written it: once for all of them, or behind each rule.
func benefitsSaid(value string) sentence.Sentence {
	return eachSaid(value, func(part string) sentence.Sentence {
		parts := withBenefit.FindStringSubmatch(part)
		if parts == nil {
			return ruleSaid(part) // with a comma in its pattern
		}
		benefit := sentence.Of("free shipping")
		if off := parts[2]; off != "" {
			benefit = sentence.Of("%s off", off)
		}
		if parts[1] == "" {
			return benefit
		}
		return sentence.Of("%s %s", ruleSaid(strings.TrimSuffix(parts[1], " ")), benefit)
	})
}

// withBenefit is what [discount.Benefit] is as a text, behind a rule or alone.
var withBenefit = regexp.MustCompile(`^(.* |)(?:(\d+(?:\.\d+)?(?: %)?) off|free shipping)$`)

// eachSaid says each part of a list.
func eachSaid(list string, say func(string) sentence.Sentence) sentence.Sentence {
	parts := strings.Split(list, ", ")
	said := make([]any, len(parts))
	for n, part := range parts {
		said[n] = say(part)
	}
	return sentence.Of(strings.TrimSuffix(strings.Repeat("%s, ", len(said)), ", "), said...)
}
