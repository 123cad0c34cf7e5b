package crm

import (
	"context"

	"github.com/getklar/influencercrm/budget"
)

// The calls below are what a team does with many records at once, each in a unit of work of its own.

// SetStatus is Work.SetStatus.
func (s *Service) SetStatus(ctx context.Context, ws WorkspaceID, ids []CooperationID, to Status, reason string) ([]Result, error) {
	return update(ctx, s, ws, func(ctx context.Context, w *Work) ([]Result, error) { return w.SetStatus(ctx, ids, to, reason) })
}

// Tag is Work.Tag.
func (s *Service) Tag(ctx context.Context, ws WorkspaceID, ids []InfluencerID, add, remove []string) ([]Result, error) {
	return update(ctx, s, ws, func(ctx context.Context, w *Work) ([]Result, error) { return w.Tag(ctx, ids, add, remove) })
}

// ArchiveAll is Work.ArchiveAll.
func (s *Service) ArchiveAll(ctx context.Context, ws WorkspaceID, refs []Ref, reason string) ([]Result, error) {
	return update(ctx, s, ws, func(ctx context.Context, w *Work) ([]Result, error) { return w.ArchiveAll(ctx, refs, reason) })
}

// Cancel is Work.Cancel.
func (s *Service) Cancel(ctx context.Context, ws WorkspaceID, id CooperationID, version int64, c Cancellation, reason string) (Saved, error) {
	return update(ctx, s, ws, func(ctx context.Context, w *Work) (Saved, error) { return w.Cancel(ctx, id, version, c, reason) })
}

// Reinstate is Work.Reinstate.
func (s *Service) Reinstate(ctx context.Context, ws WorkspaceID, id CooperationID, version int64, reason string) (Saved, error) {
	return update(ctx, s, ws, func(ctx context.Context, w *Work) (Saved, error) { return w.Reinstate(ctx, id, version, reason) })
}

// ReapplyDefaults is Work.ReapplyDefaults.
func (s *Service) ReapplyDefaults(ctx context.Context, ws WorkspaceID, ids []CooperationID, o Reapply, reason string) ([]Reapplied, error) {
	return update(ctx, s, ws, func(ctx context.Context, w *Work) ([]Reapplied, error) {
		return w.ReapplyDefaults(ctx, ids, o, reason)
	})
}

// CloneCampaign is Work.CloneCampaign.
func (s *Service) CloneCampaign(ctx context.Context, ws WorkspaceID, id CampaignID, o CloneOptions) (Cloned, error) {
	return update(ctx, s, ws, func(ctx context.Context, w *Work) (Cloned, error) { return w.CloneCampaign(ctx, id, o) })
}

// CloneMonth is Work.CloneMonth.
func (s *Service) CloneMonth(ctx context.Context, ws WorkspaceID, id CampaignID, to budget.Month) (Cloned, error) {
	return update(ctx, s, ws, func(ctx context.Context, w *Work) (Cloned, error) { return w.CloneMonth(ctx, id, to) })
}
