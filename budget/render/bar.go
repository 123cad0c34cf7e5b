package render

import (
	"math/bits"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// bars draws lines to one scale, on which the largest of them fills the width.
type bars struct {
	width   int
	largest uint64 // allocated, counting each stage from zero up
	marks   [3]string
}

func newBars(width int, ascii bool) *bars {
	b := &bars{width: width, marks: [3]string{"█", "▓", "░"}}
	if ascii {
		b.marks = [3]string{"#", "=", "-"}
	}
	return b
}

// scale makes room for a line.
func (b *bars) scale(l budget.Line) {
	sum := uint64(0)
	for _, minor := range stages(l) {
		sum += minor
	}
	b.largest = max(b.largest, sum)
}

// draw returns the bar of a line. Its parts end where the running sum of the
// stages is, rounded down. A stage with any money in it has at least one mark,
// because a draft that cannot be seen is a draft that is forgotten; for this a
// bar may be two marks longer than its sum.
func (b *bars) draw(l budget.Line) string {
	if b.largest == 0 {
		return ""
	}
	var bar strings.Builder
	sum, drawn := uint64(0), 0
	for i, minor := range stages(l) {
		sum += minor
		high, low := bits.Mul64(sum, uint64(b.width))
		scaled, _ := bits.Div64(high, low, b.largest)
		end := max(int(scaled), drawn)
		if minor > 0 {
			end = max(end, drawn+1)
		}
		bar.WriteString(strings.Repeat(b.marks[i], end-drawn))
		drawn = end
	}
	return bar.String()
}

// stages returns the amounts to draw. A bar has no room for less than nothing:
// negative stages, such as a refunded fee, are in the numbers only.
func stages(l budget.Line) [3]uint64 {
	var minors [3]uint64
	for i, m := range [...]budget.Money{l.Signed, l.Negotiating, l.Draft} {
		minors[i] = uint64(min(max(m.Minor(), 0), 1<<62)) // so that three add up
	}
	return minors
}
