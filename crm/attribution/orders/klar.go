package orders

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/utm"
)

// klarOrders reads orders as Klar's API takes them. Fields that say nothing about who earned an order are not looked at.
type klarOrders struct {
	values  valueReader
	options *Options
}

func (k *klarOrders) next() ([]attribution.Order, error) {
	doc, line, err := k.values.next()
	if err != nil {
		return nil, err
	}
	var in klarOrder
	if !utf8.Valid(doc) {
		return nil, wrong("", "", sentence.Of("is not valid text (UTF-8)")).at(line, "").in(&k.values)
	}
	if err := json.Unmarshal(doc, &in); err != nil {
		return nil, klarJSON(err).at(line, in.ID).in(&k.values)
	}
	orders, bad := k.orders(&in)
	if bad != nil {
		return nil, bad.at(line, in.ID).in(&k.values)
	}
	return orders, nil
}

// klarJSON is the error for an order that is not JSON, or of which a field is of another kind.
func klarJSON(err error) *Error {
	if kind, ok := err.(*json.UnmarshalTypeError); ok {
		return wrongKind(kind.Field, kind)
	}
	return notJSON(err)
}

func (k *klarOrders) orders(in *klarOrder) ([]attribution.Order, *Error) {
	var o attribution.Order
	var bad *Error
	if o.ID, bad = orderID("id", in.ID); bad != nil {
		return nil, bad
	}
	if o.At, bad = seconds("createdAt", in.CreatedAt); bad != nil {
		return nil, bad
	}
	if o.Codes, bad = k.codes(in); bad != nil {
		return nil, bad
	}
	c, bad := k.options.currency("currencyCodeIso3Letter", in.Currency)
	if bad != nil {
		return nil, bad
	}
	worths, total, bad := k.worths(in)
	if bad != nil {
		return nil, bad
	}
	if o.Amount, bad = rounded("lineItems", total, c); bad != nil {
		return nil, bad
	}
	if bad = notBelowZero("lineItems", o.Amount.Amount(), o.Amount); bad != nil {
		return nil, bad
	}
	o.Touchpoints = in.Identifiers.touchpoint()
	o.Cancelled = in.CancelledAt != "" && in.CancelledAt != "0" && in.CancelledAt != "false" ||
		slices.Contains([]string{"voided", "cancelled", "canceled"}, strings.ToLower(in.FinancialStatus))
	if o.Cancelled {
		return []attribution.Order{o}, nil
	}
	return k.refunds(&o, in, worths)
}

// codes are the vouchers of the line items, of what they are bundled of, and of the shipping.
func (k *klarOrders) codes(in *klarOrder) ([]string, *Error) {
	found := newCodes(k.options)
	add := func(path string, discounts []klarDiscount) *Error {
		for n, d := range discounts {
			if d.IsVoucher != nil && !*d.IsVoucher {
				continue
			}
			if bad := found.add(path+itemPath(".discounts", n, "voucherCode"), d.VoucherCode); bad != nil {
				return bad
			}
		}
		return nil
	}
	for n, line := range in.LineItems {
		path := itemPath("lineItems", n, "")
		if bad := add(path, line.Discounts); bad != nil {
			return nil, bad
		}
		for m, part := range line.Bundled {
			if bad := add(path+itemPath(".bundledProducts", m, ""), part.Discounts); bad != nil {
				return nil, bad
			}
		}
	}
	return found.all, add("shipping", in.Shipping.Discounts)
}

// worth is what one line item is worth in all, and how many pieces it has.
type worth struct{ all, pieces decimal.Decimal }

// worths are those of the line items by their ids, and the total of the order with its shipping. What the customer paid is
// what is left after taxes and discounts, and the taxes.
func (k *klarOrders) worths(in *klarOrder) (map[string]worth, decimal.Decimal, *Error) {
	worths, total := make(map[string]worth, len(in.LineItems)), decimal.Zero
	for n, line := range in.LineItems {
		path := itemPath("lineItems", n, "")
		pieces, bad := positive(path+".quantity", line.Quantity)
		if bad != nil {
			return nil, total, bad
		}
		all, bad := k.worth(path, "totalAmountAfterTaxesAndDiscounts", line.After, line.Taxes, pieces)
		if bad != nil {
			return nil, total, bad
		}
		total = total.Add(all)
		if _, twice := worths[line.ID]; !twice {
			worths[line.ID] = worth{all, pieces}
		}
	}
	if in.Shipping.After == "" {
		return worths, total, nil
	}
	shipping, bad := k.worth("shipping", "shippingTotalAmountAfterTaxAndDiscounts", in.Shipping.After,
		in.Shipping.Taxes, decimal.NewFromInt(1))
	return worths, total.Add(shipping), bad
}

// worth is the amount of a field, and the taxes of its pieces unless amounts are without them.
func (k *klarOrders) worth(path, field string, after literal, taxes []klarTax, pieces decimal.Decimal) (decimal.Decimal, *Error) {
	sum, bad := number(path+"."+field, after)
	if bad != nil || k.options.Net {
		return sum, bad
	}
	for n, tax := range taxes {
		if tax.Amount == "" {
			continue
		}
		one, bad := number(path+itemPath(".taxes", n, "taxAmount"), tax.Amount)
		if bad != nil {
			return sum, bad
		}
		sum = sum.Add(one.Mul(pieces))
	}
	return sum, nil
}

