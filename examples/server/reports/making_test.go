package reports_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/getklar/influencercrm/examples/server/reports"
)

// slow asks for a report that is not made before it is told to end; begun tells that it is being made.
func (s *shop) slow(asked string) (begun chan struct{}, end chan string, got chan string) {
	begun, end, got = make(chan struct{}), make(chan string), make(chan string, 1)
	go func() {
		body, err := s.cache.Get(context.Background(), s.crm, reports.Key{Workspace: s.ws, Asked: asked}, func(context.Context) ([]byte, error) {
			close(begun)
			return []byte(<-end), nil
		})
		got <- fmt.Sprint(string(body), err)
	}()
	return begun, end, got
}

// However many reports are asked for, few are made at once.
func TestFewAreMadeAtOnce(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	var now, most atomic.Int64
	var group sync.WaitGroup
	for n := range 100 {
		group.Go(func() {
			_, err := s.cache.Get(t.Context(), s.crm, reports.Key{Workspace: s.ws, Asked: fmt.Sprint(n)}, func(context.Context) ([]byte, error) {
				at := now.Add(1)
				defer now.Add(-1)
				had := most.Load()
				for at > had && !most.CompareAndSwap(had, at) {
					had = most.Load()
				}
				return nil, nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if most.Load() > 4 {
		t.Errorf("%d at once", most.Load())
	}
}

// A report that was begun before something was forgotten may hold it, and is not kept.
func TestForgottenWhileItIsMade(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	begun, end, got := s.slow("a")
	<-begun
	s.cache.Forget(s.ws)
	end <- "old"
	if text := <-got; text != "old<nil>" {
		t.Error(text)
	}
	if text := s.get(t, "a"); text != "1" {
		t.Errorf("%q is kept", text)
	}
}

// A report of yesterday is not given to who asks today, also while it is still being made.
func TestDayBeginsWhileItIsMade(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	begun, end, got := s.slow("a")
	<-begun
	s.now.Add(15 * 60)
	if text := s.get(t, "a"); text != "1" {
		t.Errorf("%q", text)
	}
	end <- "yesterday"
	<-got
	if text := s.get(t, "a"); text != "2" {
		t.Errorf("%q: what was made last is of yesterday, and counts for nothing", text)
	}
}
