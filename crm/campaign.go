package crm

import (
	"context"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Campaign groups cooperations under one goal, such as a product launch or a month of an always-on programme. Its name
// is unique in the workspace, folded, archived ones included. A budget that is not set is not a budget of zero.
type Campaign struct {
	ID            CampaignID    `json:"id"`
	Version       int64         `json:"version"`
	Name          string        `json:"name"`
	RevenueTarget budget.Money  `json:"revenue_target,omitzero"`
	Budget        budget.Money  `json:"budget,omitzero"`
	Period        budget.Period `json:"period,omitzero"` // both days optional
	Notes         string        `json:"notes,omitzero"`
	ArchivedOn    budget.Date   `json:"archived_on,omitzero"`
	Times
}

// Ref implements Record.
func (c Campaign) Ref() Ref { return Ref{KindCampaign, c.ID.UUID()} }

// Revision implements Record.
func (c Campaign) Revision() int64 { return c.Version }

// AtRevision implements Record.
func (c Campaign) AtRevision(v int64) Record { c.Version = v; return c }

// AtTimes implements Record.
func (c Campaign) AtTimes(t Times) Record { c.Times = t; return c }

// SortKey implements Record.
func (c Campaign) SortKey(s Sort) string { return sortKey(s, c.Name, c.Period.Start, c.Times) }

// SearchText implements Record.
func (c Campaign) SearchText() string { return searchText(c.Name, c.Notes) }

func (c Campaign) clone() Record { return c }

func (c *Campaign) normalize(currency budget.Currency) error {
	p := &problems{record: c.Ref()}
	p.name("name", &c.Name, "a campaign")
	p.amount("revenue_target", c.RevenueTarget, currency, currencyOfWorkspace)
	p.amount("budget", c.Budget, currency, currencyOfWorkspace)
	p.period("period", c.Period)
	p.text("notes", &c.Notes, MaxNotes, true)
	return p.result()
}

// CreateCampaign adds a campaign. An id that is given is kept, and is one that no record has had; see Work.
func (w *Work) CreateCampaign(ctx context.Context, c Campaign) (Campaign, error) {
	c.ArchivedOn = budget.Date{}
	if err := c.normalize(w.workspace.Currency); err != nil {
		return Campaign{}, err
	}
	if err := w.checkCampaignName(ctx, c); err != nil {
		return Campaign{}, err
	}
	c.ID = newID(w, c.ID)
	return insert(ctx, w, c)
}

// UpdateCampaign changes a campaign, from the version that was read. A new name renames its auto-named cooperations
// too, and fills their UTM fields that waited for one.
func (w *Work) UpdateCampaign(ctx context.Context, c Campaign, reason string) (Campaign, error) {
	before, err := editable(ctx, w.Campaigns(), c.ID, c.Version)
	if err != nil {
		return Campaign{}, err
	}
	c.ArchivedOn = before.ArchivedOn
	if err := c.normalize(w.workspace.Currency); err != nil {
		return Campaign{}, err
	}
	if err := w.checkCampaignName(ctx, c); err != nil {
		return Campaign{}, err
	}
	after, err := replace(ctx, w, before, c, reason)
	if err == nil && after.Name != before.Name {
		err = w.followCooperations(ctx, CooperationFilter{Campaigns: []CampaignID{c.ID}, Archive: ActiveOrNot}, reason)
	}
	return after, err
}

// checkCampaignName refuses a name that is taken. The store would too, but its error does not say by which campaign.
func (w *Work) checkCampaignName(ctx context.Context, c Campaign) error {
	same, err := w.Campaigns().List(ctx, CampaignFilter{Name: c.Name, Archive: ActiveOrNot}, ListOptions{Size: 1})
	if err != nil || len(same.Items) == 0 || same.Items[0].ID == c.ID {
		return err
	}
	problem := sentence.Of("there is a campaign %q already; choose another name", same.Items[0].Name)
	if !same.Items[0].ArchivedOn.IsZero() {
		problem = sentence.Of("the campaign %q was archived on %s; restore it or choose another name",
			same.Items[0].Name, same.Items[0].ArchivedOn)
	}
	return &Error{Family: ErrAlreadyExists, Record: c.Ref(), Field: "name", Value: Shorten(c.Name), Problem: problem}
}
