package sidebyside_test

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
func (g generator) operation() operation {
	all := []func() operation{
		g.updateCooperation, g.createCooperation, g.setStatus, g.undo, g.updateInfluencer, g.updateCampaign,
		func() operation { return putAway(g, cooperations, g.cooperations) },
		g.cloneCampaign, g.importCooperation, g.cancel, g.setPicture, g.reapply, g.useDefaults, g.reimportCooperation, g.createInfluencer,
		func() operation { return putAway(g, influencers, g.influencers) },
		func() operation { return putAway(g, campaigns, g.campaigns) },
		g.reinstate, g.tag, g.archiveAll, g.cloneMonth, g.updateWorkspace, g.recordImport, g.createCampaign, g.updateMember,
		func() operation { return putAway(g, members, g.members) },
		g.createMember, g.removePicture,
	}
	return all[rapid.IntRange(0, len(all)-1).Draw(g.T, "operation")]()
}

// change reads a record and does something to it, now and then from another version.
func change[R crm.Record, F any](g generator, name string, k kind[R, F], known []R, do func(context.Context, *crm.Work, R) (any, error)) operation {
	id, drift := pick(g, known), int64(0)
	if g.oneIn(15, "another version") {
		drift = one[int64](g, "drift", -1, 1)
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
func putAway[R crm.Record, F any](g generator, k kind[R, F], known []R) operation {
	reason := g.reason()
	how := rapid.IntRange(0, 3).Draw(g.T, "how")
	return change(g, [...]string{"archive", "archive", "restore", "delete"}[how], k, known,
		func(ctx context.Context, w *crm.Work, r R) (any, error) {
			switch how {
			case 2:
				return w.Restore(ctx, r.Ref().At(r.Revision()), reason)
			case 3:
				return w.Delete(ctx, r.Ref().At(r.Revision()), reason)
			default:
				return w.Archive(ctx, r.Ref().At(r.Revision()), reason)
			}
		})
}

func (g generator) reason() string {
	return mostly(g, "reason", []string{"", "because", "two\nlines"}, "a\x00b")
}

func (g generator) createMember() operation {
	m := crm.Member{ID: given[crm.Member](g)}
	g.memberEdit()(&m)
	return operation{"create member", func(ctx context.Context, w *crm.Work) (any, error) { return w.CreateMember(ctx, m) }}
}

func (g generator) updateMember() operation {
	edit, reason := g.memberEdit(), g.reason()
	return change(g, "update", members, g.members, func(ctx context.Context, w *crm.Work, m crm.Member) (any, error) {
		edit(&m)
		return w.UpdateMember(ctx, m, reason)
	})
}

func (g generator) createCampaign() operation {
	c := crm.Campaign{ID: given[crm.Campaign](g), Name: g.name()}
	g.campaignEdit()(&c)
	return operation{"create campaign", func(ctx context.Context, w *crm.Work) (any, error) { return w.CreateCampaign(ctx, c) }}
}

func (g generator) updateCampaign() operation {
	edit, reason := g.campaignEdit(), g.reason()
	return change(g, "update", campaigns, g.campaigns, func(ctx context.Context, w *crm.Work, c crm.Campaign) (any, error) {
		edit(&c)
		return w.UpdateCampaign(ctx, c, reason)
	})
}

func (g generator) createInfluencer() operation {
	i := crm.Influencer{ID: given[crm.Influencer](g), Name: g.name()}
	g.influencerEdit()(&i)
	return operation{"create influencer", func(ctx context.Context, w *crm.Work) (any, error) { return w.CreateInfluencer(ctx, i) }}
}

func (g generator) updateInfluencer() operation {
	edit, reason := g.influencerEdit(), g.reason()
	return change(g, "update", influencers, g.influencers, func(ctx context.Context, w *crm.Work, i crm.Influencer) (any, error) {
		edit(&i)
		return w.UpdateInfluencer(ctx, i, reason)
	})
}

// booking draws a new cooperation. Most have what signing needs.
func (g generator) booking() crm.Cooperation {
	c := crm.Cooperation{ID: given[crm.Cooperation](g), Campaign: pick(g, g.campaigns), Influencer: pick(g, g.influencers)}
	for _, i := range g.influencers {
		if i.ID == c.Influencer && len(i.Profiles) > 0 && rapid.Bool().Draw(g.T, "own profile") {
			c.Profile = i.Profiles[0].ID
		}
	}
	if !g.oneIn(3, "bare") {
		c.Period.Start, c.Cost = budget.MustParseDate("2026-06-01"), budget.FromMinor(100_00, "EUR")
	}
	g.cooperationEdit()(&c)
	return c
}

func (g generator) createCooperation() operation {
	c := g.booking()
	return operation{"create cooperation", func(ctx context.Context, w *crm.Work) (any, error) { return w.CreateCooperation(ctx, c) }}
}

func (g generator) importCooperation() operation {
	c := g.booking()
	c.Imported = &crm.Imported{Source: g.wanted(goodNames...), Key: mostly(g, "key", []string{"row 1", "row 2"}, ""), Values: g.custom()}
	return operation{"import cooperation", func(ctx context.Context, w *crm.Work) (any, error) { return w.ImportCooperation(ctx, c) }}
}

func (g generator) updateCooperation() operation {
	edit, reason := g.cooperationEdit(), g.reason()
	return change(g, "update", cooperations, g.cooperations, func(ctx context.Context, w *crm.Work, c crm.Cooperation) (any, error) {
		edit(&c)
		return w.UpdateCooperation(ctx, c, reason)
	})
}

func (g generator) reimportCooperation() operation {
	edit, reason, key := g.cooperationEdit(), g.reason(), mostly(g, "key", []string{"row 1", "row 2"}, "")
	return change(g, "reimport", cooperations, g.cooperations, func(ctx context.Context, w *crm.Work, c crm.Cooperation) (any, error) {
		edit(&c)
		c.Imported = &crm.Imported{Key: key}
		return w.ReimportCooperation(ctx, c, reason)
	})
}

func (g generator) cancel() operation {
	off, reason := crm.Cancellation{On: g.day(), Fee: g.money(), Reason: g.notes()}, g.reason()
	return change(g, "cancel", cooperations, g.cooperations, func(ctx context.Context, w *crm.Work, c crm.Cooperation) (any, error) {
		return w.Cancel(ctx, c.ID, c.Version, off, reason)
	})
}

func (g generator) reinstate() operation {
	reason := g.reason()
	return change(g, "reinstate", cooperations, g.cooperations, func(ctx context.Context, w *crm.Work, c crm.Cooperation) (any, error) {
		return w.Reinstate(ctx, c.ID, c.Version, reason)
	})
}

func (g generator) updateWorkspace() operation {
	edit, reason := g.workspaceEdit(), g.reason()
	return operation{"update workspace", func(ctx context.Context, w *crm.Work) (any, error) {
		ws, err := w.Workspace(ctx)
		if err != nil {
			return nil, err
		}
		edit(&ws)
		return w.UpdateWorkspace(ctx, ws, reason)
	}}
}

func (g generator) recordImport() operation {
	run := g.importRun()
	return operation{"record import", func(ctx context.Context, w *crm.Work) (any, error) { return w.RecordImport(ctx, run) }}
}

func (g generator) undo() operation {
	unit, reason := g.unit(), g.reason()
	return operation{"undo", func(ctx context.Context, w *crm.Work) (any, error) { return w.UndoUnit(ctx, unit, reason) }}
}
