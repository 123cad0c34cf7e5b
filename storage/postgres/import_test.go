package postgres_test

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/duplicates"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
)

// A unit of work that fills empty tables is planned without statistics of what it has written. It must not read the
// influencers that it has added for each one that it adds. Nor must the check of a form that comes next.
func TestFirstUnitIsNotQuadratic(t *testing.T) {
	t.Parallel()
	ctx, dsn := t.Context(), pgtest.Database(t)
	store, err := postgres.Open(ctx, dsn, &postgres.Options{BusyTimeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.CreateWorkspace(ctx, shop(1), nil); err != nil {
		t.Fatal(err)
	}
	count := 10_000 // among half as many an index that fits the condition only in part costs the same
	if testing.Short() {
		count = 500
	}
	handle := func(n int) string { return fmt.Sprint("pam.", n) }
	err = crm.New(store, nil).Update(ctx, shop(1).ID, func(ctx context.Context, w *crm.Work) error {
		for n := range count {
			if n%50 == 0 && n >= count/2 { // one half is asked for one by one, the other together, as an import does
				var need crm.Need
				for more := range 50 {
					need.Handles = append(need.Handles, crm.Handle{Platform: "instagram", Handle: handle(n + more)})
				}
				if err := w.Preload(ctx, need); err != nil {
					return err
				}
			}
			handle := handle(n)
			_, err := w.CreateInfluencer(ctx, crm.Influencer{
				Name: handle, Email: handle + "@mail.example", Profiles: []crm.Profile{{Platform: "instagram", Handle: handle}},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !testing.Short() { // among few, an index that fits the condition only in part is the right one
		checkForms(ctx, t, store, handle)
	}
	if err := store.Close(); err != nil { // the server counts what a connection has done when it ends, at the latest
		t.Fatal(err)
	}
	db := openDB(t, dsn)
	for statistic(t, db, "SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'crm_influencers'") < count {
		time.Sleep(time.Millisecond)
	}
	// What is read of an index shows in its entries or, where it passes over most of them, in its blocks only.
	for _, what := range []string{"idx_tup_read FROM pg_stat_user_indexes", "idx_blks_hit + idx_blks_read FROM pg_statio_user_indexes"} {
		for _, index := range column(t, db, "SELECT indexrelname FROM pg_stat_user_indexes WHERE relname LIKE 'crm\\_influencer%'") {
			read := statistic(t, db, "SELECT "+what+" WHERE indexrelname = '"+index+"'")
			if most := 10 * count; read > most {
				t.Errorf("%s: %s: %d for %d influencers, want at most %d", index, what, read, count, most)
			}
		}
	}
}

func statistic(t *testing.T, db *sql.DB, query string) int {
	t.Helper()
	n, err := strconv.Atoi(column(t, db, query)[0])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// checkForms looks for the duplicates of fifty forms.
func checkForms(ctx context.Context, t *testing.T, store *postgres.Store, handle func(int) string) {
	t.Helper()
	err := store.View(ctx, shop(1).ID, func(ctx context.Context, r crm.Reader) error {
		for n := range 50 {
			form := crm.Influencer{
				Name: fmt.Sprint("Müller ", n), Email: handle(2*n) + "@mail.example", Phone: "+49 170 1234567",
				Profiles: []crm.Profile{{Platform: "tiktok", Handle: handle(n), Link: "https://pam.example"}},
			}
			found, err := duplicates.Find(ctx, r, duplicates.Options{Of: &form})
			if err == nil && len(found) == 0 {
				err = fmt.Errorf("nobody is called %s", handle(n))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
