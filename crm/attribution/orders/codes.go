package orders

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
)

// codes are those of one order, each once, in the order in which they stand in the file.
type codes struct {
	all     []string
	options *Options
}

func newCodes(o *Options) *codes { return &codes{options: o} }

// add adds the codes of a cell or a field, which may hold several.
func (c *codes) add(field, cell string) *Error {
	for code := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune(",;|\n\r", r) }) {
		if bad := c.addOne(field, code); bad != nil {
			return bad
		}
	}
	return nil
}

// addOne adds a code that stands alone.
func (c *codes) addOne(field, code string) *Error {
	code = c.options.trim(strings.TrimSpace(code))
	switch {
	case code == "" || slices.Contains(c.all, code):
		return nil
	case len(code) > MaxCode:
		return wrong(field, code, sentence.Of("is longer than %d bytes, and no discount code is; put the code alone there", MaxCode))
	case len(c.all) == MaxCodes:
		return wrong(field, code, sentence.Of("is one code too many; an order has at most %d", MaxCodes))
	}
	c.all = append(c.all, strings.Clone(code)) // without the rest of the line
	return nil
}

// addRow adds the codes of a line of a CSV file.
func (c *codes) addRow(r row) *Error {
	for cell, header := range r.each(fieldCodes) {
		if bad := c.add(header, cell); bad != nil {
			return bad
		}
	}
	for cell, header := range r.each(fieldCouponItems) {
		for item := range parts(cell) {
			if bad := c.add(header, item["code"]); bad != nil {
				return bad
			}
		}
	}
	return nil
}

// trim cuts off what the shop puts around a code.
func (o *Options) trim(code string) string {
	for _, prefix := range o.TrimPrefixes {
		if len(code) > len(prefix) && strings.EqualFold(code[:len(prefix)], prefix) {
			code = strings.TrimSpace(code[len(prefix):])
			break
		}
	}
	for _, suffix := range o.TrimSuffixes {
		if n := len(code) - len(suffix); n > 0 && strings.EqualFold(code[n:], suffix) {
			code = strings.TrimSpace(code[:n])
			break
		}
	}
	return code
}
