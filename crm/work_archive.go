package crm

import (
	"context"
	"fmt"

	"github.com/getklar/influencercrm/budget"
)

// Archive puts a member, campaign, influencer or cooperation away, from the version that was read.
// It keeps its history and its place in the budget, takes no new cooperations and cannot be
// edited. Archiving what is archived changes nothing.
func (w *Work) Archive(ctx context.Context, r Record, reason string) error {
	day, err := w.today()
	if err != nil {
		return err
	}
	return w.setArchived(ctx, r, day, reason)
}

// Restore takes a record out of the archive, from the version that was read.
func (w *Work) Restore(ctx context.Context, r Record, reason string) error {
	return w.setArchived(ctx, r, budget.Date{}, reason)
}

func (w *Work) setArchived(ctx context.Context, r Record, day budget.Date, reason string) error {
	var err error
	switch r := r.(type) {
	case Member:
		err = archive(ctx, w, w.Members(), r.ID, r.Version, day, reason, func(r *Member) *budget.Date { return &r.ArchivedOn })
	case Campaign:
		err = archive(ctx, w, w.Campaigns(), r.ID, r.Version, day, reason, func(r *Campaign) *budget.Date { return &r.ArchivedOn })
	case Influencer:
		err = archive(ctx, w, w.Influencers(), r.ID, r.Version, day, reason, func(r *Influencer) *budget.Date { return &r.ArchivedOn })
	case Cooperation:
		err = archive(ctx, w, w.Cooperations(), r.ID, r.Version, day, reason, func(r *Cooperation) *budget.Date { return &r.ArchivedOn })
		w.claims = nil // read again when needed
	default:
		err = fmt.Errorf("%w: a %T cannot be archived", ErrInvalid, r)
	}
	return err
}

// archive sets the archive day of one record; one that has the wanted state keeps its day.
func archive[R Record, F any](ctx context.Context, w *Work, records Records[R, F], id ID[R], version int64, day budget.Date, reason string, on func(*R) *budget.Date) error {
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

// Delete removes a member, campaign or influencer that nothing refers to, or a draft cooperation,
// from the version that was read. Everything else is archived.
func (w *Work) Delete(ctx context.Context, r Record, reason string) error {
	switch r := r.(type) {
	case Member:
		return remove(ctx, w, w.Members(), r.ID, r.Version, reason, w.memberIsFree)
	case Campaign:
		return remove(ctx, w, w.Campaigns(), r.ID, r.Version, reason, func(ctx context.Context, r Campaign) error {
			return w.noCooperations(ctx, r.Ref(), CooperationFilter{Campaign: r.ID})
		})
	case Influencer:
		return remove(ctx, w, w.Influencers(), r.ID, r.Version, reason, func(ctx context.Context, r Influencer) error {
			return w.noCooperations(ctx, r.Ref(), CooperationFilter{Influencer: r.ID})
		})
	case Cooperation:
		w.claims = nil // read again when needed
		return remove(ctx, w, w.Cooperations(), r.ID, r.Version, reason, draftOnly)
	default:
		return fmt.Errorf("%w: a %T cannot be deleted", ErrInvalid, r)
	}
}

// remove deletes one record if check finds nothing against it.
func remove[R Record, F any](ctx context.Context, w *Work, records Records[R, F], id ID[R], version int64, reason string, check func(context.Context, R) error) error {
	before, err := current(ctx, records, id, version)
	if err != nil {
		return err
	}
	if err := check(ctx, before); err != nil {
		return err
	}
	if err := w.tx.Delete(ctx, before); err != nil {
		return err
	}
	return w.log.add(ctx, w.tx, Deleted, before, nil, reason)
}

func draftOnly(_ context.Context, c Cooperation) error {
	if c.Status == Draft {
		return nil
	}
	return &Error{Family: ErrReferenced, Record: c.Ref(), Field: "status", Value: string(c.Status), Problem: "only drafts can be deleted; cancel or archive it instead"}
}

func (w *Work) noCooperations(ctx context.Context, record Ref, f CooperationFilter) error {
	f.Archive = ActiveOrNot
	n, err := w.Cooperations().Count(ctx, f)
	if err != nil || n == 0 {
		return err
	}
	return &Error{Family: ErrReferenced, Record: record, Problem: fmt.Sprintf("it has %d cooperations; archive it instead", n)}
}

func (w *Work) memberIsFree(ctx context.Context, m Member) error {
	if err := w.noCooperations(ctx, m.Ref(), CooperationFilter{Responsible: m.ID}); err != nil {
		return err
	}
	n, err := w.Influencers().Count(ctx, InfluencerFilter{Responsible: m.ID, Archive: ActiveOrNot})
	if err != nil || n == 0 {
		return err
	}
	return &Error{Family: ErrReferenced, Record: m.Ref(), Problem: fmt.Sprintf("is responsible for %d influencers; archive the member instead", n)}
}
