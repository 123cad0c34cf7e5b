package crm

import (
	"context"
	"errors"
	"time"
)

// RecordImport keeps an account of an import that this unit of work does. It stands outside the
// change log.
func (w *Work) RecordImport(ctx context.Context, run ImportRun) (ImportRun, error) {
	run.ID = newID(w, run.ID)
	run = Clone(run)
	run.Version, run.Unit, run.At, run.Actor, run.UndoneAt = 1, w.log.unit, w.log.at, w.log.actor, time.Time{}
	if err := run.normalize(); err != nil {
		return ImportRun{}, err
	}
	if err := w.tx.Insert(ctx, run); err != nil {
		return ImportRun{}, err
	}
	return run, nil
}

// UndoImport takes back what an import did, as UndoUnit does, and marks the import as undone. What
// somebody touched since stays, and Undone lists it. An import that was undone already is an ErrInvalid.
func (w *Work) UndoImport(ctx context.Context, id ImportRunID, reason string) (Undone, error) {
	run, err := w.ImportRuns().Get(ctx, id)
	if err != nil {
		return Undone{}, err
	}
	if !run.UndoneAt.IsZero() {
		return Undone{}, &Error{Family: ErrInvalid, Record: run.Ref(), Field: "undone_at", Value: run.UndoneAt.Format(time.RFC3339),
			Problem: "this import was undone already"}
	}
	done, err := w.UndoUnit(ctx, run.Unit, reason)
	if errors.Is(err, ErrNotFound) { // it found nothing to change, so the log does not know it
		done, err = newUndone(w.log.unit), nil
	}
	if err != nil {
		return Undone{}, err
	}
	run.UndoneAt = w.log.at
	return done, w.tx.Update(ctx, run)
}

// UndoImport is Work.UndoImport.
func (s *Service) UndoImport(ctx context.Context, ws WorkspaceID, id ImportRunID, reason string) (Undone, error) {
	return update(ctx, s, ws, func(ctx context.Context, w *Work) (Undone, error) { return w.UndoImport(ctx, id, reason) })
}
