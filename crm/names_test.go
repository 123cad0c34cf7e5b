package crm_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

func TestNames(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m, c, i := s.member("Mira"), s.campaign("Summer"), s.influencer("Pam")
	deal := s.book(crm.Cooperation{Campaign: c.ID, Influencer: i.ID})
	var run crm.ImportRun
	s.ok(s.work(func(w *crm.Work) (err error) {
		run, err = w.RecordImport(ctx, crm.ImportRun{Source: "plan.csv"})
		return err
	}))
	gone := s.member("Ada")
	must(s.crm.Delete(ctx, s.ws, gone.At(), ""))(s)
	must(s.crm.Archive(ctx, s.ws, m.At(), ""))(s)
	ws := crm.RefTo(s.ws)

	refs := []crm.Ref{deal.Ref(), m.Ref(), gone.Ref(), run.Ref(), m.Ref(), ws, i.Ref(), crm.RefTo(crm.WorkspaceID{9}), c.Ref()}
	want := []crm.NamedRef{
		{Ref: deal.Ref(), Name: "Summer - Pam"}, {Ref: m.Ref(), Name: "Mira"}, {Ref: run.Ref(), Name: "plan.csv"},
		{Ref: ws, Name: "Shop"}, {Ref: i.Ref(), Name: "Pam"}, {Ref: c.Ref(), Name: "Summer"},
	}
	got := must(s.crm.Names(ctx, s.ws, refs))(t)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if text, err := json.Marshal(got[1]); err != nil || string(text) != `{"kind":"member","id":"`+m.ID.String()+`","name":"Mira"}` {
		t.Errorf("as JSON: %s, %v", text, err)
	}
	if got := must(s.crm.Names(ctx, s.ws, nil))(t); got == nil || len(got) > 0 {
		t.Errorf("of nothing: %v", got)
	}
	for _, refs := range [][]crm.Ref{nil, refs, {m.Ref()}, {run.Ref()}, {ws}} {
		if _, err := s.crm.Names(ctx, crm.WorkspaceID{9}, refs); !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("%v of no workspace: %v", refs, err)
		}
	}
	for field, refs := range map[string][]crm.Ref{
		"refs": make([]crm.Ref, crm.MaxNeed+1), "refs[1].id": {m.Ref(), {Kind: crm.KindMember}},
		"refs[0].kind": {{Kind: crm.KindPicture, ID: m.ID.UUID()}},
	} {
		_, err := s.crm.Names(ctx, s.ws, refs)
		wantField(t, err, crm.ErrInvalid, field)
	}
}
