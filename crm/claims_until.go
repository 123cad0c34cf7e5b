package crm

import (
	"context"

	"github.com/getklar/influencercrm/budget"
)

// claimsUntil is the Cooperation.ClaimsUntil of a cooperation of these.
func (p references) claimsUntil() budget.Date {
	return earlierDay(p.campaign.ArchivedOn, p.influencer.ArchivedOn)
}

// archiveOwner archives a campaign or influencer, or restores it, and so the claims of its cooperations. It restores
// neither if a signed cooperation would come back onto a code that somebody else has by now.
func archiveOwner[R Record, F any](ctx context.Context, w *Work, records Records[R, F], at At,
	day budget.Date, reason string, on func(*R) *budget.Date, of CooperationFilter) (R, error) {
	before, err := current(ctx, records, ID[R](at.ID), at.Version)
	if err != nil || on(&before).IsZero() == day.IsZero() {
		return before, err
	}
	of.Archive = ActiveOrNot
	if day.IsZero() {
		if err := w.checkClaimsBack(ctx, of, before); err != nil {
			return before, err
		}
	}
	archived, err := archive(ctx, w, records, at, day, reason, on)
	if err != nil {
		return before, err
	}
	return archived, w.eachWithOwners(ctx, of, func(c Cooperation, p references) error {
		after := c
		after.ClaimsUntil = p.claimsUntil()
		after, err := replace(ctx, w, c, after, reason)
		if err == nil {
			w.noteClaims(after)
		}
		return err
	})
}

// checkClaimsBack refuses to restore a campaign or influencer if a signed cooperation of it would have a code that
// somebody else has at the same time, and had not before.
func (w *Work) checkClaimsBack(ctx context.Context, of CooperationFilter, owner Record) error {
	var looked []Cooperation
	err := w.eachWithOwners(ctx, of, func(c Cooperation, p references) error {
		switch owner.(type) {
		case Campaign:
			p.campaign.ArchivedOn = budget.Date{}
		case Influencer:
			p.influencer.ArchivedOn = budget.Date{}
		}
		after := c
		if after.ClaimsUntil = p.claimsUntil(); after.ClaimsUntil == c.ClaimsUntil {
			return nil
		}
		if c.Status == Signed {
			if _, err := w.checkConflicts(ctx, c, after, byPerson); err != nil {
				return err
			}
		}
		looked = append(looked, c)
		w.noteClaims(after) // two of them may be in conflict with each other
		return nil
	})
	for _, c := range looked {
		w.noteClaims(c)
	}
	return err
}

// eachWithOwners calls fn with each cooperation of a filter, and with its campaign and influencer. The profile is left
// out.
func (w *Work) eachWithOwners(ctx context.Context, of CooperationFilter, fn func(Cooperation, references) error) error {
	return EachPage(ctx, w.Cooperations(), of, MaxPageSize, func(page []Cooperation) error {
		var need Need
		for _, c := range page {
			need.Refs = append(need.Refs, RefTo(c.Campaign), RefTo(c.Influencer))
		}
		if err := w.cache.prepare(ctx, need); err != nil {
			return err
		}
		for _, c := range page {
			var p references
			var err error
			if p.campaign, err = w.Campaigns().Get(ctx, c.Campaign); err != nil {
				return err
			}
			if p.influencer, err = w.Influencers().Get(ctx, c.Influencer); err != nil {
				return err
			}
			if err := fn(c, p); err != nil {
				return err
			}
		}
		return nil
	})
}
