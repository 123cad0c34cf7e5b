package budget

import (
	"math/bits"
	"strings"
)

// Spread says on which days of its period a cost counts.
type Spread string

// The spreads, as stored and as written in JSON. SpreadDefault leaves the choice
// to the report, and is ByDay where nobody chooses.
const (
	SpreadDefault Spread = ""
	ByDay         Spread = "by_day"   // evenly over the calendar days
	OnStart       Spread = "on_start" // all of it on the first day
	OnEnd         Spread = "on_end"   // all of it on the last day
)

// ParseSpread reads the name of a spread in any case; an empty text is
// SpreadDefault. Other words are ErrSpread.
func ParseSpread(s string) (Spread, error) {
	if spread := Spread(strings.ToLower(strings.TrimSpace(s))); spread.Validate() == nil {
		return spread, nil
	}
	return "", Spread(s).Validate()
}

// Validate returns ErrSpread unless s is one of the spreads.
func (s Spread) Validate() error {
	switch s {
	case SpreadDefault, ByDay, OnStart, OnEnd:
		return nil
	}
	return wrong(ErrSpread, "%q, want %s, %s or %s", short(string(s)), ByDay, OnStart, OnEnd)
}

// Share is the part of a cost that falls into one month.
type Share struct {
	Month  Month `json:"month"`
	Amount Money `json:"amount"`
}

// Shares cuts a cost into months. The result is in calendar order, has one share
// for every month from the first day to the last, zero shares included, and sums
// exactly to the cost.
//
// By day, the cost up to day d of D is cost·d/D, rounded half away from zero to
// minor units, and a month's share is the difference of two such values; so no
// cent is lost, and where a month begins has no influence on the others. A period
// with only a start counts on that day, one with only an end on that day, whatever
// the spread. There are no shares of no amount, in a period without dates
// (unscheduled), or in one that Validate refuses.
func Shares(cost Money, p Period, s Spread) []Share {
	if !cost.IsSet() || p.Validate() != nil {
		return nil
	}
	var year [13]part // enough for most, so that only the result is allocated
	parts := appendParts(year[:0], cost.minor, p.spreadDays(s))
	if len(parts) == 0 {
		return nil
	}
	shares := make([]Share, len(parts))
	for i, part := range parts {
		shares[i] = Share{Month: part.month, Amount: FromMinor(part.minor, cost.currency)}
	}
	return shares
}

// part is a Share inside the report, where everything is in one currency.
type part struct {
	month Month
	minor int64
}

// spreadDays returns the days that a cost falls on, so that sharing by day does what
// the spread says.
func (p Period) spreadDays(s Spread) Period {
	switch s {
	case OnStart:
		return Period{Start: p.first(), End: p.first()}
	case OnEnd:
		return Period{Start: p.last(), End: p.last()}
	}
	return p
}

// appendParts appends the shares by day of a cost in minor units. All parts have
// the sign of the cost, so their magnitudes sum to its magnitude. The period is in
// order and may be longer than MaxDays, as the span of several periods can be.
func appendParts(parts []part, cost int64, p Period) []part {
	switch {
	case p.IsZero():
		return parts
	case p.Start.IsZero() || p.End.IsZero():
		return append(parts, part{p.first().Month(), cost})
	}
	month := p.Start.Month()
	monthEnd := month.Last()
	days := uint64(p.Days())
	before := int64(0)
	for monthEnd.Before(p.End) {
		upTo := prefix(cost, uint64(monthEnd.DaysSince(p.Start)+1), days)
		parts = append(parts, part{month, upTo - before})
		before = upTo
		month = month.Next()
		monthEnd = month.Last()
	}
	return append(parts, part{month, cost - before})
}

// prefix returns cost·day/days rounded half away from zero, for day <= days. The
// product has 128 bits, so no cost is too large.
func prefix(cost int64, day, days uint64) int64 {
	high, low := bits.Mul64(magnitude(cost), day)
	quotient, rest := bits.Div64(high, low, days)
	if rest >= days-rest {
		quotient++
	}
	if cost < 0 {
		return -int64(quotient)
	}
	return int64(quotient)
}
