package render

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
)

// MarkdownOptions are the choices for Markdown.
type MarkdownOptions struct {
	// From, Months and Past choose the months that have lines of their own, and By adds tables, as in TextOptions.
	From   budget.Month
	Months int
	Past   bool
	By     []budget.Axis

	// Lang, Say and DecimalComma are those of TextOptions.
	Lang         language.Tag
	Say          func(format string, args ...any) string
	DecimalComma bool
}

// Markdown writes a report with the tables of Text, for a wiki, a ticket or a chat that reads GitHub's tables. Nil options
// are the defaults.
//
// What the reader of Markdown would take for a sign of its own is escaped in names, so that a name with | or * in it stays
// in its cell and reads as it was typed. No column is dropped for want of room, and there are no bars.
func Markdown(w io.Writer, r *budget.Report, o *MarkdownOptions) error {
	if w == nil || r == nil {
		panic("render: Markdown needs a writer and a Report, and was given nil")
	}
	var options MarkdownOptions
	if o != nil {
		options = *o
	}
	m := &markdown{&text{speech: newSpeech(options.Lang, options.Say, options.DecimalComma), w: bufio.NewWriter(w), width: maxWidth}}
	m.head(r)
	m.headline(r)
	months := m.months(r, &TextOptions{From: options.From, Months: options.Months, Past: options.Past})
	if r.Unscheduled.Count() > 0 {
		months = append(months, r.Unscheduled)
	}
	m.table(m.say("Month"), m.named(months), r.MonthTotal)
	m.table(m.say("Campaign"), r.Campaigns, r.Total)
	for _, axis := range options.By {
		m.table(m.say(title(axis)), m.named(r.By(axis)), r.TotalOf(axis))
		if axis == budget.AxisTag {
			m.paragraph(m.say("What has several tags is in the line of each, and in the total once."))
		}
	}
	m.unpriced(r.Unpriced)
	m.warnings(r.Warnings)
	return m.w.Flush()
}

// markdown is a report being written, with what Text says of it.
type markdown struct{ *text }

const maxMarkdownLabel = 120 // columns of a terminal

// name is the name of something in a cell or a sentence.
func (m *markdown) name(name string) string {
	return escapeMarkdown(fit(visible(name), maxMarkdownLabel))
}

func (m *markdown) paragraph(sentence string) {
	fmt.Fprintf(m.w, "\n%s\n", escapeMarkdown(visible(sentence)))
}

func (m *markdown) head(r *budget.Report) {
	fmt.Fprintf(m.w, "# %s\n", escapeMarkdown(m.title(r)))
	if covered := m.covered(r); covered != "" {
		m.paragraph(covered)
	}
}

// headline answers what a person asks first, as that of Text does.
func (m *markdown) headline(r *budget.Report) {
	if r.Today.IsZero() {
		return
	}
	m.paragraph(m.next(r))
	upcoming := r.Upcoming(r.Today).Campaigns
	budgeted := slices.DeleteFunc(slices.Clone(upcoming), func(l budget.Line) bool { return !l.Budget.IsSet() })
	if len(budgeted) == 0 {
		return
	}
	m.paragraph(m.say("Campaigns that go on or are to come:"))
	fmt.Fprintln(m.w)
	for _, l := range budgeted[:min(len(budgeted), maxHeadlines)] {
		fmt.Fprintf(m.w, "- %s: %s\n", m.name(cmp.Or(l.Label, l.Key)), escapeMarkdown(m.standing(l)))
	}
	m.more(len(budgeted), maxHeadlines)
	if without := len(upcoming) - len(budgeted); without > 0 {
		fmt.Fprintf(m.w, "- %s\n", escapeMarkdown(m.say("and %d without a budget", without)))
	}
}

func (m *markdown) more(all, shown int) {
	if all > shown {
		fmt.Fprintf(m.w, "- %s\n", escapeMarkdown(m.say("… and %d more", all-shown)))
	}
}

// table writes one section: a header, a row for each line, and the total.
func (m *markdown) table(title string, lines []budget.Line, total budget.Line) {
	total.Label = m.say(total.Label)
	all := append(slices.Clip(lines), total)
	columns := relevant(m.columns(title), all)
	heads, rules := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		heads[i], rules[i] = escapeMarkdown(visible(c.head)), ":--"
		if c.amount != nil {
			rules[i] = "--:"
		}
	}
	fmt.Fprintln(m.w)
	m.row(heads)
	m.row(rules)
	for n, l := range all {
		cells := m.cells(columns, l)
		for i, c := range columns {
			if c.amount == nil {
				cells[i] = escapeMarkdown(cells[i])
			}
		}
		if cells[0] = m.name(cmp.Or(l.Label, l.Key)); n == len(lines) {
			cells[0] = "**" + cells[0] + "**"
		}
		m.row(cells)
	}
}

func (m *markdown) row(cells []string) {
	fmt.Fprintf(m.w, "| %s |\n", strings.Join(cells, " | "))
}

func (m *markdown) unpriced(items []budget.Unpriced) {
	if len(items) == 0 {
		return
	}
	m.paragraph(m.say("No exchange rate, counted but in no amount (%d):", len(items)))
	fmt.Fprintln(m.w)
	for _, u := range items[:min(len(items), maxNotes)] {
		fmt.Fprintf(m.w, "- %s: %s\n", m.name(cmp.Or(u.Name, u.Item)), escapeMarkdown(m.unpricedCost(u)))
	}
	m.more(len(items), maxNotes)
}

func (m *markdown) warnings(warnings []budget.Warning) {
	if len(warnings) == 0 {
		return
	}
	m.paragraph(m.say("Please check (%d):", len(warnings)))
	fmt.Fprintln(m.w)
	for _, warning := range warnings[:min(len(warnings), maxNotes)] {
		fmt.Fprintf(m.w, "- %s\n", escapeMarkdown(visible(m.say(warning.Format, warning.Args...))))
	}
	m.more(len(warnings), maxNotes)
}
