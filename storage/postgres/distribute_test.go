package postgres_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
)

// coordinator stands in for Citus, which Debian does not have: it writes down what it is asked for, and
// refuses what Citus refuses, a foreign key between a table that is distributed and one that is not.
const coordinator = `
CREATE TABLE pg_dist_partition (logicalrel regclass PRIMARY KEY, by text, colocated text, n serial);
CREATE FUNCTION create_distributed_table(relation regclass, by text, colocate_with text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT FROM pg_constraint c WHERE c.contype = 'f' AND (c.conrelid = relation OR c.confrelid = relation)
		AND NOT EXISTS (SELECT FROM pg_dist_partition p WHERE p.logicalrel IN (c.conrelid, c.confrelid) AND p.logicalrel <> relation)) THEN
		RAISE EXCEPTION 'a foreign key to or from a table that is not distributed' USING ERRCODE = '0A000';
	END IF;
	IF current_setting('citus.multi_shard_modify_mode') <> 'sequential' THEN
		RAISE EXCEPTION 'not sequential';
	END IF;
	INSERT INTO pg_dist_partition VALUES (relation, by, colocate_with);
END $$`

func TestDistribute(t *testing.T) {
	t.Parallel()
	ctx, dsn := t.Context(), pgtest.Database(t)
	store, db := openShop(t, dsn, nil), openDB(t, dsn)
	update(t, store, func(ctx context.Context, tx crm.Tx) error { return addMember(ctx, tx, 1) })
	if err := store.Distribute(ctx); !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), "CREATE EXTENSION citus") {
		t.Fatalf("without Citus: got error %v, want one that says what to do", err)
	}
	if _, err := db.ExecContext(ctx, coordinator); err != nil {
		t.Fatal(err)
	}
	keys := func() []string {
		return column(t, db, ours+"SELECT c.conname || ' ' || t.relname || ' ' || pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN ours t ON t.oid = c.conrelid WHERE c.contype = 'f' ORDER BY 1")
	}
	distributed := func() []string {
		return column(t, db, "SELECT logicalrel || ' by ' || by || ' with ' || colocated FROM pg_dist_partition ORDER BY n")
	}
	before := keys()
	if err := store.Distribute(ctx); err != nil {
		t.Fatal(err)
	}
	first := distributed()
	if err := store.Distribute(ctx); err != nil { // again, nothing is left to do
		t.Fatal(err)
	}
	if d := cmp.Diff(before, keys()); d != "" || len(before) == 0 {
		t.Errorf("foreign keys (-before +after):\n%s", d)
	}
	if d := cmp.Diff(first, distributed()); d != "" {
		t.Errorf("distributed (-first +again):\n%s", d)
	}
	all := column(t, db, ours+"SELECT relname FROM ours ORDER BY 1")
	for n, line := range first {
		want := " by workspace_id with crm_workspaces"
		if n == 0 {
			want = "crm_workspaces by workspace_id with none"
		}
		if !strings.HasSuffix(line, want) {
			t.Errorf("table %d: %s, want %s", n, line, want)
		}
	}
	if len(first) != len(all) {
		t.Errorf("%d tables are distributed, of %q", len(first), all)
	}
	wantMembers(t, store, 1)
}
