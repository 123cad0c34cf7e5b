package crm

import (
	"context"
	"fmt"

	"github.com/getklar/influencercrm/budget"
)

// CreateCampaign adds a campaign. An id that is given is kept.
func (w *Work) CreateCampaign(ctx context.Context, c Campaign) (Campaign, error) {
	c.ArchivedOn = budget.Date{}
	if err := c.normalize(w.workspace.Currency); err != nil {
		return Campaign{}, err
	}
	if err := w.campaignNameIsFree(ctx, c); err != nil {
		return Campaign{}, err
	}
	c.ID = newID(w, c.ID)
	return insert(ctx, w, c)
}

// UpdateCampaign changes a campaign, from the version that was read. A new name renames its
// auto-named cooperations too.
func (w *Work) UpdateCampaign(ctx context.Context, c Campaign, reason string) (Campaign, error) {
	before, err := editable(ctx, w.Campaigns(), c.ID, c.Version)
	if err != nil {
		return Campaign{}, err
	}
	c.ArchivedOn = before.ArchivedOn
	if err := c.normalize(w.workspace.Currency); err != nil {
		return Campaign{}, err
	}
	if err := w.campaignNameIsFree(ctx, c); err != nil {
		return Campaign{}, err
	}
	after, err := replace(ctx, w, before, c, reason)
	if err == nil && after.Name != before.Name {
		err = w.rename(ctx, CooperationFilter{Campaign: c.ID, Archive: ActiveOrNot}, reason)
	}
	return after, err
}

// campaignNameIsFree says who has the name, which the store alone would not.
func (w *Work) campaignNameIsFree(ctx context.Context, c Campaign) error {
	same, err := w.Campaigns().List(ctx, CampaignFilter{Name: c.Name, Archive: ActiveOrNot}, ListOptions{Size: 1})
	if err != nil || len(same.Items) == 0 || same.Items[0].ID == c.ID {
		return err
	}
	problem := fmt.Sprintf("there is a campaign %q already; choose another name", same.Items[0].Name)
	if !same.Items[0].ArchivedOn.IsZero() {
		problem = fmt.Sprintf("the campaign %q was archived on %s; restore it or choose another name", same.Items[0].Name, same.Items[0].ArchivedOn)
	}
	return &Error{Family: ErrAlreadyExists, Record: c.Ref(), Field: "name", Value: Shorten(c.Name), Problem: problem}
}
