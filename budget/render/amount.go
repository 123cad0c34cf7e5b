package render

import (
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// amount returns "16,114.81", or "16.114,81", and "-" for no amount.
func (s *speech) amount(m budget.Money) string { return s.numerals.Amount(m) }

// split returns an amount up to its decimals, and the rest.
func (s *speech) split(m budget.Money) (whole, fraction string) { return s.numerals.Split(m) }

// costShare returns the planned cost as a part of the revenue target: "12.5%", or "12,5 %" with a space
// at which no line breaks.
func (s *speech) costShare(l budget.Line) string {
	share, ok := l.CostShare()
	if !ok {
		return "-"
	}
	return s.say("%s%%", strings.Replace(share.Shift(2).StringFixed(1), ".", s.numerals.Decimal(), 1))
}

// owed is an amount without its sign, for a sentence that says which way it goes.
func (s *speech) owed(m budget.Money) string {
	return strings.TrimPrefix(s.amount(m), "-")
}
