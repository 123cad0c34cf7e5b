package budget

import (
	"github.com/shopspring/decimal"
)

// Unpriced is an item in another currency for which there was no rate. It is in
// the counts, and its amount is in no sum.
type Unpriced struct {
	Item     string `json:"item"`
	Name     string `json:"name"`
	Campaign string `json:"campaign"`
	Stage    Stage  `json:"stage"`
	Cost     Money  `json:"cost"`
	On       Date   `json:"on,omitzero"` // the day whose rate is missing
}

// rateDay returns the day whose rate converts an item of the given period.
func rateDay(p Period, today Date) Date {
	switch {
	case !p.Start.IsZero():
		return p.Start
	case !p.End.IsZero():
		return p.End
	}
	return today
}

// convert returns the cost in minor units of the target currency, rounded half
// away from zero. ok is false without a rate. Nothing is nothing in every
// currency, so zero needs no rate.
func convert(cost Money, to Currency, rates Rates, on Date) (minor int64, ok bool, err error) {
	if cost.currency == to || cost.minor == 0 {
		return cost.minor, true, nil
	}
	if rates == nil {
		return 0, false, nil
	}
	rate, ok := rates.Rate(cost.currency, to, on)
	if !ok {
		return 0, false, nil
	}
	// Judged before multiplying, for a hostile exponent would fill the memory.
	const mostDigits = 30
	if rate.Sign() <= 0 || rate.Exponent() < -mostDigits || rate.Exponent() > mostDigits || rate.NumDigits() > mostDigits {
		return 0, false, wrong(ErrRate, "%s to %s on %s, want a positive number of at most %d digits", cost.currency, to, on, mostDigits)
	}
	shift := int32(to.Digits() - cost.currency.Digits())
	product := decimal.New(cost.minor, shift).Mul(rate).Round(0).BigInt()
	if !product.IsInt64() || magnitude(product.Int64()) > MaxMinor {
		return 0, false, wrong(ErrTooLarge, "%s in %s on %s", cost, to, on)
	}
	return product.Int64(), true, nil
}
