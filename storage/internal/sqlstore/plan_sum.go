package sqlstore

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/internal/tables"
)

// The sums of the plan are kept by each unit of work: it notes what its writes change of them, and adds that to the
// tables once, with its last writes or before they are read. Writers of a workspace come one after the other.

// PlanSums implements crm.Reader.
func (r *reader) PlanSums(ctx context.Context, f crm.PlanSumFilter) (sums []crm.PlanSum, kept bool, err error) {
	if err := r.readyForPlanSums(ctx); err != nil {
		return nil, false, err
	}
	sums = []crm.PlanSum{}
	if !r.upToDate {
		return sums, false, nil
	}
	asked := f
	if len(f.Campaigns) > maxIDs {
		f.Campaigns = nil // they are looked at one by one
	}
	text, args := r.schema.PlanSums.Summed, tables.SummedArgs(r.wsText)
	if len(f.Campaigns) > 0 || !slices.Equal(f.Kinds, budget.SummedKinds()) {
		if text, args, err = compile(r.store.dialect, r.schema.PlanSums.List(r.wsText, f)); err != nil {
			return nil, false, err
		}
	}
	var row tables.PlanSumRow
	err = r.unit.Each(ctx, "reading the sums of the plan", row.Dest(), func() error {
		sum, err := row.PlanSum()
		if err != nil {
			return r.unit.Unreadable(ctx, crm.RefTo(sum.Campaign), err)
		}
		if asked.Selects(sum) {
			sums = append(sums, sum)
		}
		return nil
	}, text, args...)
	if err != nil {
		return nil, false, err
	}
	return sums, true, nil
}

