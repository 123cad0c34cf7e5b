package budget

// MaxDays is the longest period that is accepted, a little over ten years.
const MaxDays = 3660

// Period is a span of calendar days, inclusive on both ends: 2026-06-01 to
// 2026-06-01 is one day. Either end may be missing. Without an end a period is
// open-ended; without a start it is never running, though its end still says
// where its cost belongs (see Shares).
type Period struct {
	Start Date `json:"start,omitzero"`
	End   Date `json:"end,omitzero"`
}

// Validate returns ErrPeriod for an end before the start, for more than MaxDays
// days, and for days outside MinYear..MaxYear. Missing ends are fine.
func (p Period) Validate() error {
	for _, d := range [...]Date{p.Start, p.End} {
		if !d.IsZero() && !d.inRange() {
			return wrong(ErrPeriod, "%s is outside the years %s to %s", d, firstYear, lastYear)
		}
	}
	if p.Start.IsZero() || p.End.IsZero() {
		return nil
	}
	if p.End.Before(p.Start) {
		return wrong(ErrPeriod, "it ends on %s, before it starts on %s", p.End, p.Start)
	}
	if days := p.Days(); days > MaxDays {
		return wrong(ErrPeriod, "%s to %s is %d days, want at most %d", p.Start, p.End, days, MaxDays)
	}
	return nil
}

// Days returns the number of days, both ends included. It is 0 unless both are
// set and in order.
func (p Period) Days() int {
	if p.Start.IsZero() || p.End.IsZero() {
		return 0
	}
	return max(p.End.DaysSince(p.Start)+1, 0)
}

// Contains reports whether the period is running on d. Without a start it never
// is; without an end it is from the start on.
func (p Period) Contains(d Date) bool {
	if p.Start.IsZero() || d.IsZero() || d.Before(p.Start) {
		return false
	}
	return p.End.IsZero() || !d.After(p.End)
}

// Overlap returns the days that both periods are running on, and whether there
// are any. The overlap of two open-ended periods is open-ended.
func (p Period) Overlap(o Period) (Period, bool) {
	if p.Start.IsZero() || o.Start.IsZero() {
		return Period{}, false
	}
	common := p
	if o.Start.After(common.Start) {
		common.Start = o.Start
	}
	if common.End.IsZero() || (!o.End.IsZero() && o.End.Before(common.End)) {
		common.End = o.End
	}
	if !common.End.IsZero() && common.End.Before(common.Start) {
		return Period{}, false
	}
	return common, true
}

// IsZero reports whether the period has neither a start nor an end.
func (p Period) IsZero() bool { return p == Period{} }

// first returns the day that a period begins to cost, which is its end if there
// is no start.
func (p Period) first() Date {
	if p.Start.IsZero() {
		return p.End
	}
	return p.Start
}

// last is the counterpart of first.
func (p Period) last() Date {
	if p.End.IsZero() {
		return p.Start
	}
	return p.End
}
