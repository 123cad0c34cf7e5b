package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/getklar/influencercrm/crm"
)

// Distribute spreads the tables over the nodes of a Citus cluster, by workspace: all rows of a workspace are on one
// node, so that a unit of work is a transaction of that node. The owner of the tables calls it on the coordinator,
// after each Migrate; tables that are distributed already stay as they are. Existing rows move; meanwhile nobody else
// writes. It is one transaction.
//
// Foreign keys are dropped before and added again after, because Citus has them only between tables that are
// distributed alike. A database without the extension is an ErrInvalid.
func (s *Store) Distribute(ctx context.Context) error {
	if s.secured {
		return errNotOwner
	}
	var installed bool
	if err := s.db.QueryRowContext(ctx, "SELECT to_regproc('create_distributed_table') IS NOT NULL").Scan(&installed); err != nil {
		return failed(ctx, s.log, "looking for Citus", err)
	}
	if !installed {
		return fmt.Errorf("%w: the database is not one of Citus; run CREATE EXTENSION citus on every node first", crm.ErrInvalid)
	}
	return s.inTx(ctx, "distributing its tables", func(tx *sql.Tx) error { return distribute(ctx, tx, s.inner.Tables()) })
}

// distribute works on tables of which the first one is the workspaces'.
func distribute(ctx context.Context, tx *sql.Tx, tables []string) error {
	// By default Citus changes the shards of a table in parallel, which does not work in a transaction that changes
	// several tables.
	if _, err := tx.ExecContext(ctx, "SET LOCAL citus.multi_shard_modify_mode = 'sequential'"); err != nil {
		return err
	}
	var local []string
	for _, table := range tables {
		var done bool
		err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrel = to_regclass($1))", table).Scan(&done)
		if err != nil {
			return err
		}
		if !done {
			local = append(local, table)
		}
	}
	var keys []string
	for _, table := range local {
		of, err := foreignKeys(ctx, tx, table)
		if err != nil {
			return err
		}
		for name, definition := range of {
			if _, err := tx.ExecContext(ctx, "ALTER TABLE "+table+" DROP CONSTRAINT "+name); err != nil {
				return err
			}
			keys = append(keys, "ALTER TABLE "+table+" ADD CONSTRAINT "+name+" "+definition)
		}
	}
	for _, table := range local {
		with := tables[0]
		if table == with {
			with = "none" // the first one, with which the others are co-located
		}
		if _, err := tx.ExecContext(ctx, "SELECT create_distributed_table($1, 'workspace_id', colocate_with => $2)", table, with); err != nil {
			return err
		}
	}
	for _, key := range keys {
		if _, err := tx.ExecContext(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// foreignKeys are the definitions of a table's foreign keys by their names, both as SQL.
func foreignKeys(ctx context.Context, tx *sql.Tx, table string) (map[string]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT quote_ident(conname), pg_get_constraintdef(oid)
		FROM pg_constraint WHERE conrelid = to_regclass($1) AND contype = 'f'`, table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	keys := map[string]string{}
	for rows.Next() {
		var name, definition string
		if err := rows.Scan(&name, &definition); err != nil {
			return nil, err
		}
		keys[name] = definition
	}
	return keys, rows.Err()
}
