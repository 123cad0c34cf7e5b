package sidebyside_test

import (
	"context"
	"slices"

	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// some draws ids of records, perhaps of none. Seldom one stands there twice, for which the whole call is refused.
func some[R crm.Record](g generator, known []R) []crm.ID[R] {
	var ids []crm.ID[R]
	twice := rapid.IntRange(0, 9).Draw(g.T, "twice") == 0
	for range rapid.IntRange(0, 4).Draw(g.T, "ids") {
		if id := pick(g, known); twice || !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (g generator) setStatus() operation {
	ids, reason := some(g, g.cooperations), g.reason()
	to := mostly(g, "status", statuses, "done")
	return operation{"set status", func(ctx context.Context, w *crm.Work) (any, error) {
		return w.SetStatus(ctx, crm.AnyVersion(ids...), to, reason)
	}}
}

func (g generator) tag() operation {
	ids, add, remove := some(g, g.influencers), g.tags(), g.tags()
	return operation{"tag", func(ctx context.Context, w *crm.Work) (any, error) {
		return w.Tag(ctx, crm.AnyVersion(ids...), add, remove)
	}}
}

func (g generator) archiveAll() operation {
	reason := g.reason()
	all := []crm.At{}
	for _, ref := range []crm.Ref{
		g.workspace.Ref(), crm.RefTo(pick(g, g.members)), crm.RefTo(pick(g, g.campaigns)),
		crm.RefTo(pick(g, g.influencers)), crm.RefTo(pick(g, g.cooperations)),
	} {
		all = append(all, ref.At(rapid.Int64Range(0, 2).Draw(g.T, "version")))
	}
	all = rapid.SliceOfN(rapid.SampledFrom(all), 0, 3).Draw(g.T, "records")
	return operation{"archive all", func(ctx context.Context, w *crm.Work) (any, error) { return w.ArchiveAll(ctx, all, reason) }}
}

func (g generator) reapply() operation {
	ids, reason := some(g, g.cooperations), g.reason()
	o := crm.Reapply{Force: rapid.Bool().Draw(g.T, "force")}
	return operation{"reapply defaults", func(ctx context.Context, w *crm.Work) (any, error) {
		return w.ReapplyDefaults(ctx, crm.AnyVersion(ids...), o, reason)
	}}
}

func (g generator) useDefaults() operation {
	fields := rapid.SliceOfN(rapid.SampledFrom([]string{"rules", "utm.source", "utm.term", "utm.content", "name"}), 0, 3).Draw(g.T, "fields")
	reason := g.reason()
	return change(g, "use defaults", cooperations, g.cooperations, func(ctx context.Context, w *crm.Work, c crm.Cooperation) (any, error) {
		return w.UseDefaults(ctx, c.ID, c.Version, fields, reason)
	})
}

func (g generator) cloneCampaign() operation {
	id := pick(g, g.campaigns)
	o := crm.CloneOptions{Name: g.name() + " II", Cooperations: !g.oneIn(4, "without cooperations")}
	if rapid.Bool().Draw(g.T, "to a start") {
		o.Start = g.day()
	} else {
		o.Days = rapid.IntRange(-40, 40).Draw(g.T, "days")
	}
	return operation{"clone campaign", func(ctx context.Context, w *crm.Work) (any, error) { return w.CloneCampaign(ctx, id, o) }}
}

func (g generator) cloneMonth() operation {
	id, to := pick(g, g.campaigns), one(g, "month", budget.Month{}, budget.MustParseMonth("2027-02"))
	for _, c := range g.campaigns {
		if crm.Fold(c.Name) == "june 2026" && !g.oneIn(4, "of any name") {
			id = c.ID
		}
	}
	return operation{"clone month", func(ctx context.Context, w *crm.Work) (any, error) { return w.CloneMonth(ctx, id, to) }}
}
