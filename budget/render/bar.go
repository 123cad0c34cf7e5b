package render

import (
	"fmt"
	"math/bits"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

const (
	minBar = 9 // columns, with one for what goes beyond; a narrower one says nothing
	maxBar = 25
)

// barMarks are what bars are made of.
type barMarks struct {
	stages             [3]string
	left, atRisk, over string
}

func marks(ascii bool) *barMarks {
	if ascii {
		return &barMarks{[3]string{"#", "=", "-"}, ".", ")", ">"}
	}
	return &barMarks{[3]string{"█", "▓", "░"}, "·", "▷", "▶"}
}

// bars draws lines: those with a budget against it, the others against the largest of them.
type bars struct {
	*barMarks
	width   int
	largest uint64 // allocated, counting each stage from zero up
}

func newBars(width int, marks *barMarks, lines []budget.Line) *bars {
	b := &bars{barMarks: marks, width: width}
	for _, l := range lines {
		if !l.Budget.IsSet() && !isFolded(l) {
			b.largest = max(b.largest, sum(stages(l.Amounts)))
		}
	}
	return b
}

// draw returns the bar of a line. Its parts end where the running sum of the
// stages is, rounded down. A stage with any money in it has at least one mark,
// because a draft that cannot be seen is a draft that is forgotten; for this
// the stage before it may lose one. The mark behind it is that of the line's health, for
// the bar itself is rounded and has no refunds.
func (b *bars) draw(l budget.Line) string {
	amounts, full := stages(l.Amounts), b.largest
	if l.Budget.IsSet() {
		amounts, full = stages(l.Covered), uint64(l.Budget.Minor())
	}
	ends := b.ends(amounts, full)
	var bar strings.Builder
	drawn := 0
	for i, end := range ends {
		bar.WriteString(strings.Repeat(b.stages[i], end-drawn))
		drawn = end
	}
	if l.Budget.IsSet() {
		bar.WriteString(strings.Repeat(b.left, b.width-drawn))
	}
	switch l.Health {
	case budget.Over:
		bar.WriteString(b.over)
	case budget.AtRisk:
		bar.WriteString(b.atRisk)
	}
	return bar.String()
}

// ends returns where each stage ends, none beyond the width.
func (b *bars) ends(amounts [3]uint64, full uint64) (ends [3]int) {
	running, drawn := uint64(0), 0
	for i, minor := range amounts {
		running += minor
		end := b.width
		if running < full {
			high, low := bits.Mul64(running, uint64(b.width))
			scaled, _ := bits.Div64(high, low, full)
			end = int(scaled)
		} else if running == 0 {
			end = 0
		}
		if minor > 0 {
			end = max(end, drawn+1)
		}
		ends[i] = max(end, drawn)
		drawn = ends[i]
	}
	// What is beyond the width takes a mark from the stage before it.
	for i := len(ends) - 1; i >= 0; i-- {
		ends[i] = min(ends[i], b.width)
		if i > 0 && amounts[i] > 0 {
			ends[i-1] = min(ends[i-1], ends[i]-1)
		} else if i > 0 {
			ends[i-1] = min(ends[i-1], ends[i])
		}
	}
	return ends
}

// stages returns the amounts to draw. A bar has no room for less than nothing:
// negative stages, such as a refunded fee, are in the numbers only.
func stages(a budget.Amounts) [3]uint64 {
	var minors [3]uint64
	for i, m := range [...]budget.Money{a.Signed, a.Negotiating, a.Draft} {
		minors[i] = uint64(min(max(m.Minor(), 0), 1<<61)) // so that three add up
	}
	return minors
}

func sum(minors [3]uint64) uint64 { return minors[0] + minors[1] + minors[2] }

// isFolded reports whether a line is several months: beside it all others would be stubs.
func isFolded(l budget.Line) bool { return l.Key == "months" }

// legend explains the marks.
func (t *text) legend(r *budget.Report) {
	if t.marks == nil {
		return
	}
	m := t.marks
	legend := t.say("%s signed  %s negotiating  %s draft", m.stages[0], m.stages[1], m.stages[2])
	if r.Coverage.Campaigns.Budgeted+r.Coverage.Months.Budgeted > 0 {
		legend += "  " + t.say("%s left of the budget  %s at risk  %s over", m.left, m.atRisk, m.over)
	}
	fmt.Fprintf(t.w, "\n%s\n", legend)
}
