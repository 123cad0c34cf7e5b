package imports

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/getklar/influencercrm/examples/server/state"
)

// However many follow however many plans, their jobs are read together, five times a second, and only while somebody follows.
func TestWatcher(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const plans, followers = 8, 64
		var reads, most atomic.Int64
		w := newWatcher(func(_ context.Context, keys []state.PlanKey) (map[state.PlanKey]state.PlanJob, error) {
			most.Store(max(most.Load(), int64(len(keys))))
			revision, jobs := reads.Add(1), map[state.PlanKey]state.PlanJob{}
			for _, k := range keys {
				jobs[k] = state.PlanJob{Revision: revision}
			}
			time.Sleep(5 * time.Millisecond)
			return jobs, nil
		})
		var all sync.WaitGroup
		for n := range followers {
			all.Go(func() {
				key := state.PlanKey{Workspace: "north", ID: fmt.Sprint(n % plans)}
				time.Sleep(time.Duration(n) * 7 * time.Millisecond)
				defer w.enter(key)()
				for range 20 {
					if job, found, err := w.next(t.Context(), key); !found || err != nil || job.Revision == 0 {
						t.Errorf("%v: %+v, %t, %v", key, job, found, err)
					}
				}
			})
		}
		begun := time.Now()
		all.Wait()
		if bound := int64(time.Since(begun)/look) + 1; reads.Load() > bound || reads.Load() < bound/2 || most.Load() != plans {
			t.Errorf("%d readings of at most %d plans, want %d of %d", reads.Load(), most.Load(), bound, plans)
		}
		if left := w.followed(); len(left) > 0 {
			t.Errorf("followed when nobody is there: %v", left)
		}
	})
}

// A plan that is gone, a database that is away and a follower that leaves are told.
func TestWatcherTells(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		away := errors.New("away")
		jobs, err := map[state.PlanKey]state.PlanJob{}, error(nil)
		w := newWatcher(func(context.Context, []state.PlanKey) (map[state.PlanKey]state.PlanJob, error) {
			return maps.Clone(jobs), err
		})
		key := state.PlanKey{Workspace: "north", ID: "one"}
		defer w.enter(key)()
		if _, found, err := w.next(t.Context(), key); found || err != nil {
			t.Errorf("a plan that is gone: %t, %v", found, err)
		}
		err = away
		if _, _, err := w.next(t.Context(), key); !errors.Is(err, away) {
			t.Errorf("a database that is away: %v", err)
		}
		jobs[key], err = state.PlanJob{Revision: 7}, nil
		if job, found, err := w.next(t.Context(), key); !found || job.Revision != 7 || err != nil {
			t.Errorf("when it is back: %+v, %t, %v", job, found, err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), look/2)
		defer cancel()
		if _, _, err := w.next(ctx, key); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a follower that leaves: %v", err)
		}
	})
}

// Who begins to follow a plan while others are read slowly hears of it by the next reading.
func TestWatcherOfSlowReadings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWatcher(func(_ context.Context, keys []state.PlanKey) (map[state.PlanKey]state.PlanJob, error) {
			jobs := map[state.PlanKey]state.PlanJob{}
			for _, k := range keys {
				jobs[k] = state.PlanJob{Revision: 1}
			}
			time.Sleep(3 * look / 2)
			return jobs, nil
		})
		var all sync.WaitGroup
		for n := range 40 {
			all.Go(func() {
				time.Sleep(time.Duration(n) * look / 20)
				key := state.PlanKey{Workspace: "north", ID: fmt.Sprint(n)}
				defer w.enter(key)()
				if job, found, err := w.next(t.Context(), key); !found || err != nil || job.Revision == 0 {
					t.Errorf("plan %d: %+v, %t, %v", n, job, found, err)
				}
			})
		}
		all.Wait()
	})
}
