package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

// begin starts a chart with its title.
func (s *sketch) begin(chart Chart, title string) drawing {
	d := drawing{Name: string(chart), Title: title, Width: s.width, y: margin}
	d.group("")
	d.write("title", 16, title)
	return d
}

// finish ends a chart whose description is these lines.
func (s *sketch) finish(d drawing, description []string) drawing {
	d.Height = d.y + margin
	d.Desc = strings.Join(description, "\n")
	return d
}

// nothing is a chart of a report that has nothing to draw.
func (s *sketch) nothing(d drawing) drawing {
	sentence := s.say("Nothing is planned.")
	d.write("faint", 12, sentence)
	return s.finish(d, []string{sentence})
}

// name is the label of a line as it can be drawn.
func (s *sketch) name(l budget.Line) string { return drawn(cmp.Or(l.Label, l.Key)) }

// described is a line in words, for tooltips and descriptions.
func (s *sketch) described(name string, l budget.Line) string {
	sentence := isolated(name) + ": " + s.say("budget %s, signed %s, negotiating %s, draft %s, forecast %s",
		s.amount(l.Budget), s.amount(l.Signed), s.amount(l.Negotiating), s.amount(l.Draft), s.amount(l.Forecast))
	if others := l.Others.Allocated(); others.Sign() != 0 {
		sentence += "; " + s.say("%s not selected", s.amount(others))
	}
	return sentence + "; " + s.say(healthWord(l.Health))
}

// healthMark draws the sign of a line that is over or at risk.
func (s *sketch) healthMark(d *drawing, h budget.Health, x, y px) {
	switch h {
	case budget.Over:
		d.mark("over-mark", x, y)
	case budget.AtRisk:
		d.mark("at-risk-mark", x, y)
	}
}

// legend explains signs, in lines of its own.
type legend struct {
	*sketch
	d *drawing
	x px
}

func (s *sketch) legend(d *drawing) *legend {
	d.y += 24 * pixel
	return &legend{s, d, margin}
}

// fit goes on in the next line where there is no room for a sign and its text.
func (l *legend) fit(text string) {
	if l.x > margin && l.x+22*pixel+textWidth(text, 11) > l.width-margin {
		l.x = margin
		l.d.y += 18 * pixel
	}
}

func (l *legend) text(text string) {
	l.x += 22 * pixel
	l.d.text("s11", l.x, l.d.y-4*pixel, text)
	l.x += textWidth(text, 11) + 14*pixel
}

func (l *legend) box(class, text string) {
	l.fit(text)
	l.d.rect(class, l.x, l.d.y-14*pixel, 16*pixel, 12*pixel)
	l.text(text)
}

func (l *legend) line(class, text string) {
	l.fit(text)
	l.d.path(class, "M%v %vH%v", l.x, l.d.y-8*pixel, l.x+16*pixel)
	l.text(text)
}

func (l *legend) mark(class, text string) {
	l.fit(text)
	l.d.mark(class, l.x+9*pixel, l.d.y-4*pixel)
	l.text(text)
}

func (l *legend) stages() {
	l.box("signed", l.say("Signed"))
	l.box("negotiating", l.say("Negotiating"))
	l.box("draft", l.say("Draft"))
}

// others explains what a filter has left out of a budget, where it has.
func (l *legend) others(lines []budget.Line) {
	if slices.ContainsFunc(lines, func(l budget.Line) bool { return l.Others.Allocated().Sign() > 0 }) {
		l.box("others", l.say("not selected"))
	}
}

// healths explains the signs of lines, as far as there are any.
func (l *legend) healths(lines []budget.Line) {
	has := func(h budget.Health) bool {
		return slices.ContainsFunc(lines, func(l budget.Line) bool { return l.Health == h })
	}
	if has(budget.Over) {
		l.mark("over-mark", l.say(healthWord(budget.Over)))
	}
	if has(budget.AtRisk) {
		l.mark("at-risk-mark", l.say(healthWord(budget.AtRisk)))
	}
}

// note writes a remark below a chart, and is a line of its description.
func (d *drawing) note(sentence string) string {
	d.y += 4 * pixel
	d.write("faint", 12, sentence)
	return sentence
}

