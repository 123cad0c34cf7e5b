package workbook

import (
	"cmp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/getklar/influencercrm/budget"
)

// The columns of lines, from their headers on.
const (
	columnMonth  = 1 // names in the sheet of months
	columnSigned = 3
	columnBudget = 8
)

// months writes the sheet of months and returns its name and how many months are in it.
func (b *book) months() monthSheet {
	b.lines("Months", "Month", true)
	for _, l := range b.r.Months {
		b.line(b.monthName(l.Month), l, true)
	}
	if b.r.Unscheduled.Count() > 0 {
		b.line(b.say(b.r.Unscheduled.Label), b.r.Unscheduled, true)
	}
	b.totalLine(b.r.MonthTotal, true)
	return monthSheet{b.sheet, len(b.r.Months)}
}

// campaigns writes the sheet of campaigns.
func (b *book) campaigns() {
	b.lines("Campaigns", "Campaign", false)
	for _, l := range b.r.Campaigns {
		b.line(cmp.Or(l.Label, l.Key), l, false)
	}
	b.totalLine(b.r.Total, false)
}

func (b *book) lines(sheet, title string, month bool) {
	heads := []head{{b.say(title), false, 28}}
	if month {
		heads = append(heads, head{b.say("Date"), true, 12})
	}
	for _, c := range b.amounts() {
		heads = append(heads, head{b.say(c.title), true, 18})
	}
	if !month && b.targeted() {
		heads = append(heads, head{b.say("Revenue target"), true, 18}, head{b.say("Cost of target"), true, 12})
	}
	b.begin(b.say(sheet), append(heads, head{b.say("Cooperations"), true, 14}, head{b.say("Health"), false, 14})...)
}

// amounts are the columns of amounts. What a filter has not selected has one only where it leaves something out of a
// budget.
func (b *book) amounts() []amounts {
	all := []amounts{
		{"Signed", func(l budget.Line) budget.Money { return l.Signed }},
		{"Negotiating", func(l budget.Line) budget.Money { return l.Negotiating }},
		{"Draft", func(l budget.Line) budget.Money { return l.Draft }},
		{"Allocated", budget.Line.Allocated},
		{"Forecast", func(l budget.Line) budget.Money { return l.Forecast }},
		{"Budget", func(l budget.Line) budget.Money { return l.Budget }},
		{"Unbudgeted", budget.Line.Unbudgeted},
	}
	if slices.ContainsFunc(slices.Concat(b.r.Campaigns, b.r.Months), func(l budget.Line) bool { return l.Others.Allocated().Sign() != 0 }) {
		all = append(all, amounts{"Not selected", func(l budget.Line) budget.Money { return l.Others.Allocated() }})
	}
	return append(all,
		amounts{"Left after signed", budget.Line.RemainingAfterSigned}, amounts{"Left after all", budget.Line.RemainingAfterAllocated})
}

// amounts are a column of amounts.
type amounts struct {
	title string
	of    func(budget.Line) budget.Money
}

// targeted reports whether a campaign has a revenue target.
func (b *book) targeted() bool {
	return slices.ContainsFunc(b.r.Campaigns, func(l budget.Line) bool { return l.Target.IsSet() })
}

// shareCell is the cost as a part of the revenue target, blank without one.
func (b *book) shareCell(l budget.Line) cell {
	share, ok := l.CostShare()
	if !ok {
		return cell{style: b.percent}
	}
	return cell{digits: share.String(), style: b.percent}
}

func (b *book) lineCells(label string, l budget.Line, month bool) []cell {
	cells := []cell{b.textCell(label)}
	if month {
		cells = append(cells, b.monthCell(l.Month))
	}
	for _, c := range b.amounts() {
		cells = append(cells, b.amountCell(c.of(l)))
	}
	if !month && b.targeted() {
		cells = append(cells, b.amountCell(l.Target), b.shareCell(l))
	}
	health := b.say(strings.ReplaceAll(string(l.Health), "_", " "))
	return append(cells, b.countCell(l.Count()), b.textCell(health))
}

func (b *book) line(label string, l budget.Line, month bool) { b.write(b.lineCells(label, l, month)) }

func (b *book) totalLine(l budget.Line, month bool) {
	b.write(b.total(b.lineCells(b.say(l.Label), l, month)))
}

