package crm_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

var errEnough = errors.New("enough")

// collect follows a workspace until it has seen a number of changes, and returns their seqs by call.
func collect(s *shop, service *crm.Service, after crm.Seq, o *crm.FollowOptions, n int) (calls [][]crm.Seq, err error) {
	seen := 0
	err = service.Follow(ctx, s.ws, after, o, func(_ context.Context, changes []crm.Change) error {
		call := []crm.Seq{}
		for _, c := range changes {
			call = append(call, c.Seq)
		}
		calls = append(calls, call)
		if seen += len(changes); seen >= n {
			return errEnough
		}
		return nil
	})
	return calls, err
}

func TestFollow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newShop(t) // seq 1
		for n := range 4 {
			s.member(fmt.Sprint("Member ", n))
		}
		// What is there comes in bounded parts; what comes later at once, without the interval.
		type answer struct {
			calls [][]crm.Seq
			err   error
		}
		got := make(chan answer)
		go func() {
			calls, err := collect(s, s.crm, 1, &crm.FollowOptions{Limit: 3, Interval: time.Hour}, 6)
			got <- answer{calls, err}
		}()
		synctest.Wait()
		start := time.Now()
		s.member("Anna")
		synctest.Wait()
		s.member("Ben")
		a := <-got
		if diff := cmp.Diff([][]crm.Seq{{2, 3, 4}, {5}, {6}, {7}}, a.calls); diff != "" || !errors.Is(a.err, errEnough) {
			t.Errorf("%v (-want +got):\n%s", a.err, diff)
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("the service's own changes came %s late", took)
		}
	})
}

// Another process shares the store but not the Service: its changes are seen within the interval, or on
// a hint.
func TestFollowAnotherProcess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newShop(t)
		other := crm.New(s.store, nil)
		hint := make(chan struct{})
		got := make(chan time.Duration)
		follow := func(after crm.Seq) {
			start := time.Now()
			if _, err := collect(s, other, after, &crm.FollowOptions{Interval: time.Minute, Hint: hint}, 1); !errors.Is(err, errEnough) {
				t.Errorf("follow: %v", err)
			}
			got <- time.Since(start)
		}
		go follow(1)
		synctest.Wait()
		s.member("Anna")
		if took := <-got; took != time.Minute {
			t.Errorf("seen after %s, want the interval", took)
		}
		go follow(2)
		synctest.Wait()
		s.member("Ben")
		hint <- struct{}{}
		if took := <-got; took != 0 {
			t.Errorf("seen %s after the hint", took)
		}
	})
}

// A host that shuts its hints down may leave Follow running: it then asks the store once an interval.
func TestFollowAfterTheHintIsClosed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newShop(t)
		store := &countingHeads{Store: s.store}
		hint := make(chan struct{})
		following, stop := context.WithCancel(ctx)
		done := make(chan error)
		go func() {
			done <- crm.New(store, nil).Follow(following, s.ws, 1, &crm.FollowOptions{Interval: time.Minute,
				Hint: hint}, func(context.Context, []crm.Change) error { return nil })
		}()
		synctest.Wait()
		close(hint)
		time.Sleep(10*time.Minute + time.Second)
		synctest.Wait()
		stop()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		// At the beginning, when the hint was closed, and at the end of each minute.
		if got := store.heads.Load(); got != 12 {
			t.Errorf("asked the store %d times in ten minutes", got)
		}
	})
}

// countingHeads counts how often the end of the log is read from a store.
type countingHeads struct {
	crm.Store
	heads atomic.Int64
}

func (c *countingHeads) Reader(ws crm.WorkspaceID) crm.Reader {
	return headCounter{c.Store.Reader(ws), c}
}

type headCounter struct {
	crm.Reader
	store *countingHeads
}

func (h headCounter) Head(ctx context.Context) (crm.Head, error) {
	h.store.heads.Add(1)
	return h.Reader.Head(ctx)
}

func TestFollowEnds(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	never := func(context.Context, []crm.Change) error { t.Error("called"); return nil }
	for name, test := range map[string]struct {
		ws    crm.WorkspaceID
		after crm.Seq
		o     *crm.FollowOptions
		want  error
	}{
		"unknown workspace":     {crm.WorkspaceID{9}, 0, nil, crm.ErrNotFound},
		"past the log":          {s.ws, 2, nil, crm.ErrInvalid},
		"negative seq":          {s.ws, -1, nil, crm.ErrInvalid},
		"negative interval":     {s.ws, 0, &crm.FollowOptions{Interval: -1}, crm.ErrInvalid},
		"too many at once":      {s.ws, 0, &crm.FollowOptions{Limit: crm.MaxPageSize + 1}, crm.ErrInvalid},
		"less than one at once": {s.ws, 0, &crm.FollowOptions{Limit: -1}, crm.ErrInvalid},
	} {
		if err := s.crm.Follow(ctx, test.ws, test.after, test.o, never); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ending, cancel := context.WithCancel(ctx)
	err := s.crm.Follow(ending, s.ws, 0, nil, func(context.Context, []crm.Change) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// A busy store is asked again.
func TestFollowWaitsForABusyStore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newShop(t)
		calls, err := collect(s, crm.New(&busyAtFirst{Store: s.store, times: 2}, nil), 0, &crm.FollowOptions{Interval: time.Second}, 1)
		if diff := cmp.Diff([][]crm.Seq{{1}}, calls); diff != "" || !errors.Is(err, errEnough) {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}

// busyAtFirst is a store whose first Views fail.
type busyAtFirst struct {
	crm.Store
	times int
}

func (b *busyAtFirst) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	if b.times--; b.times >= 0 {
		return fmt.Errorf("%w: all readers are out", crm.ErrBusy)
	}
	return b.Store.View(ctx, ws, fn)
}
