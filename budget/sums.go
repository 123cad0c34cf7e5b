package budget

import (
	"cmp"
	"math"
)

// A report can be made of sums that a store keeps instead of items: [AppendSums] says what an item adds to them, and
// [Summarize] makes a [Summary] of them. Rounding is per item, so the sums are of shares that are spread already.

// SumKind says what a Sum adds up.
type SumKind string

// The kinds of sums.
const (
	SumCost    SumKind = "cost"     // whole costs, each item once; only those of zero or more
	SumRefund  SumKind = "refund"   // the same for costs below zero
	SumMonth   SumKind = "month"    // the shares in a month
	SumEdge    SumKind = "edge"     // first and last days; no amounts, stages or currencies
	SumOnlyEnd SumKind = "only_end" // items with an end and no start; no amounts, stages or currencies
	SumRefused SumKind = "refused"  // items that New refuses
)

// SummedKinds returns the kinds that Summarize adds up: all but SumEdge.
func SummedKinds() []SumKind { return []SumKind{SumCost, SumRefund, SumMonth, SumOnlyEnd, SumRefused} }

// SumKey says which of a campaign's sums one is.
type SumKey struct {
	Kind     SumKind
	Stage    Stage    // as it counts: of a cancelled item that was signed, Signed
	Day      Date     // of SumMonth the first of the month, zero for what is unscheduled; of SumEdge the day
	Currency Currency // of the amounts; none if they are zero, which is zero in every currency
}

// Compare orders keys by kind, stage, day and currency.
func (k SumKey) Compare(o SumKey) int {
	return cmp.Or(
		cmp.Compare(k.Kind, o.Kind),
		cmp.Compare(k.Stage, o.Stage),
		k.Day.Compare(o.Day),
		cmp.Compare(k.Currency, o.Currency),
	)
}

// SumPart is where the amounts of a sum are cut in two, so that no sum on the way is too large.
const SumPart = 1_000_000_000

// Sum counts and adds up items of one campaign. Sums with equal keys are added field by field; the amount is then
// High·SumPart + Low minor units.
type Sum struct {
	SumKey
	Count     int64
	High, Low int64
}

// Add adds another sum of the same key.
func (s *Sum) Add(o Sum) {
	s.Count += o.Count
	s.High += o.High
	s.Low += o.Low
}

// Negated is what takes a sum out of others.
func (s Sum) Negated() Sum {
	s.Count, s.High, s.Low = -s.Count, -s.High, -s.Low
	return s
}

// minor returns the amount in minor units; ok is false if it does not fit.
func (s *Sum) minor() (minor int64, ok bool) {
	high, low := s.High+s.Low/SumPart, s.Low%SumPart
	if high > math.MaxInt64/SumPart || high < math.MinInt64/SumPart {
		return 0, false
	}
	minor = high*SumPart + low
	return minor, (minor >= high*SumPart) == (low >= 0)
}

// AppendSums appends what an item adds to the sums of its campaign, spread as the item says and by day where it says
// nothing. An item that has left the budget adds nothing. Keys may be appended twice.
func AppendSums(sums []Sum, it *Item) []Sum {
	if it.validate() != nil {
		return append(sums, Sum{SumKey{Kind: SumRefused}, 1, 0, 0})
	}
	cost, period, counts := it.effective()
	if !counts {
		return sums
	}
	add := func(kind SumKind, day Date, minor int64) {
		key := SumKey{Kind: kind, Stage: it.Stage, Day: day}
		if cost.minor != 0 {
			key.Currency = cost.currency
		}
		sums = append(sums, Sum{key, 1, minor / SumPart, minor % SumPart})
	}
	if cost.minor < 0 {
		add(SumRefund, Date{}, cost.minor)
	} else {
		add(SumCost, Date{}, cost.minor)
	}
	if period.IsZero() {
		add(SumMonth, Date{}, cost.minor)
		return sums
	}
	var year [13]part
	for _, part := range appendParts(year[:0], cost.minor, period.spreadDays(it.Spread)) {
		add(SumMonth, part.month.First(), part.minor)
	}
	for _, day := range [...]Date{period.first(), period.last()} {
		sums = append(sums, Sum{SumKey{Kind: SumEdge, Day: day}, 1, 0, 0})
	}
	if period.Start.IsZero() {
		sums = append(sums, Sum{SumKey{Kind: SumOnlyEnd}, 1, 0, 0})
	}
	return sums
}
