package imports

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/getklar/influencercrm/examples/server/state"
)

// watcher reads the jobs of plans that are followed here and carried out elsewhere. However many follow however many plans,
// it reads all of their jobs together, and not more often than one of them alone would.
type watcher struct {
	read func(context.Context, []state.PlanKey) (map[state.PlanKey]state.PlanJob, error)
	turn chan struct{} // is held by the one follower that reads

	mu        sync.Mutex
	followers map[state.PlanKey]int

	// Of the last reading, of whoever holds turn.
	at    time.Time             // of its end
	asked map[state.PlanKey]int // the followers when it began
	jobs  map[state.PlanKey]state.PlanJob
}

func newWatcher(read func(context.Context, []state.PlanKey) (map[state.PlanKey]state.PlanJob, error)) *watcher {
	return &watcher{read: read, turn: make(chan struct{}, 1), followers: map[state.PlanKey]int{}}
}

// enter counts a follower of a plan until leave is called.
func (w *watcher) enter(key state.PlanKey) (leave func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.followers[key]++
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.followers[key]--; w.followers[key] == 0 {
			delete(w.followers, key)
		}
	}
}

func (w *watcher) followed() map[state.PlanKey]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return maps.Clone(w.followers)
}

// next is the job of a plan that has been followed for a while, as it is after another while; false if there is no such plan
// any more.
func (w *watcher) next(ctx context.Context, key state.PlanKey) (job state.PlanJob, found bool, err error) {
	for asked := false; !asked && err == nil; { // a reading that began before the plan was followed does not tell of it
		job, found, asked, err = w.look(ctx, key)
	}
	return job, found, err
}

// look is next, unless the last reading did not ask for the plan.
func (w *watcher) look(ctx context.Context, key state.PlanKey) (job state.PlanJob, found, asked bool, err error) {
	select {
	case <-time.After(look):
	case <-ctx.Done():
		return job, false, false, ctx.Err()
	}
	select {
	case w.turn <- struct{}{}:
		defer func() { <-w.turn }()
	case <-ctx.Done():
		return job, false, false, ctx.Err()
	}
	if time.Since(w.at) >= look { // else another one has read since this one began to wait
		keys := w.followed()
		jobs, err := w.read(ctx, slices.Collect(maps.Keys(keys)))
		if err != nil {
			return job, false, false, err
		}
		w.at, w.asked, w.jobs = time.Now(), keys, jobs
	}
	_, asked = w.asked[key]
	job, found = w.jobs[key]
	return job, found, asked, nil
}
