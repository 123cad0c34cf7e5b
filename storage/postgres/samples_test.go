package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/postgres"
)

// id makes ids that sort by n and look like those of version 7.
func id[R any](n int) crm.ID[R] {
	return crm.ID[R](uuid.UUID{0: 1, 6: 0x70, 8: 0x80, 13: byte(n >> 16), 14: byte(n >> 8), 15: byte(n)})
}

func shop(n int) crm.Workspace {
	return crm.Clone(crm.Workspace{ID: id[crm.Workspace](n), Version: 1, Name: "Beauty", Currency: "EUR", TimeZone: "Europe/Berlin"})
}

func member(n int) crm.Member {
	return crm.Member{ID: id[crm.Member](n), Version: 1, Name: "Mira"}
}

func created(r crm.Record) crm.Change {
	return crm.Change{At: time.Unix(1780000000, 0).UTC(), Record: r.Ref(), Kind: crm.Created}
}

// addMember inserts a member with its change.
func addMember(ctx context.Context, tx crm.Tx, n int) error {
	if err := tx.Insert(ctx, member(n)); err != nil {
		return err
	}
	return tx.Append(ctx, []crm.Change{created(member(n))})
}

// openShop is a store with one workspace.
func openShop(t testing.TB, dsn string, o *postgres.Options) *postgres.Store {
	t.Helper()
	store := openStore(t, dsn, o)
	if err := store.CreateWorkspace(t.Context(), shop(1), nil); err != nil {
		t.Fatal(err)
	}
	return store
}

// wantMembers compares the number of members and of changes in the log, of which each member has one.
func wantMembers(t testing.TB, store *postgres.Store, want int) {
	t.Helper()
	err := store.View(t.Context(), shop(1).ID, func(ctx context.Context, r crm.Reader) error {
		members, err := r.Members().Count(ctx, crm.MemberFilter{Archive: crm.ActiveOrNot})
		if err != nil {
			return err
		}
		head, err := r.Head(ctx)
		if members != want || int(head.Seq) != want {
			t.Errorf("there are %d members and %d changes, want %d", members, head.Seq, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
