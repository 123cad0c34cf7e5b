package orders

import (
	"strings"

	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/utm"
)

// shopifyOrders reads the export of Shopify's admin: a line for each line item, of which only the first has the totals.
type shopifyOrders struct{ options *Options }

func (s shopifyOrders) check(t *table) *Error {
	fields := []field{fieldID, fieldTime, fieldTotal, fieldCodes, fieldStatus}
	if s.options.Net {
		fields = append(fields, fieldTaxes)
	}
	return t.need(shopifyColumns, fields...)
}

// continues knows the further lines by their blank total. Two orders may have one name, because a shop can change how it
// numbers them; they have ids of their own.
func (s shopifyOrders) continues(first, next row) bool {
	if next.text(fieldID) != first.text(fieldID) {
		return false
	}
	id := next.text(fieldInternalID)
	return next.text(fieldTotal) == "" || id != "" && id == first.text(fieldInternalID)
}

func (s shopifyOrders) orders(first row, codes []string) ([]attribution.Order, *Error) {
	o := attribution.Order{Codes: codes}
	id, header := first.get(fieldID)
	var bad *Error
	if o.ID, bad = orderID(header, id); bad != nil {
		return nil, bad
	}
	created, header := first.get(fieldTime)
	if o.At, bad = s.options.moment(header, created); bad != nil {
		return nil, bad
	}
	sums, bad := s.options.sums(first, fieldTotal)
	if bad != nil {
		return nil, bad
	}
	o.Amount = sums.worth
	if bad = notBelowZero(first.table.name(fieldTotal), first.text(fieldTotal), o.Amount); bad != nil {
		return nil, bad
	}
	status := strings.ToLower(first.text(fieldStatus))
	o.Cancelled = first.text(fieldCancelledAt) != "" || status == "voided"
	o.Touchpoints = noteTouchpoint(first.text(fieldNotes))
	if o.Cancelled {
		return []attribution.Order{o}, nil
	}
	back, bad := sums.refunded(first)
	switch {
	case bad != nil:
		return nil, bad
	case back.Sign() <= 0 && status == "refunded":
		back = o.Amount
	}
	refunds := refundList{of: &o}
	refunds.upTo(back, o.At)
	return refunds.withOrder(), nil
}

// noteTouchpoint finds the UTM parameters among the notes that a shop's theme or app has put to an order, one a line:
// "utm_source: instagram". Other notes are not read.
func noteTouchpoint(notes string) []attribution.Touchpoint {
	found := map[string]string{}
	for line := range strings.Lines(notes) {
		if name, value, ok := strings.Cut(line, ":"); ok {
			found[strings.ToLower(strings.TrimSpace(name))] = strings.TrimSpace(value)
		}
	}
	return touchpoint(func(f utm.Field) string { return found[f.Key()] })
}
