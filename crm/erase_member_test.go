package crm_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/soundness"
)

// An erased member is gone from the record, the log, the rows of sheets and the accounts of imports, for good; who names
// them keeps the id.
func TestEraseMember(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	anna := must(s.crm.CreateMember(ctx, s.ws, crm.Member{Name: "Anna Secret", Email: "anna@secret.example"}))(t)
	created := s.lastUnit()
	leo := s.member("Leo")
	anna.Name = "Anna Hidden"
	anna = must(s.crm.UpdateMember(ctx, s.ws, anna, "Anna Secret married"))(t)
	renamed := s.lastUnit()
	campaign := s.campaign("Summer")
	pam := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Pam", Responsible: anna.ID}))(t)
	row := s.load(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Responsible: anna.ID, Cost: eur(5),
		Imported: &crm.Imported{Key: "pam", Values: map[string]string{"responsible": "anna secret", "influencer": "ANNA HIDDEN", "cost": "5"}}})
	others := s.load(crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Responsible: leo.ID,
		Imported: &crm.Imported{Key: "pam 2", Values: map[string]string{"responsible": "Leo"}}})
	s.ok(s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
		for _, plan := range []string{`{"rows":["Anna Hidden"]}`, `{"rows":["Leo"]}`} {
			if _, err := w.RecordImport(ctx, crm.ImportRun{Source: "sheet.csv", Plan: json.RawMessage(plan)}); err != nil {
				return err
			}
		}
		return nil
	}))
	before, seq := s.changes(), s.head().Seq

	if _, err := s.crm.EraseMember(ctx, s.ws, anna.ID, anna.Version-1, ""); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("from a stale version: %v", err)
	}
	done := must(s.crm.EraseMember(ctx, s.ws, anna.ID, anna.Version, "she demanded it"))(t)
	want := crm.Member{ID: anna.ID, Version: anna.Version + 1, Name: "Erased person", ArchivedOn: day("2026-05-20")}
	want.Times = crm.Times{CreatedAt: anna.CreatedAt, ChangedAt: s.now}
	if diff := cmp.Diff(want, done.Member, values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if done.Cooperations != 1 || done.Changes != 3 || done.Imports != 1 || done.Done != s.lastDone() {
		t.Errorf("done: %+v", done)
	}
	s.ok(s.crm.View(ctx, s.ws, soundness.Check))
	said := func() string {
		t.Helper()
		runs := must(s.crm.ImportRuns(ctx, s.ws, crm.ImportRunFilter{}, crm.ListOptions{}))(t)
		var past crm.Member
		s.ok(s.crm.AsOf(ctx, s.ws, seq, func(ctx context.Context, r crm.Reader) (err error) {
			past, err = r.Members().Get(ctx, anna.ID)
			return err
		}))
		return string(must(json.Marshal([]any{s.changes(), s.states(), runs, past}))(t))
	}
	secrets := []string{"Anna", "anna secret", "secret.example", "Hidden"}
	for _, secret := range secrets {
		if strings.Contains(said(), secret) {
			t.Errorf("%q is still there: %s", secret, said())
		}
	}
	if got := s.cooperation(row.ID); got.Responsible != anna.ID || got.Cost != eur(5) || got.Imported.Values["influencer"] != "ANNA HIDDEN" {
		t.Errorf("the cooperation is %+v", got)
	}
	if diff := cmp.Diff(others, s.cooperation(others.ID), values); diff != "" {
		t.Errorf("another's (-before +after):\n%s", diff)
	}
	for n, c := range s.changes()[:len(before)] {
		if was := before[n]; c.Seq != was.Seq || c.Unit != was.Unit || c.Actor != was.Actor || c.Record != was.Record || c.Kind != was.Kind {
			t.Errorf("change %d is %+v, was %+v", c.Seq, c, was)
		}
	}

	// Nothing brings it back.
	undone := must(s.crm.UndoUnit(ctx, s.ws, done.Unit, ""))(t)
	if len(undone.Kept) != 2 || len(undone.Restored) != 0 {
		t.Errorf("the undo of the erasure did %+v", undone)
	}
	must(s.crm.UndoUnit(ctx, s.ws, renamed, ""))(t)
	must(s.crm.UndoUnit(ctx, s.ws, created, ""))(t)
	for _, secret := range secrets {
		if strings.Contains(said(), secret) {
			t.Errorf("%q came back", secret)
		}
	}
}

// A row that named the member once, and somebody else now, lost something only in the log. Who follows that is told.
func TestEraseMemberFromTheLogOfARow(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	anna := s.member("Anna")
	pam := s.influencer("Pam")
	row := s.load(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: pam.ID,
		Imported: &crm.Imported{Key: "pam", Values: map[string]string{"responsible": "Anna"}}})
	s.ok(s.work(func(w *crm.Work) error {
		row.Imported = &crm.Imported{Key: "pam", Values: map[string]string{"responsible": "Leo"}}
		_, err := w.ReimportCooperation(ctx, row, "")
		return err
	}))
	log := s.changes()
	done := must(s.crm.EraseMember(ctx, s.ws, anna.ID, anna.Version, ""))(t)
	if done.Cooperations != 1 {
		t.Errorf("%d cooperations", done.Cooperations)
	}
	followersAgree(t, s, log)
	s.ok(s.crm.View(ctx, s.ws, soundness.Check))
}
