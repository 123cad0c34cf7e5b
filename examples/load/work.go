package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// operation is one thing that a client does, and how often in a hundred.
type operation struct {
	name  string
	share int
	do    func(context.Context, *tenants, *shop, *rand.Rand) error
}

// operations are what a team does all day: mostly looking, sometimes booking.
var operations = []operation{
	{"get", 40, get}, {"page of 50", 30, page}, {"create", 12, create}, {"edit", 14, edit}, {"changes", 3, changes}, {"report", 1, report},
}

func get(ctx context.Context, t *tenants, s *shop, rnd *rand.Rand) error {
	_, err := t.crm.Cooperation(ctx, s.id, pick(rnd, s.cooperations))
	return err
}

func page(ctx context.Context, t *tenants, s *shop, rnd *rand.Rand) error {
	f := crm.CooperationFilter{Campaigns: []crm.CampaignID{pick(rnd, s.campaigns)}}
	if rnd.IntN(2) == 0 {
		f = crm.CooperationFilter{Statuses: []crm.Status{pick(rnd, budget.Stages())}}
	}
	_, err := t.crm.Cooperations(ctx, s.id, f, crm.ListOptions{Size: 50, Sort: crm.SortStart})
	return err
}

func create(ctx context.Context, t *tenants, s *shop, rnd *rand.Rand) error {
	c := s.cooperation(rnd.IntN(1 << 20))
	if c.Status == crm.Signed {
		c.Status = crm.Negotiating // whose code is free is for an edit to find out
	}
	_, err := t.crm.CreateCooperation(ctx, s.id, c)
	return err
}

// edit raises a cost. Somebody else may do so at the same time, and then it reads again.
func edit(ctx context.Context, t *tenants, s *shop, rnd *rand.Rand) error {
	id := pick(rnd, s.cooperations)
	for {
		c, err := t.crm.Cooperation(ctx, s.id, id)
		if err != nil {
			return err
		}
		c.Cost = budget.FromMinor(c.Cost.Minor()%budget.MaxMinor+100, "EUR")
		if _, err = t.crm.UpdateCooperation(ctx, s.id, c, "a better offer"); !errors.Is(err, crm.ErrConflict) {
			return err
		}
	}
}

func changes(ctx context.Context, t *tenants, s *shop, rnd *rand.Rand) error {
	_, err := t.crm.Changes(ctx, s.id, crm.Seq(rnd.IntN(len(s.cooperations))), 100)
	return err
}

func report(ctx context.Context, t *tenants, s *shop, _ *rand.Rand) error {
	_, err := t.crm.Report(ctx, s.id, nil)
	return err
}

func pick[T any](rnd *rand.Rand, from []T) T { return from[rnd.IntN(len(from))] }

// work lets the clients work until the time is over or the context ends.
func (t *tenants) work(ctx context.Context, p plan) *measurements {
	timed, cancel := context.WithTimeout(ctx, p.during)
	defer cancel()
	all := &measurements{took: map[string][]time.Duration{}, failed: map[string]int{}}
	start := time.Now()
	var working sync.WaitGroup
	for client := range p.clients {
		working.Go(func() { all.add(t.client(ctx, timed, rand.New(rand.NewPCG(p.seed, uint64(client))))) })
	}
	working.Wait()
	all.lasted = time.Since(start)
	return all
}

// client does one thing after the other: each operation once, however slow the machine is, and then at random until the
// time is over.
func (t *tenants) client(untimed, timed context.Context, rnd *rand.Rand) *measurements {
	mine := &measurements{took: map[string][]time.Duration{}, failed: map[string]int{}}
	for n := 0; ; n++ {
		ctx, op := timed, pickOperation(rnd)
		if n < len(operations) {
			ctx, op = untimed, operations[n]
		}
		if ctx.Err() != nil {
			break
		}
		s := &t.shops[rnd.IntN(len(t.shops))]
		start := time.Now()
		err := op.do(ctx, t, s, rnd)
		if ctx.Err() != nil {
			break // the time is over, whatever that did to the operation
		}
		mine.note(op.name, time.Since(start), err)
	}
	return mine
}

func pickOperation(rnd *rand.Rand) operation {
	n := rnd.IntN(100)
	for _, op := range operations {
		if n -= op.share; n < 0 {
			return op
		}
	}
	return operations[0]
}
