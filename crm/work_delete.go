package crm

import (
	"context"

	"github.com/getklar/influencercrm/crm/sentence"
)

// Delete removes a member, campaign or influencer that nothing refers to, or a draft cooperation, from the version that
// was read. Everything else is archived.
func (w *Work) Delete(ctx context.Context, at At, reason string) (Done, error) {
	var err error
	switch at.Kind {
	case KindMember:
		err = remove(ctx, w, w.Members(), at, reason, w.checkMemberUnused)
	case KindCampaign:
		err = remove(ctx, w, w.Campaigns(), at, reason, func(ctx context.Context, r Campaign) error {
			return w.checkNoCooperations(ctx, r.Ref(), CooperationFilter{Campaigns: []CampaignID{r.ID}})
		})
	case KindInfluencer:
		err = remove(ctx, w, w.Influencers(), at, reason, func(ctx context.Context, r Influencer) error {
			return w.checkNoCooperations(ctx, r.Ref(), CooperationFilter{Influencers: []InfluencerID{r.ID}})
		})
	case KindCooperation:
		if err = remove(ctx, w, w.Cooperations(), at, reason, draftOnly); err == nil {
			w.setClaims(CooperationID(at.ID), nil)
		}
	default:
		err = &Error{Family: ErrInvalid, Record: at.Ref,
			Problem: sentence.Of("only members, campaigns, influencers and cooperations can be deleted")}
	}
	if err != nil {
		return Done{}, err
	}
	return w.done(), nil
}

// remove deletes one record if check finds nothing against it.
func remove[R Record, F any](ctx context.Context, w *Work, records Records[R, F], at At, reason string,
	check func(context.Context, R) error) error {
	before, err := current(ctx, records, ID[R](at.ID), at.Version)
	if err != nil {
		return err
	}
	if err := check(ctx, before); err != nil {
		return err
	}
	if err := checkReason(before.Ref(), &reason); err != nil {
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
	return &Error{Family: ErrInvalid, Record: c.Ref(), Field: "status", Value: string(c.Status),
		Problem: sentence.Of("only drafts can be deleted; cancel or archive it instead")}
}

func (w *Work) checkNoCooperations(ctx context.Context, record Ref, f CooperationFilter) error {
	f.Archive = ActiveOrNot
	n, err := w.Cooperations().Count(ctx, f)
	if err != nil || n == 0 {
		return err
	}
	return &Error{Family: ErrReferenced, Record: record,
		Problem: sentence.Of("it is in use by %s; archive it instead", sentence.Of("%d cooperations", n))}
}

func (w *Work) checkMemberUnused(ctx context.Context, m Member) error {
	if err := w.checkNoCooperations(ctx, m.Ref(), CooperationFilter{Responsibles: []MemberID{m.ID}}); err != nil {
		return err
	}
	n, err := w.Influencers().Count(ctx, InfluencerFilter{Responsibles: []MemberID{m.ID}, Archive: ActiveOrNot})
	if err != nil || n == 0 {
		return err
	}
	return &Error{Family: ErrReferenced, Record: m.Ref(),
		Problem: sentence.Of("it is in use by %s; archive it instead", sentence.Of("%d influencers", n))}
}

// invalidRecord is the error for a kind of record that an operation is not for.
func invalidRecord(r Record, problem string) error {
	e := &Error{Family: ErrInvalid, Problem: sentence.Of(problem)}
	if r != nil {
		e.Record = r.Ref()
	}
	return e
}
