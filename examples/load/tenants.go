package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"sync"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/soundness"
)

// tenants are all the workspaces that share a store.
type tenants struct {
	crm   *crm.Service
	shops []shop
}

// shop is a workspace and what there is to choose from in it.
type shop struct {
	id           crm.WorkspaceID
	campaigns    []crm.CampaignID
	influencers  []crm.Influencer
	cooperations []crm.CooperationID // those that it began with
}

var firstDay = budget.MustParseDate("2026-01-01")

// createTenants makes the workspaces, a few at a time.
func createTenants(ctx context.Context, s store, p plan, progress *log.Logger) (*tenants, error) {
	t := &tenants{crm: crm.New(s, nil), shops: make([]shop, p.workspaces)}
	admin := crm.NewAdmin(s, nil)
	err := t.each(ctx, p.clients, func(ctx context.Context, n int) error {
		ws, err := admin.CreateWorkspace(ctx, crm.Workspace{Name: fmt.Sprintf("Shop %d", n+1), Currency: "EUR", TimeZone: "Europe/Berlin"})
		if err != nil {
			return err
		}
		if (n+1)%100 == 0 {
			progress.Printf("%d workspaces", n+1)
		}
		return t.crm.Update(ctx, ws.ID, func(ctx context.Context, w *crm.Work) (err error) {
			t.shops[n], err = fill(ctx, w, ws.ID, p.cooperations)
			return err
		})
	})
	return t, err
}

// fill books cooperations in a new workspace, twenty a campaign and five an influencer.
func fill(ctx context.Context, w *crm.Work, id crm.WorkspaceID, cooperations int) (shop, error) {
	s := shop{id: id}
	for n := range cooperations/20 + 1 {
		c, err := w.CreateCampaign(ctx, crm.Campaign{Name: fmt.Sprintf("Campaign %d", n+1), Budget: budget.FromMinor(1_000_000, "EUR")})
		if err != nil {
			return s, err
		}
		s.campaigns = append(s.campaigns, c.ID)
	}
	for n := range cooperations/5 + 1 {
		code := discount.Rule{Match: discount.Equals, Pattern: fmt.Sprintf("CODE%d", n)}
		i, err := w.CreateInfluencer(ctx, crm.Influencer{Name: fmt.Sprintf("Influencer %d", n+1), Profiles: []crm.Profile{
			{Platform: "Instagram", Handle: fmt.Sprintf("influencer.%d", n+1), Rules: []discount.Rule{code}},
		}})
		if err != nil {
			return s, err
		}
		s.influencers = append(s.influencers, i)
	}
	for n := range cooperations {
		saved, err := w.CreateCooperation(ctx, s.cooperation(n))
		if err != nil {
			return s, err
		}
		s.cooperations = append(s.cooperations, saved.Cooperation.ID)
	}
	return s, nil
}

// cooperation is the nth of the deals that a shop makes.
func (s *shop) cooperation(n int) crm.Cooperation {
	i, start := s.influencers[n%len(s.influencers)], firstDay.AddDays(n%700)
	return crm.Cooperation{
		Campaign: s.campaigns[n%len(s.campaigns)], Influencer: i.ID, Profile: i.Profiles[0].ID,
		Status: budget.Stages()[n%3], Cost: budget.FromMinor(int64(100*(n%5_000)), "EUR"),
		Period: budget.Period{Start: start, End: start.AddDays(n % 30)},
	}
}

// check looks into every workspace for contradictions.
func (t *tenants) check(ctx context.Context, progress *log.Logger) error {
	return t.each(ctx, 2, func(ctx context.Context, n int) error {
		if (n+1)%100 == 0 {
			progress.Printf("%d workspaces checked", n+1)
		}
		if err := t.crm.View(ctx, t.shops[n].id, soundness.Check); err != nil {
			return fmt.Errorf("workspace %s: %w", t.shops[n].id, err)
		}
		return nil
	})
}

// each calls fn with the number of every shop, some at a time, until one fails.
func (t *tenants) each(ctx context.Context, atOnce int, fn func(context.Context, int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	numbers := make(chan int)
	var working sync.WaitGroup
	for range atOnce {
		working.Go(func() {
			for n := range numbers {
				if err := fn(ctx, n); err != nil {
					cancel(err)
				}
			}
		})
	}
	for n := range t.shops {
		select {
		case numbers <- n:
		case <-ctx.Done():
		}
	}
	close(numbers)
	working.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return ctx.Err()
}
