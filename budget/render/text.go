package render

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// TextOptions are the choices for Text.
type TextOptions struct {
	// Width is how many columns the longest bar takes: 24 if it is 0, 200 at most.
	Width int

	// NoBars leaves out the bar behind every line.
	NoBars bool

	// ASCII draws the bars with # = - instead of block characters.
	ASCII bool

	// By adds a table for each of these axes. In that of tags an item is in the line
	// of each of its tags, so the lines can come to more than the total.
	By []budget.Axis
}

const (
	defaultWidth = 24
	maxWidth     = 200
	maxLabel     = 40 // columns
	maxNotes     = 20 // lines of each kind below the tables
)

// Text writes a report as aligned tables, by month (with what is unscheduled)
// and by campaign, and one for each axis that is wanted, each with the total at the
// end, and below them what has no exchange rate or should be checked. Amounts are in the report's currency, with
// thousands separators. Nil options are the defaults.
//
// Alignment counts columns of a terminal, so that names in any script line up.
func Text(w io.Writer, r *budget.Report, o *TextOptions) error {
	var options TextOptions
	if o != nil {
		options = *o
	}
	if options.Width <= 0 {
		options.Width = defaultWidth
	}
	by := make([][]budget.Line, len(options.By))
	for n, axis := range options.By {
		by[n] = r.By(axis)
	}
	t := &text{w: bufio.NewWriter(w)}
	if !options.NoBars {
		t.bars = newBars(min(options.Width, maxWidth), options.ASCII)
		for _, l := range slices.Concat(r.Months, r.Campaigns, []budget.Line{r.Unscheduled}, slices.Concat(by...)) {
			t.bars.scale(l)
		}
	}
	t.head(r)
	months := r.Months
	if r.Unscheduled.Count() > 0 {
		months = append(slices.Clip(months), r.Unscheduled)
	}
	t.table("Month", months, r.Total)
	t.table("Campaign", r.Campaigns, r.Total)
	for n, axis := range options.By {
		t.table(title(axis), named(by[n]), r.Total)
	}
	t.unpriced(r.Unpriced)
	t.warnings(r.Warnings)
	return t.w.Flush()
}

// title is the head of the table of an axis.
func title(axis budget.Axis) string {
	name := string(axis)
	if name == "" {
		return name
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// named returns lines of an axis in which those without a value have a label.
func named(lines []budget.Line) []budget.Line {
	for n, l := range lines {
		if l.Key == "" && l.Label == "" {
			lines[n].Label = "(none)"
		}
	}
	return lines
}

// text is a report being written. The writer keeps its first error until Flush.
type text struct {
	w    *bufio.Writer
	bars *bars // nil: none
}

func (t *text) head(r *budget.Report) {
	fmt.Fprintf(t.w, "Budget in %s", visible(string(r.Currency)))
	if !r.Today.IsZero() {
		fmt.Fprintf(t.w, " on %s", r.Today)
	}
	fmt.Fprintf(t.w, ", forecast %s\n", grouped(r.Total.Forecast))
	if t.bars != nil {
		fmt.Fprintln(t.w, t.bars.legend())
	}
}

// table writes one section: a header, a row for each line, and below a rule the
// total. The total has no bar, beside which all others would be stubs.
func (t *text) table(title string, lines []budget.Line, total budget.Line) {
	rows := [][]string{{
		title, "Signed", "Negotiating", "Draft", "Allocated",
		"Budget", "Left after signed", "Left after all", "Health",
	}}
	for _, l := range lines {
		row := cells(l)
		if t.bars != nil {
			row = append(row, t.bars.draw(l))
		}
		rows = append(rows, row)
	}
	rows = append(rows, cells(total))

	widths := make([]int, len(rows[0])+1) // the bar's stays 0: nothing is behind it
	for _, row := range rows {
		for i := range rows[0] {
			widths[i] = max(widths[i], columns(row[i]))
		}
	}
	rule := make([]string, len(rows[0]))
	for i := range rule {
		rule[i] = strings.Repeat("-", widths[i])
	}
	fmt.Fprintln(t.w)
	t.row(rows[0], widths)
	t.row(rule, widths)
	for _, row := range rows[1 : len(rows)-1] {
		t.row(row, widths)
	}
	t.row(rule, widths)
	t.row(rows[len(rows)-1], widths)
}

// cells returns the texts of a row up to the bar.
func cells(l budget.Line) []string {
	return []string{
		fit(visible(cmp.Or(l.Label, l.Key)), maxLabel),
		grouped(l.Signed), grouped(l.Negotiating), grouped(l.Draft), grouped(l.Allocated()),
		grouped(l.Budget), grouped(l.RemainingAfterSigned()), grouped(l.RemainingAfterAllocated()),
		strings.ReplaceAll(string(l.Health), "_", " "),
	}
}

// row writes one row. Amounts are flush right, texts flush left.
func (t *text) row(row []string, widths []int) {
	var line strings.Builder
	for i, cell := range row {
		if i > 0 {
			line.WriteString("  ")
		}
		if i >= 1 && i <= 7 {
			line.WriteString(right(cell, widths[i]))
		} else {
			line.WriteString(left(cell, widths[i]))
		}
	}
	fmt.Fprintln(t.w, strings.TrimRight(line.String(), " "))
}

func (t *text) unpriced(items []budget.Unpriced) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(t.w, "\nNo exchange rate, counted but in no amount (%d):\n", len(items))
	for _, u := range items[:min(len(items), maxNotes)] {
		name := fit(visible(cmp.Or(u.Name, u.Item)), maxLabel)
		fmt.Fprintf(t.w, "  %s: %s %s", name, grouped(u.Cost), visible(string(u.Cost.Currency())))
		if !u.On.IsZero() {
			fmt.Fprintf(t.w, " on %s", u.On)
		}
		fmt.Fprintln(t.w)
	}
	t.more(len(items))
}

func (t *text) warnings(warnings []budget.Warning) {
	if len(warnings) == 0 {
		return
	}
	fmt.Fprintf(t.w, "\nPlease check (%d):\n", len(warnings))
	for _, warning := range warnings[:min(len(warnings), maxNotes)] {
		fmt.Fprintf(t.w, "  %s\n", visible(warning.Message))
	}
	t.more(len(warnings))
}

func (t *text) more(all int) {
	if all > maxNotes {
		fmt.Fprintf(t.w, "  … and %d more\n", all-maxNotes)
	}
}

// grouped returns "16,114.81", and "-" for no amount.
func grouped(m budget.Money) string {
	if !m.IsSet() {
		return "-"
	}
	sign, number := "", m.Amount()
	if number[0] == '-' {
		sign, number = "-", number[1:]
	}
	whole, fraction, point := strings.Cut(number, ".")
	out := []byte(sign)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, whole[i])
	}
	if point {
		out = append(append(out, '.'), fraction...)
	}
	return string(out)
}
