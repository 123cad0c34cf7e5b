package orders

import (
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/utm"
)

// orderID checks the id of an order.
func orderID(field, id string) (string, *Error) {
	switch {
	case id == "":
		return "", wrong(field, "", sentence.Of("the order has no id; write its number there"))
	case len(id) > MaxCode:
		return "", wrong(field, id, sentence.Of("is longer than %d bytes, and no number of an order is", MaxCode))
	}
	return strings.Clone(id), nil // without the rest of the line
}

// notBelowZero checks the amount of an order.
func notBelowZero(field, text string, m budget.Money) *Error {
	if m.Sign() < 0 {
		return wrong(field, text, sentence.Of("is below zero; write what goes back as a refund of its order"))
	}
	return nil
}

// touchpoint is a visit with the UTM parameters that get returns, at the time of the order. Shops write (none) for a
// parameter that a visit did not have.
func touchpoint(get func(utm.Field) string) []attribution.Touchpoint {
	var p utm.Params
	for _, f := range utm.Fields() {
		switch value := get(f); strings.ToLower(value) {
		case "", "(none)", "(direct)", "(not set)":
		default:
			p = p.With(f, utm.Of(strings.Clone(value)))
		}
	}
	if p.IsZero() {
		return nil
	}
	return []attribution.Touchpoint{{UTM: p}}
}
