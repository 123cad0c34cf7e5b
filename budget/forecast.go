package budget

import (
	"github.com/shopspring/decimal"
)

// Weights say how likely open cooperations are to be signed, each from 0 to 1.
// The zero value trusts nothing but signatures.
type Weights struct {
	Negotiating decimal.Decimal `json:"negotiating"`
	Draft       decimal.Decimal `json:"draft"`
}

// DefaultWeights returns 0.5 for negotiating and 0.1 for draft.
func DefaultWeights() Weights {
	return Weights{Negotiating: decimal.New(5, -1), Draft: decimal.New(1, -1)}
}

// Validate returns ErrWeights for a weight that is not between 0 and 1 or has
// more than nine decimals.
func (w Weights) Validate() error {
	for _, weight := range [...]struct {
		stage Stage
		value decimal.Decimal
	}{{Negotiating, w.Negotiating}, {Draft, w.Draft}} {
		// The exponent is judged first: comparing would scale by it.
		exponent := weight.value.Exponent()
		if exponent < -9 || exponent > 0 || weight.value.IsNegative() || weight.value.GreaterThan(decimal.New(1, 0)) {
			return wrong(ErrWeights, "%s, want a number from 0 to 1 like 0.5 with at most 9 decimals", weight.stage)
		}
	}
	return nil
}

// ForecastWith returns signed + p·negotiating + q·draft, rounded once, half away
// from zero, to minor units. Stages without an amount add nothing; if none has one, there
// is no forecast. Weights outside 0 to 1 are ErrWeights, mixed currencies ErrCurrency; a result
// beyond int64, which lines of a report never have, is ErrOverflow.
func (a Amounts) ForecastWith(w Weights) (Money, error) {
	if err := w.Validate(); err != nil {
		return Money{}, err
	}
	currency, err := a.currency()
	if err != nil {
		return Money{}, err
	}
	minor := a.forecast(w).BigInt()
	if !minor.IsInt64() {
		return Money{}, wrong(ErrOverflow, "the forecast")
	}
	return FromMinor(minor.Int64(), currency), nil
}

// currency returns the one that the amounts are in, "" if none of them is set.
func (a Amounts) currency() (Currency, error) {
	var first Money
	for _, m := range [...]Money{a.Signed, a.Negotiating, a.Draft} {
		switch {
		case !first.IsSet():
			first = m
		case m.IsSet() && m.currency != first.currency:
			return "", mixed(first, m)
		}
	}
	return first.currency, nil
}

// forecast takes weights that are valid.
func (a Amounts) forecast(w Weights) decimal.Decimal {
	sum := decimal.New(a.Signed.minor, 0)
	if a.Negotiating.minor != 0 {
		sum = sum.Add(w.Negotiating.Mul(decimal.New(a.Negotiating.minor, 0)))
	}
	if a.Draft.minor != 0 {
		sum = sum.Add(w.Draft.Mul(decimal.New(a.Draft.minor, 0)))
	}
	return sum.Round(0)
}
