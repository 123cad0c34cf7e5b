package render

import (
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
)

const (
	barHeight  = 14 * pixel
	barPitch   = 58 * pixel
	plotOfBars = sheetWidth - 2*margin
)

// campaignBars draws a bar for each campaign: those with a budget against it, the others against each other.
func (s *sketch) campaignBars() drawing {
	d := s.begin(ChartCampaigns, s.say("By campaign, in %s", drawn(string(s.r.Currency))))
	shown, rest := s.largest(s.r.Campaigns, sizeOf)
	if len(shown) == 0 {
		return s.nothing(d)
	}
	key := s.legend(&d)
	key.stages()
	key.others(shown)
	var with, without []budget.Line
	for _, l := range shown {
		if l.Budget.IsSet() {
			with = append(with, l)
		} else {
			without = append(without, l)
		}
	}
	if len(with) > 0 {
		key.line("budget", s.say("Budget"))
		if slices.ContainsFunc(with, beyond) {
			key.box("beyond", s.say("beyond the budget"))
		}
		key.healths(with)
	}
	description := append(s.budgetBars(&d, with), s.plainBars(&d, without, len(with) > 0)...)
	if len(rest) > 0 {
		d.y += 10 * pixel
		description = append(description, d.note(s.restOf(rest)))
	}
	return s.finish(d, description)
}

// beyond reports whether the bar of a line ends beyond its budget.
func beyond(l budget.Line) bool {
	_, _, high := barOf(l, l.Covered)
	return high > minorOf(l.Budget)
}

// budgetBars draws bars against their budgets. What is beyond half as much again is cut, with an arrow.
func (s *sketch) budgetBars(d *drawing, lines []budget.Line) (description []string) {
	if len(lines) == 0 {
		return nil
	}
	axis := percentAxis{high: 100}
	for _, l := range lines {
		if beyond(l) {
			axis.high = 150
		}
		if _, low, _ := barOf(l, l.Covered); low < 0 {
			axis.low = -50
		}
	}
	top := d.y + 26*pixel
	bottom := top + px(len(lines))*barPitch - 14*pixel
	for percent := axis.low; percent <= axis.high; percent += 25 {
		if percent%50 == 0 {
			x := margin + axis.at(percent)
			d.path("grid", "M%v %vV%v", x, top, bottom)
			d.text("s11 faint "+anchorOf(x), x, top-6*pixel, s.say("%d%%", percent))
		}
	}
	for i, l := range lines {
		name, y := s.name(l), top+px(i)*barPitch
		sentence := s.described(name, l)
		description = append(description, sentence)
		d.group(sentence)
		s.rowTexts(d, name, l, y)
		s.budgetBar(d, axis, l, y+22*pixel)
	}
	d.group("")
	d.y = bottom
	return description
}

func (s *sketch) budgetBar(d *drawing, axis percentAxis, l budget.Line, y px) {
	whole := minorOf(l.Budget)
	at := func(amount int64) px { return axis.share(amount, whole) }
	zero, full := margin+axis.at(0), margin+axis.at(100)
	segments, _, _ := barOf(l, l.Covered)
	bars, low, high := spans(segments, at)
	for _, b := range bars {
		from, to := max(b.from, 0), min(b.to, plotOfBars)
		d.rect(b.class, margin+from, y, to-from, barHeight)
	}
	d.path("track", "M%v %vH%vV%vH%vZ", zero, y, full, y+barHeight, zero)
	end := margin + min(high, plotOfBars)
	if beyond(l) {
		d.path("beyond", "M%v %vH%vV%vH%vZ", full, y, end, y+barHeight, full)
	}
	if high >= plotOfBars && axis.high > 100 {
		d.cut(margin+plotOfBars, y, -pixel)
	}
	if low <= 0 && axis.low < 0 {
		d.cut(margin, y, pixel)
	}
	d.path("budget", "M%v %vV%v", full, y-3*pixel, y+barHeight+3*pixel)
}

