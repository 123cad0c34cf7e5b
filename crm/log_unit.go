package crm

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// unitLog collects the changes of a unit of work and writes them in batches, so that a unit of any
// size needs little memory.
type unitLog struct {
	unit    uuid.UUID
	at      time.Time
	actor   string
	changes []Change // not written yet
	count   int      // of all changes, written or not
}

const logBatch = 500

// add logs the change from one state of a record to another.
func (l *unitLog) add(ctx context.Context, tx Tx, kind ChangeKind, before, after Record, reason string) error {
	fields, err := diff(before, after)
	if err != nil {
		return err
	}
	subject := after
	if after == nil {
		subject = before
	}
	l.record(kind, subject.Ref(), fields, reason)
	return l.flushIfFull(ctx, tx)
}

func (l *unitLog) record(kind ChangeKind, ref Ref, fields []FieldChange, reason string) {
	l.count++
	l.changes = append(l.changes, Change{
		Unit: l.unit, At: l.at, Actor: l.actor, Record: ref, Kind: kind, Fields: fields, Reason: reason,
	})
}

func (l *unitLog) flushIfFull(ctx context.Context, tx Tx) error {
	if len(l.changes) < logBatch {
		return nil
	}
	return l.flush(ctx, tx)
}

func (l *unitLog) flush(ctx context.Context, tx Tx) error {
	if len(l.changes) == 0 {
		return nil
	}
	err := tx.Append(ctx, l.changes)
	l.changes = l.changes[:0]
	return err
}
