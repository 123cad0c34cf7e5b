package storage_test

import (
	"context"

	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// operation is one operation of Work with everything drawn that it needs.
type operation struct {
	name string
	do   func(context.Context, *crm.Work) (any, error)
}

// operation draws any operation of Work. Those that come first are drawn more often.
func (h hand) operation() operation {
	all := []func() operation{
		h.updateCooperation, h.createCooperation, h.setStatus, h.undo, h.updateInfluencer, h.updateCampaign,
		func() operation { return putAway(h, cooperations, h.cooperations) },
		h.cloneCampaign, h.importCooperation, h.cancel, h.setPicture, h.reapply, h.reimportCooperation, h.createInfluencer,
		func() operation { return putAway(h, influencers, h.influencers) },
		func() operation { return putAway(h, campaigns, h.campaigns) },
		h.reinstate, h.tag, h.archiveAll, h.cloneMonth, h.updateWorkspace, h.recordImport, h.createCampaign, h.updateMember,
		func() operation { return putAway(h, members, h.members) },
		h.createMember, h.removePicture,
	}
	return all[rapid.IntRange(0, len(all)-1).Draw(h.T, "operation")]()
}

// change reads a record and does something to it, now and then from another version.
func change[R crm.Record, F any](h hand, name string, k kind[R, F], known []R, do func(context.Context, *crm.Work, R) (any, error)) operation {
	id, drift := pick(h, known), int64(0)
	if h.oneIn(15, "another version") {
		drift = one[int64](h, "drift", -1, 1)
	}
	return operation{name + " " + string(k.name()), func(ctx context.Context, w *crm.Work) (any, error) {
		r, err := k.records(w).Get(ctx, id)
		if err != nil {
			return nil, err
		}
		return do(ctx, w, backend.AtRevision(r, r.Revision()+drift))
	}}
}

// putAway archives, restores or deletes.
func putAway[R crm.Record, F any](h hand, k kind[R, F], known []R) operation {
	reason := h.reason()
	how := rapid.IntRange(0, 3).Draw(h.T, "how")
	return change(h, [...]string{"archive", "archive", "restore", "delete"}[how], k, known, func(ctx context.Context, w *crm.Work, r R) (any, error) {
		switch how {
		case 2:
			return nil, w.Restore(ctx, r, reason)
		case 3:
			return nil, w.Delete(ctx, r, reason)
		default:
			return nil, w.Archive(ctx, r, reason)
		}
	})
}

func (h hand) reason() string {
	return mostly(h, "reason", []string{"", "because", "two\nlines"}, "a\x00b")
}

func (h hand) createMember() operation {
	m := crm.Member{ID: given[crm.Member](h)}
	h.memberEdit()(&m)
	return operation{"create member", func(ctx context.Context, w *crm.Work) (any, error) { return w.CreateMember(ctx, m) }}
}

func (h hand) updateMember() operation {
	edit, reason := h.memberEdit(), h.reason()
	return change(h, "update", members, h.members, func(ctx context.Context, w *crm.Work, m crm.Member) (any, error) {
		edit(&m)
		return w.UpdateMember(ctx, m, reason)
	})
}

func (h hand) createCampaign() operation {
	c := crm.Campaign{ID: given[crm.Campaign](h), Name: h.name()}
	h.campaignEdit()(&c)
	return operation{"create campaign", func(ctx context.Context, w *crm.Work) (any, error) { return w.CreateCampaign(ctx, c) }}
}

func (h hand) updateCampaign() operation {
	edit, reason := h.campaignEdit(), h.reason()
	return change(h, "update", campaigns, h.campaigns, func(ctx context.Context, w *crm.Work, c crm.Campaign) (any, error) {
		edit(&c)
		return w.UpdateCampaign(ctx, c, reason)
	})
}

func (h hand) createInfluencer() operation {
	i := crm.Influencer{ID: given[crm.Influencer](h), Name: h.name()}
	h.influencerEdit()(&i)
	return operation{"create influencer", func(ctx context.Context, w *crm.Work) (any, error) { return w.CreateInfluencer(ctx, i) }}
}

func (h hand) updateInfluencer() operation {
	edit, reason := h.influencerEdit(), h.reason()
	return change(h, "update", influencers, h.influencers, func(ctx context.Context, w *crm.Work, i crm.Influencer) (any, error) {
		edit(&i)
		return w.UpdateInfluencer(ctx, i, reason)
	})
}

// booking draws a new cooperation. Most have what signing needs.
func (h hand) booking() crm.Cooperation {
	c := crm.Cooperation{ID: given[crm.Cooperation](h), Campaign: pick(h, h.campaigns), Influencer: pick(h, h.influencers)}
	for _, i := range h.influencers {
		if i.ID == c.Influencer && len(i.Profiles) > 0 && rapid.Bool().Draw(h.T, "own profile") {
			c.Profile = i.Profiles[0].ID
		}
	}
	if !h.oneIn(3, "bare") {
		c.Period.Start, c.Cost = budget.MustParseDate("2026-06-01"), budget.FromMinor(100_00, "EUR")
	}
	h.cooperationEdit()(&c)
	return c
}

func (h hand) createCooperation() operation {
	c := h.booking()
	return operation{"create cooperation", func(ctx context.Context, w *crm.Work) (any, error) { return w.CreateCooperation(ctx, c) }}
}

func (h hand) importCooperation() operation {
	c := h.booking()
	c.Imported = &crm.Imported{Source: h.wanted(goodNames...), Key: mostly(h, "key", []string{"row 1", "row 2"}, ""), Values: h.custom()}
	return operation{"import cooperation", func(ctx context.Context, w *crm.Work) (any, error) { return w.ImportCooperation(ctx, c) }}
}

func (h hand) updateCooperation() operation {
	edit, reason := h.cooperationEdit(), h.reason()
	return change(h, "update", cooperations, h.cooperations, func(ctx context.Context, w *crm.Work, c crm.Cooperation) (any, error) {
		edit(&c)
		return w.UpdateCooperation(ctx, c, reason)
	})
}

func (h hand) reimportCooperation() operation {
	edit, reason, key := h.cooperationEdit(), h.reason(), mostly(h, "key", []string{"row 1", "row 2"}, "")
	return change(h, "reimport", cooperations, h.cooperations, func(ctx context.Context, w *crm.Work, c crm.Cooperation) (any, error) {
		edit(&c)
		c.Imported = &crm.Imported{Key: key}
		return w.ReimportCooperation(ctx, c, reason)
	})
}

func (h hand) cancel() operation {
	off, reason := crm.Cancellation{On: h.day(), Fee: h.money(), Reason: h.notes()}, h.reason()
	return change(h, "cancel", cooperations, h.cooperations, func(ctx context.Context, w *crm.Work, c crm.Cooperation) (any, error) {
		return w.Cancel(ctx, c.ID, c.Version, off, reason)
	})
}

func (h hand) reinstate() operation {
	reason := h.reason()
	return change(h, "reinstate", cooperations, h.cooperations, func(ctx context.Context, w *crm.Work, c crm.Cooperation) (any, error) {
		return w.Reinstate(ctx, c.ID, c.Version, reason)
	})
}

func (h hand) updateWorkspace() operation {
	edit, reason := h.workspaceEdit(), h.reason()
	return operation{"update workspace", func(ctx context.Context, w *crm.Work) (any, error) {
		ws, err := w.Workspace(ctx)
		if err != nil {
			return nil, err
		}
		edit(&ws)
		return w.UpdateWorkspace(ctx, ws, reason)
	}}
}

func (h hand) recordImport() operation {
	run := h.importRun()
	return operation{"record import", func(ctx context.Context, w *crm.Work) (any, error) { return w.RecordImport(ctx, run) }}
}

func (h hand) undo() operation {
	unit, reason := h.unit(), h.reason()
	return operation{"undo", func(ctx context.Context, w *crm.Work) (any, error) { return w.UndoUnit(ctx, unit, reason) }}
}
