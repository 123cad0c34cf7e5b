package crm

import (
	"strconv"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
)

// currencyOfWorkspace says in an error whose currency an amount must have.
const currencyOfWorkspace = "the currency of the workspace"

// amount checks a planned amount, which is not negative. It must be in the given currency, if there is one; whose
// describes that currency in the error.
func (p *problems) amount(field string, m budget.Money, currency budget.Currency, whose string) {
	if !m.IsSet() {
		return
	}
	known, err := budget.ParseCurrency(string(m.Currency()))
	switch {
	case err != nil || known != m.Currency():
		p.addf(field, m.String(), "is in no known currency; use one like EUR")
	case m.Sign() < 0:
		p.add(field, m.String(), "must not be negative")
	case m.Minor() > budget.MaxMinor:
		p.add(field, m.String(), "is larger than any real amount; check the digits")
	case currency != "" && m.Currency() != currency:
		p.addf(field, m.String(), "must be in %s, %s", currency, sentence.Of(whose))
	}
}

// period checks that the days of a period are valid, that it does not end before it starts, and that it is not too
// long.
func (p *problems) period(field string, period budget.Period) {
	start, end := p.day(field+".start", period.Start), p.day(field+".end", period.End)
	switch {
	case !start || !end || period.Start.IsZero() || period.End.IsZero():
	case period.End.Before(period.Start):
		p.addf(field+".end", period.End.String(), "is before the start on %s; choose a later end or an earlier start",
			period.Start)
	case period.Days() > budget.MaxDays:
		p.addf(field+".end", period.End.String(), "makes a period of %d days from the start on %s; at most %d are allowed",
			period.Days(), period.Start, budget.MaxDays)
	}
}

// day checks that a day is in the supported years and reports whether it is. The zero day is.
func (p *problems) day(field string, d budget.Date) bool {
	if (budget.Period{Start: d}).Validate() == nil {
		return true
	}
	p.addf(field, d.String(), "is outside the years %s to %s; check the year", strconv.Itoa(budget.MinYear), strconv.Itoa(budget.MaxYear))
	return false
}
