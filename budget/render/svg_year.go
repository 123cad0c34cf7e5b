package render

import (
	"slices"
	"strconv"

	"github.com/getklar/influencercrm/budget"
)

const (
	yearLength  = 12 // months
	rowHeight   = 26 * pixel
	nameRoom    = 206 * pixel
	cellsLength = sheetWidth - 2*margin - nameRoom
	widestCell  = 120 * pixel
)

// year draws twelve months of each campaign that has a part in them as a heat map.
func (s *sketch) year() drawing {
	d := s.begin(ChartYear, s.say("By campaign and month, in %s", drawn(string(s.r.Currency))))
	months, left := s.window(yearLength)
	m := s.newHeatMap(months)
	shown, rest := s.largest(m.campaigns, func(l budget.Line) int64 {
		minor := minorOf(s.sum(m.inMonths(l)))
		return max(minor, -minor)
	})
	if len(shown) == 0 {
		return s.nothing(d)
	}
	m.measure(shown)
	m.legend(&d, shown)
	d.y += 8 * pixel
	m.heads(&d)
	var description []string
	for _, l := range shown {
		description = append(description, m.row(&d, l))
	}
	if len(rest) > 0 {
		m.sums(&d, s.say("… and %d more", len(rest)), m.inEach(rest))
		description = append(description, s.say("… and %d more", len(rest))+": "+s.amount(s.sum(m.inEach(rest))))
	}
	d.path("axis", "M%v %vH%v", margin, d.y, sheetWidth-margin)
	m.sums(&d, s.say("Total"), m.inEach(m.campaigns))
	for _, note := range left {
		description = append(description, d.note(note))
	}
	return s.finish(d, append(description, s.notes(&d)...))
}

// heatMap is the cells of campaigns and months.
type heatMap struct {
	*sketch
	months    []budget.Line
	campaigns []budget.Line // that have a cell in these months
	cells     map[string]map[budget.Month]budget.Line
	most      int64
	size      int // of the letters in cells; 0 if none are small enough
}

func (s *sketch) newHeatMap(months []budget.Line) *heatMap {
	m := &heatMap{sketch: s, months: months, cells: map[string]map[budget.Month]budget.Line{}}
	for _, l := range s.r.Cells {
		if len(months) == 0 || l.Month.Compare(months[0].Month) < 0 || l.Month.Compare(months[len(months)-1].Month) > 0 {
			continue
		}
		if m.cells[l.Key] == nil {
			m.cells[l.Key] = map[budget.Month]budget.Line{}
		}
		m.cells[l.Key][l.Month] = l
	}
	for _, l := range s.r.Campaigns {
		if m.cells[l.Key] != nil {
			m.campaigns = append(m.campaigns, l)
		}
	}
	return m
}

// inMonths are the cells of a campaign in calendar order.
func (m *heatMap) inMonths(campaign budget.Line) (cells []budget.Line) {
	for _, month := range m.months {
		if l, known := m.cells[campaign.Key][month.Month]; known {
			cells = append(cells, l)
		}
	}
	return cells
}

// inEach adds campaigns up for each of the months.
func (m *heatMap) inEach(campaigns []budget.Line) []budget.Line {
	sums := make([]budget.Line, len(m.months))
	for i, month := range m.months {
		var cells []budget.Line
		for _, campaign := range campaigns {
			cells = append(cells, m.cells[campaign.Key][month.Month])
		}
		zero := budget.FromMinor(0, m.r.Currency)
		sums[i] = budget.Line{Month: month.Month, Amounts: budget.Amounts{Signed: m.sum(cells), Negotiating: zero, Draft: zero}}
	}
	return sums
}

// measure finds out how much the darkest cell is, and letters that are small enough for all.
func (m *heatMap) measure(campaigns []budget.Line) {
	var widest px
	note := func(l budget.Line) { widest = max(widest, textWidth(m.amount(l.Allocated()), 10)) }
	for _, campaign := range campaigns {
		for _, l := range m.inMonths(campaign) {
			m.most = max(m.most, minorOf(l.Allocated()))
			note(l)
		}
	}
	for _, l := range m.inEach(m.campaigns) {
		note(l)
	}
	for _, size := range []int{10, 9, 8, 7} {
		if widest*px(size)/10 <= m.at(1)-m.at(0)-4*pixel {
			m.size = size
			break
		}
	}
}

