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
// undone together. Undos are the units that took the import back and brought it back again, in turn. The log says nothing
// of the run, so an undo of one of them finds the run by these.
type ImportRun struct {
	ID       ImportRunID     `json:"id"`
	Version  int64           `json:"version"`
	Units    []uuid.UUID     `json:"units"`
	Source   string          `json:"source"`
	At       time.Time       `json:"at"`
	Actor    string          `json:"actor,omitzero"`
	Counts   map[string]int  `json:"counts"`
	Plan     json.RawMessage `json:"plan,omitzero"`
	UndoneAt time.Time       `json:"undone_at,omitzero"` // zero for one that stands
	Undos    []uuid.UUID     `json:"undos,omitempty"`
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
	r.Units, r.Undos, r.Counts = cloneSlice(r.Units), cloneSlice(r.Undos), cloneMap(r.Counts)
	r.Plan = slices.Clone(r.Plan)
	return r
}

// sharingPlan is a clone of the run but for its Plan, of which nothing here changes a byte.
func (r ImportRun) sharingPlan() ImportRun {
	plan := r.Plan
	r.Plan = nil
	r = Clone(r)
	r.Plan = plan
	return r
}

const (
	maxUnits  = 10_000
	maxCounts = 100
	maxPlan   = 256 << 20 // bytes; a sheet of 100,000 rows of 36 columns needs some 180 MB
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

// RecordImport stores the run of an import that this unit of work does, or begins. It is not in the change log. The run that
// comes back shares its Plan, which can be large, with the one that is given.
func (w *Work) RecordImport(ctx context.Context, run ImportRun) (ImportRun, error) {
	run.ID = newID(w, run.ID)
	run = run.sharingPlan()
	run.Version, run.Units, run.At, run.Actor = 1, []uuid.UUID{w.log.unit}, w.log.at, w.log.actor
	run.UndoneAt, run.Undos = time.Time{}, []uuid.UUID{}
	if err := run.normalize(); err != nil {
		return ImportRun{}, err
	}
	if err := w.tx.Insert(ctx, run); err != nil {
		return ImportRun{}, err
	}
	return run, nil
}

// ContinueImport makes this unit of work the next piece of an import: it adds the unit to those of the run, and stores
// the run's Counts and Plan. The run carries the version that was read. One that was undone is an ErrInvalid. The run that
// comes back shares its Plan with the one that is given.
func (w *Work) ContinueImport(ctx context.Context, run ImportRun) (ImportRun, error) {
	stored, err := current(ctx, w.ImportRuns(), run.ID, run.Version)
	if err == nil {
		err = checkStanding(stored)
	}
	if err != nil {
		return ImportRun{}, err
	}
	stored.Counts, stored.Plan = run.Counts, run.Plan
	stored = stored.sharingPlan()
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
// import as undone. What somebody touched since stays, and Undone lists it. If all that there is of the import stays, so does
// the import: nothing is written, and it can be undone later. An import that was undone already is an ErrInvalid. UndoUnit
// with the unit of this undo brings the import back, and it can be undone once more; where nothing was left to take back,
// because the import changed nothing or its units were taken back one by one, no unit does.
func (w *Work) UndoImport(ctx context.Context, id ImportRunID, reason string) (Undone, error) {
	run, err := w.ImportRuns().Get(ctx, id)
	if err == nil {
		err = checkStanding(run)
	}
	if err != nil {
		return Undone{}, err
	}
	done, stands, err := w.undoUnits(ctx, run.Units, reason)
	if err == nil && done.isNothing() && stands {
		return done, nil
	}
	if errors.Is(err, ErrNotFound) { // an import that changed nothing is not in the log
		done, err = newUndone(), nil
		done.Done = w.done()
	}
	if err == nil {
		err = w.turnImports(ctx, run.Units, done, run.ID) // a unit of the import may have undone another one
	}
	if err != nil {
		return Undone{}, err
	}
	return done, w.turnImport(ctx, run)
}

// turnImports marks the imports that the undo of some units brought back as standing, and those that it took back as undone,
// but for one that is marked anyway. If all records stay as they are, so do the imports.
func (w *Work) turnImports(ctx context.Context, units []uuid.UUID, done Undone, but ImportRunID) error {
	if done.isNothing() {
		return nil
	}
	var turned []ImportRunID
	err := eachBriefRun(ctx, w, func(run ImportRun) {
		if run.ID != but && run.wasTurnedBy(units) {
			turned = append(turned, run.ID)
		}
	})
	for _, id := range turned {
		if err != nil {
			return err
		}
		var run ImportRun
		if run, err = w.ImportRuns().Get(ctx, id); err == nil {
			err = w.turnUnlessContinued(ctx, run)
		}
	}
	return err
}

// wasTurnedBy reports whether one of some units made the run what it is, undone or standing again. It is every second of
// Undos, the first of which is an undo.
func (r ImportRun) wasTurnedBy(units []uuid.UUID) bool {
	for n, unit := range r.Undos {
		if undid := n%2 == 0; undid != r.UndoneAt.IsZero() && slices.Contains(units, unit) {
			return true
		}
	}
	return false
}

// turnUnlessContinued is turnImport, but for an import that has gone on since it was brought back: another piece stands.
func (w *Work) turnUnlessContinued(ctx context.Context, run ImportRun) error {
	if run.UndoneAt.IsZero() {
		turned, err := w.lastSeq(ctx, run.Undos[len(run.Undos)-1])
		if err != nil {
			return err
		}
		if piece, err := w.lastSeq(ctx, run.Units[len(run.Units)-1]); err != nil || piece > turned {
			return err
		}
	}
	return w.turnImport(ctx, run)
}

// lastSeq is that of the last change of a unit of work; 0 if it changed nothing.
func (w *Work) lastSeq(ctx context.Context, unit uuid.UUID) (Seq, error) {
	last, err := w.Changes(ctx, ChangeFilter{Unit: unit, Newest: true}, 1)
	if err != nil || len(last) == 0 {
		return 0, err
	}
	return last[0].Seq, nil
}

// turnImport marks an import that stands as undone by this unit of work, and one that was undone as standing again.
func (w *Work) turnImport(ctx context.Context, run ImportRun) error {
	run = Clone(run)
	if run.UndoneAt.IsZero() {
		run.UndoneAt = w.log.at
	} else {
		run.UndoneAt = time.Time{}
	}
	if n := len(run.Undos); n > 0 && run.Undos[n-1] == w.log.unit {
		run.Undos = run.Undos[:n-1] // it takes back what it did itself
	} else {
		run.Undos = append(run.Undos, w.log.unit)
	}
	return w.tx.Update(ctx, nil, run)
}

// eachBriefRun calls fn with all import runs, without their plans.
func eachBriefRun(ctx context.Context, r Reader, fn func(ImportRun)) error {
	o := ListOptions{Size: MaxPageSize, Brief: true}
	for {
		page, err := r.ImportRuns().List(ctx, ImportRunFilter{}, o)
		if err != nil {
			return err
		}
		for _, run := range page.Items {
			fn(run)
		}
		if o.Token = page.Next; o.Token == "" {
			return nil
		}
	}
}

// UndoImport is Work.UndoImport.
func (s *Service) UndoImport(ctx context.Context, ws WorkspaceID, id ImportRunID, reason string) (Undone, error) {
	return update(ctx, s, ws, "undo import", func(ctx context.Context, w *Work) (Undone, error) {
		return w.UndoImport(ctx, id, reason)
	})
}