// refunds returns the order with what went back, one refund for all line items of one time. If the whole order went back, the
// last of them has the rest, because shipping is in no line item. Together they are never more than the order, as they could be
// where a line item takes something off.
func (k *klarOrders) refunds(o *attribution.Order, in *klarOrder, worths map[string]worth) ([]attribution.Order, *Error) {
	gone, times, bad := k.refunded(o, in, worths)
	if bad != nil {
		return nil, bad
	}
	whole := strings.EqualFold(in.FinancialStatus, "refunded")
	if whole && len(times) == 0 {
		times = append(times, o.At)
	}
	refunds, sum := refundList{of: o}, decimal.Zero
	for n, at := range times {
		sum = sum.Add(gone[at.Unix()])
		back, bad := rounded("refundedLineItems", sum, o.Amount.Currency())
		if bad != nil {
			return nil, bad
		}
		if back.Minor() > o.Amount.Minor() || whole && n == len(times)-1 {
			back = o.Amount
		}
		refunds.upTo(back, at)
	}
	return refunds.withOrder(), nil
}

// refunded adds up what went back at each time, and returns the times in order.
func (k *klarOrders) refunded(o *attribution.Order, in *klarOrder, worths map[string]worth) (back map[int64]decimal.Decimal,
	times []time.Time, bad *Error) {
	back = map[int64]decimal.Decimal{}
	gone := map[string]decimal.Decimal{} // pieces of each line item
	for n, line := range in.RefundedLineItems {
		path := itemPath("refundedLineItems", n, "")
		of, known := worths[line.LineItemID]
		if !known {
			return nil, nil, wrong(path+".lineItemId", line.LineItemID, sentence.Of("is no line item of the order; write the id of one"))
		}
		pieces, bad := positive(path+".refundedQuantity", line.Quantity)
		if bad != nil {
			return nil, nil, bad
		}
		if gone[line.LineItemID] = gone[line.LineItemID].Add(pieces); gone[line.LineItemID].GreaterThan(of.pieces) {
			return nil, nil, wrong(path+".refundedQuantity", gone[line.LineItemID].String(),
				sentence.Of("is more than the %s that were ordered", of.pieces.String()))
		}
		at := o.At
		if line.CreatedAt != "" {
			if at, bad = seconds(path+".createdAt", line.CreatedAt); bad != nil {
				return nil, nil, bad
			}
		}
		if _, known := back[at.Unix()]; !known {
			times = append(times, at)
		}
		const places = 16
		back[at.Unix()] = back[at.Unix()].Add(of.all.Mul(pieces).DivRound(of.pieces, places))
	}
	slices.SortFunc(times, time.Time.Compare)
	return back, times, nil
}

// touchpoint is the visit with the UTM parameters of the order, or else with those of its landing page.
func (i klarIdentifiers) touchpoint() []attribution.Touchpoint {
	own := touchpoint(func(f utm.Field) string {
		return map[utm.Field]string{utm.Source: i.Source, utm.Medium: i.Medium, utm.Campaign: i.Campaign, utm.Term: i.Term,
			utm.Content: i.Content}[f]
	})
	if len(own) > 0 {
		return own
	}
	landed, err := utm.Parse(i.LandingPage)
	if err != nil { // too long for a link
		return nil
	}
	return touchpoint(func(f utm.Field) string { return landed.Get(f).String() })
}

// seconds reads a time in seconds since 1970.
func seconds(field string, n literal) (time.Time, *Error) {
	if n == "" {
		return time.Time{}, wrong(field, "", sentence.Of("the time of the order is missing; write the seconds since 1970"))
	}
	s, err := strconv.ParseInt(string(n), 10, 64)
	at := time.Unix(s, 0).UTC()
	switch {
	case err == nil && inTime(at):
		return at, nil
	case err == nil && inTime(time.UnixMilli(s)):
		return time.Time{}, wrong(field, string(n), sentence.Of("is in milliseconds; write the seconds since 1970"))
	}
	return time.Time{}, wrong(field, string(n), sentence.Of("is not a time; write the seconds since 1970"))
}

// number reads a number. Exponents are bounded, because a decimal of 1e999999999 would be computed in full.
func number(field string, n literal) (decimal.Decimal, *Error) {
	const longest, largest, smallest = 64, 16, -40
	if n == "" {
		return decimal.Zero, wrong(field, "", sentence.Of("the amount is missing; write it like 1234.50"))
	}
	if len(n) <= longest {
		if d, err := decimal.NewFromString(string(n)); err == nil && d.Exponent() <= largest && d.Exponent() >= smallest {
			return d, nil
		}
	}
	return decimal.Zero, wrong(field, string(n), sentence.Of("is not an amount; write it like 1234.50"))
}

// positive reads a number of pieces.
func positive(field string, n literal) (decimal.Decimal, *Error) {
	d, bad := number(field, n)
	if bad != nil || d.Sign() <= 0 {
		return d, wrong(field, string(n), sentence.Of("is not a number of pieces; write one above zero"))
	}
	return d, nil
}

// rounded is a computed amount in whole minor units.
func rounded(field string, d decimal.Decimal, c budget.Currency) (budget.Money, *Error) {
	plain := d.Round(int32(c.Digits())).String()
	return parseAmount(field, plain, plain, c)
}