// cut ends a bar that goes on beyond its axis with an arrow. Inwards is a pixel.
func (d *drawing) cut(x, y, inwards px) {
	const length = 13
	d.rect("paper", min(x, x+length*inwards)-pixel, y-2*pixel, length*pixel+2*pixel, barHeight+4*pixel)
	d.path("over-mark", "M%v %vL%v %vL%v %vZ", x+9*inwards, y+2*pixel, x+inwards, y+barHeight/2, x+9*inwards, y+barHeight-2*pixel)
}

// plainBars draws bars against the largest of them.
func (s *sketch) plainBars(d *drawing, lines []budget.Line, under bool) (description []string) {
	if len(lines) == 0 {
		return nil
	}
	if under {
		d.y += 24 * pixel
		d.write("title", 13, s.say("Without a budget"))
	}
	var low, high int64
	for _, l := range lines {
		_, below, above := barOf(l, l.Amounts)
		low, high = min(low, below), max(high, above)
	}
	axis := newScale(low, high, unitOf(s.r.Currency), plotOfBars)
	top := d.y + 26*pixel
	bottom := top + px(len(lines))*barPitch - 14*pixel
	for _, t := range axis.ticks() {
		x := margin + axis.at(t)
		d.path("grid", "M%v %vV%v", x, top, bottom)
		d.text("s11 faint "+anchorOf(x), x, top-6*pixel, s.tickLabel(t, axis))
	}
	for i, l := range lines {
		name, y := s.name(l), top+px(i)*barPitch
		sentence := s.described(name, l)
		description = append(description, sentence)
		d.group(sentence)
		s.rowTexts(d, name, l, y)
		segments, _, _ := barOf(l, l.Amounts)
		bars, _, _ := spans(segments, axis.at)
		for _, b := range bars {
			d.rect(b.class, margin+b.from, y+22*pixel, b.to-b.from, barHeight)
		}
	}
	d.group("")
	d.y = bottom
	return description
}

// anchorOf keeps the labels of an axis inside the drawing.
func anchorOf(x px) string {
	switch {
	case x < 60*pixel:
		return ""
	case x > sheetWidth-60*pixel:
		return "end"
	}
	return "middle"
}

// rowTexts writes the name of a campaign and how it stands above its bar, and its amounts below.
func (s *sketch) rowTexts(d *drawing, name string, l budget.Line, y px) {
	t := text{speech: s.speech}
	const leastName = 240 * pixel
	standing := t.standing(l)
	if textWidth(standing, 11)+24*pixel+min(textWidth(name, 13), leastName) > plotOfBars {
		standing = s.say(healthWord(l.Health))
	}
	room := plotOfBars - textWidth(standing, 11) - 24*pixel
	x := sheetWidth - margin
	d.text("s11 end on-bars", x, y+15*pixel, standing)
	s.healthMark(d, l.Health, x-textWidth(standing, 11)-8*pixel, y+15*pixel)
	d.text("s13 on-bars", margin, y+15*pixel, fitWidth(name, 13, room))
	parts := []string{
		s.say("Signed") + " " + s.amount(l.Signed), s.say("Negotiating") + " " + s.amount(l.Negotiating),
		s.say("Draft") + " " + s.amount(l.Draft),
	}
	if l.Budget.IsSet() {
		parts = append(parts, s.say("Budget")+" "+s.amount(l.Budget))
	}
	d.text("s10 faint on-bars", margin, y+48*pixel, strings.Join(parts, "  ·  "))
}

// percentAxis places shares of a budget.
type percentAxis struct{ low, high int } // in percent

func (a percentAxis) at(percent int) px {
	return px(percent-a.low) * plotOfBars / px(a.high-a.low)
}

// share places an amount of a budget. It is at the end of the axis, or beyond it, where the amount is.
func (a percentAxis) share(amount, whole int64) px {
	zero, hundred := a.at(0), a.at(100)
	switch {
	case amount == 0:
		return zero
	case whole == 0 && amount > 0:
		return plotOfBars
	case whole == 0:
		return 0
	}
	return min(max(zero+ratio(amount, whole, hundred-zero), 0), plotOfBars)
}
