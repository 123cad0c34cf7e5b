package crm_test

import (
	"context"
	"testing"

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