// PlanSpans implements crm.Reader.
func (r *reader) PlanSpans(ctx context.Context, campaigns []crm.CampaignID) (map[crm.CampaignID]budget.Period, error) {
	if err := r.readyForPlanSums(ctx); err != nil {
		return nil, err
	}
	spans := map[crm.CampaignID]budget.Period{}
	if !r.upToDate {
		return spans, nil
	}
	for chunk := range slices.Chunk(campaigns, maxIDs) {
		ids := make([]string, len(chunk))
		for n, id := range chunk {
			ids[n] = tables.IDText(id)
		}
		var row tables.PlanSpanRow
		query := r.schema.PlanSums.Spans(r.wsText, tables.Padded(ids))
		err := r.each(ctx, "reading the days of campaigns", row.Dest(), query, func() error {
			id, span, err := row.Span()
			if err != nil {
				return r.unit.Unreadable(ctx, crm.RefTo(id), err)
			}
			if !span.IsZero() {
				spans[id] = span
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return spans, nil
}

// readyForPlanSums comes before the sums are read.
func (r *reader) readyForPlanSums(ctx context.Context) error {
	if err := r.ready(ctx, crm.KindCooperation, crm.KindCampaign); err != nil || r.summed == nil {
		return err
	}
	return r.summed(ctx)
}

// planInserted, planUpdated and planDeleted note what a write changes of the sums of the plan.

func (w *writer) planInserted(r crm.Record) {
	if c, ok := r.(crm.Cooperation); ok {
		w.plan.Add(c)
		w.planned = true
	}
}

// planUpdated reads the record before, where it is not known. It comes before the write.
func (w *writer) planUpdated(ctx context.Context, before, after crm.Record) error {
	c, ok := after.(crm.Cooperation)
	if !ok {
		return nil
	}
	was, known := before.(crm.Cooperation)
	if !known {
		found, err := w.Cooperations().GetAll(ctx, []crm.CooperationID{c.ID})
		if err != nil {
			return err
		}
		for _, was = range found {
			known = true
		}
	}
	if known {
		w.plan.Remove(was)
	}
	w.plan.Add(c)
	w.planned = true
	return nil
}

func (w *writer) planDeleted(r crm.Record) {
	if c, ok := r.(crm.Cooperation); ok {
		w.plan.Remove(c)
		w.planned = true
	}
}

// writePlan adds what the unit has changed to the sums, so that they can be read.
func (w *writer) writePlan(ctx context.Context) error {
	if !w.upToDate {
		return nil
	}
	queries, err := w.planQueries()
	if err != nil || len(queries) == 0 {
		return err
	}
	return w.unit.Write(ctx, func() error {
		_, err := w.unit.Send(ctx, queries...)
		return w.unit.Fail(ctx, "writing the sums of the plan", err)
	})
}

// planQueries add what the unit has changed to the sums, and begin anew.
func (w *writer) planQueries() ([]*dialect.Query, error) {
	changes := w.plan.Sums()
	w.plan, w.planned = crm.PlanTally{}, false
	queries, err := w.addPlanSums(changes)
	if slices.ContainsFunc(changes, func(s crm.PlanSum) bool { return s.Count < 0 }) {
		queries = append(queries, &dialect.Query{Text: w.schema.PlanSums.DropEmpty, Args: []any{w.wsText}})
	}
	return queries, err
}

// addPlanSums are the queries that add sums: one for many where the database has arrays, and else for a few.
func (w *writer) addPlanSums(sums []crm.PlanSum) (queries []*dialect.Query, err error) {
	rows, err := w.schema.PlanSums.Rows(w.wsText, sums)
	if err != nil {
		return nil, err
	}
	into := w.schema.PlanSums.Add
	if into.Many == "" {
		return into.Few(rows), nil
	}
	for chunk := range slices.Chunk(rows, maxRows) {
		args, err := tables.Columns(chunk)
		if err != nil {
			return nil, err
		}
		var workspace string
		queries = append(queries, &dialect.Query{Text: into.Many, Args: args, Dest: []any{&workspace}})
	}
	return queries, nil
}

// finishPlan returns what a unit has to write of the sums at its end. One that has changed cooperations where what is derived
// of them is not kept makes it.
func (w *writer) finishPlan(ctx context.Context) ([]*dialect.Query, error) {
	switch {
	case !w.planned:
		return nil, nil
	case !w.upToDate:
		return nil, w.rebuild(ctx)
	}
	return w.planQueries()
}

// RebuildPlanSums implements crm.Tx.
func (w *writer) RebuildPlanSums(ctx context.Context) error {
	if err := w.unit.Usable(ctx); err != nil {
		return err
	}
	return w.unit.Write(ctx, func() error {
		if err := w.identify(ctx); err != nil {
			return err
		}
		return w.rebuild(ctx)
	})
}

// rebuild makes all anew that is derived of cooperations.
func (w *writer) rebuild(ctx context.Context) error {
	if err := w.flush(ctx); err != nil {
		return err
	}
	if err := w.rebuildClaims(ctx); err != nil {
		return err
	}
	return w.rebuildPlan(ctx)
}

// rebuildPlan makes the sums anew, and says that all that is derived is kept.
func (w *writer) rebuildPlan(ctx context.Context) error {
	var all crm.PlanTally
	var row tables.PlanCooperationRow
	nobody := tables.NewPlanPartners()
	err := w.unit.Each(ctx, "reading the plan", row.Dest(), func() error {
		planned, err := row.PlanRow(nobody)
		if err != nil {
			return w.unit.Unreadable(ctx, crm.RefTo(planned.Cooperation), err)
		}
		all.Add(crm.Cooperation{
			Campaign: planned.Campaign, Status: planned.Status, Period: planned.Period,
			Cost: planned.Cost, Spread: planned.Spread, Cancellation: planned.Cancellation,
		})
		return nil
	}, w.schema.Plan.Cooperations, w.wsText)
	if err != nil {
		return err
	}
	queries, err := w.addPlanSums(all.Sums())
	if err != nil {
		return err
	}
	queries = slices.Insert(queries, 0,
		&dialect.Query{Text: w.schema.PlanSums.Drop, Args: []any{w.wsText}},
		&dialect.Query{Text: w.schema.PlanSums.Keep, Args: []any{w.wsText}})
	w.plan, w.planned, w.upToDate = crm.PlanTally{}, false, true
	_, err = w.unit.Send(ctx, queries...)
	return w.unit.Fail(ctx, "writing the sums of the plan", err)
}
