package render

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
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

	// Say puts a text of the report into a language: a format of package fmt in
	// English, and its values. Nil is English. Package crm/sentence has all of them in German:
	//
	//	func(format string, args ...any) string { return sentence.Of(format, args...).In(lang) }
	Say func(format string, args ...any) string

	// DecimalComma writes amounts like 16.114,81 and not like 16,114.81.
	DecimalComma bool
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
	if w == nil || r == nil {
		panic("render: Text needs a writer and a Report, and was given nil")
	}
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
	t := &text{w: bufio.NewWriter(w), say: options.Say, comma: options.DecimalComma}
	if t.say == nil {
		t.say = inEnglish
	}
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
	t.table(t.say("Month"), t.named(months), r.Total)
	t.table(t.say("Campaign"), r.Campaigns, r.Total)
	for n, axis := range options.By {
		t.table(t.say(title(axis)), t.named(by[n]), r.Total)
	}
	t.unpriced(r.Unpriced)
	t.warnings(r.Warnings)
	return t.w.Flush()
}

// inEnglish is what Say does by default. Without values a format is the text.
func inEnglish(format string, args ...any) string {
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// title is the head of the table of an axis.
func title(axis budget.Axis) string {
	switch axis {
	case budget.AxisInfluencer:
		return "Influencer"
	case budget.AxisPlatform:
		return "Platform"
	case budget.AxisCategory:
		return "Category"
	case budget.AxisResponsible:
		return "Responsible"
	case budget.AxisTag:
		return "Tag"
	}
	return string(axis)
}

// named returns lines in which those of months, without a month, and of an axis
// without a value have a label in the language of the text.
func (t *text) named(lines []budget.Line) []budget.Line {
	lines = slices.Clone(lines)
	for n, l := range lines {
		switch {
		case l.Key == "" && l.Label == "":
			lines[n].Label = t.say("(none)")
		case !l.Month.IsZero():
			lines[n].Label = t.say(l.Month.TimeMonth().String()) + " " + strconv.Itoa(l.Month.Year())
		case l.Key == "":
			lines[n].Label = t.say(l.Label)
		}
	}
	return lines
}

// text is a report being written. The writer keeps its first error until Flush.
type text struct {
	w     *bufio.Writer
	bars  *bars // nil: none
	say   func(string, ...any) string
	comma bool
}

func (t *text) head(r *budget.Report) {
	currency, forecast := visible(string(r.Currency)), t.amount(r.Forecast)
	if r.Today.IsZero() {
		fmt.Fprintln(t.w, t.say("Budget in %s, forecast %s", currency, forecast))
	} else {
		fmt.Fprintln(t.w, t.say("Budget in %s on %s, forecast %s", currency, r.Today.String(), forecast))
	}
	if t.bars != nil {
		marks := t.bars.marks
		fmt.Fprintln(t.w, t.say("%s signed  %s negotiating  %s draft", marks[0], marks[1], marks[2]))
	}
}

// table writes one section: a header, a row for each line, and below a rule the
// total. The total has no bar, beside which all others would be stubs.
func (t *text) table(title string, lines []budget.Line, total budget.Line) {
	rows := [][]string{{
		title, t.say("Signed"), t.say("Negotiating"), t.say("Draft"), t.say("Allocated"),
		t.say("Budget"), t.say("Left after signed"), t.say("Left after all"), t.say("Health"),
	}}
	for _, l := range lines {
		row := t.cells(l)
		if t.bars != nil {
			row = append(row, t.bars.draw(l))
		}
		rows = append(rows, row)
	}
	total.Label = t.say(total.Label)
	rows = append(rows, t.cells(total))

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
func (t *text) cells(l budget.Line) []string {
	return []string{
		fit(visible(cmp.Or(l.Label, l.Key)), maxLabel),
		t.amount(l.Signed), t.amount(l.Negotiating), t.amount(l.Draft), t.amount(l.Allocated()),
		t.amount(l.Budget), t.amount(l.RemainingAfterSigned()), t.amount(l.RemainingAfterAllocated()),
		t.say(healthWord(l.Health)),
	}
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
	fmt.Fprintf(t.w, "\n%s\n", t.say("No exchange rate, counted but in no amount (%d):", len(items)))
	for _, u := range items[:min(len(items), maxNotes)] {
		name := fit(visible(cmp.Or(u.Name, u.Item)), maxLabel)
		cost := t.amount(u.Cost) + " " + visible(string(u.Cost.Currency()))
		if !u.On.IsZero() {
			cost = t.say("%s on %s", cost, u.On.String())
		}
		fmt.Fprintf(t.w, "  %s: %s\n", name, cost)
	}
	t.more(len(items))
}

func (t *text) warnings(warnings []budget.Warning) {
	if len(warnings) == 0 {
		return
	}
	fmt.Fprintf(t.w, "\n%s\n", t.say("Please check (%d):", len(warnings)))
	for _, warning := range warnings[:min(len(warnings), maxNotes)] {
		fmt.Fprintf(t.w, "  %s\n", visible(t.say(warning.Format, warning.Args...)))
	}
	t.more(len(warnings))
}

func (t *text) more(all int) {
	if all > maxNotes {
		fmt.Fprintf(t.w, "  %s\n", t.say("… and %d more", all-maxNotes))
	}
}

// amount returns "16,114.81", or "16.114,81", and "-" for no amount.
func (t *text) amount(m budget.Money) string {
	if !m.IsSet() {
		return "-"
	}
	separator, decimals := byte(','), byte('.')
	if t.comma {
		separator, decimals = decimals, separator
	}
	sign, number := "", m.Amount()
	if number[0] == '-' {
		sign, number = "-", number[1:]
	}
	whole, fraction, point := strings.Cut(number, ".")
	out := []byte(sign)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out = append(out, separator)
		}
		out = append(out, whole[i])
	}
	if point {
		out = append(append(out, decimals), fraction...)
	}
	return string(out)
}
