package postgres_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
)

// What a copy or an import has just written is read by pages at once, each as fast as the last: the server knows how
// much there is, also where a small workspace was counted before.
func TestPagesAfterManyWrites(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	store := openShop(t, dsn, nil)
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "ANALYZE"); err != nil {
		t.Fatal(err)
	}
	const pieces, each = 6, 1_000
	for n := range pieces {
		err := store.Update(t.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error {
			all := make([]crm.Record, each)
			for i := range all {
				all[i] = crm.Influencer{ID: id[crm.Influencer](100 + n*each + i), Version: 1, Name: fmt.Sprint("Pam ", n*each+i)}
			}
			return tx.Insert(ctx, all...)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	rows, err := db.QueryContext(t.Context(),
		"EXPLAIN SELECT * FROM crm_influencers WHERE workspace_id = $1 AND id > $2 ORDER BY id LIMIT 1001",
		shop(1).ID.String(), id[crm.Influencer](100).String())
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, line)
	}
	if text := strings.Join(plan, "\n"); rows.Err() != nil || strings.Contains(text, "Sort") || !strings.Contains(text, "Index Scan") {
		t.Errorf("a page is read by\n%s\n%v, want the order of the key", text, rows.Err())
	}
}
