package crm_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

func TestImportRunsAreKeptBesideTheLog(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	head := must(s.crm.Changes(ctx, s.ws, 0, 100))(t)
	var run crm.ImportRun
	s.ok(s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) (err error) {
		run, err = w.RecordImport(ctx, crm.ImportRun{Source: "tracker.csv", Counts: map[string]int{"created": 3}, Plan: []byte(`{"rows":[]}`)})
		return err
	}))
	if got := must(s.crm.ImportRun(ctx, s.ws, run.ID))(t); got.Source != "tracker.csv" || got.Counts["created"] != 3 || got.At.IsZero() {
		t.Errorf("got %+v", got)
	}
	if page := must(s.crm.ImportRuns(ctx, s.ws, crm.ImportRunFilter{Source: "tracker.csv"}, crm.ListOptions{}))(t); len(page.Items) != 1 {
		t.Errorf("%d runs of the sheet, want 1", len(page.Items))
	}
	if page := must(s.crm.ImportRuns(ctx, s.ws, crm.ImportRunFilter{Source: "other.csv"}, crm.ListOptions{}))(t); len(page.Items) != 0 {
		t.Errorf("%d runs of another sheet, want none", len(page.Items))
	}
	if after := must(s.crm.Changes(ctx, s.ws, 0, 100))(t); len(after) != len(head) {
		t.Errorf("the log grew from %d to %d changes", len(head), len(after))
	}
}

// An import is undone as a unit of work, but for what somebody touched since, and only once.
func TestUndoImport(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam := s.campaign("Summer"), s.influencer("Pam")
	var run crm.ImportRun
	var rows [2]crm.Cooperation
	s.ok(s.work(func(w *crm.Work) (err error) {
		for n := range rows {
			if rows[n], err = w.ImportCooperation(ctx, crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID}); err != nil {
				return err
			}
		}
		run, err = w.RecordImport(ctx, crm.ImportRun{Source: "tracker.csv"})
		return err
	}))
	must(s.edit(rows[1].ID, "", func(c *crm.Cooperation) { c.Notes = "call her" }))(t)
	done := must(s.crm.UndoImport(ctx, s.ws, run.ID, ""))(t)
	want := crm.Undone{
		Done: s.lastDone(), Restored: []crm.Ref{}, Deleted: []crm.Ref{rows[0].Ref()}, Recreated: []crm.Ref{},
		Kept: []crm.Kept{{Record: rows[1].Ref(), Name: rows[1].Name, Code: "kept_changed", Why: sentence.Of("it was changed since"),
			By: "mira@shop.example", At: s.now}},
	}
	if diff := cmp.Diff(want, done); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := must(s.crm.ImportRun(ctx, s.ws, run.ID))(t); !got.UndoneAt.Equal(s.now) || got.Version != 2 {
		t.Errorf("the run is %+v", got)
	}
	if _, err := s.crm.UndoImport(ctx, s.ws, run.ID, ""); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("undone twice: %v", err)
	}
	if _, err := s.crm.UndoImport(ctx, s.ws, crm.ImportRunID{9}, ""); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("an unknown import: %v", err)
	}
	// One that changed nothing has no unit in the log.
	s.ok(s.work(func(w *crm.Work) (err error) {
		run, err = w.RecordImport(ctx, crm.ImportRun{Source: "tracker.csv"})
		return err
	}))
	done = must(s.crm.UndoImport(ctx, s.ws, run.ID, ""))(t)
	if len(done.Deleted)+len(done.Restored)+len(done.Recreated)+len(done.Kept) != 0 {
		t.Errorf("undone: %+v", done)
	}
}

// An import of which nothing can be taken back stands: it can be undone when what keeps it is gone, and UndoUnit with that
// undo brings it back. One that others have deleted all of is marked.
func TestUndoImportOfWhichAllStays(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam := s.campaign("Summer"), s.influencer("Pam")
	bring := func() (run crm.ImportRun, row crm.Cooperation) {
		s.ok(s.work(func(w *crm.Work) (err error) {
			if row, err = w.ImportCooperation(ctx, crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID}); err == nil {
				run, err = w.RecordImport(ctx, crm.ImportRun{Source: "tracker.csv"})
			}
			return err
		}))
		return run, row
	}
	run, row := bring()
	must(s.edit(row.ID, "", func(c *crm.Cooperation) { c.Notes = "call her" }))(t)
	edit, before := s.lastUnit(), s.head()
	if done := must(s.crm.UndoImport(ctx, s.ws, run.ID, ""))(t); len(done.Kept) != 1 || len(done.Deleted) > 0 {
		t.Errorf("undone: %+v", done)
	}
	if got := must(s.crm.ImportRun(ctx, s.ws, run.ID))(t); !got.UndoneAt.IsZero() || got.Version != run.Version || s.head() != before {
		t.Errorf("the run is %+v, the log ends at %+v, not %+v", got, s.head(), before)
	}
	must(s.crm.UndoUnit(ctx, s.ws, edit, ""))(t)
	must(s.crm.UndoImport(ctx, s.ws, run.ID, ""))(t)

	run, row = bring()
	s.ok(s.work(func(w *crm.Work) error {
		_, err := w.Delete(ctx, crm.At{Ref: row.Ref(), Version: row.Version}, "")
		return err
	}))
	if done := must(s.crm.UndoImport(ctx, s.ws, run.ID, ""))(t); len(done.Kept) != 1 {
		t.Errorf("undone: %+v", done)
	}
	if got := must(s.crm.ImportRun(ctx, s.ws, run.ID))(t); got.UndoneAt.IsZero() {
		t.Errorf("the run of what is deleted is %+v", got)
	}
}

