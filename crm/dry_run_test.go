package crm_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/utm"
)

// withoutDone is the JSON of a result, without what a dry run cannot know: where the log has it, and ids of new records.
func withoutDone(t *testing.T, result any) any {
	t.Helper()
	var plain any
	if err := json.Unmarshal(must(json.Marshal(result))(t), &plain); err != nil {
		t.Fatal(err)
	}
	var strip func(any)
	strip = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			delete(v, "unit")
			delete(v, "seq")
			for _, part := range v {
				strip(part)
			}
		case []any:
			for _, part := range v {
				strip(part)
			}
		}
	}
	strip(plain)
	return plain
}

// Every call gives in a dry run what it gives when it is meant, and writes nothing.
func TestDryRun(t *testing.T) {
	t.Parallel()
	newID := crm.CooperationID(nobody)
	calls := map[string]func(*town, *crm.Service) (any, error){
		"create": func(w *town, s *crm.Service) (any, error) {
			return s.CreateCooperation(ctx, w.ws, crm.Cooperation{ID: newID, Campaign: w.summer.ID, Influencer: w.emma.ID})
		},
		"update": func(w *town, s *crm.Service) (any, error) {
			c := w.idea
			c.Period = days("2026-06-01", "")
			return s.UpdateCooperation(ctx, w.ws, c, "")
		},
		"update refused": func(w *town, s *crm.Service) (any, error) {
			c := w.idea
			c.Status = crm.Signed
			return s.UpdateCooperation(ctx, w.ws, c, "")
		},
		"stale": func(w *town, s *crm.Service) (any, error) {
			return s.Archive(ctx, w.ws, w.pam.Ref().At(9), "")
		},
		"campaign": func(w *town, s *crm.Service) (any, error) {
			c := w.summer
			c.Name = "Spring"
			return s.UpdateCampaign(ctx, w.ws, c, "")
		},
		"archive": func(w *town, s *crm.Service) (any, error) { return s.Archive(ctx, w.ws, w.pam.At(), "") },
		"restore": func(w *town, s *crm.Service) (any, error) {
			return s.Restore(ctx, w.ws, asRead(w.cooperation(w.shelved.ID)), "")
		},
		"delete": func(w *town, s *crm.Service) (any, error) { return s.Delete(ctx, w.ws, w.idea.At(), "") },
		"status": func(w *town, s *crm.Service) (any, error) {
			return s.SetStatus(ctx, w.ws, crm.AnyVersion(w.deal.ID, w.idea.ID), crm.Negotiating, "")
		},
		"cancel": func(w *town, s *crm.Service) (any, error) {
			return s.Cancel(ctx, w.ws, w.deal.ID, w.cooperation(w.deal.ID).Version, crm.Cancellation{}, "")
		},
		"merge": func(w *town, s *crm.Service) (any, error) {
			return s.MergeInfluencers(ctx, w.ws, w.pam.At(), w.emma.At(), crm.MergeOptions{}, "")
		},
		"erase": func(w *town, s *crm.Service) (any, error) { return s.Erase(ctx, w.ws, w.pam.ID, w.pam.Version, "") },
		"reapply": func(w *town, s *crm.Service) (any, error) {
			return s.ReapplyDefaults(ctx, w.ws, crm.AnyVersion(w.deal.ID, w.idea.ID), crm.Reapply{}, "")
		},
		"undo": func(w *town, s *crm.Service) (any, error) { return s.UndoUnit(ctx, w.ws, w.lastDone().Unit, "") },
	}
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			w.setWorkspace(func(ws *crm.Workspace) { ws.UTM = template(utm.Params{Medium: utm.Of("new")}) }) // to be applied
			before, head := w.records(), w.head()
			dry, dryErr := call(w, w.crm.DryRun())
			if diff := cmp.Diff(before, w.records(), values); diff != "" || w.head() != head {
				t.Fatalf("the dry run changed something, log at %+v, was at %+v (-before +after):\n%s", w.head(), head, diff)
			}
			done, err := call(w, w.crm)
			if text(dryErr) != text(err) {
				t.Errorf("the dry run gave %v, the call %v", dryErr, err)
			}
			if diff := cmp.Diff(withoutDone(t, done), withoutDone(t, dry)); diff != "" {
				t.Errorf("(-call +dry run):\n%s", diff)
			}
			if err == nil && w.head() == head {
				t.Error("the call wrote nothing")
			}
		})
	}
}

// A dry run does nothing, so there is nothing to undo.
func TestADryRunHasNothingToUndo(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	dry := w.crm.DryRun()
	for what, got := range map[string]crm.Done{
		"create":  must(dry.CreateCooperation(ctx, w.ws, crm.Cooperation{Campaign: w.summer.ID, Influencer: w.emma.ID}))(t).Done,
		"archive": must(dry.Archive(ctx, w.ws, w.pam.At(), ""))(t).Done,
		"delete":  must(dry.Delete(ctx, w.ws, w.idea.At(), ""))(t),
		"status":  must(dry.SetStatus(ctx, w.ws, crm.AnyVersion(w.idea.ID), crm.Negotiating, ""))(t).Done,
		"clone":   must(dry.CloneCampaign(ctx, w.ws, w.summer.ID, crm.CloneOptions{Name: "Again", Cooperations: true}))(t).Done,
		"merge":   must(dry.MergeInfluencers(ctx, w.ws, w.pam.At(), w.emma.At(), crm.MergeOptions{}, ""))(t).Done,
		"undo":    must(dry.UndoUnit(ctx, w.ws, w.lastDone().Unit, ""))(t).Done,
	} {
		if got != (crm.Done{}) {
			t.Errorf("%s: %+v", what, got)
		}
	}
}

// Whole units of work can be tried, under any name and on any view of the data; claims of a dry run are forgotten, and
// what cannot be written fails.
func TestDryRunOfAUnit(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	before := w.records()
	rules := crm.Cooperation{Campaign: w.summer.ID, Influencer: w.emma.ID, Period: days("2026-06-01", ""), Cost: budget.FromMinor(100, "EUR")}
	rules.Rules = append(rules.Rules, equals("TRIED"))
	book := func(s *crm.Service, name string) (saved crm.Saved) {
		w.ok(s.Update(ctx, w.ws, func(ctx context.Context, work *crm.Work) (err error) {
			c := rules
			c.Name = name
			saved, err = work.CreateCooperation(ctx, c)
			return err
		}))
		return saved
	}
	service := w.crm.DryRun().Named("trial").Over(w.store)
	book(service, "one")
	if again := book(service, "two"); len(again.Conflicts.List) != 0 {
		t.Errorf("it conflicts with what a dry run tried: %+v", again.Conflicts.List)
	}
	if real := book(w.crm, "three"); len(real.Conflicts.List) != 0 || real.Unit != w.lastDone().Unit {
		t.Errorf("%+v", real)
	}
	if got := len(w.records()); got != len(before)+1 {
		t.Errorf("%d records, were %d", got, len(before))
	}
	taken := service.Update(ctx, w.ws, func(ctx context.Context, work *crm.Work) error {
		_, err := work.CreateMember(ctx, crm.Member{ID: w.anna.ID, Name: "Another"})
		return err
	})
	if !errors.Is(taken, crm.ErrAlreadyExists) {
		t.Errorf("a taken id: %v", taken)
	}
	own := errors.New("own")
	if err := service.Update(ctx, w.ws, func(context.Context, *crm.Work) error { return fmt.Errorf("host: %w", own) }); !errors.Is(err, own) {
		t.Errorf("the host's error: %v", err)
	}
}
