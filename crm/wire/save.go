package wire

import (
	"context"

	"github.com/getklar/influencercrm/crm"
)

// PatchWorkspace changes a workspace by a patch, from the version that the client has read. Those below do the same for
// records. Each reads the record, applies Patch and saves the result, in one unit of work: what the patch leaves out
// stays as it is stored. It fails as Patch and the save do, with an ErrConflict if another version is stored.
func PatchWorkspace(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, version int64, patch []byte,
	reason string) (saved crm.Workspace, err error) {
	err = s.Named("patch workspace").Update(ctx, ws, func(ctx context.Context, w *crm.Work) error {
		stored, err := w.Workspace(ctx)
		if err != nil {
			return err
		}
		changed, err := patchFrom(stored, version, patch)
		if err == nil {
			saved, err = w.UpdateWorkspace(ctx, changed, reason)
		}
		return err
	})
	return resultOf(saved, err)
}

// PatchMember is PatchWorkspace for a member.
func PatchMember(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, id crm.MemberID, version int64, patch []byte,
	reason string) (crm.Member, error) {
	return patchAndSave(ctx, s.Named("patch member"), ws, crm.Reader.Members, id, version, patch,
		func(ctx context.Context, w *crm.Work, m crm.Member) (crm.Member, error) {
			return w.UpdateMember(ctx, m, reason)
		})
}

// PatchCampaign is PatchWorkspace for a campaign.
func PatchCampaign(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, id crm.CampaignID, version int64, patch []byte,
	reason string) (crm.Campaign, error) {
	return patchAndSave(ctx, s.Named("patch campaign"), ws, crm.Reader.Campaigns, id, version, patch,
		func(ctx context.Context, w *crm.Work, c crm.Campaign) (crm.Campaign, error) {
			return w.UpdateCampaign(ctx, c, reason)
		})
}

// PatchInfluencer is PatchWorkspace for an influencer.
func PatchInfluencer(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, id crm.InfluencerID, version int64, patch []byte,
	reason string) (crm.Influencer, error) {
	return patchAndSave(ctx, s.Named("patch influencer"), ws, crm.Reader.Influencers, id, version, patch,
		func(ctx context.Context, w *crm.Work, i crm.Influencer) (crm.Influencer, error) {
			return w.UpdateInfluencer(ctx, i, reason)
		})
}

// PatchCooperation is PatchWorkspace for a cooperation.
func PatchCooperation(ctx context.Context, s *crm.Service, ws crm.WorkspaceID, id crm.CooperationID, version int64,
	patch []byte, reason string) (crm.Saved, error) {
	return patchAndSave(ctx, s.Named("patch cooperation"), ws, crm.Reader.Cooperations, id, version, patch,
		func(ctx context.Context, w *crm.Work, c crm.Cooperation) (crm.Saved, error) {
			return w.UpdateCooperation(ctx, c, reason)
		})
}

// patchAndSave patches a record of a kind and saves it in a unit of work of its own.
func patchAndSave[R crm.Record, F, T any](ctx context.Context, s *crm.Service, ws crm.WorkspaceID,
	records func(crm.Reader) crm.Records[R, F], id crm.ID[R], version int64, patch []byte,
	save func(context.Context, *crm.Work, R) (T, error)) (saved T, err error) {
	err = s.Update(ctx, ws, func(ctx context.Context, w *crm.Work) error {
		stored, err := records(w).Get(ctx, id)
		if err != nil {
			return err
		}
		changed, err := patchFrom(stored, version, patch)
		if err == nil {
			saved, err = save(ctx, w, changed)
		}
		return err
	})
	return resultOf(saved, err)
}

// patchFrom patches a stored record if it is at the version that the client has read.
func patchFrom[R crm.Record](stored R, version int64, patch []byte) (R, error) {
	if stored.Revision() != version {
		var none R
		return none, stored.Ref().Stale(version, stored.Revision())
	}
	return Patch(stored, patch)
}

// resultOf is a result, or an error and nothing else.
func resultOf[T any](result T, err error) (T, error) {
	if err != nil {
		var none T
		return none, err
	}
	return result, nil
}
