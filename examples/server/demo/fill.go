package demo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// Name is what the workspace is called.
const Name = "Demo"

// unfinished is its name until everything is in it.
const unfinished = "Demo (being filled)"

// Workspace is the id of the workspace, in every database.
var Workspace = crm.WorkspaceID(uuid.MustParse("0197d3a0-de30-7000-8000-000000000001"))

// Store is what the workspace is made in.
type Store interface {
	crm.Store
	crm.AdminStore
}

// Options are the choices of a demo.
type Options struct {
	Seed  uint64
	Today budget.Date // the history ends on the day before
	// Cooperations is how many to make up, at most MaxCooperations, in place of those of the sample sheet; 0 is the sheet.
	Cooperations int
}

// MaxCooperations is the most that a demo has.
const MaxCooperations = 1_000_000

// Check is an error that says what is wrong with the options.
func (o Options) Check() error {
	if o.Cooperations < 0 || o.Cooperations > MaxCooperations {
		return fmt.Errorf("%d cooperations: a demo has between 0, which is those of the sample sheet, and %d", o.Cooperations, MaxCooperations)
	}
	if o.Today.IsZero() {
		return errors.New("a demo needs the day that it ends before")
	}
	return nil
}

// Fill makes the workspace, unless the store has it: then that is left as it is, whatever the options. One that an earlier call
// could not finish is made again. It reports whether it made one. Only one call at a time may fill a store.
func Fill(ctx context.Context, store Store, o Options) (made bool, err error) {
	if err := o.Check(); err != nil {
		return false, err
	}
	f := newFilling(store, o)
	there, err := f.crm.Workspace(ctx, Workspace)
	switch {
	case err == nil && there.Name != unfinished:
		return false, nil
	case err == nil:
		err = f.admin.DeleteWorkspace(ctx, Workspace)
	case errors.Is(err, crm.ErrNotFound):
		err = nil
	}
	if err != nil {
		return false, err
	}
	if err := f.fill(ctx); err != nil {
		return false, fmt.Errorf("the demo: %w", err)
	}
	return true, nil
}

// filling is a workspace that is being filled.
type filling struct {
	Options
	*clock
	admin   *crm.Admin
	crm     *crm.Service
	members []crm.Member
}

func newFilling(store Store, o Options) *filling {
	f := &filling{Options: o, clock: newClock(o.Seed, o.Today.AddDays(-history))}
	settings := &crm.Options{Now: f.Now, NewID: f.NewID, Actor: func(context.Context) string { return "demo" }}
	f.admin, f.crm = crm.NewAdmin(store, settings), crm.New(store, settings)
	return f
}

// tailDays is for how long codes are earned after a cooperation's end.
const tailDays = 3

// history is for how many days the workspace has been there.
const history = 60

func (f *filling) fill(ctx context.Context) error {
	_, err := f.admin.CreateWorkspace(ctx, crm.Workspace{
		ID: Workspace, Name: unfinished, Currency: currency, TimeZone: "Europe/Berlin",
		IgnoredCodes: []string{newsletterCode}, TailDays: tailDays,
	})
	if err != nil {
		return err
	}
	steps := []step{
		{history, f.hire}, {history, f.importSheet}, {history - 1, f.share}, {history - 1, f.setBudgets},
		{35, f.draft}, {28, f.giveUp}, {21, f.draft}, {20, f.negotiate}, {7, f.draft}, {6, f.negotiate}, {1, f.sign}, {1, f.finish},
	}
	if f.Cooperations > 0 {
		steps = []step{{history, f.hire}, {history, f.makeUp}, {history - 1, f.setBudgets}, {1, f.finish}}
	}
	for _, s := range steps {
		f.set(f.Today.AddDays(-s.before))
		if err := s.do(ctx); err != nil {
			return err
		}
	}
	return nil
}

// step is something that was done some days before today.
type step struct {
	before int
	do     func(context.Context) error
}

// update makes changes that belong together. The random numbers are the same if it is run again.
func (f *filling) update(ctx context.Context, fn func(context.Context, *crm.Work, *rand.Rand) error) error {
	source := f.Now().Unix()
	return f.crm.Update(ctx, Workspace, func(ctx context.Context, w *crm.Work) error {
		return fn(ctx, w, rand.New(rand.NewPCG(f.Seed, uint64(source))))
	})
}

// finish gives the workspace its name, by which it is known to be whole.
func (f *filling) finish(ctx context.Context) error {
	return f.update(ctx, func(ctx context.Context, w *crm.Work, _ *rand.Rand) error {
		ws, err := w.Workspace(ctx)
		if err != nil {
			return err
		}
		ws.Name = Name
		_, err = w.UpdateWorkspace(ctx, ws, "")
		return err
	})
}

func pick[T any](rnd *rand.Rand, from []T) T { return from[rnd.IntN(len(from))] }
