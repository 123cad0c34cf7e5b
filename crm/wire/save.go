package wire

import (
	"context"

	"github.com/getklar/influencercrm/crm"
)

// Edit is a change of a stored record as a client sends it.
type Edit struct {
	Version int64  // that the client has read
	Doc     []byte // a merge patch, or the whole record
	Whole   bool   // Doc is for Replace, not for Patch
	Reason  string // for the log
}

// after is the record that an edit makes of a stored one, if that is at the version that the client has read.
func after[R crm.Record](e Edit, stored R) (R, error) {
	switch {
	case stored.Revision() != e.Version:
		var none R
		return none, stored.Ref().Stale(e.Version, stored.Revision())
	case e.Whole:
		return Replace(stored, e.Doc)
	default:
		return Patch(stored, e.Doc)
	}
}

// EditWorkspace changes a workspace by a patch or a whole document, from the version that the client has read. Those below
// do the same for records. Each reads the record, applies Patch or Replace and saves the result, in one unit of work: what a
// patch leaves out stays as it is stored. It fails as these and the save do, with an ErrConflict if another version is stored.
func EditWorkspace(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, e Edit) (saved crm.Workspace, err error) {
	err = s.Named("edit workspace").Update(ctx, ws, func(ctx context.Context, w *crm.Work) error {
		stored, err := w.Workspace(ctx)
		if err != nil {
			return err
		}
		changed, err := after(e, stored)
		if err == nil {
			saved, err = w.UpdateWorkspace(ctx, changed, e.Reason)
		}
		return err
	})
	return resultOf(saved, err)
}

// EditMember is EditWorkspace for a member.
func EditMember(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, id crm.MemberID, e Edit) (crm.Member, error) {
	return editAndSave(ctx, s.Named("edit member"), ws, crm.Reader.Members, id, e,
		func(ctx context.Context, w *crm.Work, m crm.Member) (crm.Member, error) {
			return w.UpdateMember(ctx, m, e.Reason)
		})
}

// EditCampaign is EditWorkspace for a campaign.
func EditCampaign(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, id crm.CampaignID, e Edit) (crm.Campaign, error) {
	return editAndSave(ctx, s.Named("edit campaign"), ws, crm.Reader.Campaigns, id, e,
		func(ctx context.Context, w *crm.Work, c crm.Campaign) (crm.Campaign, error) {
			return w.UpdateCampaign(ctx, c, e.Reason)
		})
}

// EditInfluencer is EditWorkspace for an influencer.
func EditInfluencer(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, id crm.InfluencerID, e Edit) (crm.Influencer, error) {
	return editAndSave(ctx, s.Named("edit influencer"), ws, crm.Reader.Influencers, id, e,
		func(ctx context.Context, w *crm.Work, i crm.Influencer) (crm.Influencer, error) {
			return w.UpdateInfluencer(ctx, i, e.Reason)
		})
}

// EditCooperation is EditWorkspace for a cooperation.
func EditCooperation(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, id crm.CooperationID, e Edit) (crm.Saved, error) {
	return editAndSave(ctx, s.Named("edit cooperation"), ws, crm.Reader.Cooperations, id, e,
		func(ctx context.Context, w *crm.Work, c crm.Cooperation) (crm.Saved, error) {
			return w.UpdateCooperation(ctx, c, e.Reason)
		})
}

// editAndSave edits a record of a kind and saves it in a unit of work of its own.
func editAndSave[R crm.Record, F, T any](ctx context.Context, s *crm.Service, ws crm.WorkspaceID,
	records func(crm.Reader) crm.Records[R, F], id crm.ID[R], e Edit,
	save func(context.Context, *crm.Work, R) (T, error)) (saved T, err error) {
	err = s.Update(ctx, ws, func(ctx context.Context, w *crm.Work) error {
		stored, err := records(w).Get(ctx, id)
		if err != nil {
			return err
		}
		changed, err := after(e, stored)
		if err == nil {
			saved, err = save(ctx, w, changed)
		}
		return err
	})
	return resultOf(saved, err)
}

// resultOf is a result, or an error and nothing else.
func resultOf[T any](result T, err error) (T, error) {
	if err != nil {
		var none T
		return none, err
	}
	return result, nil
}
