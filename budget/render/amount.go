package render

import (
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// amount returns "16,114.81", or "16.114,81", and "-" for no amount.
func (s *speech) amount(m budget.Money) string {
	if !m.IsSet() {
		return "-"
	}
	separator, decimals := byte(','), byte('.')
	if s.comma {
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

// owed is an amount without its sign, for a sentence that says which way it goes.
func (s *speech) owed(m budget.Money) string {
	return strings.TrimPrefix(s.amount(m), "-")
}
