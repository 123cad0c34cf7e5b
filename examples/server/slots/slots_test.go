package slots_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/slots"
)

// most has calls of workspaces take slots for a second each, and returns how many had one at once, in all and of a workspace,
// and how long all took.
func most(t *testing.T, take func(context.Context, crm.WorkspaceID) (func(), error), workspaces, calls int) (all, each int32, took time.Duration) {
	var now, top, topOfOne atomic.Int32
	raise := func(top *atomic.Int32, n int32) {
		for {
			if old := top.Load(); n <= old || top.CompareAndSwap(old, n) {
				return
			}
		}
	}
	var group sync.WaitGroup
	begun := time.Now()
	for range workspaces {
		ws := crm.ID[crm.Workspace](uuid.New())
		var own atomic.Int32
		for range calls {
			group.Go(func() {
				free, err := take(t.Context(), ws)
				if err != nil {
					t.Error(err)
					return
				}
				defer free()
				raise(&top, now.Add(1))
				raise(&topOfOne, own.Add(1))
				time.Sleep(time.Second)
				own.Add(-1)
				now.Add(-1)
			})
		}
	}
	group.Wait()
	return top.Load(), topOfOne.Load(), time.Since(begun)
}

// All slots are used where there is work for them, and half of them by one workspace.
func TestSlots(t *testing.T) {
	t.Parallel()
	type result struct {
		All, Each int32
		Took      time.Duration
	}
	for name, c := range map[string]struct {
		n, workspaces, calls int
		want                 result
	}{
		"one workspace": {4, 1, 10, result{2, 2, 5 * time.Second}},
		"two":           {4, 2, 10, result{4, 2, 5 * time.Second}},
		"one of three":  {3, 1, 10, result{1, 1, 10 * time.Second}},
		"a single slot": {1, 2, 5, result{1, 1, 10 * time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var got result
				got.All, got.Each, got.Took = most(t, slots.New(c.n).Take, c.workspaces, c.calls)
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		})
	}
	t.Run("each by itself", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			if all, each, took := most(t, slots.NewEach(2).Take, 5, 4); all != 10 || each != 2 || took != 2*time.Second {
				t.Errorf("%d at once, %d of a workspace, %s for all, want 10, 2 and 2s", all, each, took)
			}
		})
	})
}

// A call that finds no slot before its end leaves none behind.
func TestSlotsAreBusy(t *testing.T) {
	t.Parallel()
	north, south := crm.ID[crm.Workspace](uuid.New()), crm.ID[crm.Workspace](uuid.New())
	s := slots.New(1)
	free, err := s.Take(t.Context(), north)
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for _, ws := range []crm.WorkspaceID{north, south} {
		if _, err := s.Take(gone, ws); !errors.Is(err, crm.ErrBusy) || !errors.Is(err, context.Canceled) {
			t.Errorf("no slot: %v", err)
		}
	}
	free()
	for _, ws := range []crm.WorkspaceID{north, south} {
		free, err := s.Take(t.Context(), ws)
		if err != nil {
			t.Fatalf("given back: %v", err)
		}
		free()
	}
}
