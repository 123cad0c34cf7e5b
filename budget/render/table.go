package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// column is a column of a table. The one that is dropped first has the highest rank; 0 stays.
type column struct {
	head     string
	rank     int
	amount   func(budget.Line) budget.Money // nil: see text
	text     func(budget.Line) string
	budgeted bool // says something only where there are budgets
	targeted bool // says something only where there are revenue targets
}

const (
	rankOfBars = 40

	// Beside a budget that covers only a part, the rest says why it is not what is signed that counts.
	rankOfUnbudgeted     = 70
	rankOfUnbudgetedPart = 35

	// Where a filter leaves out a part of what a budget is for, nothing else says why so little of it is left.
	rankOfOthers = 5
)

func (t *text) columns(title string) []column {
	return []column{
		{head: title, text: t.label},
		{head: t.say("Signed"), amount: func(l budget.Line) budget.Money { return l.Signed }},
		{head: t.say("Negotiating"), rank: 50, amount: func(l budget.Line) budget.Money { return l.Negotiating }},
		{head: t.say("Draft"), rank: 60, amount: func(l budget.Line) budget.Money { return l.Draft }},
		{head: t.say("Allocated"), rank: 30, amount: func(l budget.Line) budget.Money { return l.Allocated() }},
		{head: t.say("Forecast"), rank: 80, amount: func(l budget.Line) budget.Money { return l.Forecast }},
		{head: t.say("Not selected"), rank: rankOfOthers, budgeted: true, amount: othersOf},
		{head: t.say("Budget"), rank: 10, budgeted: true, amount: func(l budget.Line) budget.Money { return l.Budget }},
		{head: t.say("Unbudgeted"), rank: rankOfUnbudgeted, budgeted: true, amount: budget.Line.Unbudgeted},
		{head: t.say("Left after signed"), budgeted: true, amount: budget.Line.RemainingAfterSigned},
		{head: t.say("Left after all"), rank: 20, budgeted: true, amount: budget.Line.RemainingAfterAllocated},
		{head: t.say("Revenue target"), rank: 90, targeted: true, amount: func(l budget.Line) budget.Money { return l.Target }},
		{head: t.say("Cost of target"), rank: 95, targeted: true, text: t.costShare},
		{head: t.say("Health"), budgeted: true, text: func(l budget.Line) string { return t.say(healthWord(l.Health)) }},
	}
}

// othersOf is what a budget is for beside what a filter selects.
func othersOf(l budget.Line) budget.Money { return l.Others.Allocated() }

// table writes one section: a header, a row for each line, and below a rule the
// total. The total has a bar only against its budget; against others, all others would be stubs.
func (t *text) table(title string, lines []budget.Line, total budget.Line) {
	total.Label = t.say(total.Label)
	all := append(slices.Clip(lines), total)
	columns, widths, bar := t.fitting(t.columns(title), all)
	var scale *bars
	if bar > 0 {
		scale = newBars(bar-1, t.marks, lines) // a column is for the mark of what goes beyond
	}
	var rule []string
	for _, w := range widths {
		rule = append(rule, strings.Repeat("-", w))
	}
	fmt.Fprintln(t.w)
	upper, lower := heads(columns)
	if strings.Join(upper, "") != "" {
		t.row(columns, upper, widths, "")
	}
	t.row(columns, lower, widths, "")
	t.row(columns, rule, widths, "")
	for n, l := range all {
		if n == len(lines) {
			t.row(columns, rule, widths, "")
		}
		drawn := ""
		if scale != nil && (l.Budget.IsSet() || n < len(lines) && !isFolded(l)) {
			drawn = scale.draw(l)
		}
		t.row(columns, t.cells(columns, l), widths, drawn)
	}
}

