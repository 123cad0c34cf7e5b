package budget

import (
	"cmp"
	"maps"
	"slices"
)

// alertFinder collects alerts, in any order.
type alertFinder struct {
	report *Report
	ledger *ledger
	within int // days
	found  []Alert
}

// today is the report's day, zero if it has none.
func (f *alertFinder) today() Date { return f.report.Today }

// findHealth finds months, and upcoming campaigns that are not archived, that are over their budgets or at risk.
func (f *alertFinder) findHealth() {
	up := f.report.Upcoming(f.today())
	for _, l := range up.Campaigns {
		c := &f.ledger.campaigns[f.ledger.index[l.Key]]
		if c.Archived {
			continue
		}
		a := Alert{Campaign: l.Key, On: c.Period.End}
		f.addHealth(a, l, "campaign %q is over its budget by %s",
			"campaign %q will be over its budget by %s if everything is signed", short(l.Label))
	}
	for _, l := range up.Months {
		a := Alert{Month: l.Month, On: l.Month.First()}
		f.addHealth(a, l, "%s is over its budget by %s", "%s will be over its budget by %s if everything is signed", l.Month)
	}
}

func (f *alertFinder) addHealth(a Alert, l Line, over, atRisk string, name any) {
	switch l.Health {
	case Over:
		a.Kind, a.Format, a.Amount = AlertOver, over, l.RemainingAfterSigned()
	case AtRisk:
		a.Kind, a.Format, a.Amount = AlertAtRisk, atRisk, l.RemainingAfterAllocated()
	default:
		return
	}
	a.Amount = FromMinor(-a.Amount.minor, a.Amount.currency)
	a.Items, a.Count, a.Args = []string{l.TippedBy}, 1, []any{name, a.Amount}
	f.found = append(f.found, a)
}

// campaignKind is a kind of alert about some items of a campaign.
type campaignKind struct {
	campaign int32
	kind     AlertKind
}

// findItems finds what is wrong with the items of each campaign.
func (f *alertFinder) findItems() {
	alerts, unpriced := map[campaignKind]*Alert{}, map[campaignKind]bool{}
	for i := range f.ledger.inOrder(func(*entry) bool { return true }) {
		e := &f.ledger.entries[i]
		for _, kind := range f.kindsOf(e, &f.ledger.items[i]) {
			key := campaignKind{e.campaign, kind}
			if alerts[key] == nil {
				c := &f.ledger.campaigns[e.campaign]
				alerts[key] = &Alert{Kind: kind, Campaign: c.ID, Amount: FromMinor(0, f.report.Currency), On: f.dayOf(kind, e, c)}
			}
			alerts[key].addItem(e, &f.ledger.items[i])
			unpriced[key] = unpriced[key] || e.unpriced
		}
	}
	for key, a := range alerts {
		a.setSentence(&f.ledger.campaigns[key.campaign], !unpriced[key] && a.Amount.minor != 0)
		f.found = append(f.found, *a)
	}
}

// dayOf returns the day of an alert, of which e is the first item.
func (f *alertFinder) dayOf(kind AlertKind, e *entry, c *account) Date {
	if kind == AlertDraftStarted {
		return e.first
	}
	return c.Period.End
}

// kindsOf returns the alerts that an item is part of.
func (f *alertFinder) kindsOf(e *entry, it *Item) []AlertKind {
	c := &f.ledger.campaigns[e.campaign]
	if c.Archived || !c.upcoming(f.today()) || it.Cancellation != nil || f.hasEnded(it) {
		return nil
	}
	var kinds []AlertKind
	costs := e.minor != 0 || e.unpriced
	switch {
	case it.Stage == Signed:
		if it.Period.Start.IsZero() {
			kinds = append(kinds, AlertSignedNoDate)
		}
		if !it.Cost.IsSet() {
			kinds = append(kinds, AlertSignedNoCost)
		}
		return kinds
	case it.Period.IsZero() && costs:
		kinds = append(kinds, AlertUndatedCost)
	}
	if it.Stage == Draft && !f.today().IsZero() {
		if !it.Period.Start.IsZero() && it.Period.Start.Before(f.today()) {
			kinds = append(kinds, AlertDraftStarted)
		}
		if !c.Period.End.IsZero() && c.Period.End.DaysSince(f.today()) <= f.within {
			kinds = append(kinds, AlertEndsSoon)
		}
	}
	return kinds
}

