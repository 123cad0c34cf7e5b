package crm

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/getklar/influencercrm/budget"
)

// CloneMonth continues an always-on programme: from the campaign "June 2026" it makes "July 2026", with the
// cooperations, as CloneCampaign does; no month means the one that follows. The names of months are English, as they
// are in Klar's sheets.
//
// The new campaign lasts from the first to the last day of its month. The dates of cooperations move by whole months
// and keep their day, as far as the month has it; the last day of a month stays the last day. A campaign with any other
// name is an ErrInvalid.
func (w *Work) CloneMonth(ctx context.Context, id CampaignID, to budget.Month) (Cloned, error) {
	old, err := w.Campaigns().Get(ctx, id)
	if err != nil {
		return Cloned{}, err
	}
	from, ok := namedMonth(old.Name)
	if !ok {
		p := newProblems(old)
		p.add("name", old.Name, `is not the name of a month, like "June 2026"; clone it under a name and with dates of your own`)
		return Cloned{}, p.result()
	}
	if to.IsZero() {
		to = from.Next()
	}
	if _, err := budget.NewMonth(to.Year(), to.TimeMonth()); err != nil {
		p := newProblems(old)
		p.addf("month", to.String(), "is outside the years %s to %s; check the year", strconv.Itoa(budget.MinYear), strconv.Itoa(budget.MaxYear))
		return Cloned{}, p.result()
	}
	made := old
	made.Name, made.Period = monthName(to), budget.Period{Start: to.First(), End: to.Last()}
	months := to.Sub(from)
	return w.cloneCampaign(ctx, made, func(d budget.Date) budget.Date { return addMonths(d, months) }, true)
}

// addMonths moves a day by whole months. The last day of a month stays the last.
func addMonths(d budget.Date, n int) budget.Date {
	month := d.Month().Add(n)
	if d == d.Month().Last() || d.Day() > month.Days() {
		return month.Last()
	}
	return month.First().AddDays(d.Day() - 1)
}

// monthName is what the campaign of a month is called: "June 2026".
func monthName(m budget.Month) string { return m.TimeMonth().String() + " " + strconv.Itoa(m.Year()) }

// namedMonth is the month that a campaign is named after.
func namedMonth(name string) (budget.Month, bool) {
	word, number, _ := strings.Cut(Fold(name), " ")
	year, err := strconv.Atoi(number)
	if err != nil {
		return budget.Month{}, false
	}
	for m := time.January; m <= time.December; m++ {
		month, err := budget.NewMonth(year, m)
		if err == nil && Fold(monthName(month)) == word+" "+number {
			return month, true
		}
	}
	return budget.Month{}, false
}
