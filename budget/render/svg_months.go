package render

import (
	"strconv"

	"github.com/getklar/influencercrm/budget"
)

const (
	plotHeight = 260 * pixel
	widestBar  = 160 * pixel
	gapOfBars  = 3 // of ten parts of a month's room
)

// months draws bars by month, stacked by stage, with the budgets as a line.
func (s *sketch) months() drawing {
	d := s.begin(ChartMonths, s.say("By month, in %s", drawn(string(s.r.Currency))))
	lines, left := s.window(s.size)
	if len(lines) == 0 {
		return s.nothing(d)
	}
	key := s.legend(&d)
	key.stages()
	key.others(lines)
	if budgeted(lines) {
		key.line("budget", s.say("Budget"))
	}
	key.healths(lines)
	p := s.newMonthPlot(lines, d.y)
	p.axis(&d)
	var description []string
	for i, l := range lines {
		sentence := s.described(s.month(l.Month), l)
		description = append(description, sentence)
		d.group(sentence)
		p.bar(&d, i, l)
	}
	d.group("")
	p.budgets(&d)
	for i, l := range lines {
		p.labels(&d, i, l)
	}
	d.y = p.bottom + 52*pixel
	for _, note := range left {
		description = append(description, d.note(note))
	}
	return s.finish(d, append(description, s.notes(&d)...))
}

func budgeted(lines []budget.Line) bool {
	for _, l := range lines {
		if l.Budget.IsSet() {
			return true
		}
	}
	return false
}

// monthPlot is where the bars of months stand.
type monthPlot struct {
	*sketch
	lines            []budget.Line
	scale            scale
	x, width, bottom px
	level            bool // there is room for labels beside each other
	tops             []px // of the bars
}

func (s *sketch) newMonthPlot(lines []budget.Line, y px) *monthPlot {
	p := &monthPlot{sketch: s, lines: lines, tops: make([]px, len(lines))}
	var low, high int64
	var widest px
	for _, l := range lines {
		_, below, above := barOf(l, l.Amounts)
		low, high = min(low, below), max(high, above, minorOf(l.Budget))
		widest = max(widest, textWidth(s.amount(l.Allocated()), 11), textWidth(s.amount(l.Budget), 11))
	}
	p.scale = newScale(low, high, unitOf(s.r.Currency), plotHeight)
	p.x = margin
	for _, t := range p.scale.ticks() {
		p.x = max(p.x, margin+textWidth(s.tickLabel(t, p.scale), 11)+8*pixel)
	}
	p.width = s.width - margin - p.x
	room := p.width / px(len(lines))
	p.level = widest+4*pixel <= room
	above := 10 * pixel
	for _, l := range lines {
		_, _, bar := barOf(l, l.Amounts)
		needed, top := textWidth(s.amount(l.Allocated()), 11)+8*pixel, bar
		if p.level { // two lines of labels
			needed, top = 34*pixel, max(bar, minorOf(l.Budget))
		}
		above = max(above, needed-(plotHeight-p.scale.at(top)))
	}
	p.bottom = y + above + plotHeight
	return p
}

// at is where the room of a month begins.
func (p *monthPlot) at(i int) px { return p.x + p.width*px(i)/px(len(p.lines)) }

func (p *monthPlot) height(amount int64) px { return p.bottom - p.scale.at(amount) }

// axis draws what is behind the bars: the month of the report, the amounts, and the names of the months.
func (p *monthPlot) axis(d *drawing) {
	for i, l := range p.lines {
		if !l.Month.IsZero() && l.Month == p.r.Today.Month() {
			d.rect("now", p.at(i), p.bottom-plotHeight, p.at(i+1)-p.at(i), plotHeight+50*pixel)
		}
	}
	for _, t := range p.scale.ticks() {
		class := "grid"
		if t == 0 {
			class = "axis"
		}
		y := p.height(t)
		d.path(class, "M%v %vH%v", p.x, y, p.x+p.width)
		d.text("s11 faint end", p.x-6*pixel, y+4*pixel, p.tickLabel(t, p.scale))
	}
	for i, l := range p.lines {
		middle := (p.at(i) + p.at(i+1)) / 2
		d.text("s11 middle", middle, p.bottom+16*pixel, p.shortMonth(l.Month))
		if i == 0 || l.Month.TimeMonth() == 1 {
			d.text("s11 faint middle", middle, p.bottom+30*pixel, strconv.Itoa(l.Month.Year()))
		}
		p.healthMark(d, l.Health, middle, p.bottom+46*pixel)
	}
}

func (p *monthPlot) bar(d *drawing, i int, l budget.Line) {
	room := p.at(i+1) - p.at(i)
	gap := max(room*gapOfBars/20, (room-widestBar)/2)
	segments, _, _ := barOf(l, l.Amounts)
	bars, _, _ := spans(segments, p.scale.at)
	top := p.scale.at(0) // of what the amount above the bar is of
	// What is behind the bar makes the tooltip appear wherever in the month the pointer is.
	d.rect("room", p.at(i), p.bottom-plotHeight, room, plotHeight)
	for _, b := range bars {
		d.rect(b.class, p.at(i)+gap, p.bottom-b.to, room-2*gap, b.to-b.from)
		if b.class != "others" {
			top = max(top, b.to)
		}
	}
	p.tops[i] = p.bottom - top
}

// budgets draws the line of the budgets, which steps from month to month, and is broken where there is none.
func (p *monthPlot) budgets(d *drawing) {
	path, open := "", false
	for i, l := range p.lines {
		if !l.Budget.IsSet() {
			open = false
			continue
		}
		y := p.height(minorOf(l.Budget))
		if open {
			path += "V" + y.String()
		} else {
			path += "M" + p.at(i).String() + " " + y.String()
		}
		path += "H" + p.at(i+1).String()
		open = true
	}
	if path != "" {
		d.path("budget", "%s", path)
	}
}

// labels writes what a month comes to above its bar, and its budget above the line. Where there is no room
// for both beside their neighbours, the amounts of the bars run upwards, and those of the budgets are in the tooltips.
// A label that lies on a bar, or on the line, covers what is behind it, which would strike through its figures.
func (p *monthPlot) labels(d *drawing, i int, l budget.Line) {
	middle := (p.at(i) + p.at(i+1)) / 2
	amount, bar := p.amount(l.Allocated()), p.tops[i]
	if l.Count() == 0 && l.Allocated().Sign() == 0 {
		amount = ""
	}
	if !p.level {
		if length := textWidth(amount, 11) + 2*pixel; amount != "" {
			d.rect("paper", middle-6*pixel, bar-4*pixel-length, 12*pixel, length)
			d.turned("s11 on-bars", middle+4*pixel, bar-5*pixel, amount)
		}
		return
	}
	const line = 15 * pixel
	y := p.height(minorOf(l.Budget))
	distance := bar - y
	together := l.Budget.IsSet() && amount != "" && distance < line && distance > -line
	if together {
		bar = min(y, bar) // above the line, which would cross the amount
	}
	if amount != "" {
		d.text("s11 middle on-bars", middle, bar-4*pixel, amount)
	}
	if !l.Budget.IsSet() {
		return
	}
	if together {
		y = bar - line + 2*pixel // above the amount of the bar
	}
	label := p.amount(l.Budget)
	if width := textWidth(label, 11) + 4*pixel; y > bar {
		d.rect("paper", middle-width/2, y-15*pixel, width, 13*pixel)
	}
	d.text("s11 middle on-bars budget-label", middle, y-5*pixel, label)
}
