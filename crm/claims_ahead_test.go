package crm_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// claimsGate counts who reads all claims, in snapshots and in units of work, and holds those in snapshots up.
type claimsGate struct {
	crm.Store
	inViews, inUnits atomic.Int64
	reading          func(context.Context) error // called by each reading in a snapshot
}

func newClaimsGate(store crm.Store) *claimsGate {
	return &claimsGate{Store: store, reading: func(context.Context) error { return nil }}
}

// reads is how often all claims were read.
func (g *claimsGate) reads() int64 { return g.inViews.Load() + g.inUnits.Load() }

func (g *claimsGate) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	return g.Store.View(ctx, ws, func(ctx context.Context, r crm.Reader) error { return fn(ctx, gatedReader{r, g}) })
}

func (g *claimsGate) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return g.Store.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error { return fn(ctx, gatedTx{tx, g}) })
}

type gatedReader struct {
	crm.Reader
	gate *claimsGate
}

func (r gatedReader) Claims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	r.gate.inViews.Add(1)
	if err := r.gate.reading(ctx); err != nil {
		return nil, err
	}
	return r.Reader.Claims(ctx, f)
}

type gatedTx struct {
	crm.Tx
	gate *claimsGate
}

func (t gatedTx) Claims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	t.gate.inUnits.Add(1)
	return t.Tx.Claims(ctx, f)
}

// busyShop has a long log. Its service has just started and reads claims through the gate.
func busyShop(t *testing.T, options crm.Options) (*shop, *claimsGate) {
	s := newShop(t)
	campaign := s.campaign("Summer")
	s.ok(s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) (err error) {
		for n := range 5_001 {
			campaign.Notes = strconv.Itoa(n)
			if campaign, err = w.UpdateCampaign(ctx, campaign, ""); err != nil {
				return err
			}
		}
		return nil
	}))
	gate := newClaimsGate(s.store)
	s.crm = crm.New(gate, &options)
	return s, gate
}

func deal(c crm.Campaign, i crm.Influencer, code string) crm.Cooperation {
	return crm.Cooperation{Campaign: c.ID, Influencer: i.ID, Period: days("2026-06-01", ""), Rules: []discount.Rule{equals(code)}}
}

// TestClaimsAreReadOutsideOfUnits: the first saves after a start wait for one reading of all claims, and nobody else
// waits for them.
func TestClaimsAreReadOutsideOfUnits(t *testing.T) {
	t.Parallel()
	s, gate := busyShop(t, crm.Options{})
	campaign, pam, emma := s.campaign("Winter"), s.influencer("Pam"), s.influencer("Emma")
	s.book(deal(campaign, pam, "SUN"))
	s.crm = crm.New(gate, nil)
	gate.inViews.Store(0)

	begun, goOn := make(chan struct{}), make(chan struct{})
	gate.reading = func(context.Context) error {
		close(begun)
		<-goOn
		return nil
	}
	var saves sync.WaitGroup
	var found atomic.Int64
	for n := range 8 {
		saves.Go(func() {
			saved, err := s.crm.CreateCooperation(ctx, s.ws, deal(campaign, emma, strings.Repeat("SUN", 1+n%2)))
			if err != nil {
				t.Error(err)
			}
			found.Add(int64(len(saved.Conflicts.List)))
		})
	}
	<-begun
	s.campaign("Spring") // is written while the claims are read
	close(goOn)
	saves.Wait()
	if got := found.Load(); got != 4 {
		t.Errorf("%d conflicts, want those of the four that say SUN", got)
	}
	if views, units := gate.inViews.Load(), gate.inUnits.Load(); views != 1 || units != 0 {
		t.Errorf("all claims were read %d times in snapshots and %d times in units, want once and never", views, units)
	}
}

// TestClaimsThatFitNoCache are read outside of units of work for each save.
func TestClaimsThatFitNoCache(t *testing.T) {
	t.Parallel()
	s, gate := busyShop(t, crm.Options{MaxCachedClaims: 1})
	campaign, pam, emma := s.campaign("Winter"), s.influencer("Pam"), s.influencer("Emma")
	s.book(deal(campaign, pam, "SUN"))
	s.book(deal(campaign, pam, "MOON"))
	gate.inViews.Store(0)
	for range 2 {
		saved := must(s.crm.CreateCooperation(ctx, s.ws, deal(campaign, emma, "MOON")))(t)
		if n := len(saved.Conflicts.List); n != 1 {
			t.Errorf("%d conflicts, want 1", n)
		}
	}
	if views, units := gate.inViews.Load(), gate.inUnits.Load(); views != 2 || units != 0 {
		t.Errorf("all claims were read %d times in snapshots and %d times in units, want twice and never", views, units)
	}
}

// TestWhoReadsClaimsIsInterrupted: then one of those who waited for it reads them.
func TestWhoReadsClaimsIsInterrupted(t *testing.T) {
	t.Parallel()
	s, gate := busyShop(t, crm.Options{})
	campaign, pam := s.campaign("Winter"), s.influencer("Pam")
	begun := make(chan struct{}, 2)
	gate.reading = func(ctx context.Context) error {
		begun <- struct{}{}
		if gate.inViews.Load() > 1 {
			return nil
		}
		<-ctx.Done()
		return ctx.Err()
	}
	impatient, cancel := context.WithCancel(ctx)
	var saves sync.WaitGroup
	saves.Go(func() {
		if _, err := s.crm.CreateCooperation(impatient, s.ws, deal(campaign, pam, "SUN")); !errors.Is(err, context.Canceled) {
			t.Errorf("the interrupted save: %v", err)
		}
	})
	<-begun
	saves.Go(func() {
		if _, err := s.crm.CreateCooperation(ctx, s.ws, deal(campaign, pam, "MOON")); err != nil {
			t.Error(err)
		}
	})
	time.AfterFunc(time.Millisecond, cancel)
	saves.Wait()
	if n := len(must(s.crm.Cooperations(ctx, s.ws, crm.CooperationFilter{}, crm.ListOptions{}))(t).Items); n != 1 {
		t.Errorf("%d cooperations, want 1", n)
	}
}

// TestAJoinedUnitReadsClaimsItself, because what the host's transaction has done is seen by nobody else.
func TestAJoinedUnitReadsClaimsItself(t *testing.T) {
	t.Parallel()
	s, gate := busyShop(t, crm.Options{})
	campaign, pam := s.campaign("Winter"), s.influencer("Pam")
	s.crm = s.crm.Over(gate)
	s.book(deal(campaign, pam, "SUN"))
	if views, units := gate.inViews.Load(), gate.inUnits.Load(); views != 0 || units != 1 {
		t.Errorf("all claims were read %d times in snapshots and %d times in units, want never and once", views, units)
	}
}
