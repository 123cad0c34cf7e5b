package orders

import (
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
)

// sums are the amounts of an order in a CSV file.
type sums struct {
	options             *Options
	worth, total, taxes budget.Money
}

// sums reads the total of an order from a field and, if amounts are without taxes, those.
func (o *Options) sums(r row, of field) (s sums, bad *Error) {
	s.options = o
	text, header := r.get(fieldCurrency)
	c, bad := o.currency(header, text)
	if bad != nil {
		return s, bad
	}
	text, header = r.get(of)
	if text == "" {
		return s, wrong(header, "", sentence.Of("the total of the order is missing; the lines of an order must stand together, the "+
			"one with its total first"))
	}
	if s.total, bad = amount(header, text, c); bad != nil {
		return s, bad
	}
	s.worth = s.total
	if !o.Net || of == fieldNetTotal {
		return s, nil
	}
	if text, header = r.get(fieldTaxes); text != "" {
		if s.taxes, bad = amount(header, text, c); bad != nil {
			return s, bad
		}
		s.worth, bad = net(s.total, s.total, s.taxes)
	}
	return s, bad
}

// refunded reads what went back, or finds it by what is left.
func (s sums) refunded(r row) (budget.Money, *Error) {
	if text, header := r.get(fieldRefunded); text != "" {
		back, bad := s.gross(header, text)
		if bad != nil {
			return back, bad
		}
		return s.part(back)
	}
	text, header := r.get(fieldTotalLeft)
	if text == "" {
		return budget.Money{}, nil
	}
	left, bad := amount(header, text, s.total.Currency())
	switch {
	case bad != nil:
		return left, bad
	case left.Minor() > s.total.Minor():
		return left, wrong(header, text, sentence.Of("is more than the total of %s; correct one of the two", s.total.String()))
	}
	return s.part(budget.FromMinor(s.total.Minor()-left.Minor(), s.total.Currency()))
}

// gross reads an amount that went back, taxes included, which plugins write with and without a sign.
func (s sums) gross(header, text string) (budget.Money, *Error) {
	return amount(header, strings.TrimPrefix(text, "-"), s.total.Currency())
}

// part is what of an amount that went back was credited.
func (s sums) part(gross budget.Money) (budget.Money, *Error) {
	if !s.options.Net {
		return gross, nil
	}
	return net(gross, s.total, s.taxes)
}