// notes tells of what is in no month: what has no dates, and what has no exchange rate.
func (s *sketch) notes(d *drawing) (notes []string) {
	if u := s.r.Unscheduled; u.Count() > 0 {
		notes = append(notes, d.note(s.say(u.Label)+": "+s.amount(u.Allocated())))
	}
	if n := len(s.r.Unpriced); n > 0 {
		notes = append(notes, d.note(s.say("No exchange rate, counted but in no amount: %d", n)))
	}
	return notes
}

// tickLabel is an amount without decimals where all ticks are whole.
func (s *sketch) tickLabel(amount int64, axis scale) string {
	whole, fraction := s.split(budget.FromMinor(amount, s.r.Currency))
	if axis.step%unitOf(s.r.Currency) == 0 {
		return whole
	}
	return whole + fraction
}

// window returns as many months as there is room for, in calendar order and without gaps, and tells of those it leaves out.
func (s *sketch) window(size int) (lines []budget.Line, left []string) {
	months := s.r.Months
	if len(months) == 0 {
		return nil, nil
	}
	first, last := months[0].Month, months[len(months)-1].Month
	start := cmp.Or(s.from, s.r.Today.Month(), first)
	if latest := last.Add(1 - size); start.Compare(latest) > 0 {
		start = latest
	}
	if start.Compare(first) < 0 {
		start = first
	}
	end := start.Add(size - 1)
	if end.Compare(last) > 0 {
		end = last
	}
	zero := budget.FromMinor(0, s.r.Currency)
	none := budget.Amounts{Signed: zero, Negotiating: zero, Draft: zero}
	for m := start; m.Compare(end) <= 0; m = m.Next() {
		lines = append(lines, budget.Line{
			Key: m.String(), Month: m, Amounts: none, Covered: none, Forecast: zero, BudgetFrom: budget.BudgetNone, Health: budget.NoBudget,
		})
	}
	t := text{speech: s.speech}
	from, _ := slices.BinarySearchFunc(months, start, func(l budget.Line, m budget.Month) int { return l.Month.Compare(m) })
	to := from
	for ; to < len(months) && months[to].Month.Compare(end) <= 0; to++ {
		lines[months[to].Month.Sub(start)] = months[to]
	}
	rest := func(many, one string, months []budget.Line) {
		for _, l := range t.named(t.folded(s.r, many, months)) {
			if len(months) == 1 { // the name of a month alone does not say what it is there for
				l.Label = s.say(one, l.Label)
			}
			left = append(left, fmt.Sprintf("%s: %s", l.Label, s.amount(l.Allocated())))
		}
	}
	rest("Earlier: %d months", "Earlier: %s", months[:from])
	rest("Later: %d months", "Later: %s", months[to:])
	return lines, left
}

// shortMonth is the beginning of the name of a month, as calendars have it: Jun.
func (s *sketch) shortMonth(m budget.Month) string {
	name := []rune(s.say(m.TimeMonth().String()))
	return string(name[:min(3, len(name))])
}

// largest returns as many lines as there is room for, in their order, and those it leaves out.
func (s *sketch) largest(lines []budget.Line, size func(budget.Line) int64) (shown, rest []budget.Line) {
	order := make([]int, len(lines))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(size(lines[b]), size(lines[a])) })
	chosen := make([]bool, len(lines))
	for _, i := range order[:min(len(order), s.campaigns)] {
		chosen[i] = true
	}
	for i, l := range lines {
		if chosen[i] {
			shown = append(shown, l)
		} else {
			rest = append(rest, l)
		}
	}
	return shown, rest
}

// sizeOf is how large a campaign is: its budget or its cost.
func sizeOf(l budget.Line) int64 {
	allocated := minorOf(l.Allocated())
	return max(allocated, -allocated, minorOf(l.Budget))
}

// restOf says how many lines are left out, and what they come to.
func (s *sketch) restOf(rest []budget.Line) string {
	return s.say("… and %d more", len(rest)) + ": " + s.amount(s.sum(rest))
}

// sum is what lines of a report come to that are part of one total, which fits.
func (s *sketch) sum(lines []budget.Line) budget.Money {
	var minor int64
	for _, l := range lines {
		minor += l.Allocated().Minor()
	}
	return budget.FromMinor(minor, s.r.Currency)
}
