package crm

import (
	"errors"
	"maps"
	"slices"
	"strconv"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/internal/fieldpath"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

// tooMany refuses a list that is too long and reports whether it is.
func (p *problems) tooMany(field string, n, most int, what string) bool {
	if n > most {
		p.addf(field, strconv.Itoa(n), "at most %d %s are allowed", most, sentence.Of(what))
	}
	return n > most
}

// tags cleans tags and drops blank and repeated ones.
func (p *problems) tags(field string, tags []string) []string {
	kept := []string{}
	if p.tooMany(field, len(tags), MaxTags, "tags") {
		return kept
	}
	seen := map[string]bool{}
	for n, tag := range tags {
		p.text(fieldpath.Index(field, n, ""), &tag, MaxName, false)
		if key := Fold(tag); key != "" && !seen[key] {
			seen[key] = true
			kept = append(kept, tag)
		}
	}
	return kept
}

// custom cleans custom fields and drops blank ones.
func (p *problems) custom(field string, fields map[string]string) map[string]string {
	kept := map[string]string{}
	if p.tooMany(field, len(fields), MaxCustomFields, "custom fields") {
		return kept
	}
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		name, value := key, fields[key]
		p.name(field, &name, "a custom field")
		p.text(field+"."+Shorten(name), &value, MaxNotes, true)
		if _, twice := kept[name]; twice {
			p.add(field, name, "is the name of two custom fields; rename one")
		}
		if value != "" {
			kept[name] = value
		}
	}
	return kept
}

// rules checks discount rules and drops repeated ones. Their amounts are in the given currency.
func (p *problems) rules(field string, rules []discount.Rule, currency budget.Currency) []discount.Rule {
	kept := []discount.Rule{}
	if p.tooMany(field, len(rules), MaxRules, "discount rules") {
		return kept
	}
	seen := map[[2]string]discount.Benefit{}
	for n, rule := range rules {
		rule.Pattern = Clean(rule.Pattern)
		if err := rule.Validate(); err != nil {
			p.err(fieldpath.Index(field, n, ""), rule.Pattern, err)
		} else if b := rule.Benefit; b.Kind == discount.Amount {
			switch _, err := budget.NewMoney(b.Value, currency); {
			case errors.Is(err, budget.ErrPrecision):
				p.addf(fieldpath.Index(field, n, "benefit.value"), b.Value.String(),
					"has more decimals than %s, which has %d", currency, currency.Digits())
			case err != nil:
				p.add(fieldpath.Index(field, n, "benefit.value"), b.Value.String(),
					"is larger than any real amount; check the digits")
			}
		}
		key := [2]string{string(rule.Match), rule.Key()}
		switch first, twice := seen[key]; {
		case !twice:
			seen[key] = rule.Benefit
			kept = append(kept, rule)
		case !first.Equal(rule.Benefit):
			p.add(fieldpath.Index(field, n, "benefit"), rule.Benefit.String(),
				"is not what the same rule gives further up; keep one of the two")
		}
	}
	return kept
}

// How many entries the lists of one record can have.
const (
	MaxProfiles     = 1_000 // of an influencer
	MaxTags         = 1_000 // of an influencer
	MaxCustomFields = 200   // of an influencer or a cooperation
	MaxRules        = 500   // discount rules of a profile or a cooperation
)
