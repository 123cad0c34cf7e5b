package storage_test

import (
	"context"

	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// some draws ids of records, some of them perhaps twice or of none.
func some[R crm.Record](h hand, known []R) []crm.ID[R] {
	ids := make([]crm.ID[R], rapid.IntRange(0, 4).Draw(h.T, "ids"))
	for n := range ids {
		ids[n] = pick(h, known)
	}
	return ids
}

func (h hand) setStatus() operation {
	ids, reason := some(h, h.cooperations), h.reason()
	to := mostly(h, "status", statuses, "done")
	return operation{"set status", func(ctx context.Context, w *crm.Work) (any, error) { return w.SetStatus(ctx, ids, to, reason) }}
}

func (h hand) tag() operation {
	ids, add, remove := some(h, h.influencers), h.tags(), h.tags()
	return operation{"tag", func(ctx context.Context, w *crm.Work) (any, error) { return w.Tag(ctx, ids, add, remove) }}
}

func (h hand) archiveAll() operation {
	reason := h.reason()
	refs := []crm.Ref{h.workspace.Ref(), crm.RefTo(pick(h, h.members)), crm.RefTo(pick(h, h.campaigns)), crm.RefTo(pick(h, h.influencers)), crm.RefTo(pick(h, h.cooperations))}
	refs = rapid.SliceOfN(rapid.SampledFrom(refs), 0, 3).Draw(h.T, "refs")
	return operation{"archive all", func(ctx context.Context, w *crm.Work) (any, error) { return w.ArchiveAll(ctx, refs, reason) }}
}

func (h hand) reapply() operation {
	ids, reason := some(h, h.cooperations), h.reason()
	o := crm.Reapply{Force: rapid.Bool().Draw(h.T, "force"), DryRun: rapid.Bool().Draw(h.T, "dry run")}
	return operation{"reapply defaults", func(ctx context.Context, w *crm.Work) (any, error) { return w.ReapplyDefaults(ctx, ids, o, reason) }}
}

func (h hand) cloneCampaign() operation {
	id := pick(h, h.campaigns)
	o := crm.CloneOptions{Name: h.name() + " II", Cooperations: !h.oneIn(4, "without cooperations")}
	if rapid.Bool().Draw(h.T, "to a start") {
		o.Start = h.day()
	} else {
		o.Days = rapid.IntRange(-40, 40).Draw(h.T, "days")
	}
	return operation{"clone campaign", func(ctx context.Context, w *crm.Work) (any, error) { return w.CloneCampaign(ctx, id, o) }}
}

func (h hand) cloneMonth() operation {
	id, to := pick(h, h.campaigns), one(h, "month", budget.Month{}, budget.MustParseMonth("2027-02"))
	for _, c := range h.campaigns {
		if crm.Fold(c.Name) == "june 2026" && !h.oneIn(4, "of any name") {
			id = c.ID
		}
	}
	return operation{"clone month", func(ctx context.Context, w *crm.Work) (any, error) { return w.CloneMonth(ctx, id, to) }}
}
