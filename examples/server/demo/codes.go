package demo

import (
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// newsletterCode is one that credits nobody.
const newsletterCode = "WELCOME10"

// codeOf is the first rule of a cooperation that one code satisfies, which is its pattern.
func codeOf(c crm.Cooperation) (discount.Rule, bool) {
	for _, r := range c.Rules {
		if r.Match == discount.Equals {
			return r, true
		}
	}
	return discount.Rule{}, false
}

// owners are the cooperations that have a code, by its normal form.
type owners map[string][]crm.Cooperation

func ownersOf(all []crm.Cooperation) owners {
	o := owners{}
	for _, c := range all {
		if code, ok := codeOf(c); ok {
			o[code.Key()] = append(o[code.Key()], c)
		}
	}
	return o
}

// others reports whether another cooperation earns orders with the code of this one on some day of a period.
func (o owners) others(c crm.Cooperation, days budget.Period, tailDays int) bool {
	code, _ := codeOf(c)
	return slices.ContainsFunc(o[code.Key()], func(other crm.Cooperation) bool {
		_, meet := other.LiveDays(tailDays).Overlap(days)
		return meet && other.ID != c.ID && other.Status == crm.Signed && other.Cancellation == nil
	})
}
