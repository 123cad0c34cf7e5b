package orders

import (
	"slices"
	"strings"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/utm"
)

// wooOrders reads the exports of WooCommerce: one line an order, or several that repeat the order, or several of which the
// first one has it. In those of the analytics a refund is a line of its own, with an amount below zero.
type wooOrders struct{ options *Options }

func (w wooOrders) check(t *table) *Error {
	fields := []field{fieldID, fieldTime, fieldStatus}
	if !t.has(fieldTotalLeft) && !t.has(fieldNetTotal) {
		fields = append(fields, fieldTotal)
	}
	if !t.has(fieldCouponItems) {
		fields = append(fields, fieldCodes)
	}
	if w.options.Net && total(t) != fieldNetTotal {
		fields = append(fields, fieldTaxes)
	}
	return t.need(wooColumns, fields...)
}

// total is the field that has the total of an order.
func total(t *table) field {
	switch {
	case t.has(fieldTotal):
		return fieldTotal
	case t.has(fieldTotalLeft):
		return fieldTotalLeft
	}
	return fieldNetTotal
}

func (w wooOrders) continues(first, next row) bool {
	return next.text(fieldID) == first.text(fieldID) && !isRefund(first) && !isRefund(next)
}

// isRefund reports whether a line is a refund.
func isRefund(r row) bool { return strings.HasPrefix(r.text(total(r.table)), "-") }

// The states of an order in which it earns nothing or has been refunded, as WooCommerce stores and shows them, without the
// wc- that some exports put before them. Others are of no matter here; plugins add states of their own.
var (
	wooCancelled = []string{"cancelled", "canceled", "failed", "trash", "checkout-draft", "draft", "storniert", "fehlgeschlagen"}
	wooRefunded  = []string{"refunded", "rückerstattet", "erstattet"}
)

func (w wooOrders) orders(first row, codes []string) ([]attribution.Order, *Error) {
	o := attribution.Order{Codes: codes}
	id, header := first.get(fieldID)
	var bad *Error
	if o.ID, bad = orderID(header, id); bad != nil {
		return nil, bad
	}
	created, header := first.get(fieldTime)
	if o.At, bad = w.options.moment(header, created); bad != nil {
		return nil, bad
	}
	sums, bad := w.options.sums(first, total(first.table))
	if bad != nil {
		return nil, bad
	}
	if isRefund(first) {
		return w.refundLine(&o, sums)
	}
	o.Amount = sums.worth
	status, header := first.get(fieldStatus)
	if status == "" {
		return nil, wrong(header, "", sentence.Of("the state of the order is missing; write it like completed or cancelled"))
	}
	status = strings.TrimPrefix(strings.ToLower(status), "wc-")
	o.Cancelled = slices.Contains(wooCancelled, status)
	o.Touchpoints = touchpoint(func(f utm.Field) string { return first.text(wooUTM[f]) })
	if o.Cancelled || total(first.table) != fieldTotal {
		return []attribution.Order{o}, nil
	}
	refunds := refundList{of: &o}
	if bad = w.addRefunds(&refunds, first, sums); bad != nil {
		return nil, bad
	}
	if len(refunds.all) == 0 && slices.Contains(wooRefunded, status) {
		refunds.upTo(o.Amount, o.At)
	}
	return refunds.withOrder(), nil
}

var wooUTM = map[utm.Field]field{utm.Source: fieldUTMSource, utm.Medium: fieldUTMMedium, utm.Campaign: fieldUTMCampaign,
	utm.Term: fieldUTMTerm, utm.Content: fieldUTMContent}

// refundLine is a refund that is a line of its own. The order, and other refunds of it, may stand anywhere, so its
// time and amount tell it apart: an export with days and no times can have two of a day.
func (w wooOrders) refundLine(o *attribution.Order, s sums) ([]attribution.Order, *Error) {
	back, err := s.worth.Neg()
	if err != nil || back.Sign() <= 0 {
		return nil, wrong("", s.worth.Amount(), sentence.Of("is nothing that can go back; leave the line out"))
	}
	return []attribution.Order{{
		ID: o.ID + "-refund-" + o.At.UTC().Format("20060102T150405Z") + "-" + back.Amount(), At: o.At, Amount: back, RefundOf: o.ID,
	}}, nil
}

// addRefunds reads what the line of an order says about its refunds: each with its time, or all in one.
func (w wooOrders) addRefunds(refunds *refundList, r row, s sums) *Error {
	gross := budget.FromMinor(0, s.total.Currency()) // of the items so far, taxes included
	for cell, header := range r.each(fieldRefundItems) {
		for item := range parts(cell) {
			if item["amount"] == "" {
				continue
			}
			at := refunds.of.At
			if date := item["date"]; date != "" {
				var bad *Error
				if at, bad = w.options.moment(header, date); bad != nil {
					return bad
				}
			}
			one, bad := s.gross(header, item["amount"])
			if bad != nil {
				return bad
			}
			if gross = budget.FromMinor(gross.Minor()+one.Minor(), gross.Currency()); gross.Minor() > budget.MaxMinor {
				return tooLarge(header, item["amount"], gross.Currency())
			}
			back, bad := s.part(gross)
			if bad != nil {
				return bad
			}
			refunds.upTo(back, at)
		}
	}
	if len(refunds.all) > 0 {
		return nil
	}
	back, bad := s.refunded(r)
	if bad != nil {
		return bad
	}
	at, bad := w.refundTime(r, refunds.of.At)
	if bad == nil {
		refunds.upTo(back, at)
	}
	return bad
}

func (w wooOrders) refundTime(r row, otherwise time.Time) (time.Time, *Error) {
	date, header := r.get(fieldRefundTime)
	if date == "" {
		return otherwise, nil
	}
	return w.options.moment(header, date)
}