// relevant leaves out the columns that say nothing about the lines, of which the last is the total.
func relevant(columns []column, lines []budget.Line) []column {
	if !slices.ContainsFunc(lines, func(l budget.Line) bool { return l.Budget.IsSet() }) {
		columns = slices.DeleteFunc(columns, func(c column) bool { return c.budgeted })
	}
	if !slices.ContainsFunc(lines, func(l budget.Line) bool { return l.Target.IsSet() }) {
		columns = slices.DeleteFunc(columns, func(c column) bool { return c.targeted })
	}
	if !slices.ContainsFunc(lines, func(l budget.Line) bool { return othersOf(l).Sign() != 0 }) {
		columns = slices.DeleteFunc(columns, func(c column) bool { return c.rank == rankOfOthers })
	}
	unbudgeted := slices.IndexFunc(columns, func(c column) bool { return c.rank == rankOfUnbudgeted })
	switch {
	case unbudgeted < 0:
	case slices.ContainsFunc(lines[:len(lines)-1], func(l budget.Line) bool { return l.Budget.IsSet() && l.Unbudgeted().Sign() != 0 }):
		columns[unbudgeted].rank = rankOfUnbudgetedPart
	case !slices.ContainsFunc(lines, func(l budget.Line) bool { return l.Unbudgeted().Sign() != 0 }):
		columns = slices.Delete(columns, unbudgeted, unbudgeted+1)
	}
	return columns
}

// fitting drops columns until the table fits, and returns what is left, how wide each column is, and how much
// is left for the bars, 0 for none.
func (t *text) fitting(columns []column, lines []budget.Line) (left []column, widths []int, bar int) {
	columns = relevant(columns, lines)
	bars := t.marks != nil
	for {
		widths = t.widths(columns, lines)
		used := -gap
		for _, w := range widths {
			used += w + gap
		}
		if bars {
			used += gap + minBar
		}
		if used <= t.width {
			if bars {
				bar = min(minBar+t.width-used, maxBar)
			}
			return columns, widths, bar
		}
		worst := slices.MaxFunc(columns, func(a, b column) int { return cmp.Compare(a.rank, b.rank) })
		switch {
		case bars && worst.rank < rankOfBars:
			bars = false
		case worst.rank == 0:
			return columns, widths, 0 // a name or an amount that is wider than all
		default:
			columns = slices.DeleteFunc(columns, func(c column) bool { return c.rank == worst.rank })
		}
	}
}

const gap = 2 // columns between two columns

func (t *text) widths(columns []column, lines []budget.Line) []int {
	widths := make([]int, len(columns))
	upper, lower := heads(columns)
	for i := range columns {
		widths[i] = max(columnsOf(upper[i]), columnsOf(lower[i]))
	}
	for _, l := range lines {
		for i, cell := range t.cells(columns, l) {
			widths[i] = max(widths[i], columnsOf(cell))
		}
	}
	return widths
}

// heads breaks each head where two lines of it are the narrowest.
func heads(columns []column) (upper, lower []string) {
	for _, c := range columns {
		above, below := "", c.head
		for i := range c.head {
			if c.head[i] == ' ' && max(columnsOf(c.head[:i]), columnsOf(c.head[i+1:])) < max(columnsOf(above), columnsOf(below)) {
				above, below = c.head[:i], c.head[i+1:]
			}
		}
		upper, lower = append(upper, above), append(lower, below)
	}
	return upper, lower
}

// label is shorter where there is less room.
func (t *text) label(l budget.Line) string {
	return fit(visible(cmp.Or(l.Label, l.Key)), min(max(t.width/5, 16), maxLabel))
}

// cells returns the texts of a row up to the bar.
func (t *text) cells(columns []column, l budget.Line) []string {
	cells := make([]string, len(columns))
	for i, c := range columns {
		if c.amount != nil {
			cells[i] = t.amount(c.amount(l))
		} else {
			cells[i] = c.text(l)
		}
	}
	return cells
}

// healthWord is a health as a word of a text.
func healthWord(h budget.Health) string {
	switch h {
	case budget.OK:
		return "ok"
	case budget.AtRisk:
		return "at risk"
	case budget.Over:
		return "over"
	case budget.NoBudget:
		return "no budget"
	}
	return string(h)
}

// row writes one row. Amounts are flush right, texts flush left.
func (t *text) row(columns []column, cells []string, widths []int, bar string) {
	var line strings.Builder
	for i, cell := range cells {
		if columns[i].amount != nil {
			cell = right(cell, widths[i])
		} else {
			cell = left(cell, widths[i])
		}
		line.WriteString(cell + strings.Repeat(" ", gap))
	}
	line.WriteString(bar)
	fmt.Fprintln(t.w, strings.TrimRight(line.String(), " "))
}
