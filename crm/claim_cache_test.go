package crm_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/utm"
)

// TestSavesDoNotReadAllRules holds the claims that a Service keeps between units of work to those of a Service that
// reads them anew each time.
func TestSavesDoNotReadAllRules(t *testing.T) {
	t.Parallel()
	store := memory.New(nil)
	ws := must(crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR"}))(t)
	counting := newClaimsGate(store)
	kept := crm.New(counting, nil)
	campaign := must(kept.CreateCampaign(ctx, ws.ID, crm.Campaign{Name: "Summer"}))(t)
	pam := must(kept.CreateInfluencer(ctx, ws.ID, crm.Influencer{Name: "Pam"}))(t)
	emma := must(kept.CreateInfluencer(ctx, ws.ID, crm.Influencer{Name: "Emma"}))(t)
	book := func(s *crm.Service, i crm.Influencer, code string) crm.Saved {
		t.Helper()
		return must(s.CreateCooperation(ctx, ws.ID, crm.Cooperation{
			Campaign: campaign.ID, Influencer: i.ID, Period: days("2026-06-01", ""), Rules: []discount.Rule{equals(code)},
		}))(t)
	}
	first := book(kept, pam, "SUN")
	if n := len(book(kept, emma, "sun").Conflicts.List); n != 1 {
		t.Errorf("%d conflicts with the first, want 1", n)
	}
	// A unit that fails leaves the claims as they were.
	failed := errors.New("changed my mind")
	err := kept.Update(ctx, ws.ID, func(ctx context.Context, w *crm.Work) error {
		if _, err := w.CreateCooperation(ctx, crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID, Period: days("2026-06-01", ""), Rules: []discount.Rule{equals("MOON")}}); err != nil {
			return err
		}
		if _, err := w.Delete(ctx, first.Cooperation.At(), ""); err != nil {
			return err
		}
		return failed
	})
	if !errors.Is(err, failed) {
		t.Fatal(err)
	}
	if n := len(book(kept, emma, "MOON").Conflicts.List); n != 0 {
		t.Errorf("%d conflicts with a cooperation that was never saved", n)
	}
	if n := len(book(kept, emma, "SUN").Conflicts.List); n != 1 {
		t.Errorf("%d conflicts with one that is still there, want 1", n)
	}
	if n := counting.reads(); n != 1 {
		t.Errorf("all claims were read %d times, want once", n)
	}
	// What another process writes is seen.
	other := crm.New(store, nil)
	book(other, pam, "STAR")
	if n := len(book(kept, emma, "STAR").Conflicts.List); n != 1 {
		t.Errorf("%d conflicts with what another process wrote, want 1", n)
	}
	if n := counting.reads(); n != 1 {
		t.Errorf("all claims were read %d times, want once, and then the log", n)
	}
	// A deleted draft claims nothing any more.
	if _, err := kept.Delete(ctx, ws.ID, first.Cooperation.At(), ""); err != nil {
		t.Fatal(err)
	}
	if n := len(book(kept, emma, "SUN").Conflicts.List); n != 0 {
		t.Errorf("%d conflicts with a deleted cooperation", n)
	}
}

// TestReadersAndWritersShareTheClaims: reports, whatever runs beside them, and units of work about other
// things leave the claims that a save needs where they are.
func TestReadersAndWritersShareTheClaims(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	counting := newClaimsGate(s.store)
	s.crm = crm.New(counting, nil)
	campaign, pam, emma := s.campaign("Summer"), s.influencer("Pam"), s.influencer("Emma")
	deal := func(i crm.Influencer) crm.Cooperation {
		return crm.Cooperation{Campaign: campaign.ID, Influencer: i.ID, Period: days("2026-06-01", ""), Rules: []discount.Rule{equals("SUN")}}
	}
	inConflict := func() int {
		t.Helper()
		return len(must(s.crm.Conflicts(ctx, s.ws, crm.ConflictFilter{}, crm.ListOptions{}))(t).Items)
	}
	s.book(deal(pam))
	if n := inConflict(); n != 0 {
		t.Errorf("%d in conflict", n)
	}
	s.ok(s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
		if saved := must(w.CreateCooperation(ctx, deal(emma)))(t); len(saved.Conflicts.List) != 1 {
			t.Errorf("the unit sees %v", saved.Conflicts)
		}
		if n := beside(inConflict); n != 0 {
			t.Errorf("%d in conflict with what is not there yet", n)
		}
		return nil
	}))
	if n := inConflict(); n != 2 {
		t.Errorf("%d in conflict, want both", n)
	}
	s.member("Anna")
	s.campaign("Winter")
	third := s.load(deal(s.influencer("Zoe"))) // as an import does, which does not ask for conflicts
	if n := inConflict(); n != 3 {
		t.Errorf("%d in conflict, want three", n)
	}
	must(s.crm.Delete(ctx, s.ws, third.At(), ""))(s)
	if n := inConflict(); n != 2 {
		t.Errorf("%d in conflict, want two again", n)
	}
	if n := counting.reads(); n != 1 {
		t.Errorf("all claims were read %d times, want once", n)
	}
	// Other tail days are another index.
	s.setWorkspace(func(w *crm.Workspace) { w.TailDays = 5 })
	if inConflict(); counting.reads() != 2 {
		t.Errorf("all claims were read %d times, want twice", counting.reads())
	}
}

