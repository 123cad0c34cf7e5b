package crm

import "github.com/getklar/influencercrm/budget"

// Campaign is a planning shell for cooperations under one goal, such as a product launch or a
// month of an always-on programme. Its name is unique in the workspace, folded, archived ones
// included. A budget that is not set is not a budget of zero.
type Campaign struct {
	ID            CampaignID    `json:"id"`
	Version       int64         `json:"version"`
	Name          string        `json:"name"`
	RevenueTarget budget.Money  `json:"revenue_target,omitzero"`
	Budget        budget.Money  `json:"budget,omitzero"`
	Period        budget.Period `json:"period,omitzero"` // both days optional
	Notes         string        `json:"notes,omitzero"`
	ArchivedOn    budget.Date   `json:"archived_on,omitzero"`
}

// Ref implements Record.
func (c Campaign) Ref() Ref { return Ref{KindCampaign, c.ID.UUID()} }

// Revision implements Record.
func (c Campaign) Revision() int64 { return c.Version }

func (c Campaign) withRevision(v int64) Record { c.Version = v; return c }

func (c *Campaign) normalize(currency budget.Currency) error {
	p := &problems{record: c.Ref()}
	p.name("name", &c.Name, "a campaign")
	p.amount("revenue_target", c.RevenueTarget, currency)
	p.amount("budget", c.Budget, currency)
	p.period("period", c.Period)
	p.text("notes", &c.Notes, MaxNotes, true)
	return p.result()
}

// period checks that a period ends where it should.
func (p *problems) period(field string, period budget.Period) {
	if err := period.Validate(); err != nil {
		p.err(field+".end", period.End.String(), err)
	}
}

// amount checks a planned amount, which is not negative. A currency of "" accepts any.
func (p *problems) amount(field string, m budget.Money, currency budget.Currency) {
	switch {
	case !m.IsSet():
	case m.Sign() < 0:
		p.add(field, m.String(), "must not be negative")
	case m.Minor() > budget.MaxMinor:
		p.add(field, m.String(), "is larger than any real amount; check the digits")
	case currency != "" && m.Currency() != currency:
		p.addf(field, m.String(), "must be in %s, the currency of the workspace", currency)
	}
}