// at is where the cells of a month begin.
func (m *heatMap) at(i int) px {
	return margin + nameRoom + min(cellsLength*px(i)/px(len(m.months)), widestCell*px(i))
}

func (m *heatMap) legend(d *drawing, campaigns []budget.Line) {
	key := m.sketch.legend(d)
	if m.most > 0 {
		for i := range 5 {
			d.rect(heatClass(i), key.x+px(i)*16*pixel, d.y-14*pixel, 16*pixel, 12*pixel)
		}
		key.x += 4 * 16 * pixel
		key.text(m.say("up to %s", m.amount(budget.FromMinor(m.most, m.r.Currency))))
	}
	var lines []budget.Line
	refund := false
	for _, campaign := range campaigns {
		for _, l := range m.inMonths(campaign) {
			lines = append(lines, l)
			refund = refund || l.Allocated().Sign() < 0
		}
	}
	if refund {
		key.box("refund", m.say("below zero"))
	}
	for _, h := range []struct {
		budget.Health
		class string
	}{{budget.Over, "over-corner"}, {budget.AtRisk, "at-risk-corner"}} {
		if slices.ContainsFunc(lines, func(l budget.Line) bool { return l.Health == h.Health }) {
			d.corner(h.class, key.x+14*pixel, d.y-13*pixel)
			key.text(m.say(healthWord(h.Health)))
		}
	}
}

func heatClass(i int) string { return "heat" + strconv.Itoa(i) }

func (m *heatMap) heads(d *drawing) {
	for i, l := range m.months {
		middle := (m.at(i) + m.at(i+1)) / 2
		d.text("s11 middle", middle, d.y+12*pixel, m.shortMonth(l.Month))
		if i == 0 || l.Month.TimeMonth() == 1 {
			d.text("s11 faint middle", middle, d.y+26*pixel, strconv.Itoa(l.Month.Year()))
		}
	}
	d.y += 34 * pixel
}

// row draws the cells of a campaign and returns what they are in words.
func (m *heatMap) row(d *drawing, campaign budget.Line) string {
	name := m.name(campaign)
	d.group(name)
	d.text("s11", margin, d.y+17*pixel, fitWidth(name, 11, nameRoom-8*pixel))
	sentence := isolated(name) + ":"
	for i, month := range m.months {
		l, known := m.cells[campaign.Key][month.Month]
		if !known {
			continue
		}
		sentence += " " + m.month(month.Month) + " " + m.amount(l.Allocated()) + ";"
		d.group(m.described(name+", "+m.month(month.Month), l))
		m.cell(d, i, l)
	}
	d.y += rowHeight
	return sentence
}

func (m *heatMap) cell(d *drawing, i int, l budget.Line) {
	x, length := m.at(i)+pixel, m.at(i+1)-m.at(i)-2*pixel
	minor, ink := minorOf(l.Allocated()), ""
	switch {
	case minor > 0:
		class := min(int(ratio(minor, m.most, 5)), 4)
		d.rect(heatClass(class), x, d.y+pixel, length, rowHeight-2*pixel)
		ink = " ink" + strconv.Itoa(class)
	case minor < 0:
		d.rect("refund", x, d.y+pixel, length, rowHeight-2*pixel)
	default:
		d.rect("room", x, d.y+pixel, length, rowHeight-2*pixel)
	}
	if m.size > 0 && l.Count() > 0 {
		d.text("s"+strconv.Itoa(m.size)+" middle"+ink, x+length/2, d.y+17*pixel, m.amount(l.Allocated()))
	}
	switch l.Health {
	case budget.Over:
		d.corner("over-corner", x+length, d.y+pixel)
	case budget.AtRisk:
		d.corner("at-risk-corner", x+length, d.y+pixel)
	}
}

// corner draws the sign of a cell that is over, a full corner, or at risk, an empty one.
func (d *drawing) corner(class string, x, y px) {
	const size = 9 * pixel
	d.path(class, "M%v %vL%v %vL%v %vZ", x-size, y, x, y, x, y+size)
}

// sums writes a row of amounts without colours.
func (m *heatMap) sums(d *drawing, label string, lines []budget.Line) {
	d.group("")
	d.text("s11 title", margin, d.y+17*pixel, label)
	for i, l := range lines {
		if m.size > 0 && l.Allocated().Sign() != 0 {
			d.text("s"+strconv.Itoa(m.size)+" middle", (m.at(i)+m.at(i+1))/2, d.y+17*pixel, m.amount(l.Allocated()))
		}
	}
	d.y += rowHeight
}
