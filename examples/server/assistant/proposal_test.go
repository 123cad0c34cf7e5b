package assistant_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/api"
)

// What is proposed is not done; what is applied is what was shown, once, by the assistant, and can be taken back.
func TestProposal(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.connect(s.options(api.Write))
	before := head(t, s)
	proposed := s.ask(c, "propose_change", args{"reason": "Mira said so", "steps": []args{
		{"op": "create", "kind": "campaign", "fields": args{"name": "Winter", "budget": args{"amount": "70.5", "currency": "EUR"}}},
		{"op": "create", "kind": "influencer", "fields": args{"name": "Ola", "profiles": []args{{"platform": "instagram", "handle": "@ola"}}}},
		{"op": "change", "kind": "campaign", "id": s.summer.ID.String(), "version": 1, "fields": args{"name": "Summer"}},
		{"op": "change", "kind": "influencer", "id": s.emma.ID.String(), "version": 1, "fields": args{
			"profiles": []args{{"id": s.emma.Profiles[0].ID.String(), "platform": "tiktok", "handle": "emma"},
				{"platform": "youtube", "handle": "emma"}},
		}},
		{"op": "archive", "kind": "influencer", "id": s.pam.ID.String(), "version": 1},
		{"op": "create", "kind": "member", "fields": args{"name": "Mira"}},
	}})
	if proposed.refused {
		t.Fatal(proposed.text)
	}
	if want := "Proposed until 2026-05-20T11:00:00Z: 9 changes. Nothing is changed yet."; proposed.Summary != want {
		t.Errorf("%q, want %q", proposed.Summary, want)
	}
	if now := head(t, s); now != before {
		t.Fatalf("a proposal moved the log from %d to %d", before, now)
	}
	agreed := args{"proposal": proposed.at("proposal"), "digest": proposed.at("digest")}
	wrong := s.ask(c, "apply_proposal", args{"proposal": proposed.at("proposal"), "digest": strings.Repeat("0", 64)})
	if !wrong.refused || wrong.at("errors.0.field") != "digest" {
		t.Errorf("another digest: %s", wrong.text)
	}
	applied := s.ask(c, "apply_proposal", agreed)
	if applied.refused {
		t.Fatal(applied.text)
	}
	unit := applied.id(t, "unit")
	made := must(s.crm.HistoryOf(t.Context(), s.ws.ID, unit, 0, 100))(t)
	for n, c := range made {
		if c.Actor != "assistant (Mira)" || c.Kind == crm.Updated && c.Reason != "Mira said so" {
			t.Errorf("change %d by %q for %q", n, c.Actor, c.Reason)
		}
	}
	if diff := cmp.Diff(summed(proposed.at("changes").([]any)), summedLog(made)); diff != "" {
		t.Errorf("(-shown +made):\n%s", diff)
	}
	again := s.ask(c, "apply_proposal", agreed)
	if again.refused || again.id(t, "unit") != unit || int64(made[len(made)-1].Seq) != head(t, s) {
		t.Errorf("applied again: %s", again.text)
	}
	undone := s.ask(c, "undo_unit", args{"unit": unit.String()})
	if want := "Taken back: 5 records restored, 3 deleted, 0 made anew, 0 kept as they are."; undone.Summary != want {
		t.Errorf("%q, want %q", undone.Summary, want)
	}
	last := must(s.crm.Changes(t.Context(), s.ws.ID, crm.Seq(head(t, s)-1), 1))(t)
	if last[0].Actor != "assistant (Mira)" {
		t.Errorf("the undo is by %q", last[0].Actor)
	}
}

// summed and summedLog say of changes what they changed, as shown and as in the log.
func summed(all []any) (said []string) {
	for _, c := range all {
		c := c.(map[string]any)
		names := ""
		for _, f := range c["fields"].([]any) {
			names += fmt.Sprint(" ", f.(map[string]any)["field"])
		}
		said = append(said, fmt.Sprint(c["record"].(map[string]any)["id"], c["kind"], names))
	}
	return said
}

func summedLog(all []crm.Change) (said []string) {
	for _, c := range all {
		names := ""
		for _, f := range c.Fields {
			if f.Field != "created_at" && f.Field != "changed_at" {
				names += " " + f.Field
			}
		}
		said = append(said, fmt.Sprint(c.Record.ID, c.Kind, names))
	}
	return said
}