// An import in pieces is undone as one: what it created is gone, and a field goes back to what it was before the first
// piece, unless somebody changed it between two pieces.
func TestUndoImportInPieces(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam := s.campaign("Summer"), s.influencer("Pam")
	old, disputed := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID}),
		s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID})
	var run crm.ImportRun
	var created []crm.Cooperation
	piece := func(notes string) {
		t.Helper()
		s.ok(s.work(func(w *crm.Work) (err error) {
			for _, id := range []crm.CooperationID{old.ID, disputed.ID} {
				c, err := w.Cooperations().Get(ctx, id)
				if err != nil {
					return err
				}
				c.Notes = notes
				if _, err := w.ReimportCooperation(ctx, c, ""); err != nil {
					return err
				}
			}
			c, err := w.ImportCooperation(ctx, crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID})
			if created = append(created, c); err != nil {
				return err
			}
			if run.ID.IsZero() {
				run, err = w.RecordImport(ctx, crm.ImportRun{Source: "tracker.csv", Counts: map[string]int{"open": 1}})
				return err
			}
			run.Counts = map[string]int{"created": len(created)}
			run, err = w.ContinueImport(ctx, run)
			return err
		}))
	}
	piece("first")
	units := []uuid.UUID{s.lastUnit()}
	must(s.edit(disputed.ID, "", func(c *crm.Cooperation) { c.Notes = "mine" }))(t)
	piece("second")
	units = append(units, s.lastUnit())
	stored := must(s.crm.ImportRun(ctx, s.ws, run.ID))(t)
	want := crm.ImportRun{ID: run.ID, Version: 2, Units: units, Source: "tracker.csv", At: s.now, Actor: stored.Actor, Undos: []uuid.UUID{},
		Counts: map[string]int{"created": 2}}
	if diff := cmp.Diff([]crm.ImportRun{want, want}, []crm.ImportRun{run, stored}); diff != "" {
		t.Errorf("the run (-want +got):\n%s", diff)
	}

	undone := crm.Undone{
		Restored: []crm.Ref{old.Ref()}, Deleted: []crm.Ref{created[1].Ref(), created[0].Ref()}, Recreated: []crm.Ref{},
		Kept: []crm.Kept{{Record: disputed.Ref(), Name: disputed.Name, Code: "kept_changed",
			Why: sentence.Of("its notes changed between two parts of it")}},
	}
	before := s.changes()
	if diff := cmp.Diff(undone, must(s.crm.DryRun().UndoImport(ctx, s.ws, run.ID, ""))(t)); diff != "" {
		t.Errorf("preview (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(before, s.changes()); diff != "" {
		t.Errorf("the preview wrote (-before +after):\n%s", diff)
	}
	done := must(s.crm.UndoImport(ctx, s.ws, run.ID, ""))(t)
	undone.Done = s.lastDone()
	if diff := cmp.Diff(undone, done); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := s.cooperation(old.ID).Notes; got != "" {
		t.Errorf("the notes are %q, want those from before the import", got)
	}

	// Only an import that stands goes on, from the version that was read.
	undo := must(s.crm.ImportRun(ctx, s.ws, run.ID))(t)
	for _, c := range []struct {
		run  crm.ImportRun
		want error
	}{{undo, crm.ErrInvalid}, {run, crm.ErrConflict}, {crm.ImportRun{ID: crm.ImportRunID{9}}, crm.ErrNotFound}} {
		err := s.work(func(w *crm.Work) error {
			_, err := w.ContinueImport(ctx, c.run)
			return err
		})
		if !errors.Is(err, c.want) {
			t.Errorf("an import at version %d goes on with %v, want %v", c.run.Version, err, c.want)
		}
	}
}

// One piece of an import can be undone by its unit; the others stay, and with them what they use.
func TestUndoOnePieceOfAnImport(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign := s.campaign("Summer")
	var run crm.ImportRun
	var pam crm.Influencer
	var rows []crm.Cooperation
	for n := range 2 {
		s.ok(s.work(func(w *crm.Work) (err error) {
			if n == 0 {
				if pam, err = w.CreateInfluencer(ctx, crm.Influencer{Name: "Pam"}); err != nil {
					return err
				}
			}
			c, err := w.ImportCooperation(ctx, crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID})
			if rows = append(rows, c); err != nil {
				return err
			}
			if n == 0 {
				run, err = w.RecordImport(ctx, crm.ImportRun{Source: "tracker.csv"})
			} else {
				run, err = w.ContinueImport(ctx, run)
			}
			return err
		}))
	}
	done := must(s.crm.UndoUnit(ctx, s.ws, run.Units[0], ""))(t)
	if diff := cmp.Diff([]crm.Ref{rows[0].Ref()}, done.Deleted); diff != "" || len(done.Kept) != 1 || done.Kept[0].Record != pam.Ref() {
		t.Errorf("kept %v, deleted (-want +got):\n%s", done.Kept, diff)
	}
	done = must(s.crm.UndoImport(ctx, s.ws, run.ID, ""))(t)
	if diff := cmp.Diff([]crm.Ref{rows[1].Ref(), pam.Ref()}, done.Deleted); diff != "" {
		t.Errorf("the rest, deleted (-want +got):\n%s", diff)
	}
}

