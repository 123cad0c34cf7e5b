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

// refunded reads what went back.
func (s sums) refunded(r row) (budget.Money, *Error) {
	text, header := r.get(fieldRefunded)
	if text == "" {
		return budget.Money{}, nil
	}
	return s.back(header, text)
}

// back reads an amount that went back, which plugins write with and without a sign.
func (s sums) back(header, text string) (budget.Money, *Error) {
	m, bad := amount(header, strings.TrimPrefix(text, "-"), s.total.Currency())
	if bad != nil || !s.options.Net {
		return m, bad
	}
	return net(m, s.total, s.taxes)
}
