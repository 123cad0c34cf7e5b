package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// behindStore is a store whose units have all their writes done behind, with a workspace.
func behindStore(t *testing.T) (*sqlite.Store, crm.WorkspaceID) {
	t.Helper()
	store := openFile(t, file(t), nil)
	store.WriteBehind()
	w, err := crm.NewAdmin(store, nil).CreateWorkspace(t.Context(), crm.Workspace{Name: "Shop", Currency: "EUR", TimeZone: "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	return store, w.ID
}

func member(n int) crm.Member {
	return crm.Member{ID: crm.MemberID{1, byte(n >> 8), byte(n)}, Version: 1, Name: fmt.Sprint("Kim ", n)}
}

// The context of a call may end as soon as the call has returned.
func TestBehindOutlivesTheContextOfItsCall(t *testing.T) {
	t.Parallel()
	store, ws := behindStore(t)
	err := store.Update(t.Context(), ws, func(ctx context.Context, tx crm.Tx) error {
		for n := range 500 {
			one, cancel := context.WithCancel(ctx)
			err := tx.Insert(one, member(n))
			cancel()
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	count, err := store.Reader(ws).Members().Count(t.Context(), crm.MemberFilter{})
	if count != 500 || err != nil {
		t.Errorf("%d members, %v", count, err)
	}
}

// A unit of which a write has failed is told before it has made all the rest.
func TestBehindTellsAFailureSoon(t *testing.T) {
	t.Parallel()
	store, ws := behindStore(t)
	made := 0
	err := store.Update(t.Context(), ws, func(ctx context.Context, tx crm.Tx) error {
		if err := tx.Insert(ctx, member(1), member(1)); err != nil {
			return err
		}
		for made = 2; made < 60_000; made++ {
			if err := tx.Insert(ctx, member(made)); err != nil {
				return err
			}
		}
		return nil
	})
	var taken *crm.Error
	if !errors.As(err, &taken) || !errors.Is(err, crm.ErrAlreadyExists) || taken.Field != "id" || made > 50_000 {
		t.Errorf("after %d: %v", made, err)
	}
	count, err := store.Reader(ws).Members().Count(t.Context(), crm.MemberFilter{})
	if count != 0 || err != nil {
		t.Errorf("%d members, %v", count, err)
	}
}