// An undo of the undo of an import lets it stand again, and so in turn: the run says what the records do.
func TestUndoOfTheUndoOfAnImport(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam := s.campaign("Summer"), s.influencer("Pam")
	var run crm.ImportRun
	var row crm.Cooperation
	s.ok(s.work(func(w *crm.Work) (err error) {
		if row, err = w.ImportCooperation(ctx, crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID}); err != nil {
			return err
		}
		run, err = w.RecordImport(ctx, crm.ImportRun{Source: "tracker.csv", Plan: []byte(`{"rows":[]}`)})
		return err
	}))
	undo := func(fn func() (crm.Undone, error)) uuid.UUID {
		t.Helper()
		if done := must(fn())(t); len(done.Kept) > 0 || len(done.Deleted)+len(done.Recreated) != 1 {
			t.Fatalf("undone: %+v", done)
		}
		return s.lastUnit()
	}
	undoUnit := func(unit uuid.UUID) func() (crm.Undone, error) {
		return func() (crm.Undone, error) { return s.crm.UndoUnit(ctx, s.ws, unit, "") }
	}
	undoImport := func() (crm.Undone, error) { return s.crm.UndoImport(ctx, s.ws, run.ID, "") }
	stands := func(want bool) {
		t.Helper()
		stored := must(s.crm.ImportRun(ctx, s.ws, run.ID))(t)
		page := must(s.crm.ImportRuns(ctx, s.ws, crm.ImportRunFilter{Standing: true}, crm.ListOptions{}))(t)
		if stored.UndoneAt.IsZero() != want || (len(page.Items) == 1) != want || string(stored.Plan) != string(run.Plan) {
			t.Errorf("the run is %+v, standing %t, want %t", stored, len(page.Items) == 1, want)
		}
		if _, err := s.crm.Cooperation(ctx, s.ws, row.ID); (err == nil) != want {
			t.Errorf("the row: %v, want it: %t", err, want)
		}
	}
	first := undo(undoImport)
	stands(false)
	s.member("Anna") // at the time of the undo
	must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t)
	stands(false)
	back := undo(undoUnit(first))
	stands(true)
	undo(undoUnit(back))
	stands(false)
	undo(undoUnit(first)) // the earlier undo, which brings back the same
	stands(true)
	undo(undoImport)
	stands(false)
	undo(undoUnit(s.lastUnit()))
	stands(true)

	// What somebody has touched stays, and so does the import.
	brought := s.lastUnit()
	must(s.edit(row.ID, "", func(c *crm.Cooperation) { c.Notes = "call her" }))(t)
	if done := must(s.crm.UndoUnit(ctx, s.ws, brought, ""))(t); len(done.Kept) != 1 {
		t.Errorf("undone: %+v", done)
	}
	stands(true)
}

// An import that has gone on since it was brought back stands as long as that piece does.
func TestUndoOfWhatBroughtAnImportBackThatWentOn(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam := s.campaign("Summer"), s.influencer("Pam")
	var run crm.ImportRun
	piece := func() {
		t.Helper()
		s.ok(s.work(func(w *crm.Work) (err error) {
			if _, err = w.ImportCooperation(ctx, crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID}); err != nil {
				return err
			}
			if run.ID.IsZero() {
				run, err = w.RecordImport(ctx, crm.ImportRun{Source: "tracker.csv"})
				return err
			}
			run, err = w.ContinueImport(ctx, run)
			return err
		}))
	}
	piece()
	must(s.crm.UndoImport(ctx, s.ws, run.ID, ""))(t)
	must(s.crm.UndoUnit(ctx, s.ws, s.lastUnit(), ""))(t)
	back := s.lastUnit()
	run = must(s.crm.ImportRun(ctx, s.ws, run.ID))(t)
	piece()
	if done := must(s.crm.UndoUnit(ctx, s.ws, back, ""))(t); len(done.Deleted) != 1 {
		t.Errorf("undone: %+v", done)
	}
	if got := must(s.crm.ImportRun(ctx, s.ws, run.ID))(t); !got.UndoneAt.IsZero() || len(got.Units) != 2 {
		t.Errorf("the run is %+v", got)
	}
	if done := must(s.crm.UndoImport(ctx, s.ws, run.ID, ""))(t); len(done.Deleted) != 1 {
		t.Errorf("the rest: %+v", done)
	}
}
