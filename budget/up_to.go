package budget

// UpTo returns how much of an amount that is spread by day over a period falls on its days up to the end of a day: of a
// revenue target, where the revenue should be by then. It is the sum of the Shares of whole months. Of a period with one
// day only all falls on it. It is not set for no amount, for a period without dates, and for one that Validate refuses.
func UpTo(amount Money, p Period, day Date) Money {
	switch {
	case !amount.IsSet() || p.IsZero() || p.Validate() != nil:
		return Money{}
	case day.Before(p.first()):
		return FromMinor(0, amount.currency)
	case !day.Before(p.last()) || p.Start.IsZero() || p.End.IsZero():
		return amount
	}
	return FromMinor(prefix(amount.minor, uint64(day.DaysSince(p.Start)+1), uint64(p.Days())), amount.currency)
}

// In converts an amount into a currency by the rate of a day, rounded half away from zero, as the report converts costs. ok
// is false without a rate; nothing is nothing in every currency. A rate that is no positive number of at most 30 digits is
// an ErrRate, and a sum that is too large an ErrTooLarge.
func (m Money) In(to Currency, rates Rates, on Date) (in Money, ok bool, err error) {
	minor, ok, err := convert(m, to, rates, on)
	if !ok || err != nil {
		return Money{}, false, err
	}
	return FromMinor(minor, to), true, nil
}
