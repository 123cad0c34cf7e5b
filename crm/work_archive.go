package crm

import (
	"context"

	"github.com/getklar/influencercrm/budget"
)

// Archive archives a member, campaign, influencer or cooperation, from the version that was read. It keeps its history
// and its place in the budget, takes no new cooperations and cannot be edited. Archiving what is archived changes
// nothing. The record in the caller's hands is out of date afterwards: read it again before the next change.
//
// The codes and links of an archived cooperation match orders up to that day, and so do those of all cooperations of an
// archived campaign or influencer; see Cooperation.ClaimsUntil.
func (w *Work) Archive(ctx context.Context, r Record, reason string) error {
	day, err := w.today()
	if err != nil {
		return err
	}
	return w.setArchived(ctx, r, day, reason)
}

// Restore takes a record out of the archive, from the version that was read. What the archive ended goes on. A signed
// cooperation whose discount code went to somebody else in the meantime stays there, and so does its campaign or
// influencer.
func (w *Work) Restore(ctx context.Context, r Record, reason string) error {
	return w.setArchived(ctx, r, budget.Date{}, reason)
}

func (w *Work) setArchived(ctx context.Context, r Record, day budget.Date, reason string) error {
	switch r := r.(type) {
	case Member:
		return archive(ctx, w, w.Members(), r.ID, r.Version, day, reason, func(r *Member) *budget.Date { return &r.ArchivedOn })
	case Campaign:
		return archiveOwner(ctx, w, w.Campaigns(), r.ID, r.Version, day, reason,
			func(r *Campaign) *budget.Date { return &r.ArchivedOn }, CooperationFilter{Campaigns: []CampaignID{r.ID}})
	case Influencer:
		return archiveOwner(ctx, w, w.Influencers(), r.ID, r.Version, day, reason,
			func(r *Influencer) *budget.Date { return &r.ArchivedOn }, CooperationFilter{Influencers: []InfluencerID{r.ID}})
	case Cooperation:
		return w.archiveCooperation(ctx, r, day, reason)
	default:
		return invalidRecord(r, "only members, campaigns, influencers and cooperations can be archived")
	}
}

// archive sets the archive day of one record; one that has the wanted state keeps its day.
func archive[R Record, F any](ctx context.Context, w *Work, records Records[R, F], id ID[R], version int64,
	day budget.Date, reason string, on func(*R) *budget.Date) error {
	before, err := current(ctx, records, id, version)
	if err != nil {
		return err
	}
	after := before
	if on(&after).IsZero() == day.IsZero() {
		return nil
	}
	*on(&after) = day
	_, err = replace(ctx, w, before, after, reason)
	return err
}

// archiveCooperation is archive for a cooperation. Its codes are live until the archive day, and again after it is
// restored.
func (w *Work) archiveCooperation(ctx context.Context, c Cooperation, day budget.Date, reason string) error {
	before, err := current(ctx, w.Cooperations(), c.ID, c.Version)
	if err != nil {
		return err
	}
	after := before
	after.ArchivedOn = day
	if day.IsZero() && !before.ArchivedOn.IsZero() && before.Status == Signed {
		if _, err := w.checkConflicts(ctx, before, after, byPerson); err != nil {
			return err
		}
	}
	err = archive(ctx, w, w.Cooperations(), c.ID, c.Version, day, reason,
		func(c *Cooperation) *budget.Date { return &c.ArchivedOn })
	if err == nil && before.ArchivedOn.IsZero() != day.IsZero() {
		w.noteClaims(after)
	}
	return err
}

func archivedOn(r Record) budget.Date {
	switch r := r.(type) {
	case Member:
		return r.ArchivedOn
	case Campaign:
		return r.ArchivedOn
	case Influencer:
		return r.ArchivedOn
	case Cooperation:
		return r.ArchivedOn
	}
	return budget.Date{}
}
