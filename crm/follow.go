package crm

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"
)

// DefaultFollowInterval is how often Follow asks a store whether there is something new.
const DefaultFollowInterval = time.Second

// FollowOptions are the choices of Follow. Nil and zero values are the defaults.
type FollowOptions struct {
	// Interval is how long Follow waits before it asks the store again; 0 means DefaultFollowInterval. It bounds how
	// late a change is seen that another process made; one of this Service is seen at once.
	Interval time.Duration
	// Limit is how many changes fn gets at most in one call; 0 means MaxPageSize.
	Limit int
	// Hint makes Follow ask at once, such as on a message of the database. It is only a hint: a hint too many or too
	// few makes nothing wrong. Nil is none; once it is closed, Follow goes on by Interval alone.
	Hint <-chan struct{}
}

// Follow calls fn with the changes of a workspace after a seq, in order and without a gap: first with the existing
// ones, then with each new one, until the context ends or fn returns an error, which it returns. After a restart,
// continue from the seq of the last change that fn has handled.
//
// A store that is busy is asked again; any other failure of it ends Follow. So does a workspace that is gone, with
// ErrNotFound, and a seq that the log has not reached, with ErrInvalid: such a seq is of another workspace, or of one
// that was deleted and made anew.
func (s *Service) Follow(ctx context.Context, ws WorkspaceID, after Seq, o *FollowOptions,
	fn func(context.Context, []Change) error) error {
	mustBeGiven(fn != nil, "Follow", "a callback")
	if o == nil {
		o = &FollowOptions{}
	}
	every, limit := o.Interval, o.Limit
	if every == 0 {
		every = DefaultFollowInterval
	}
	if limit == 0 {
		limit = MaxPageSize
	}
	p := &problems{}
	if every < 0 {
		p.add("interval", every.String(), "must not be negative")
	}
	if after < 0 {
		p.add("seq", strconv.Itoa(int(after)), "must not be negative; 0 is the beginning of the log")
	}
	if err := errors.Join(p.result(), CheckLimit(limit)); err != nil {
		return err
	}
	woken, done := s.followers.subscribe(ws)
	defer done()
	hint := o.Hint
	for {
		changes, err := s.changesAfter(ctx, ws, after, limit)
		switch {
		case err == nil && len(changes) > 0:
			if err := fn(ctx, changes); err != nil {
				return err
			}
			after = changes[len(changes)-1].Seq
			continue
		case err != nil && (!errors.Is(err, ErrBusy) || ctx.Err() != nil):
			return err
		}
		timer := time.NewTimer(every)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		case <-woken:
		case _, open := <-hint:
			if !open {
				hint = nil // a closed channel is always ready, and would be asked without a pause
			}
		}
		timer.Stop()
	}
}

// changesAfter reads the changes after a seq, which must not be past the end of the log. Most of the time there are none,
// so it asks for the end first.
func (s *Service) changesAfter(ctx context.Context, ws WorkspaceID, after Seq, limit int) ([]Change, error) {
	return read(ctx, s, ws, "follow", func(ctx context.Context, r Reader) ([]Change, error) {
		head, err := r.Head(ctx)
		if err != nil || after == head.Seq {
			return nil, err
		}
		if after > head.Seq {
			p := &problems{}
			p.addf("seq", strconv.Itoa(int(after)), "is past the end of the log, which is at %d; follow it from its beginning", head.Seq)
			return nil, p.result()
		}
		return r.Changes(ctx, ChangeFilter{After: after}, limit)
	})
}

// waiters are the calls of Follow in this process, by workspace.
type waiters struct {
	mu sync.Mutex
	of map[WorkspaceID]map[chan struct{}]bool
}

// subscribe returns a channel that gets a value after a unit of work on a workspace, one value for several units while
// nobody receives, and the function that ends the subscription.
func (f *waiters) subscribe(ws WorkspaceID) (woken <-chan struct{}, done func()) {
	c := make(chan struct{}, 1)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.of == nil {
		f.of = map[WorkspaceID]map[chan struct{}]bool{}
	}
	if f.of[ws] == nil {
		f.of[ws] = map[chan struct{}]bool{}
	}
	f.of[ws][c] = true
	return c, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if delete(f.of[ws], c); len(f.of[ws]) == 0 {
			delete(f.of, ws)
		}
	}
}

// wake wakes the followers of a workspace.
func (f *waiters) wake(ws WorkspaceID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for c := range f.of[ws] {
		select {
		case c <- struct{}{}:
		default: // a value is waiting, and the follower will read all changes then
		}
	}
}
