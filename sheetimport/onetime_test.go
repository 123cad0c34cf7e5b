package sheetimport_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// A workspace has one import. Another has to be asked for, unless the first was taken back.
func TestTheImportHappensOnce(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	s.options.Reimport = false
	isNote := func(n sheet.Note) bool { return n.Code == "imported_already" }

	first := s.plan(smallSheet)
	if first.Imported != nil || slices.ContainsFunc(first.Notes, isNote) {
		t.Errorf("the first import is called a second: %+v", first.Imported)
	}
	run, err := s.importer().Apply(s.ctx, first)
	if err != nil {
		t.Fatal(err)
	}

	again := s.plan(smallSheet)
	want := &sheetimport.EarlierImport{ID: run.ID, Source: "plan.csv", At: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}
	if diff := cmp.Diff(want, again.Imported); diff != "" {
		t.Errorf("the earlier import (-want +got):\n%s", diff)
	}
	n := slices.IndexFunc(again.Notes, isNote)
	if n < 0 || again.Notes[n].Text.String() != "the workspace has had its import, of plan.csv on 2026-06-01; this one is not carried out unless a re-import is asked for" {
		t.Errorf("the notes are %v", again.Notes)
	}
	before := s.contents()
	for _, plan := range []*sheetimport.Plan{again, s.plan("Influencer,Platform\nNoa,Instagram\n")} {
		if _, err := s.importer().Apply(s.ctx, plan); !errors.Is(err, sheetimport.ErrImported) || !errors.Is(err, crm.ErrAlreadyExists) {
			t.Errorf("a second import gives %v, want ErrImported", err)
		}
	}
	if diff := cmp.Diff(before, s.contents(), exactly...); diff != "" {
		t.Errorf("it wrote (-before +after):\n%s", diff)
	}

	s.options.Reimport = true
	if asked := s.bring(smallSheet); asked.Imported == nil || slices.ContainsFunc(asked.Notes, isNote) {
		t.Errorf("a re-import that is asked for has the earlier import %v and the notes %v", asked.Imported, asked.Notes)
	}

	s.options.Reimport = false
	for _, run := range s.contents().Runs {
		if _, err := s.service.UndoImport(s.ctx, s.ws, run.ID, ""); err != nil {
			t.Fatal(err)
		}
	}
	if taken := s.bring(smallSheet); taken.Imported != nil || taken.Counts[sheetimport.Created] != first.Counts[sheetimport.Created] {
		t.Errorf("after the undo the sheet comes in with %v, as after %v", taken.Counts, taken.Imported)
	}
}

// An import whose undo was undone is the one that the workspace has had, and can be taken back once more.
func TestTheImportStandsAgain(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	s.options.Reimport = false
	run, err := s.importer().Apply(s.ctx, s.plan(smallSheet))
	if err != nil {
		t.Fatal(err)
	}
	records := len(s.contents().Cooperations)
	for range 2 {
		undone, err := s.service.UndoImport(s.ctx, s.ws, run.ID, "")
		if err != nil || len(undone.Kept) > 0 || s.plan(smallSheet).Imported != nil {
			t.Fatalf("undone: %v, kept %v", err, undone.Kept)
		}
		back, err := s.service.UndoUnit(s.ctx, s.ws, undone.Unit, "")
		if err != nil || len(back.Kept) > 0 || len(s.contents().Cooperations) != records {
			t.Fatalf("brought back: %v, kept %v", err, back.Kept)
		}
		again := s.plan(smallSheet)
		if again.Imported == nil || again.Imported.ID != run.ID || again.Counts[sheetimport.Created] > 0 {
			t.Errorf("the earlier import is %+v, and %v", again.Imported, again.Counts)
		}
		if _, err := s.importer().Apply(s.ctx, again); !errors.Is(err, sheetimport.ErrImported) {
			t.Errorf("a second import gives %v, want ErrImported", err)
		}
	}
}

// Of two people who press the button at once, one imports.
func TestTheImportHappensOnceForTwo(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	s.options.Reimport = false
	mine, theirs := s.plan(smallSheet), s.plan(smallSheet)
	if _, err := s.importer().Apply(s.ctx, mine); err != nil {
		t.Fatal(err)
	}
	if _, err := s.importer().Apply(s.ctx, theirs); !errors.Is(err, sheetimport.ErrImported) {
		t.Errorf("the second of two imports gives %v, want ErrImported", err)
	}
}
