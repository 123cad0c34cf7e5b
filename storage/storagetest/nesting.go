package storagetest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/getklar/influencercrm/crm"
)

var nestingChecks = []check{
	inTwoShops("View in View returns ErrNestedTx at once", nested(false, "View")),
	inTwoShops("Update in View returns ErrNestedTx at once", nested(false, "Update")),
	inTwoShops("View in Update returns ErrNestedTx at once", nested(true, "View")),
	inTwoShops("Update in Update returns ErrNestedTx at once", nested(true, "Update")),
	inTwoShops("AdminStore inside a callback returns ErrNestedTx at once", func(a, b *shop) {
		for _, call := range []string{"CreateWorkspace", "Workspaces", "DeleteWorkspace", "Heads"} {
			nested(false, call)(a, b)
			nested(true, call)(a, b)
		}
	}),
	inShop("With another context a View may be used inside a callback", func(s *shop) {
		for _, outer := range []bool{false, true} {
			s.must("View with another context", s.inTime("View with another context", func() error {
				return s.run(s.ctx, s.id, outer, func(context.Context) error { return s.run(s.ctx, s.id, false, nothing) })
			}))
		}
	}),
	inShop("With another context an Update waits for its own workspace's writer and ends with ErrBusy", func(s *shop) {
		err := s.inTime("Update with another context", func() error {
			return s.run(s.ctx, s.id, true, func(context.Context) error {
				ctx, cancel := context.WithTimeout(s.ctx, 4*pause)
				defer cancel()
				called := false
				err := s.run(ctx, s.id, true, func(context.Context) error { called = true; return nil })
				if called {
					return errors.New("two writers of one workspace at once")
				}
				if !errors.Is(err, crm.ErrBusy) && !errors.Is(err, context.DeadlineExceeded) {
					return fmt.Errorf("got error %v, want ErrBusy or the context's", err)
				}
				return nil
			})
		})
		s.must("Update in Update with another context", err)
		s.check("afterwards")
		s.insert(members.sample(s, 1))
	}),
	inShop("The context of a unit of work may be used again after it", func(s *shop) {
		for n := range 4 {
			s.must("first", s.run(s.ctx, s.id, n%2 == 1, nothing))
			s.must("second", s.run(s.ctx, s.id, n/2 == 1, nothing))
		}
	}),
}

type valueKey struct{}

// nested calls the store inside a callback of View or Update, about the callback's workspace and about another one.
func nested(write bool, call string) func(a, b *shop) {
	return func(s, other *shop) {
		for _, about := range []*shop{s, other} {
			err := s.inTime(call+" in a callback", func() error {
				return s.run(s.ctx, s.id, write, func(ctx context.Context) error { return about.wantNested(ctx, call) })
			})
			if err != nil {
				s.Errorf("%s about workspace %s in a callback of %s: %v", call, about.id, s.id, err)
			}
		}
		s.check("afterwards")
	}
}

// wantNested calls the store with contexts that come from a callback's.
func (s *shop) wantNested(ctx context.Context, call string) error {
	// At once is long before this deadline, which ends a store that waits for itself.
	short, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	for what, ctx := range map[string]context.Context{
		"a context with a deadline": short,
		"a context with a value":    context.WithValue(short, valueKey{}, 1),
		"a context of its own life": context.WithoutCancel(short),
	} {
		select {
		case err := <-start(func() error { return s.calls()[call](ctx) }):
			if !errors.Is(err, crm.ErrNestedTx) {
				return fmt.Errorf("with %s: got error %v, want ErrNestedTx", what, err)
			}
		case <-time.After(2 * time.Second):
			return fmt.Errorf("with %s it waits for itself", what)
		}
	}
	return nil
}

// calls are all calls of a store.
func (s *shop) calls() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"View":   func(ctx context.Context) error { return s.run(ctx, s.id, false, nothing) },
		"Update": func(ctx context.Context) error { return s.run(ctx, s.id, true, nothing) },
		"CreateWorkspace": func(ctx context.Context) error {
			return s.store.CreateWorkspace(ctx, plainWorkspace(crm.WorkspaceID(number(0, 70))), nil)
		},
		"Workspaces": func(ctx context.Context) error {
			_, err := s.store.Workspaces(ctx, crm.ListOptions{})
			return err
		},
		"Heads": func(ctx context.Context) error {
			_, err := s.store.Heads(ctx, crm.WorkspaceID{}, 1)
			return err
		},
		"DeleteWorkspace": func(ctx context.Context) error { return s.store.DeleteWorkspace(ctx, s.id) },
	}
}
