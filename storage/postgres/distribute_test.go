package postgres_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
)

// coordinator stands in for Citus, which Debian does not have: it has the columns and parameters of Citus 13, writes
// down what it is asked for, and refuses what Citus refuses: a foreign key between a table that is distributed and one
// that is not, and to remove in the transaction that distributes what this one still needs.
const coordinator = `
CREATE SCHEMA citus;
CREATE TYPE citus.distribution_type AS ENUM ('hash', 'range', 'append');
CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY, partmethod "char" NOT NULL, partkey text, colocationid int NOT NULL,
	repmodel "char" NOT NULL, autoconverted bool NOT NULL DEFAULT false);
CREATE TABLE asked (n serial, call text);
CREATE FUNCTION create_distributed_table(table_name regclass, distribution_column text, distribution_type citus.distribution_type DEFAULT 'hash',
	colocate_with text DEFAULT 'default', shard_count int DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT FROM pg_constraint c WHERE c.contype = 'f' AND (c.conrelid = table_name OR c.confrelid = table_name)
		AND NOT EXISTS (SELECT FROM pg_dist_partition p WHERE p.logicalrelid IN (c.conrelid, c.confrelid) AND p.logicalrelid <> table_name)) THEN
		RAISE EXCEPTION 'a foreign key to or from a table that is not distributed' USING ERRCODE = '0A000';
	END IF;
	IF current_setting('citus.multi_shard_modify_mode') <> 'sequential' THEN
		RAISE EXCEPTION 'not sequential';
	END IF;
	INSERT INTO pg_dist_partition VALUES (table_name, 'h', distribution_column, 1, 's');
	INSERT INTO asked (call) VALUES (format('distribute %s by %s with %s', table_name, distribution_column, colocate_with));
END $$;
CREATE FUNCTION truncate_local_data_after_distributing_table(function_broken_by_old_versions regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_dist_partition p WHERE p.logicalrelid = $1) THEN
		RAISE EXCEPTION 'supported only for distributed tables';
	END IF;
	IF EXISTS (SELECT FROM pg_dist_partition p WHERE p.xmin::text = pg_current_xact_id()::text) THEN
		RAISE EXCEPTION 'not in the transaction that distributes';
	END IF;
	INSERT INTO asked (call) VALUES (format('truncate %s', $1));
END $$;
DO $$ BEGIN
	EXECUTE format('ALTER DATABASE %I SET citus.propagate_set_commands = %L', current_database(), 'none');
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
		return column(t, db,
			ours+"SELECT c.conname || ' ' || t.relname || ' ' || pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN ours t ON t.oid = c.conrelid WHERE c.contype = 'f' ORDER BY 1")
	}
	asked := func() []string {
		calls := column(t, db, "SELECT call FROM asked ORDER BY n")
		if _, err := db.ExecContext(ctx, "DELETE FROM asked"); err != nil {
			t.Fatal(err)
		}
		return calls
	}
	before := keys()
	if err := store.Distribute(ctx); err != nil {
		t.Fatal(err)
	}
	tables := column(t, db, ours+"SELECT relname FROM ours ORDER BY relname <> 'crm_workspaces', relname")
	var want []string
	for n, table := range tables {
		with := "crm_workspaces"
		if n == 0 {
			with = "none"
		}
		want = append(want, "distribute "+table+" by workspace_id with "+with)
	}
	// The other tables have foreign keys, which lead to that of the workspaces.
	truncated := []string{"truncate crm_workspaces", "truncate crm_units"}
	got := asked()
	slices.Sort(got[1:len(tables)])
	if d := cmp.Diff(append(want, truncated...), got); d != "" {
		t.Errorf("asked for (-want +got):\n%s", d)
	}
	if d := cmp.Diff(before, keys()); d != "" || len(before) == 0 {
		t.Errorf("foreign keys (-before +after):\n%s", d)
	}
	if err := store.Distribute(ctx); err != nil { // again, only what the stand-in does not remove is left to do
		t.Fatal(err)
	}
	if d := cmp.Diff(truncated, asked()); d != "" {
		t.Errorf("asked for again (-want +got):\n%s", d)
	}
	if d := cmp.Diff(before, keys()); d != "" {
		t.Errorf("foreign keys (-before +after again):\n%s", d)
	}
	wantMembers(t, store, 1)
}

// Tables without rows leave none behind.
func TestDistributeEmpty(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	store, db := openStore(t, dsn, nil), openDB(t, dsn)
	if _, err := db.ExecContext(t.Context(), coordinator); err != nil {
		t.Fatal(err)
	}
	if err := store.Distribute(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, call := range column(t, db, "SELECT call FROM asked WHERE call NOT LIKE 'distribute %'") {
		t.Errorf("asked for: %s", call)
	}
}
