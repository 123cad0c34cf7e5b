package crm

import (
	"context"
	"time"
)

// RecordImport keeps an account of an import that this unit of work does. It stands outside the
// change log.
func (w *Work) RecordImport(ctx context.Context, run ImportRun) (ImportRun, error) {
	run.ID = newID(w, run.ID)
	run = Clone(run)
	run.Version, run.At, run.Actor, run.UndoneAt = 1, w.log.at, w.log.actor, time.Time{}
	if err := run.normalize(); err != nil {
		return ImportRun{}, err
	}
	if err := w.tx.Insert(ctx, run); err != nil {
		return ImportRun{}, err
	}
	return run, nil
}
