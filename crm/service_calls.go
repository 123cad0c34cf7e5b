package crm

import (
	"context"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Each call below is one operation in a unit of work, or one read, of its own. Service.Update and Service.View combine
// several.

// Workspace returns a workspace.
func (s *Service) Workspace(ctx context.Context, ws WorkspaceID) (Workspace, error) {
	return read(ctx, s, ws, "get workspace", func(ctx context.Context, r Reader) (Workspace, error) { return r.Workspace(ctx) })
}

// UpdateWorkspace is Work.UpdateWorkspace.
func (s *Service) UpdateWorkspace(ctx context.Context, ws WorkspaceID, w Workspace, reason string) (Workspace, error) {
	return update(ctx, s, ws, "update workspace", func(ctx context.Context, u *Work) (Workspace, error) {
		return u.UpdateWorkspace(ctx, w, reason)
	})
}

// Member returns a member.
func (s *Service) Member(ctx context.Context, ws WorkspaceID, id MemberID) (Member, error) {
	return read(ctx, s, ws, "get member", func(ctx context.Context, r Reader) (Member, error) { return r.Members().Get(ctx, id) })
}

// Members lists members.
func (s *Service) Members(ctx context.Context, ws WorkspaceID, f MemberFilter, o ListOptions) (Page[Member], error) {
	return read(ctx, s, ws, "list members", func(ctx context.Context, r Reader) (Page[Member], error) {
		return r.Members().List(ctx, f, o)
	})
}

// CountMembers counts what Members lists on all its pages.
func (s *Service) CountMembers(ctx context.Context, ws WorkspaceID, f MemberFilter) (int, error) {
	return read(ctx, s, ws, "count members", func(ctx context.Context, r Reader) (int, error) {
		return r.Members().Count(ctx, f)
	})
}

// CreateMember is Work.CreateMember.
func (s *Service) CreateMember(ctx context.Context, ws WorkspaceID, m Member) (Member, error) {
	return update(ctx, s, ws, "create member", func(ctx context.Context, w *Work) (Member, error) {
		return w.CreateMember(ctx, m)
	})
}

// UpdateMember is Work.UpdateMember.
func (s *Service) UpdateMember(ctx context.Context, ws WorkspaceID, m Member, reason string) (Member, error) {
	return update(ctx, s, ws, "update member", func(ctx context.Context, w *Work) (Member, error) {
		return w.UpdateMember(ctx, m, reason)
	})
}

// Campaign returns a campaign.
func (s *Service) Campaign(ctx context.Context, ws WorkspaceID, id CampaignID) (Campaign, error) {
	return read(ctx, s, ws, "get campaign", func(ctx context.Context, r Reader) (Campaign, error) {
		return r.Campaigns().Get(ctx, id)
	})
}

// Campaigns lists campaigns. A filter that asks for a state without saying on which day means today, and on all pages of
// a list the day of the first.
func (s *Service) Campaigns(ctx context.Context, ws WorkspaceID, f CampaignFilter, o ListOptions) (Page[Campaign], error) {
	return read(ctx, s, ws, "list campaigns", func(ctx context.Context, r Reader) (Page[Campaign], error) {
		return listOn(ctx, s, r, &f.On, f.State != "" || f.Upcoming, &o, func() (Page[Campaign], error) {
			return r.Campaigns().List(ctx, f, o)
		})
	})
}

// CountCampaigns counts what Campaigns lists on all its pages.
func (s *Service) CountCampaigns(ctx context.Context, ws WorkspaceID, f CampaignFilter) (int, error) {
	return read(ctx, s, ws, "count campaigns", func(ctx context.Context, r Reader) (int, error) {
		if err := s.defaultToToday(ctx, r, &f.On, f.State != "" || f.Upcoming); err != nil {
			return 0, err
		}
		return r.Campaigns().Count(ctx, f)
	})
}

// CreateCampaign is Work.CreateCampaign.
func (s *Service) CreateCampaign(ctx context.Context, ws WorkspaceID, c Campaign) (Campaign, error) {
	return update(ctx, s, ws, "create campaign", func(ctx context.Context, w *Work) (Campaign, error) {
		return w.CreateCampaign(ctx, c)
	})
}

// UpdateCampaign is Work.UpdateCampaign.
func (s *Service) UpdateCampaign(ctx context.Context, ws WorkspaceID, c Campaign, reason string) (Campaign, error) {
	return update(ctx, s, ws, "update campaign", func(ctx context.Context, w *Work) (Campaign, error) {
		return w.UpdateCampaign(ctx, c, reason)
	})
}

// Influencer returns an influencer.
func (s *Service) Influencer(ctx context.Context, ws WorkspaceID, id InfluencerID) (Influencer, error) {
	return read(ctx, s, ws, "get influencer", func(ctx context.Context, r Reader) (Influencer, error) {
		return r.Influencers().Get(ctx, id)
	})
}

// Influencers lists influencers.
func (s *Service) Influencers(ctx context.Context, ws WorkspaceID, f InfluencerFilter,
	o ListOptions) (Page[Influencer], error) {
	return read(ctx, s, ws, "list influencers", func(ctx context.Context, r Reader) (Page[Influencer], error) {
		return r.Influencers().List(ctx, f, o)
	})
}

// CountInfluencers counts what Influencers lists on all its pages.
func (s *Service) CountInfluencers(ctx context.Context, ws WorkspaceID, f InfluencerFilter) (int, error) {
	return read(ctx, s, ws, "count influencers", func(ctx context.Context, r Reader) (int, error) {
		return r.Influencers().Count(ctx, f)
	})
}

// CreateInfluencer is Work.CreateInfluencer.
func (s *Service) CreateInfluencer(ctx context.Context, ws WorkspaceID, i Influencer) (Influencer, error) {
	return update(ctx, s, ws, "create influencer", func(ctx context.Context, w *Work) (Influencer, error) {
		return w.CreateInfluencer(ctx, i)
	})
}

// UpdateInfluencer is Work.UpdateInfluencer.
func (s *Service) UpdateInfluencer(ctx context.Context, ws WorkspaceID, i Influencer, reason string) (Influencer, error) {
	return update(ctx, s, ws, "update influencer", func(ctx context.Context, w *Work) (Influencer, error) {
		return w.UpdateInfluencer(ctx, i, reason)
	})
}

// Picture returns a profile picture, a former one too. Influencer.Picture is the id of the present one.
func (s *Service) Picture(ctx context.Context, ws WorkspaceID, id PictureID) (Picture, error) {
	return read(ctx, s, ws, "get picture", func(ctx context.Context, r Reader) (Picture, error) { return r.Picture(ctx, id) })
}

// SetPicture is Work.SetPicture.
func (s *Service) SetPicture(ctx context.Context, ws WorkspaceID, id InfluencerID, version int64, p Picture,
	reason string) (Influencer, error) {
	return update(ctx, s, ws, "set picture", func(ctx context.Context, w *Work) (Influencer, error) {
		return w.SetPicture(ctx, id, version, p, reason)
	})
}

// RemovePicture is Work.RemovePicture.
func (s *Service) RemovePicture(ctx context.Context, ws WorkspaceID, id InfluencerID, version int64,
	reason string) (Influencer, error) {
	return update(ctx, s, ws, "remove picture", func(ctx context.Context, w *Work) (Influencer, error) {
		return w.RemovePicture(ctx, id, version, reason)
	})
}

// Cooperation returns a cooperation.
func (s *Service) Cooperation(ctx context.Context, ws WorkspaceID, id CooperationID) (Cooperation, error) {
	return read(ctx, s, ws, "get cooperation", func(ctx context.Context, r Reader) (Cooperation, error) {
		return r.Cooperations().Get(ctx, id)
	})
}

// Cooperations lists cooperations. A filter that asks for a state without saying on which day means today, and on all
// pages of a list the day of the first.
func (s *Service) Cooperations(ctx context.Context, ws WorkspaceID, f CooperationFilter,
	o ListOptions) (Page[Cooperation], error) {
	return read(ctx, s, ws, "list cooperations", func(ctx context.Context, r Reader) (Page[Cooperation], error) {
		return listOn(ctx, s, r, &f.On, f.State != "", &o, func() (Page[Cooperation], error) {
			return r.Cooperations().List(ctx, f, o)
		})
	})
}

// CountCooperations counts what Cooperations lists on all its pages.
func (s *Service) CountCooperations(ctx context.Context, ws WorkspaceID, f CooperationFilter) (int, error) {
	return read(ctx, s, ws, "count cooperations", func(ctx context.Context, r Reader) (int, error) {
		if err := s.defaultToToday(ctx, r, &f.On, f.State != ""); err != nil {
			return 0, err
		}
		return r.Cooperations().Count(ctx, f)
	})
}

// defaultToToday sets a day that is needed and not set to today in the workspace's time zone.
func (s *Service) defaultToToday(ctx context.Context, r Reader, day *budget.Date, needed bool) error {
	if !needed || !day.IsZero() {
		return nil
	}
	ws, err := r.Workspace(ctx)
	if err == nil {
		*day, err = today(ws, s.env.now())
	}
	return err
}

// CreateCooperation is Work.CreateCooperation.
func (s *Service) CreateCooperation(ctx context.Context, ws WorkspaceID, c Cooperation) (Saved, error) {
	return update(ctx, s, ws, "create cooperation", func(ctx context.Context, w *Work) (Saved, error) {
		return w.CreateCooperation(ctx, c)
	})
}

// UpdateCooperation is Work.UpdateCooperation.
func (s *Service) UpdateCooperation(ctx context.Context, ws WorkspaceID, c Cooperation, reason string) (Saved, error) {
	return update(ctx, s, ws, "update cooperation", func(ctx context.Context, w *Work) (Saved, error) {
		return w.UpdateCooperation(ctx, c, reason)
	})
}

// Archive is Work.Archive.
func (s *Service) Archive(ctx context.Context, ws WorkspaceID, at At, reason string) (Archived, error) {
	return update(ctx, s, ws, "archive", func(ctx context.Context, w *Work) (Archived, error) {
		return w.Archive(ctx, at, reason)
	})
}

// Restore is Work.Restore.
func (s *Service) Restore(ctx context.Context, ws WorkspaceID, at At, reason string) (Archived, error) {
	return update(ctx, s, ws, "restore", func(ctx context.Context, w *Work) (Archived, error) {
		return w.Restore(ctx, at, reason)
	})
}

// Delete is Work.Delete.
func (s *Service) Delete(ctx context.Context, ws WorkspaceID, at At, reason string) (Done, error) {
	return update(ctx, s, ws, "delete", func(ctx context.Context, w *Work) (Done, error) {
		return w.Delete(ctx, at, reason)
	})
}

// ImportRun returns an import of a sheet.
func (s *Service) ImportRun(ctx context.Context, ws WorkspaceID, id ImportRunID) (ImportRun, error) {
	return read(ctx, s, ws, "get import run", func(ctx context.Context, r Reader) (ImportRun, error) {
		return r.ImportRuns().Get(ctx, id)
	})
}

// ImportRuns lists the imports of sheets, without their plans; ImportRun has that of one.
func (s *Service) ImportRuns(ctx context.Context, ws WorkspaceID, f ImportRunFilter, o ListOptions) (Page[ImportRun], error) {
	return read(ctx, s, ws, "list import runs", func(ctx context.Context, r Reader) (Page[ImportRun], error) {
		o.Brief = true
		return r.ImportRuns().List(ctx, f, o)
	})
}

// Changes returns at most limit changes of the workspace's log with a seq after the given one, in order; limit is
// between 1 and MaxPageSize. A host follows a workspace by calling it with the last seq it has seen.
func (s *Service) Changes(ctx context.Context, ws WorkspaceID, after Seq, limit int) ([]Change, error) {
	return read(ctx, s, ws, "list changes", func(ctx context.Context, r Reader) ([]Change, error) {
		return r.Changes(ctx, ChangeFilter{After: after}, limit)
	})
}

// History returns at most limit changes of one record with a seq after the given one, in order; limit is between 1 and
// MaxPageSize. A deleted record keeps its history; one that never was has none.
func (s *Service) History(ctx context.Context, ws WorkspaceID, record Ref, after Seq, limit int) ([]Change, error) {
	if record.ID == uuid.Nil {
		return nil, &Error{Family: ErrInvalid, Record: record, Field: "id",
			Problem: sentence.Of("say whose history; Changes has that of the whole workspace")}
	}
	return read(ctx, s, ws, "read history", func(ctx context.Context, r Reader) ([]Change, error) {
		return r.Changes(ctx, ChangeFilter{After: after, Record: record}, limit)
	})
}

// HistoryOf is History for the changes of one unit of work.
func (s *Service) HistoryOf(ctx context.Context, ws WorkspaceID, unit uuid.UUID, after Seq, limit int) ([]Change, error) {
	if unit == uuid.Nil {
		return nil, &Error{Family: ErrInvalid, Field: "unit", Problem: sentence.Of("say which unit of work; Changes has all of them")}
	}
	return read(ctx, s, ws, "read history of unit", func(ctx context.Context, r Reader) ([]Change, error) {
		return r.Changes(ctx, ChangeFilter{After: after, Unit: unit}, limit)
	})
}

// Log returns at most limit changes that a filter selects, for instance those of a record, the newest first; limit is
// between 1 and MaxPageSize.
func (s *Service) Log(ctx context.Context, ws WorkspaceID, f ChangeFilter, limit int) ([]Change, error) {
	return read(ctx, s, ws, "read log", func(ctx context.Context, r Reader) ([]Change, error) {
		return r.Changes(ctx, f, limit)
	})
}

// SetStatus is Work.SetStatus.
func (s *Service) SetStatus(ctx context.Context, ws WorkspaceID, all []At, to Status, reason string) (Bulk, error) {
	return update(ctx, s, ws, "set status", func(ctx context.Context, w *Work) (Bulk, error) {
		return w.SetStatus(ctx, all, to, reason)
	})
}

// Tag is Work.Tag.
func (s *Service) Tag(ctx context.Context, ws WorkspaceID, all []At, add, remove []string) (Bulk, error) {
	return update(ctx, s, ws, "tag", func(ctx context.Context, w *Work) (Bulk, error) { return w.Tag(ctx, all, add, remove) })
}

// ChangeInfluencers is Work.ChangeInfluencers.
func (s *Service) ChangeInfluencers(ctx context.Context, ws WorkspaceID, all []At, change func(*Influencer),
	reason string) (Bulk, error) {
	return update(ctx, s, ws, "change influencers", func(ctx context.Context, w *Work) (Bulk, error) {
		return w.ChangeInfluencers(ctx, all, change, reason)
	})
}

// ArchiveAll is Work.ArchiveAll.
func (s *Service) ArchiveAll(ctx context.Context, ws WorkspaceID, all []At, reason string) (Bulk, error) {
	return update(ctx, s, ws, "archive all", func(ctx context.Context, w *Work) (Bulk, error) {
		return w.ArchiveAll(ctx, all, reason)
	})
}

// Cancel is Work.Cancel.
func (s *Service) Cancel(ctx context.Context, ws WorkspaceID, id CooperationID, version int64, c Cancellation,
	reason string) (Saved, error) {
	return update(ctx, s, ws, "cancel", func(ctx context.Context, w *Work) (Saved, error) {
		return w.Cancel(ctx, id, version, c, reason)
	})
}

// Reinstate is Work.Reinstate.
func (s *Service) Reinstate(ctx context.Context, ws WorkspaceID, id CooperationID, version int64,
	reason string) (Saved, error) {
	return update(ctx, s, ws, "reinstate", func(ctx context.Context, w *Work) (Saved, error) {
		return w.Reinstate(ctx, id, version, reason)
	})
}

// ReapplyDefaults is Work.ReapplyDefaults.
func (s *Service) ReapplyDefaults(ctx context.Context, ws WorkspaceID, all []At, o Reapply,
	reason string) (Reapplication, error) {
	return update(ctx, s, ws, "reapply defaults", func(ctx context.Context, w *Work) (Reapplication, error) {
		return w.ReapplyDefaults(ctx, all, o, reason)
	})
}

// CloneCampaign is Work.CloneCampaign.
func (s *Service) CloneCampaign(ctx context.Context, ws WorkspaceID, id CampaignID, o CloneOptions) (Cloned, error) {
	return update(ctx, s, ws, "clone campaign", func(ctx context.Context, w *Work) (Cloned, error) {
		return w.CloneCampaign(ctx, id, o)
	})
}

// CloneMonth is Work.CloneMonth.
func (s *Service) CloneMonth(ctx context.Context, ws WorkspaceID, id CampaignID, to budget.Month) (Cloned, error) {
	return update(ctx, s, ws, "clone month", func(ctx context.Context, w *Work) (Cloned, error) {
		return w.CloneMonth(ctx, id, to)
	})
}