// hasEnded reports whether an item's last day has passed.
func (f *alertFinder) hasEnded(it *Item) bool {
	return !f.today().IsZero() && !it.Period.End.IsZero() && it.Period.End.Before(f.today())
}

func (a *Alert) addItem(e *entry, it *Item) {
	a.Count++
	a.Amount = FromMinor(a.Amount.minor+e.minor, a.Amount.currency)
	if len(a.Items) < MaxAlertItems {
		a.Items = append(a.Items, it.ID)
	}
}

// setSentence says what an alert of a campaign's items is about. The amount says it where it is all of what they cost, and
// the count elsewhere.
func (a *Alert) setSentence(c *account, byAmount bool) {
	name := short(cmp.Or(c.Name, c.ID))
	a.Args = []any{name, a.Count}
	switch a.Kind {
	case AlertSignedNoDate:
		a.Format = "signed without a start date in campaign %q: %d"
	case AlertSignedNoCost:
		a.Format = "signed without a cost in campaign %q: %d"
	case AlertDraftStarted:
		a.Format = "drafts whose start has passed in campaign %q: %d"
	case AlertEndsSoon:
		a.Format, a.Args = "campaign %q ends on %s and has drafts: %d", []any{name, c.Period.End, a.Count}
	case AlertUndatedCost:
		if !byAmount {
			a.Format = "in campaign %q cooperations are planned without dates, and their costs are in no month: %d"
			return
		}
		a.Format, a.Args = "in campaign %q %s are planned without dates, and are in no month", []any{name, a.Amount}
	}
}

// booking is an influencer's week.
type booking struct {
	influencer string
	monday     Date
}

// findDoubleBookings finds influencers who have to start for several campaigns in one week.
func (f *alertFinder) findDoubleBookings() {
	weeks := map[booking][]int32{} // positions of entries, by start, then ID
	for i := range f.ledger.inOrder(func(e *entry) bool { return e.stage != int8(Draft.index()) && !e.first.IsZero() }) {
		e, it := &f.ledger.entries[i], &f.ledger.items[i]
		monday := e.first.Monday()
		passed := !f.today().IsZero() && monday.Before(f.today().Monday())
		if it.Influencer == "" || it.Cancellation != nil || passed || f.hasEnded(it) || f.ledger.campaigns[e.campaign].Archived {
			continue
		}
		week := booking{it.Influencer, monday}
		weeks[week] = append(weeks[week], i)
	}
	for _, week := range slices.SortedFunc(maps.Keys(weeks), compareBookings) {
		f.addDoubleBooking(week, weeks[week])
	}
}

func compareBookings(a, b booking) int {
	return cmp.Or(a.monday.Compare(b.monday), cmp.Compare(a.influencer, b.influencer))
}

func (f *alertFinder) addDoubleBooking(week booking, positions []int32) {
	first := f.ledger.entries[positions[0]].campaign
	if !slices.ContainsFunc(positions, func(i int32) bool { return f.ledger.entries[i].campaign != first }) {
		return
	}
	a := Alert{Kind: AlertDoubleBooked, Influencer: week.influencer, On: week.monday, Amount: FromMinor(0, f.report.Currency)}
	for _, i := range positions {
		a.addItem(&f.ledger.entries[i], &f.ledger.items[i])
	}
	name := cmp.Or(f.ledger.label(AxisInfluencer, week.influencer, week.influencer), week.influencer)
	a.Format, a.Args = "%q starts for several campaigns in the week of %s: %d", []any{short(name), week.monday, a.Count}
	f.found = append(f.found, a)
}
