package crm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/google/uuid"
)

// ImportRun is one import of a sheet. Runs are not in the change log. Plan says what the import did, as JSON.
//
// Units are the units of work that did it, in the order of the log: one, or several for an import in pieces, which are
// undone together.
type ImportRun struct {
	ID       ImportRunID     `json:"id"`
	Version  int64           `json:"version"`
	Units    []uuid.UUID     `json:"units"`
	Source   string          `json:"source"`
	At       time.Time       `json:"at"`
	Actor    string          `json:"actor,omitzero"`
	Counts   map[string]int  `json:"counts"`
	Plan     json.RawMessage `json:"plan,omitzero"`
	UndoneAt time.Time       `json:"undone_at,omitzero"`
}

// Ref implements Record.
func (r ImportRun) Ref() Ref { return Ref{KindImportRun, r.ID.UUID()} }

// Revision implements Record.
func (r ImportRun) Revision() int64 { return r.Version }

// AtRevision implements Record.
func (r ImportRun) AtRevision(v int64) Record { r.Version = v; return r }

// Written implements Record.
func (r ImportRun) Written() Times { return Times{} }

// AtTimes implements Record.
func (r ImportRun) AtTimes(Times) Record { return r }

// SortKey implements Record.
func (r ImportRun) SortKey(Sort) string { return "" }

// SearchText implements Record.
func (r ImportRun) SearchText() string { return "" }

func (r ImportRun) clone() Record {
	r.Units, r.Counts = cloneSlice(r.Units), cloneMap(r.Counts)
	r.Plan = slices.Clone(r.Plan)
	return r
}

const (
	maxUnits  = 10_000
	maxCounts = 100
	maxPlan   = 256 << 20 // bytes; a sheet of 100,000 rows needs a quarter of it
)

func (r *ImportRun) normalize() error {
	p := &problems{record: r.Ref()}
	p.name("source", &r.Source, "the source of an import")
	if len(r.Units) > maxUnits {
		p.addf("units", strconv.Itoa(len(r.Units)), "at most %d units of work make one import; take larger pieces", maxUnits)
	}
	if len(r.Counts) > maxCounts {
		p.addf("counts", strconv.Itoa(len(r.Counts)), "at most %d counts are kept", maxCounts)
	}
	for _, what := range slices.Sorted(maps.Keys(r.Counts)) {
		name := what
		if p.name("counts", &name, "a count"); r.Counts[what] < 0 {
			p.add("counts."+Shorten(what), strconv.Itoa(r.Counts[what]), "must not be negative")
		}
	}
	switch {
	case len(r.Plan) > maxPlan:
		p.add("plan", fmt.Sprintf("%d bytes", len(r.Plan)), "is too long; import the sheet in parts")
	case len(r.Plan) > 0 && !json.Valid(r.Plan):
		p.add("plan", string(r.Plan[:min(len(r.Plan), 240)]), "is not JSON")
	}
	return p.result()
}

// RecordImport stores the run of an import that this unit of work does, or begins. It is not in the change log.
func (w *Work) RecordImport(ctx context.Context, run ImportRun) (ImportRun, error) {
	run.ID = newID(w, run.ID)
	run = Clone(run)
	run.Version, run.Units, run.At, run.Actor, run.UndoneAt = 1, []uuid.UUID{w.log.unit}, w.log.at, w.log.actor, time.Time{}
	if err := run.normalize(); err != nil {
		return ImportRun{}, err
	}
	if err := w.tx.Insert(ctx, run); err != nil {
		return ImportRun{}, err
	}
	return run, nil
}

// ContinueImport makes this unit of work the next piece of an import: it adds the unit to those of the run, and stores
// the run's Counts and Plan. The run carries the version that was read. One that was undone is an ErrInvalid.
func (w *Work) ContinueImport(ctx context.Context, run ImportRun) (ImportRun, error) {
	stored, err := current(ctx, w.ImportRuns(), run.ID, run.Version)
	if err == nil {
		err = checkStanding(stored)
	}
	if err != nil {
		return ImportRun{}, err
	}
	stored.Counts, stored.Plan = run.Counts, run.Plan
	stored = Clone(stored)
	if !slices.Contains(stored.Units, w.log.unit) {
		stored.Units = append(stored.Units, w.log.unit)
	}
	if err := stored.normalize(); err != nil {
		return ImportRun{}, err
	}
	if err := w.tx.Update(ctx, nil, stored); err != nil {
		return ImportRun{}, err
	}
	stored.Version++
	return stored, nil
}

// checkStanding refuses an import that was undone.
func checkStanding(run ImportRun) error {
	if run.UndoneAt.IsZero() {
		return nil
	}
	return &Error{Family: ErrInvalid, Record: run.Ref(), Field: "undone_at",
		Value:   run.UndoneAt.Format(time.RFC3339),
		Problem: sentence.Of("this import was undone already")}
}

// UndoImport takes back what an import did, all of its units of work together and as UndoUnit does, and marks the
// import as undone. What somebody touched since stays, and Undone lists it. An import that was undone already is an
// ErrInvalid.
func (w *Work) UndoImport(ctx context.Context, id ImportRunID, reason string) (Undone, error) {
	run, err := w.ImportRuns().Get(ctx, id)
	if err == nil {
		err = checkStanding(run)
	}
	if err != nil {
		return Undone{}, err
	}
	done, err := w.undoUnits(ctx, run.Units, reason)
	if errors.Is(err, ErrNotFound) { // an import that changed nothing is not in the log
		done, err = newUndone(), nil
		done.Done = w.done()
	}
	if err != nil {
		return Undone{}, err
	}
	run.UndoneAt = w.log.at
	return done, w.tx.Update(ctx, nil, run)
}

// UndoImport is Work.UndoImport.
func (s *Service) UndoImport(ctx context.Context, ws WorkspaceID, id ImportRunID, reason string) (Undone, error) {
	return update(ctx, s, ws, "undo import", func(ctx context.Context, w *Work) (Undone, error) {
		return w.UndoImport(ctx, id, reason)
	})
}
