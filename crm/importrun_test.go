package crm_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
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
		Unit: s.lastUnit(), Restored: []crm.Ref{}, Deleted: []crm.Ref{rows[0].Ref()}, Recreated: []crm.Ref{},
		Kept: []crm.Kept{{Record: rows[1].Ref(), Why: "it was changed since"}},
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
