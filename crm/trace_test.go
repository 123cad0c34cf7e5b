package crm_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// A tracer sees every unit of work and snapshot begin and end, and its context is the one that the
// callback goes on with.
func TestTrace(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	type key struct{}
	heard, reads := []string{}, map[string]bool{"view": true, "list members": true, "list changes": true, "tally": true}
	service := crm.New(s.store, &crm.Options{Trace: func(ctx context.Context, op crm.Operation) (context.Context, func(error)) {
		if op.Workspace != s.ws || (op.Unit == crm.Ref{}.ID) != reads[op.Name] {
			t.Errorf("operation %+v", op)
		}
		if op.Preview {
			op.Name += ", dry"
		}
		heard = append(heard, op.Name+" begins")
		return context.WithValue(ctx, key{}, op.Name), func(err error) { heard = append(heard, fmt.Sprint(op.Name, " ends: ", err)) }
	}})
	boom := errors.New("boom")
	inside := func(ctx context.Context, want string) error {
		if got := ctx.Value(key{}); got != want {
			t.Errorf("inside of a %s the context is that of %v", want, got)
		}
		return boom
	}
	if err := service.View(ctx, s.ws, func(ctx context.Context, _ crm.Reader) error { return inside(ctx, "view") }); !errors.Is(err, boom) {
		t.Error(err)
	}
	if err := service.Update(ctx, s.ws, func(ctx context.Context, _ *crm.Work) error { return inside(ctx, "update") }); !errors.Is(err, boom) {
		t.Error(err)
	}
	must(service.CreateMember(ctx, s.ws, crm.Member{Name: "Anna"}))(t)
	must(service.Members(ctx, s.ws, crm.MemberFilter{}, crm.ListOptions{}))(t)
	unit := must(service.Changes(ctx, s.ws, 0, 1))(t)[0].Unit
	heard = heard[:len(heard)-2]
	must(service.DryRun().UndoUnit(ctx, s.ws, unit, ""))(t)
	named := service.Named("tally")
	s.ok(named.View(ctx, s.ws, func(context.Context, crm.Reader) error { return nil }))
	must(named.CreateMember(ctx, s.ws, crm.Member{Name: "Ben"}))(t)
	panics(t, func() {
		_ = named.View(ctx, s.ws, func(context.Context, crm.Reader) error { panic("the host's") })
	})
	panics(t, func() {
		_ = service.Update(ctx, s.ws, func(context.Context, *crm.Work) error { panic("the host's") })
	})
	const panicked = "the operation panicked, or ended its goroutine"
	want := []string{
		"view begins", "view ends: boom", "update begins", "update ends: boom",
		"create member begins", "create member ends: <nil>", "list members begins", "list members ends: <nil>",
		"undo, dry begins", "undo, dry ends: <nil>", "tally begins", "tally ends: <nil>",
		"create member begins", "create member ends: <nil>",
		"tally begins", "tally ends: " + panicked, "update begins", "update ends: " + panicked,
	}
	if diff := cmp.Diff(want, heard); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// panics runs fn, which panics.
func panics(t *testing.T, fn func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Error("there was no panic")
		}
	}()
	fn()
}