// A cooperation that is proposed comes with its conflicts, and cancels and comes back by proposals.
func TestProposalOfCooperation(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.connect(s.options(api.Write))
	apply := func(steps ...args) reply {
		t.Helper()
		proposed := s.ask(c, "propose_change", args{"steps": steps, "reason": "agreed by phone"})
		if proposed.refused {
			t.Fatal(proposed.text)
		}
		if applied := s.ask(c, "apply_proposal", args{"proposal": proposed.at("proposal"), "digest": proposed.at("digest")}); applied.refused {
			t.Fatal(applied.text)
		}
		return proposed
	}
	made := apply(args{"op": "create", "kind": "cooperation", "fields": args{
		"campaign": s.summer.ID.String(), "influencer": s.emma.ID.String(), "period": args{"start": "2026-06-01"},
		"rules": []args{{"match": "starts_with", "pattern": "PAM"}},
	}})
	if got := made.at("conflicts.0.conflicts.0.severity"); got != "certain" {
		t.Errorf("severity %v in %s", got, made.text)
	}
	id := made.id(t, "changes.0.record.id")
	if got := must(s.crm.Cooperation(t.Context(), s.ws.ID, crm.CooperationID(id)))(t); got.Name != "Summer Sale - Emma - 2026-06-01" {
		t.Errorf("%q", got.Name)
	}
	apply(args{"op": "cancel", "kind": "cooperation", "id": s.deal.ID.String(), "version": 1,
		"fields": args{"on": "2026-06-02", "fee": args{"amount": "50", "currency": "EUR"}, "reason": "ill"}})
	apply(args{"op": "reinstate", "kind": "cooperation", "id": s.deal.ID.String(), "version": 2})
	apply(args{"op": "archive", "kind": "cooperation", "id": s.deal.ID.String(), "version": 3})
	apply(args{"op": "restore", "kind": "cooperation", "id": s.deal.ID.String(), "version": 4})
	if got := must(s.crm.Cooperation(t.Context(), s.ws.ID, s.deal.ID))(t); got.Version != 5 || got.Cancellation != nil || !got.ArchivedOn.IsZero() {
		t.Errorf("%+v", got)
	}
}

// A proposal is refused, whole, when it would come out differently, and when its time is over.
func TestOutdatedProposal(t *testing.T) {
	t.Parallel()
	rename := args{"op": "change", "kind": "campaign", "version": 1, "fields": args{"name": "Summer"}}
	create := args{"op": "create", "kind": "campaign", "fields": args{"name": "Winter"}}
	archive := args{"op": "archive", "kind": "influencer", "version": 1}
	for _, test := range []struct {
		name      string
		step      args
		meanwhile func(*testing.T, *shop)
		problem   string
	}{
		{"the record has changed", rename, func(t *testing.T, s *shop) {
			s.summer.Notes = "x"
			must(s.crm.UpdateCampaign(t.Context(), s.ws.ID, s.summer, ""))(t)
		}, "is at version 2 now"},
		{"another cooperation would be renamed too", rename, func(t *testing.T, s *shop) {
			must(s.crm.CreateCooperation(t.Context(), s.ws.ID, crm.Cooperation{Campaign: s.summer.ID, Influencer: s.emma.ID}))(t)
		}, "come out differently"},
		{"one cooperation less", rename, func(t *testing.T, s *shop) {
			must(s.crm.Delete(t.Context(), s.ws.ID, s.idea.At(), ""))(t)
		}, "come out differently"},
		{"the name is taken", create, func(t *testing.T, s *shop) {
			must(s.crm.CreateCampaign(t.Context(), s.ws.ID, crm.Campaign{Name: "winter"}))(t)
		}, "choose another name"},
		{"it is tomorrow", archive,
			func(_ *testing.T, s *shop) { s.setClock(time.Date(2026, 5, 20, 22, 30, 0, 0, time.UTC)) },
			"come out differently"},
		{"an hour is over", create, func(_ *testing.T, s *shop) { s.setClock(time.Date(2026, 5, 20, 11, 0, 0, 0, time.UTC)) }, "has expired"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			if test.name == "it is tomorrow" {
				s.setClock(time.Date(2026, 5, 20, 21, 45, 0, 0, time.UTC)) // before midnight in Berlin
			}
			c := s.connect(s.options(api.Write))
			step := args{"id": map[string]string{"campaign": s.summer.ID.String(), "influencer": s.pam.ID.String()}[test.step["kind"].(string)]}
			for name, value := range test.step {
				step[name] = value
			}
			if step["op"] == "create" {
				delete(step, "id")
			}
			proposed := s.ask(c, "propose_change", args{"steps": []args{step}})
			if proposed.refused {
				t.Fatal(proposed.text)
			}
			test.meanwhile(t, s)
			before := head(t, s)
			r := s.ask(c, "apply_proposal", args{"proposal": proposed.at("proposal"), "digest": proposed.at("digest")})
			if !r.refused || !strings.Contains(r.text, test.problem) {
				t.Errorf("%s, want %q", r.text, test.problem)
			}
			if after := head(t, s); after != before {
				t.Errorf("the log ends at %d, before at %d", after, before)
			}
		})
	}
}

