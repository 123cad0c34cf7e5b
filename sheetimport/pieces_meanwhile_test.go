package sheetimport_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/storage/memory"
)

// betweenStore calls a function between units of work: before the next Update, or after the nth.
type betweenStore struct {
	*memory.Store
	before func()
	after  map[int]func()
	n      int
}

func (b *betweenStore) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	if do := b.before; do != nil {
		b.before = nil
		do()
	}
	err := b.Store.Update(ctx, ws, fn)
	b.n++
	if do := b.after[b.n]; do != nil {
		do()
	}
	return err
}

// busyStore is busy so many times, and then writes.
type busyStore struct {
	*memory.Store
	busy int
}

func (b *busyStore) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	if b.busy--; b.busy >= 0 {
		return fmt.Errorf("%w: waited 5s", crm.ErrBusy)
	}
	return b.Store.Update(ctx, ws, fn)
}

// A piece that others keep from the writer is tried again, but not for ever.
func TestPiecesArePatient(t *testing.T) {
	t.Parallel()
	for _, busy := range []int{11, 12} {
		store := &busyStore{Store: memory.New(nil)}
		s := newShop(t, store, &sheetimport.Options{RowsPerUnit: 3})
		plan := s.plan(manyRows(9, 100))
		store.busy = busy
		run, err := s.importer().Apply(s.ctx, plan)
		if done := err == nil; done != (busy < 12) || !done && !errors.Is(err, crm.ErrBusy) {
			t.Errorf("busy %d times: %v", busy, err)
		} else if done && (run.Counts[string(sheetimport.Created)] != 9 || len(run.Units) != 3) {
			t.Errorf("busy %d times: counts %v in %d units", busy, run.Counts, len(run.Units))
		}
	}
}
