package storagetest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/getklar/influencercrm/crm"
)

func nestingChecks() []check {
	return []check{
		{"View in View returns ErrNestedTx at once", func(e *env) { checkNested(e, false, false) }},
		{"Update in View returns ErrNestedTx at once", func(e *env) { checkNested(e, false, true) }},
		{"View in Update returns ErrNestedTx at once", func(e *env) { checkNested(e, true, false) }},
		{"Update in Update returns ErrNestedTx at once", func(e *env) { checkNested(e, true, true) }},
		{"AdminStore inside a callback returns ErrNestedTx at once", checkNestedAdmin},
		{"With another context a View may be used inside a callback", checkOtherView},
		{"With another context an Update waits for its own workspace's writer and ends with ErrBusy", checkOtherUpdate},
		{"The context of a unit of work may be used again after it", checkAfterUnit},
	}
}

type valueKey struct{}

// run calls View or Update.
func (s *shop) run(ctx context.Context, ws crm.WorkspaceID, write bool, fn func(context.Context) error) error {
	if write {
		return s.store.Update(ctx, ws, func(ctx context.Context, _ crm.Tx) error { return fn(ctx) })
	}
	return s.store.View(ctx, ws, func(ctx context.Context, _ crm.Reader) error { return fn(ctx) })
}

func checkNested(e *env, outer, inner bool) {
	s, other := e.shop(), e.shop()
	for _, ws := range []crm.WorkspaceID{s.id, other.id} {
		err := e.inTime("nested use", func() error {
			return s.run(e.ctx, s.id, outer, func(ctx context.Context) error {
				// At once is long before this deadline, which ends a store that waits for itself.
				short, cancel := context.WithTimeout(ctx, time.Second)
				defer cancel()
				for what, ctx := range map[string]context.Context{
					"a context with a deadline": short,
					"a context with a value":    context.WithValue(short, valueKey{}, 1),
					"a context of its own life": context.WithoutCancel(short),
				} {
					done := make(chan error, 1)
					go func() { done <- s.run(ctx, ws, inner, func(context.Context) error { return nil }) }()
					select {
					case err := <-done:
						if !errors.Is(err, crm.ErrNestedTx) {
							return fmt.Errorf("nested use with %s: got error %v, want ErrNestedTx", what, err)
						}
					case <-time.After(2 * time.Second):
						return fmt.Errorf("nested use with %s waits for itself", what)
					}
				}
				return nil
			})
		})
		if err != nil {
			e.Errorf("workspace %s in %s: %v", ws, s.id, err)
		}
	}
	s.check("afterwards")
}

func checkNestedAdmin(e *env) {
	s := e.shop()
	calls := map[string]func(context.Context) error{
		"CreateWorkspace": func(ctx context.Context) error {
			return s.store.CreateWorkspace(ctx, crm.Workspace{ID: crm.WorkspaceID(s.newID()), Version: 1, Name: "Other"}, nil)
		},
		"Workspaces": func(ctx context.Context) error {
			_, err := s.store.Workspaces(ctx, crm.ListOptions{})
			return err
		},
		"DeleteWorkspace": func(ctx context.Context) error { return s.store.DeleteWorkspace(ctx, s.id) },
		"Heads": func(ctx context.Context) error {
			_, err := s.store.Heads(ctx, crm.WorkspaceID{}, 1)
			return err
		},
	}
	for what, call := range calls {
		for _, outer := range []bool{false, true} {
			err := e.inTime(what+" in a callback", func() error {
				return s.run(e.ctx, s.id, outer, func(ctx context.Context) error {
					short, cancel := context.WithTimeout(ctx, time.Second)
					defer cancel()
					if err := call(short); !errors.Is(err, crm.ErrNestedTx) {
						return fmt.Errorf("got error %v, want ErrNestedTx", err)
					}
					return nil
				})
			})
			if err != nil {
				e.Errorf("%s in a callback: %v", what, err)
			}
		}
	}
	s.check("afterwards")
}

func checkOtherView(e *env) {
	s := e.shop()
	for _, outer := range []bool{false, true} {
		err := e.inTime("View with another context", func() error {
			return s.run(e.ctx, s.id, outer, func(context.Context) error {
				return s.run(e.ctx, s.id, false, func(context.Context) error { return nil })
			})
		})
		e.must("View with another context", err)
	}
}

func checkOtherUpdate(e *env) {
	s := e.shop()
	err := e.inTime("Update with another context", func() error {
		return s.run(e.ctx, s.id, true, func(context.Context) error {
			ctx, cancel := context.WithTimeout(e.ctx, 4*pause)
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
	e.must("Update in Update with another context", err)
	s.check("afterwards")
	s.insert(kinds()[0].sample(s, 1))
}

func checkAfterUnit(e *env) {
	s := e.shop()
	for _, first := range []bool{false, true} {
		for _, second := range []bool{false, true} {
			e.must("first", s.run(e.ctx, s.id, first, func(context.Context) error { return nil }))
			e.must("second", s.run(e.ctx, s.id, second, func(context.Context) error { return nil }))
		}
	}
}
