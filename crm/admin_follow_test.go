package crm_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/memory"
)

// Each log is told of when it has moved, and again after a failure of the callback or the store, and no more than that.
func TestAdminFollow(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	store := memory.New(nil)
	admin, service := crm.NewAdmin(store, nil), crm.New(store, nil)
	create := func(n byte) {
		w := crm.Workspace{ID: crm.WorkspaceID{n}, Name: fmt.Sprint("Shop ", n), Currency: "EUR"}
		if _, err := admin.CreateWorkspace(t.Context(), w); err != nil {
			t.Error(err)
		}
	}
	for n := range byte(3) {
		create(n + 1)
	}
	var told []string
	step := 0
	err := crm.NewAdmin(&moody{Database: store}, nil).Follow(ctx, time.Nanosecond, func(_ context.Context, h crm.Head) error {
		told = append(told, fmt.Sprint(h.Workspace[0], " at ", h.Seq))
		switch step++; step {
		case 2:
			return errors.New("not now") // about the second workspace
		case 4: // the second workspace comes again, alone
			if _, err := service.CreateMember(t.Context(), crm.WorkspaceID{1}, crm.Member{Name: "Mira"}); err != nil {
				t.Error(err)
			}
		case 5: // the first, which has moved
			if err := admin.DeleteWorkspace(t.Context(), crm.WorkspaceID{3}); err != nil {
				t.Error(err)
			}
			create(3)
		case 6: // the third, which is another one at the same seq
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	if diff := cmp.Diff([]string{"1 at 1", "2 at 1", "3 at 1", "2 at 1", "1 at 2", "3 at 1"}, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := admin.Follow(t.Context(), 0, func(context.Context, crm.Head) error { return nil }); !errors.Is(err, crm.ErrClosed) {
		t.Errorf("on a closed store: %v", err)
	}
	if err := admin.Follow(t.Context(), -1, func(context.Context, crm.Head) error { return nil }); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("with an interval below zero: %v", err)
	}
}

// moody is a store that fails every second time that it is asked for heads.
type moody struct {
	crm.Database
	asked int
}

func (m *moody) Heads(ctx context.Context, after crm.WorkspaceID, limit int) ([]crm.Head, error) {
	if m.asked++; m.asked%2 == 0 {
		return nil, crm.ErrUnavailable
	}
	return m.Database.Heads(ctx, after, limit)
}