// Changes of other records do not stand in the way of a proposal.
func TestProposalBesideOthers(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.connect(s.options(api.Write))
	proposed := s.ask(c, "propose_change", args{"steps": []args{
		{"op": "change", "kind": "cooperation", "id": s.idea.ID.String(), "version": 1, "fields": args{"status": "negotiating"}},
	}})
	s.summer.Notes, s.summer.Budget = "hot", budget.FromMinor(5, "EUR")
	must(s.crm.UpdateCampaign(t.Context(), s.ws.ID, s.summer, ""))(t)
	if r := s.ask(c, "apply_proposal", args{"proposal": proposed.at("proposal"), "digest": proposed.at("digest")}); r.refused {
		t.Error(r.text)
	}
}

// Of two who apply one proposal at the same time, its change is made once.
func TestAppliedOnce(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.connect(s.options(api.Write))
	for n := range 20 {
		before := head(t, s)
		proposed := s.ask(c, "propose_change", args{"steps": []args{
			{"op": "create", "kind": "campaign", "fields": args{"name": fmt.Sprint("Campaign ", n)}},
		}})
		agreed := args{"workspace": s.ws.ID.String(), "proposal": proposed.at("proposal"), "digest": proposed.at("digest")}
		var done sync.WaitGroup
		for range 4 {
			done.Go(func() { c.ask("apply_proposal", agreed) })
		}
		done.Wait()
		if after := head(t, s); after != before+1 {
			t.Fatalf("the log went from %d to %d", before, after)
		}
	}
}

// A workspace has a bounded number of proposals, and those that have expired make room.
func TestManyProposals(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := s.connect(s.options(api.Write))
	propose := func(n int) reply {
		return s.ask(c, "propose_change", args{"steps": []args{{"op": "create", "kind": "campaign", "fields": args{"name": fmt.Sprint("C", n)}}}})
	}
	for n := range 200 {
		if r := propose(n); r.refused {
			t.Fatal(n, r.text)
		}
	}
	if r := propose(200); !r.refused || !strings.Contains(r.text, "200 proposals") {
		t.Errorf("one too many: %s", r.text)
	}
	s.setClock(time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC))
	if r := propose(200); r.refused {
		t.Errorf("after an hour: %s", r.text)
	}
}

// Whoever calls is named in the log, as far as there is room.
func TestActor(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"": "assistant", " Mira ": "assistant (Mira)", strings.Repeat("ä", 300): "assistant (" + strings.Repeat("ä", 188) + ")",
	} {
		s := newShop(t)
		o := s.options(api.Write)
		o.Caller = callerNamed(name)
		r := s.ask(s.connect(o), "undo_unit", args{"unit": unitOf(t, s)})
		if r.refused {
			t.Fatal(r.text)
		}
		last := must(s.crm.Changes(t.Context(), s.ws.ID, crm.Seq(head(t, s)-1), 1))(t)
		if last[0].Actor != want || last[0].Unit == uuid.Nil {
			t.Errorf("%q acts as %q, want %q", name, last[0].Actor, want)
		}
	}
}
