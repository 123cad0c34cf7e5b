package crm_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// entries shows changes: "3 update campaign name: "A" -> "B"".
func entries(changes []crm.Change) []string {
	shown := []string{}
	for _, c := range changes {
		line := fmt.Sprintf("%d %s %s", c.Seq, c.Kind, c.Record.Kind)
		for _, f := range c.Fields {
			if c.Kind == crm.Updated {
				line += fmt.Sprintf(" %s: %s -> %s", f.Field, orNothing(f.Before), orNothing(f.After))
			}
		}
		shown = append(shown, line)
	}
	return shown
}

func orNothing(v json.RawMessage) string {
	if v == nil {
		return "nothing"
	}
	return string(v)
}

func TestLog(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.campaign("Summer")
	s.now = s.now.Add(-time.Hour) // another machine's clock
	c.Name, c.Budget = "Autumn", eur(1000)
	c = must(s.crm.UpdateCampaign(as("leo@shop.example"), s.ws, c, " moved "))(t)
	c.Budget = eur(0)
	c = must(s.crm.UpdateCampaign(ctx, s.ws, c, ""))(t)
	must(s.crm.Archive(ctx, s.ws, c.At(), "done"))(s)
	c.Version++
	s.now = s.now.Add(3*time.Hour + 123456789)
	must(s.crm.Delete(ctx, s.ws, c.At(), ""))(s)

	all := s.changes()
	want := []string{
		"1 create workspace",
		"2 create campaign",
		`3 update campaign budget: nothing -> {"amount":"10.00","currency":"EUR"} name: "Summer" -> "Autumn"`,
		`4 update campaign budget: {"amount":"10.00","currency":"EUR"} -> {"amount":"0.00","currency":"EUR"}`,
		`5 update campaign archived_on: nothing -> "2026-05-20"`,
		"6 delete campaign",
	}
	if diff := cmp.Diff(want, entries(all)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var actors, reasons []string
	for n, change := range all {
		actors, reasons = append(actors, change.Actor), append(reasons, change.Reason)
		if n > 0 && (change.At.Before(all[n-1].At) || change.Unit == all[n-1].Unit) {
			t.Errorf("change %d at %s in unit %s follows one at %s in %s", change.Seq, change.At, change.Unit, all[n-1].At, all[n-1].Unit)
		}
	}
	if diff := cmp.Diff([]string{"mira@shop.example", "mira@shop.example", "leo@shop.example", "mira@shop.example", "mira@shop.example", "mira@shop.example"}, actors); diff != "" {
		t.Errorf("actors (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"", "", "moved", "", "done", ""}, reasons); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
	if got, want := all[5].At, time.Date(2026, 5, 20, 12, 0, 0, 123456000, time.UTC); !got.Equal(want) {
		t.Errorf("deleted at %s, want %s in whole microseconds", got, want)
	}

	// Create and delete carry all fields, in the same words, and delete the version.
	created, deleted := map[string]string{}, map[string]string{}
	for _, f := range all[1].Fields {
		created[f.Field] = orNothing(f.Before) + " -> " + orNothing(f.After)
	}
	for _, f := range all[5].Fields {
		deleted[f.Field] = orNothing(f.Before) + " -> " + orNothing(f.After)
	}
	if diff := cmp.Diff(map[string]string{"name": `nothing -> "Summer"`}, created); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{
		"name": `"Autumn" -> nothing`, "budget": `{"amount":"0.00","currency":"EUR"} -> nothing`, "archived_on": `"2026-05-20" -> nothing`,
		"version": "4 -> nothing",
	}, deleted); diff != "" {
		t.Errorf("deleted (-want +got):\n%s", diff)
	}
}

func TestHistoryAndChanges(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	summer, autumn := s.campaign("Summer"), s.campaign("Autumn")
	for n := range 3 {
		summer.Notes = fmt.Sprint("note ", n)
		summer = must(s.crm.UpdateCampaign(ctx, s.ws, summer, ""))(t)
	}
	history := must(s.crm.History(ctx, s.ws, summer.Ref(), 0, 3))(t)
	rest := must(s.crm.History(ctx, s.ws, summer.Ref(), history[2].Seq, 3))(t)
	if diff := cmp.Diff([]string{
		"2 create campaign",
		`4 update campaign notes: nothing -> "note 0"`,
		`5 update campaign notes: "note 0" -> "note 1"`,
		`6 update campaign notes: "note 1" -> "note 2"`,
	}, entries(append(history, rest...))); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	if got := must(s.crm.History(ctx, s.ws, autumn.Ref(), 3, 10))(t); len(got) != 0 {
		t.Errorf("after its last change: %v", entries(got))
	}
	if diff := cmp.Diff([]string{"2 create campaign", "3 create campaign"}, entries(must(s.crm.Changes(ctx, s.ws, 1, 2))(t))); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

func TestAnUpdateWithoutAChangeWritesNothing(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	head := w.head()
	before := must(w.crm.Influencer(ctx, w.ws, w.pam.ID))(t)
	same := crm.Clone(before)
	same.Name, same.Profiles[0].Handle, same.Profiles[0].Platform = " Pam ", "@pam.style", "IG" // only otherwise typed
	after := must(w.crm.UpdateInfluencer(ctx, w.ws, same, ""))(t)
	if diff := cmp.Diff(before, after, values); diff != "" {
		t.Errorf("influencer (-before +after):\n%s", diff)
	}
	if got := w.setWorkspace(func(*crm.Workspace) {}); got.Version != 1 {
		t.Errorf("workspace at version %d", got.Version)
	}
	summer := must(w.crm.UpdateCampaign(ctx, w.ws, w.summer, "no reason"))(t)
	anna := must(w.crm.UpdateMember(ctx, w.ws, w.anna, ""))(t)
	deal := must(w.edit(w.deal.ID, "", func(*crm.Cooperation) {}))(t).Cooperation
	if summer.Version != 1 || anna.Version != 1 || deal.Version != 1 {
		t.Errorf("versions %d, %d, %d", summer.Version, anna.Version, deal.Version)
	}
	if got := w.head(); got != head {
		t.Errorf("the log ends at %+v, not at %+v", got, head)
	}
}

func TestAUnitOfWork(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	const many = 1_234 // more than two batches of the log
	s.ok(s.work(func(w *crm.Work) error {
		for n := range many {
			if _, err := w.CreateMember(ctx, crm.Member{Name: fmt.Sprint("Member ", n)}); err != nil {
				return err
			}
		}
		// Bad input writes nothing, and the unit goes on.
		if _, err := w.CreateMember(ctx, crm.Member{}); !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("bad input: %v", err)
		}
		// It sees its own writes.
		n, err := w.Members().Count(ctx, crm.MemberFilter{})
		if n != many {
			t.Errorf("%d members inside the unit", n)
		}
		return err
	}))
	units := map[uuid.UUID]int{}
	var last crm.Seq
	for {
		page := must(s.crm.Changes(ctx, s.ws, last, crm.MaxPageSize))(t)
		if len(page) == 0 {
			break
		}
		for _, c := range page {
			if last++; c.Seq != last {
				t.Fatalf("seq %d follows %d", c.Seq, last-1)
			}
			units[c.Unit]++
		}
	}
	if last != many+1 || len(units) != 2 {
		t.Errorf("%d changes in %d units", last, len(units))
	}
}

func TestAFailedUnitWritesNothing(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	head, boom := s.head(), errors.New("boom")
	err := s.work(func(w *crm.Work) error {
		for n := range 600 { // some of the log is written already
			if _, err := w.CreateMember(ctx, crm.Member{Name: fmt.Sprint("Member ", n)}); err != nil {
				return err
			}
		}
		_, err := w.RecordImport(ctx, crm.ImportRun{Source: "sheet.csv"})
		return errors.Join(err, boom)
	})
	if !errors.Is(err, boom) {
		t.Errorf("error %v", err)
	}
	if got := s.head(); got != head {
		t.Errorf("the log ends at %+v, not at %+v", got, head)
	}
	page := must(s.crm.Members(ctx, s.ws, crm.MemberFilter{}, crm.ListOptions{}))(t)
	if len(page.Items) != 0 {
		t.Errorf("%d members are left", len(page.Items))
	}
}

func TestRecordImport(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	head := s.head()
	given := crm.ImportRun{
		Source: " sheet.csv ", Version: 7, Actor: "somebody else", UndoneAt: s.now,
		Counts: map[string]int{"created": 2}, Plan: json.RawMessage(`{"rows":[]}`),
	}
	var run crm.ImportRun
	s.ok(s.work(func(w *crm.Work) (err error) {
		if run, err = w.RecordImport(ctx, given); err != nil {
			return err
		}
		_, err = w.CreateMember(ctx, crm.Member{Name: "Anna"})
		return err
	}))
	want := crm.ImportRun{
		ID: run.ID, Units: []uuid.UUID{s.lastUnit()}, Source: "sheet.csv", Version: 1, Actor: "mira@shop.example",
		At: s.now, Undos: []uuid.UUID{},
		Counts: map[string]int{"created": 2}, Plan: json.RawMessage(`{"rows":[]}`),
	}
	var stored crm.ImportRun
	s.ok(s.crm.View(ctx, s.ws, func(ctx context.Context, r crm.Reader) (err error) {
		stored, err = r.ImportRuns().Get(ctx, run.ID)
		return err
	}))
	if diff := cmp.Diff([]crm.ImportRun{want, want}, []crm.ImportRun{run, stored}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := s.head(); got.Seq != head.Seq+1 { // the member
		t.Errorf("a run stands outside the log, which ends at %+v", got)
	}
}
