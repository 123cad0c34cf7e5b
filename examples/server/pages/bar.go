package pages

import (
	"github.com/getklar/influencercrm/budget"
)

// barWidth is how wide a full bar is, in its own units: that of the budget, or of all that is planned without one.
const barWidth = 1000

// bar is how much of a budget is signed, in negotiation and drafted. It is drawn in SVG, because the policy for content
// allows no styles inside a page.
type bar struct {
	Label  string
	Parts  []barPart
	Budget int // where the budget ends, in the units of barWidth; 0 without a budget
	Over   bool
}

type barPart struct {
	Class    string
	X, Width int
}

// bar draws the bar of a line. Against a budget stands what it is for: the rest has none to exceed. Where more is planned
// than the budget has, all of it fills the bar, and a mark stands where the budget ends.
func (f *face) bar(l budget.Line) bar {
	b := bar{Label: f.Standing(l)}
	amounts := l.Amounts
	if l.Budget.IsSet() {
		amounts = l.Covered
	}
	parts := []struct {
		class  string
		amount budget.Money
	}{{"signed", amounts.Signed}, {"negotiating", amounts.Negotiating}, {"draft", amounts.Draft}}
	var planned int64
	for _, p := range parts {
		planned += max(p.amount.Minor(), 0)
	}
	full := max(planned, l.Budget.Minor())
	if full <= 0 {
		return b
	}
	var sum int64
	for _, p := range parts {
		from := place(sum, full)
		sum += max(p.amount.Minor(), 0)
		if to := place(sum, full); to > from {
			b.Parts = append(b.Parts, barPart{p.class, from, to - from})
		}
	}
	if l.Budget.IsSet() {
		b.Budget, b.Over = place(l.Budget.Minor(), full), planned > l.Budget.Minor()
	}
	return b
}

// place is where an amount ends in a bar that is full at another one.
func place(amount, full int64) int {
	for full > 1<<50 { // so that the product fits; a bar has no such digits
		amount, full = amount>>1, full>>1
	}
	return int(amount * barWidth / full)
}
