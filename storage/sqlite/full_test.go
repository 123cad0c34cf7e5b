package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// A file that cannot grow any more keeps what it has: the unit of work that finds no room is told, and
// leaves nothing half-written.
func TestFull(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	writer, readers := hostPools(t, file(t), writerDSN, readerDSN, 1)
	store, err := sqlite.New(ctx, writer, readers, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	ws := shop(1)
	if err := store.CreateWorkspace(ctx, ws, nil); err != nil {
		t.Fatal(err)
	}
	limit := func(pages string) {
		t.Helper()
		if _, err := writer.ExecContext(ctx, "PRAGMA max_page_count = "+pages); err != nil {
			t.Fatal(err)
		}
	}
	var pages int
	if err := writer.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit(fmt.Sprint(pages + 20))

	const each = 3
	add := func(n int) error {
		return store.Update(ctx, ws.ID, func(ctx context.Context, tx crm.Tx) error {
			for i := range each {
				c := crm.Campaign{ID: id[crm.Campaign](n*each + i), Version: 1,
					Name: fmt.Sprint("Campaign ", n, " ", i), Notes: strings.Repeat("x", 3_000)}
				if err := tx.Insert(ctx, c); err != nil {
					return err
				}
				if err := tx.Append(ctx, []crm.Change{{Record: c.Ref(), Kind: crm.Created}}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	check := func(units int) {
		t.Helper()
		err := store.View(ctx, ws.ID, func(ctx context.Context, r crm.Reader) error {
			count, err := r.Campaigns().Count(ctx, crm.CampaignFilter{})
			if err != nil {
				return err
			}
			head, err := r.Head(ctx)
			if count != units*each || int(head.Seq) != units*each {
				t.Errorf("%d campaigns and %d changes, want %d of each", count, head.Seq, units*each)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	units := 0
	for err = add(units); err == nil; err = add(units) {
		if units++; units > 100 {
			t.Fatal("the file takes more than a hundred units of work")
		}
	}
	if !errors.Is(err, crm.ErrStorage) || !strings.Contains(err.Error(), "code 13") { // SQLITE_FULL
		t.Errorf("got error %v, want one that is %q with the code 13", err, crm.ErrStorage)
	}
	check(units)
	if err := add(units); !errors.Is(err, crm.ErrStorage) {
		t.Errorf("again: got error %v, want one that is %q", err, crm.ErrStorage)
	}
	limit("1000000")
	if err := add(units); err != nil {
		t.Errorf("with room again: %v", err)
	}
	check(units + 1)
	var ok string
	if err := readers.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&ok); err != nil || ok != "ok" {
		t.Errorf("the file is %q, %v", ok, err)
	}
}
