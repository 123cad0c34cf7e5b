package render

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
)

// TextOptions are the choices for Text.
type TextOptions struct {
	// Width is how many columns of a terminal the text may take: 100 if it is 0, between 60
	// and 400 otherwise. Notes and the names of things may be longer.
	Width int

	// From is the first month with a line of its own, and Months how many there are; 0 is all from
	// then on. Without From it is the month of the report's day. What is earlier or later is one line each.
	// Where nothing is that late, all months have lines.
	From   budget.Month
	Months int

	// Past gives the months before From lines of their own as well.
	Past bool

	// NoBars leaves out the bar behind every line.
	NoBars bool

	// ASCII draws the bars with # = - instead of block characters.
	ASCII bool

	// By adds a table for each of these axes. In that of tags an item is in the line
	// of each of its tags, so the lines can come to more than the total, and it says so.
	By []budget.Axis

	// Lang is the reader's language: English, which is the default too, or German. It has the words, the names of months and
	// the way in which numbers are written, that of the region if it has one: 16.114,81 for de, 16’114.81 for de-CH.
	// For any other language all is in English.
	Lang language.Tag

	// Say puts the texts into a language that Lang cannot be, or into a host's own words: a format of package fmt in
	// English, and its values. Nil is as Lang says. With crm/sentence, which has all of them in German too:
	//
	//	func(format string, args ...any) string { return sentence.Of(format, args...).In(lang) }
	Say func(format string, args ...any) string

	// DecimalComma writes amounts like 16.114,81 and not as Lang says.
	DecimalComma bool
}

const (
	defaultWidth = 100
	minWidth     = 60
	maxWidth     = 400
	maxLabel     = 40 // columns
	maxNotes     = 20 // lines of each kind below the tables
)

// Text writes a report for a terminal or a mail. First comes the answer: the next month and
// the campaigns that go on or are to come, with what is left of their budgets. Then come tables by month (with what
// is unscheduled) and by campaign, and one for each axis that is wanted, each with
// the total at the end, and below them what has no exchange rate or should be checked. Amounts
// are in the report's currency, with thousands separators. Nil options are the defaults.
//
// A bar is drawn against the budget of its line: · is what is left. Behind it ▶ says that the line is over its budget,
// and ▷ that it is at risk. Lines without a budget are drawn against the largest of their table.
//
// A table that is too wide loses columns in this order: the cost as a part of the revenue target, revenue target, forecast,
// unbudgeted, draft, negotiating, the bar, allocated, left after all, budget, and what a filter has not selected of what a
// budget is for; unbudgeted goes after the bar where a line's budget covers only a part of it. Columns that would say
// nothing are left out. Alignment counts columns of a terminal, so that names in any script line up.
func Text(w io.Writer, r *budget.Report, o *TextOptions) error {
	if w == nil || r == nil {
		panic("render: Text needs a writer and a Report, and was given nil")
	}
	var options TextOptions
	if o != nil {
		options = *o
	}
	t := &text{speech: newSpeech(options.Lang, options.Say, options.DecimalComma), w: bufio.NewWriter(w), width: defaultWidth}
	if options.Width > 0 {
		t.width = min(max(options.Width, minWidth), maxWidth)
	}
	if !options.NoBars {
		t.marks = marks(options.ASCII)
	}
	t.head(r)
	t.headline(r)
	t.legend(r)
	months := t.months(r, &options)
	if r.Unscheduled.Count() > 0 {
		months = append(months, r.Unscheduled)
	}
	t.table(t.say("Month"), t.named(months), r.MonthTotal)
	t.table(t.say("Campaign"), r.Campaigns, r.Total)
	for _, axis := range options.By {
		t.table(t.say(title(axis)), t.named(r.By(axis)), r.TotalOf(axis))
		if axis == budget.AxisTag {
			fmt.Fprintln(t.w, t.say("What has several tags is in the line of each, and in the total once."))
		}
	}
	t.unpriced(r.Unpriced)
	t.warnings(r.Warnings)
	return t.w.Flush()
}

// title is the head of the table of an axis.
func title(axis budget.Axis) string {
	switch axis {
	case budget.AxisCampaign:
		return "Campaign"
	case budget.AxisMonth:
		return "Month"
	case budget.AxisQuarter:
		return "Quarter"
	case budget.AxisYear:
		return "Year"
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

// text is a report being written. The writer keeps its first error until Flush.
type text struct {
	speech
	w     *bufio.Writer
	width int
	marks *barMarks // nil: no bars
}

func (t *text) head(r *budget.Report) {
	fmt.Fprintln(t.w, t.title(r))
	t.coverage(r)
}

// months returns the lines of the table of months: the earlier and the later ones are one line each.
func (t *text) months(r *budget.Report, o *TextOptions) []budget.Line {
	from := o.From
	if from.IsZero() {
		from = r.Today.Month()
	}
	first, _ := slices.BinarySearchFunc(r.Months, from, func(l budget.Line, m budget.Month) int { return l.Month.Compare(m) })
	if first == len(r.Months) {
		first = 0
	}
	end := len(r.Months)
	if o.Months > 0 {
		end = min(end, first+o.Months)
	}
	if o.Past {
		first = 0
	}
	lines := append([]budget.Line{}, t.folded(r, "Earlier: %d months", r.Months[:first])...)
	lines = append(lines, r.Months[first:end]...)
	return append(lines, t.folded(r, "Later: %d months", r.Months[end:])...)
}

// folded adds up several months to one line.
func (t *text) folded(r *budget.Report, label string, months []budget.Line) []budget.Line {
	if len(months) < 2 {
		return months
	}
	line, _ := r.Between(months[0].Month, months[len(months)-1].Month)
	line.Label = t.say(label, len(months))
	return []budget.Line{line}
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
			lines[n].Label = t.month(l.Month)
		case l.Key == "":
			lines[n].Label = t.say(l.Label)
		}
	}
	return lines
}

func (t *text) unpriced(items []budget.Unpriced) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(t.w, "\n%s\n", t.say("No exchange rate, counted but in no amount (%d):", len(items)))
	for _, u := range items[:min(len(items), maxNotes)] {
		name := fit(visible(cmp.Or(u.Name, u.Item)), maxLabel)
		fmt.Fprintf(t.w, "  %s: %s\n", name, t.unpricedCost(u))
	}
	t.more(len(items), maxNotes)
}

func (s *speech) unpricedCost(u budget.Unpriced) string {
	cost := s.amount(u.Cost) + " " + visible(string(u.Cost.Currency()))
	if u.On.IsZero() {
		return cost
	}
	return s.say("%s on %s", cost, u.On)
}

func (t *text) warnings(warnings []budget.Warning) {
	if len(warnings) == 0 {
		return
	}
	fmt.Fprintf(t.w, "\n%s\n", t.say("Please check (%d):", len(warnings)))
	for _, warning := range warnings[:min(len(warnings), maxNotes)] {
		fmt.Fprintf(t.w, "  %s\n", visible(t.say(warning.Format, warning.Args...)))
	}
	t.more(len(warnings), maxNotes)
}

func (t *text) more(all, shown int) {
	if all > shown {
		fmt.Fprintf(t.w, "  %s\n", t.say("… and %d more", all-shown))
	}
}
