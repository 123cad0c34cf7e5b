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

// AtRevision implements Record.
func (c Campaign) AtRevision(v int64) Record { c.Version = v; return c }

// SortKey implements Record.
func (c Campaign) SortKey(s Sort) string { return sortKey(s, c.Name, c.Period.Start) }

// SearchText implements Record.
func (c Campaign) SearchText() string { return searchText(c.Name, c.Notes) }

func (c Campaign) clone() Record { return c }

func (c *Campaign) normalize(currency budget.Currency) error {
	p := &problems{record: c.Ref()}
	p.name("name", &c.Name, "a campaign")
	p.amount("revenue_target", c.RevenueTarget, currency, ofWorkspace)
	p.amount("budget", c.Budget, currency, ofWorkspace)
	p.period("period", c.Period)
	p.text("notes", &c.Notes, MaxNotes, true)
	return p.result()
}
