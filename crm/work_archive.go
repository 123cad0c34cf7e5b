package crm

import (
	"context"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Archived is the result of archiving or restoring a record.
type Archived struct {
	Done
	Record Record `json:"record"` // as it is now, by value: a Member, Campaign, Influencer or Cooperation
}

// Archive archives a member, campaign, influencer or cooperation, from the version that was read. It keeps its history
// and its place in the budget, takes no new cooperations and cannot be edited. Archiving what is archived changes
// nothing.
//
// The codes and links of an archived cooperation match orders up to that day, and so do those of all cooperations of an
// archived campaign or influencer; see Cooperation.ClaimsUntil.
func (w *Work) Archive(ctx context.Context, at At, reason string) (Archived, error) {
	day, err := w.today()
	if err != nil {
		return Archived{}, err
	}
	return w.setArchived(ctx, at, day, reason)
}

// Restore takes a record out of the archive, from the version that was read. What the archive ended goes on. A signed
// cooperation whose discount code went to somebody else in the meantime stays there, and so does its campaign or
// influencer.
func (w *Work) Restore(ctx context.Context, at At, reason string) (Archived, error) {
	return w.setArchived(ctx, at, budget.Date{}, reason)
}

func (w *Work) setArchived(ctx context.Context, at At, day budget.Date, reason string) (Archived, error) {
	var r Record
	var err error
	switch at.Kind {
	case KindMember:
		r, err = archive(ctx, w, w.Members(), at, day, reason, func(r *Member) *budget.Date { return &r.ArchivedOn })
	case KindCampaign:
		r, err = archiveOwner(ctx, w, w.Campaigns(), at, day, reason,
			func(r *Campaign) *budget.Date { return &r.ArchivedOn }, CooperationFilter{Campaigns: []CampaignID{CampaignID(at.ID)}})
	case KindInfluencer:
		r, err = archiveOwner(ctx, w, w.Influencers(), at, day, reason,
			func(r *Influencer) *budget.Date { return &r.ArchivedOn }, CooperationFilter{Influencers: []InfluencerID{InfluencerID(at.ID)}})
	case KindCooperation:
		r, err = w.archiveCooperation(ctx, at, day, reason)
	default:
		err = &Error{Family: ErrInvalid, Record: at.Ref,
			Problem: sentence.Of("only members, campaigns, influencers and cooperations can be archived")}
	}
	if err != nil {
		return Archived{}, err
	}
	return Archived{w.done(), r}, nil
}

// archive sets the archive day of one record; one that has the wanted state keeps its day.
func archive[R Record, F any](ctx context.Context, w *Work, records Records[R, F], at At, day budget.Date, reason string,
	on func(*R) *budget.Date) (R, error) {
	before, err := current(ctx, records, ID[R](at.ID), at.Version)
	if err != nil {
		return before, err
	}
	after := before
	if on(&after).IsZero() == day.IsZero() {
		return before, nil
	}
	*on(&after) = day
	return replace(ctx, w, before, after, reason)
}

// archiveCooperation is archive for a cooperation. Its codes are live until the archive day, and again after it is
// restored.
func (w *Work) archiveCooperation(ctx context.Context, at At, day budget.Date, reason string) (Cooperation, error) {
	before, err := current(ctx, w.Cooperations(), CooperationID(at.ID), at.Version)
	if err != nil {
		return before, err
	}
	restored := before
	restored.ArchivedOn = budget.Date{}
	if day.IsZero() && !before.ArchivedOn.IsZero() && before.Status == Signed {
		if _, err := w.checkConflicts(ctx, before, restored, byPerson); err != nil {
			return before, err
		}
	}
	after, err := archive(ctx, w, w.Cooperations(), at, day, reason, func(c *Cooperation) *budget.Date { return &c.ArchivedOn })
	if err == nil && before.ArchivedOn.IsZero() != day.IsZero() {
		w.noteClaims(after)
	}
	return after, err
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
