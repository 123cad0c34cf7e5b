package crm_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/memory"
)

// countingStore counts how often all claims of a workspace are read.
type countingStore struct {
	crm.Store
	reads atomic.Int64
}

func (s *countingStore) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return s.Store.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error { return fn(ctx, countingTx{tx, s}) })
}

type countingTx struct {
	crm.Tx
	store *countingStore
}

func (t countingTx) Claims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	t.store.reads.Add(1)
	return t.Tx.Claims(ctx, f)
}

// TestSavesDoNotReadAllRules holds the claims that a Service keeps between units of work to those of a Service that
// reads them anew each time.
func TestSavesDoNotReadAllRules(t *testing.T) {
	t.Parallel()
	store := memory.New(nil)
	ws := must(crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR"}))(t)
	counting := &countingStore{Store: store}
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
		if err := w.Delete(ctx, first.Cooperation, ""); err != nil {
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
	if n := counting.reads.Load(); n != 1 {
		t.Errorf("all claims were read %d times, want once", n)
	}
	// What another process writes is seen.
	other := crm.New(store, nil)
	book(other, pam, "STAR")
	if n := len(book(kept, emma, "STAR").Conflicts.List); n != 1 {
		t.Errorf("%d conflicts with what another process wrote, want 1", n)
	}
	if n := counting.reads.Load(); n != 2 {
		t.Errorf("all claims were read %d times, want twice", n)
	}
	// A deleted draft claims nothing any more.
	if err := kept.Delete(ctx, ws.ID, first.Cooperation, ""); err != nil {
		t.Fatal(err)
	}
	if n := len(book(kept, emma, "SUN").Conflicts.List); n != 0 {
		t.Errorf("%d conflicts with a deleted cooperation", n)
	}
}