// matrix writes the sheet of campaigns and months, with the allocated amounts.
func (b *book) matrix() {
	columns := make([]budget.Month, 0, len(b.r.Months)+1)
	heads := []head{{b.say("Campaign"), false, 28}}
	for _, l := range b.r.Months {
		columns = append(columns, l.Month)
		heads = append(heads, head{b.monthName(l.Month), true, 17})
	}
	if b.r.Unscheduled.Count() > 0 {
		columns = append(columns, budget.Month{})
		heads = append(heads, head{b.say(b.r.Unscheduled.Label), true, 17})
	}
	b.begin(b.say("Campaigns by month"), append(heads, head{b.say("Total"), true, 17})...)
	type place struct {
		campaign string
		month    budget.Month
	}
	cells := map[place]budget.Line{}
	for _, l := range b.r.Cells {
		cells[place{l.Key, l.Month}] = l
	}
	for _, l := range b.r.Campaigns {
		row := []cell{b.textCell(cmp.Or(l.Label, l.Key))}
		for _, m := range columns {
			if c, known := cells[place{l.Key, m}]; known {
				row = append(row, b.amountCell(c.Allocated()))
			} else {
				row = append(row, cell{})
			}
		}
		b.write(append(row, b.amountCell(l.Allocated())))
	}
	b.shade(len(columns))
	row := []cell{b.textCell(b.say("Total"))}
	for _, l := range b.r.Months {
		row = append(row, b.amountCell(l.Allocated()))
	}
	if b.r.Unscheduled.Count() > 0 {
		row = append(row, b.amountCell(b.r.Unscheduled.Allocated()))
	}
	b.write(b.total(append(row, b.amountCell(b.r.Total.Allocated()))))
}

// shade makes the larger amounts of the matrix darker.
func (b *book) shade(columns int) {
	if b.row < 2 || columns == 0 {
		return
	}
	last, err := excelize.CoordinatesToCellName(columns+1, b.row)
	b.keep(err)
	b.keep(b.f.SetConditionalFormat(b.sheet, "B2:"+last, []excelize.ConditionalFormatOptions{{
		Type: "2_color_scale", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", MinColor: "#FFFFFF", MaxColor: "#93BCE6",
	}}))
}

// shares writes the sheet of cooperations, with the part that each has in each of its months.
func (b *book) shares(most int) {
	b.begin(b.say("Cooperations"), head{b.say("Cooperation"), false, 48}, head{b.say("Campaign"), false, 28},
		head{b.say("Month"), true, 12}, head{b.say("Status"), false, 16}, head{b.say("Share"), true, 18})
	campaigns := map[string]string{}
	for _, l := range b.r.Campaigns {
		campaigns[l.Key] = cmp.Or(l.Label, l.Key)
	}
	shares := b.r.Items("", budget.Month{})
	shown := shares[:min(len(shares), most)]
	for _, s := range shown {
		amount := b.amountCell(s.Share)
		if s.Unpriced {
			amount = b.textCell(b.say("No exchange rate"))
		}
		b.write([]cell{b.textCell(cmp.Or(s.Name, s.Item)), b.textCell(campaigns[s.Campaign]), b.monthCell(s.Month),
			b.textCell(b.stage(s.Stage)), amount})
	}
	if rest := shares[len(shown):]; len(rest) > 0 {
		var minor int64 // a part of the total, which fits
		for _, s := range rest {
			minor += s.Share.Minor()
		}
		b.write([]cell{b.textCell(b.say("… and %d more", len(rest))), {}, {}, {}, b.amountCell(budget.FromMinor(minor, b.r.Currency))})
	}
	if len(shares) > 0 { // a report from JSON has no items, but it has a total
		b.write(b.total([]cell{b.textCell(b.say("Total")), {}, {}, {}, b.amountCell(b.r.Total.Allocated())}))
	}
	last, err := excelize.CoordinatesToCellName(5, max(len(shown), 1)+1)
	b.keep(err)
	b.keep(b.f.AutoFilter(b.sheet, "A1:"+last, nil))
	b.layPages() // anew, because the filter takes it away
}

func (b *book) stage(s budget.Stage) string {
	switch s {
	case budget.Signed:
		return b.say("Signed")
	case budget.Negotiating:
		return b.say("Negotiating")
	case budget.Draft:
		return b.say("Draft")
	}
	return string(s)
}
