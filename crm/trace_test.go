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
	heard := []string{}
	service := crm.New(s.store, &crm.Options{Trace: func(ctx context.Context, op crm.Operation) (context.Context, func(error)) {
		if op.Workspace != s.ws || (op.Unit == crm.Ref{}.ID) != (op.Name == "view") {
			t.Errorf("operation %+v", op)
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
	want := []string{"view begins", "view ends: boom", "update begins", "update ends: boom", "update begins", "update ends: <nil>"}
	if diff := cmp.Diff(want, heard); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
