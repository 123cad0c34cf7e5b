package sqlstore

import (
	"context"
	"errors"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/tables"
)

// lone is the only write of a queue, as most units of work have it. Why the database refuses it is known without writing
// it again, so it takes no savepoint.
type lone struct {
	*writer
	kind   *tables.Kind
	record crm.Record
	// result is the error of the write that changed so many rows, or failed.
	result func(ctx context.Context, kind *tables.Kind, r crm.Record, changed int64, err error) error
}

// lone returns the only write of a queue. It is nil if there are more. It is nil too if the refusal of a row that is derived
// from the record leaves something to find out: which handle is taken, or whether the record is there at all.
func (w *writer) lone(q queue) *lone {
	if len(q.writes) != 1 {
		return nil
	}
	for _, added := range q.inserts {
		if a := added[0]; !slices.ContainsFunc(a.sets[1:], func(rows tables.Rows) bool { return rows.Unique }) {
			return &lone{w, a.kind, a.record, w.inserted}
		}
	}
	for _, u := range q.updates {
		if len(u.sets) == 0 {
			return &lone{w, u.kind, u.record, w.updated}
		}
	}
	for _, d := range q.deletes {
		return &lone{w, d.kind, d.record, w.deleted}
	}
	return nil
}

// refusal is why the database refused the write, or the log that came after it.
func (l *lone) refusal(ctx context.Context, logged bool, refused error) error {
	switch {
	case errors.Is(refused, errMissed):
		return l.result(ctx, l.kind, l.record, 0, nil)
	case logged:
		return l.unit.Fail(ctx, "writing the log", refused)
	}
	return l.result(ctx, l.kind, l.record, 0, refused)
}