// beside runs something that is not part of the unit of work that is open.
func beside(fn func() int) (n int) {
	var done sync.WaitGroup
	done.Go(func() { n = fn() })
	done.Wait()
	return n
}

// TestReadersBesideWriters is for the race detector, too.
func TestReadersBesideWriters(t *testing.T) {
	t.Parallel()
	r := newRivals(t)
	r.crm = crm.New(r.store, nil) // the ids of a shop are counted by one at a time
	const each = 30
	var all sync.WaitGroup
	for n, who := range []crm.Influencer{r.pam, r.emma} {
		all.Go(func() {
			for range each {
				saved, err := r.crm.CreateCooperation(ctx, r.ws, crm.Cooperation{
					Campaign: r.campaign.ID, Influencer: who.ID, Period: days("2026-06-01", ""),
					Rules: []discount.Rule{rule(discount.Matches()[2+n], "SUN")}, // one begins with it, the other ends
				})
				if err == nil && n > 0 {
					_, err = r.crm.Delete(ctx, r.ws, saved.Cooperation.At(), "")
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
		all.Go(func() {
			for range each {
				page, err := r.crm.Conflicts(ctx, r.ws, crm.ConflictFilter{}, crm.ListOptions{})
				if err != nil {
					t.Error(err)
				}
				for _, one := range page.Items {
					if len(one.Conflicts.List) == 0 {
						t.Errorf("%s is in no conflict", one.Cooperation.Name)
					}
				}
				if _, err := r.crm.PossibleConflicts(ctx, r.ws, crm.Cooperation{Influencer: who.ID, Period: days("2026-06-01", "")}, rule(discount.Contains, "MOON"), 5); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// rolledBackStore lets units succeed and then takes them back, as a host does that rolls its transaction back.
type rolledBackStore struct{ crm.Store }

func (s rolledBackStore) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	takenBack := errors.New("taken back")
	err := s.Store.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error {
		if err := fn(ctx, tx); err != nil {
			return err
		}
		return takenBack
	})
	if errors.Is(err, takenBack) {
		return nil
	}
	return err
}

// TestClaimsAfterARollback: the version of a state that never came to be is neither used nor in the way of others.
func TestClaimsAfterARollback(t *testing.T) {
	t.Parallel()
	r := newRivals(t)
	counting := newClaimsGate(r.store)
	service := crm.New(counting, nil)
	book := func(s *crm.Service, who crm.Influencer, code string) int {
		t.Helper()
		saved := must(s.CreateCooperation(ctx, r.ws, crm.Cooperation{
			Campaign: r.campaign.ID, Influencer: who.ID, Period: days("2026-06-01", ""), Rules: []discount.Rule{equals(code)},
		}))(t)
		return len(saved.Conflicts.List)
	}
	inConflict := func() int {
		t.Helper()
		return len(must(service.Conflicts(ctx, r.ws, crm.ConflictFilter{}, crm.ListOptions{}))(t).Items)
	}
	book(service, r.pam, "SUN")
	for range 3 {
		book(service.Over(rolledBackStore{counting}), r.emma, "SUN")
		if n := inConflict(); n != 0 {
			t.Errorf("%d in conflict with what was rolled back", n)
		}
	}
	if n := book(crm.New(r.store, nil), r.pam, "MOON"); n != 0 { // another process takes the seqs
		t.Errorf("%d conflicts of another process", n)
	}
	for range 3 {
		if n := inConflict(); n != 0 {
			t.Errorf("%d in conflict with what was rolled back", n)
		}
	}
	if n := book(service, r.emma, "MOON"); n != 1 {
		t.Errorf("%d conflicts, want that with the other process", n)
	}
	if n := counting.reads(); n != 1 {
		t.Errorf("all claims were read %d times, want once", n)
	}
}

// TestManyDealsOnOneUTMSet: they cost as many listed conflicts as one cooperation lists. It is not parallel, because
// allocations are counted.
func TestManyDealsOnOneUTMSet(t *testing.T) { //nolint:paralleltest // see above
	claims := []crm.Claim{}
	for n := range 20_000 {
		c := benchCooperation(n)
		c.Rules, c.UTM = nil, utm.Params{Source: utm.Of("instagram"), Campaign: utm.Of("summer")}
		claims = append(claims, crm.ClaimsOf(c)...)
	}
	index, mine := crm.NewClaimIndex(claims, crm.Workspace{}), benchCooperation(20_000)
	mine.Rules, mine.UTM = nil, utm.Params{Source: utm.Of("instagram"), Campaign: utm.Of("summer")}
	if found := index.Conflicts(mine); len(found.List) != 100 || found.More != 19_900 {
		t.Errorf("%d listed and %d more", len(found.List), found.More)
	}
	if n := testing.AllocsPerRun(10, func() { index.Conflicts(mine) }); n > 500 {
		t.Errorf("%.0f allocations", n)
	}
}
