package render

import (
	"math/big"

	"github.com/getklar/influencercrm/budget"
)

// scale places amounts, in minor units, on an axis that begins and ends with a round one.
type scale struct {
	low, high, step int64
	length          px
}

// newScale returns an axis from zero, or what is below it, to what is above it.
func newScale(low, high, unit int64, length px) scale {
	if low == 0 && high == 0 {
		high = unit
	}
	s := scale{step: roundStep(high/5 - low/5), length: length}
	s.low, s.high = -roundUp(-low, s.step), roundUp(high, s.step)
	return s
}

// roundStep is the first of 1, 2, 5, 10, 20, 50 … that is not below.
func roundStep(least int64) int64 {
	for step := int64(1); ; step *= 10 {
		for _, m := range [...]int64{1, 2, 5} {
			if m*step >= least {
				return m * step
			}
		}
	}
}

func roundUp(amount, step int64) int64 { return (amount + step - 1) / step * step }

// at is how far an amount is from the beginning of the axis.
func (s scale) at(amount int64) px { return ratio(amount-s.low, s.high-s.low, s.length) }

// ticks are the round amounts of the axis.
func (s scale) ticks() []int64 {
	var ticks []int64
	for t := s.low; t <= s.high; t += s.step {
		ticks = append(ticks, t)
	}
	return ticks
}

// ratio is part / whole of a length, rounded towards zero. Whole is above zero.
func ratio(part, whole int64, length px) px {
	n := new(big.Int).Mul(big.NewInt(part), big.NewInt(int64(length)))
	return px(n.Quo(n, big.NewInt(whole)).Int64())
}

// minorOf is an amount in minor units for a drawing. What is beyond all reason is drawn as less, so that sums and
// axes fit; its label is right all the same.
func minorOf(m budget.Money) int64 {
	const most = 1 << 59
	return min(max(m.Minor(), -most), most)
}

// unitOf is how many minor units a currency's unit has.
func unitOf(c budget.Currency) int64 {
	unit := int64(1)
	for range c.Digits() {
		unit *= 10
	}
	return unit
}

// segment is a part of a bar: a stage, and where it lies.
type segment struct {
	class    string
	from, to int64 // away from zero
}

// stageClasses are the stages in the order in which bars are stacked.
var stageClasses = [3]string{"signed", "negotiating", "draft"}

// stacked are the segments of amounts: those above zero upwards from it, those below downwards.
func stacked(a budget.Amounts) (segments []segment, low, high int64) {
	for i, m := range [...]budget.Money{a.Signed, a.Negotiating, a.Draft} {
		switch minor := minorOf(m); {
		case minor > 0:
			segments = append(segments, segment{stageClasses[i], high, high + minor})
			high += minor
		case minor < 0:
			segments = append(segments, segment{stageClasses[i], low, low + minor})
			low += minor
		}
	}
	return segments, low, high
}

// barOf are the segments of a line: those of its amounts and, in a report that was filtered, above them what else its
// budget is held against.
func barOf(l budget.Line, amounts budget.Amounts) (segments []segment, low, high int64) {
	segments, low, high = stacked(amounts)
	if others := minorOf(l.Others.Allocated()); others > 0 {
		segments = append(segments, segment{"others", high, high + others})
		high += others
	}
	return segments, low, high
}

// span is a segment as it is drawn, in pixels from zero.
type span struct {
	class    string
	from, to px // from < to
}

// spans places segments. Each has at least a pixel, because a draft that cannot be seen is a draft that is forgotten.
func spans(segments []segment, at func(int64) px) (spans []span, low, high px) {
	low, high = at(0), at(0)
	for _, s := range segments {
		if s.to > s.from {
			end := max(at(s.to), high+pixel)
			spans = append(spans, span{s.class, high, end})
			high = end
		} else {
			end := min(at(s.to), low-pixel)
			spans = append(spans, span{s.class, end, low})
			low = end
		}
	}
	return spans, low, high
}
