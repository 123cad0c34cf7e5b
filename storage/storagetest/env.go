package storagetest

import (
	"context"
	"encoding/binary"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/google/uuid"
)

const (
	// patience is how long the suite waits for what must not hang.
	patience = 20 * time.Second
	// pause is how long it watches that something waits.
	pause = 50 * time.Millisecond
)

// env is the surroundings of one subtest: a store that starts empty.
type env struct {
	*testing.T
	store  Backend
	ctx    context.Context
	reopen func(*testing.T, Backend) Backend

	shops int // workspaces made so far
}

func newEnv(t *testing.T, store Backend, reopen func(*testing.T, Backend) Backend) *env {
	e := &env{T: t, store: store, ctx: t.Context(), reopen: reopen}
	t.Cleanup(func() {
		if err := e.inTime("Close", func() error { return e.store.Close() }); err != nil && !errors.Is(err, crm.ErrClosed) {
			t.Errorf("Close: %v", err)
		}
	})
	return e
}

// must ends the subtest if something that has to work failed.
func (e *env) must(what string, err error) {
	e.Helper()
	if err != nil {
		e.Fatalf("%s: %v", what, err)
	}
}

// same reports the difference between two values, down to nil and empty slices.
func (e *env) same(what string, got, want any) {
	e.Helper()
	if d := difference(want, got); d != "" {
		e.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// returns checks the results of a call, which must succeed: e.returns("Get", want)(r.Members().Get(ctx, id)).
func (e *env) returns(what string, want any) func(got any, err error) {
	return func(got any, err error) {
		e.Helper()
		e.same(what, got, want)
		if err != nil {
			e.Errorf("%s: error %v", what, err)
		}
	}
}

// wantErr reports an error of another family than the wanted one.
func (e *env) wantErr(what string, got, want error) {
	e.Helper()
	if !errors.Is(got, want) {
		e.Errorf("%s: got error %v, want one that is %q", what, got, want)
	}
}

// fails checks the error of a call with a result: e.fails("Get", crm.ErrNotFound)(r.Members().Get(ctx, id)).
func (e *env) fails(what string, want error) func(got any, err error) {
	return func(_ any, err error) {
		e.Helper()
		e.wantErr(what, err, want)
	}
}

// wantField reports an error of another family than the wanted one, or about another field.
func (e *env) wantField(what string, err, want error, field string) {
	e.Helper()
	e.wantErr(what, err, want)
	if detail := (*crm.Error)(nil); !errors.As(err, &detail) || detail.Field != field {
		e.Errorf("%s: no *crm.Error with field %q in %v", what, field, err)
	}
}

// inTime runs fn and ends the subtest if it hangs.
func (e *env) inTime(what string, fn func() error) error {
	e.Helper()
	return e.wait(what, start(fn))
}

// start runs fn in a goroutine and returns where its error arrives.
func start(fn func() error) chan error {
	done := make(chan error, 1)
	go func() { done <- fn() }()
	return done
}

// wait returns what a goroutine sends and ends the subtest if it hangs.
func (e *env) wait(what string, done <-chan error) error {
	e.Helper()
	select {
	case err := <-done:
		return err
	case <-time.After(patience):
		e.Fatalf("%s: still hanging after %s", what, patience)
		return nil
	}
}

// staysOpen reports a goroutine that ended although it should wait.
func (e *env) staysOpen(what string, done chan error) {
	e.Helper()
	select {
	case err := <-done:
		e.Errorf("%s did not wait; its error is %v", what, err)
		done <- err
	case <-time.After(pause):
	}
}

// inParallel calls fn n times at once.
func inParallel(n int, fn func(int) error) []error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { errs[i] = fn(i) })
	}
	all.Wait()
	return errs
}

// signal is an event that one goroutine gives and others wait for, any number of times: callbacks
// may run again.
type signal struct {
	once sync.Once
	done chan struct{}
}

func newSignal() *signal { return &signal{done: make(chan struct{})} }

func (s *signal) give() { s.once.Do(func() { close(s.done) }) }

// await returns an error instead of hanging, for use within callbacks.
func (s *signal) await() error {
	select {
	case <-s.done:
		return nil
	case <-time.After(patience):
		return errors.New("the other side of the test never came")
	}
}

// number returns the nth of a series of ids of version 7, in order. Ids of two workspaces come from
// the same series on purpose: they clash unless the store keeps its workspaces apart.
func number(series byte, n int) uuid.UUID {
	id := uuid.UUID{0: 0x01, 1: 0x98, 5: series, 6: 0x70, 8: 0x80}
	binary.BigEndian.PutUint32(id[12:], uint32(n))
	return id
}
