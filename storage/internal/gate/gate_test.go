package gate_test

import (
	"context"
	"errors"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/gate"
)

func TestGate(t *testing.T) {
	t.Parallel()
	var one, other gate.Gate
	if err := one.Enter(t.Context()); err != nil {
		t.Fatal(err)
	}
	inside := one.Inside(t.Context())
	ended, end := context.WithCancel(t.Context())
	end()
	for _, test := range []struct {
		name string
		gate *gate.Gate
		ctx  context.Context
		want error
	}{
		{"a callback's own context", &one, inside, crm.ErrNestedTx},
		{"a context made from it", &one, context.WithoutCancel(inside), crm.ErrNestedTx},
		{"a callback of another store", &other, inside, nil},
		{"a context that has ended", &one, ended, context.Canceled},
		{"another context", &one, t.Context(), nil},
	} {
		if err := test.gate.Enter(test.ctx); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		} else if err == nil {
			test.gate.Leave()
		}
	}
	closed := make(chan struct{})
	go func() {
		one.Close()
		close(closed)
	}()
	for one.Enter(t.Context()) == nil { // until Close has begun
		one.Leave()
	}
	select {
	case <-closed:
		t.Error("Close did not wait for a unit of work")
	default:
	}
	one.Leave()
	<-closed
	if err := one.Enter(t.Context()); !errors.Is(err, crm.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}
