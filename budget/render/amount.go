package render

import (
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// amount returns "16,114.81", or "16.114,81", and "-" for no amount.
func (t *text) amount(m budget.Money) string {
	if !m.IsSet() {
		return "-"
	}
	separator, decimals := byte(','), byte('.')
	if t.comma {
		separator, decimals = decimals, separator
	}
	sign, number := "", m.Amount()
	if number[0] == '-' {
		sign, number = "-", number[1:]
	}
	whole, fraction, point := strings.Cut(number, ".")
	out := []byte(sign)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out = append(out, separator)
		}
		out = append(out, whole[i])
	}
	if point {
		out = append(append(out, decimals), fraction...)
	}
	return string(out)
}

// costShare returns the planned cost as a part of the revenue target: "12.5%", or "12,5%".
func (t *text) costShare(l budget.Line) string {
	share, ok := l.CostShare()
	if !ok {
		return "-"
	}
	percent := share.Shift(2).StringFixed(1) + "%"
	if t.comma {
		percent = strings.Replace(percent, ".", ",", 1)
	}
	return percent
}

// owed is an amount without its sign, for a sentence that says which way it goes.
func (t *text) owed(m budget.Money) string {
	return strings.TrimPrefix(t.amount(m), "-")
}
