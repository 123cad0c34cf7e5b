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
// writes. That is one transaction. The coordinator keeps the rows that have moved, where no query sees them and nothing
// erases them; they are removed after it, in the same call. If only that fails, call Distribute again.
//
// Foreign keys are dropped before and added again after, because Citus has them only between tables that are
// distributed alike. A database without the extension is an ErrInvalid.
func (s *Store) Distribute(ctx context.Context) error {
	if s.secured {
		return errNotOwner
	}
	installed, err := s.onCitus(ctx)
	if err != nil {
		return err
	}
	if !installed {
		return fmt.Errorf("%w: the database is not one of Citus; run CREATE EXTENSION citus on every node first", crm.ErrInvalid)
	}
	tables := s.inner.Tables()
	err = s.inTx(ctx, "distributing its tables", func(tx *sql.Tx) error { return distribute(ctx, tx, tables) })
	if err != nil {
		return err
	}
	return failed(ctx, s.log, "removing the rows that it has distributed", s.truncateLeftovers(ctx, tables))
}

// onCitus reports whether the database has the extension.
func (s *Store) onCitus(ctx context.Context) (installed bool, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT to_regproc('create_distributed_table') IS NOT NULL").Scan(&installed)
	return installed, failed(ctx, s.log, "looking for Citus", err)
}

// truncateLeftovers removes the rows of distributed tables that have stayed on the coordinator. Where there are none it
// locks nothing.
func (s *Store) truncateLeftovers(ctx context.Context, tables []string) error {
	var bytes int64
	for _, table := range tables {
		var here int64 // the rows on the nodes are in tables of other names
		if err := s.db.QueryRowContext(ctx, "SELECT pg_relation_size(to_regclass($1))", table).Scan(&here); err != nil {
			return err
		}
		bytes += here
	}
	if bytes == 0 {
		return nil
	}
	for _, table := range tables {
		keys, err := foreignKeys(ctx, s.db, table)
		if err != nil {
			return err
		}
		if len(keys) > 0 {
			continue // it goes with the table that its foreign keys name
		}
		if _, err := s.db.ExecContext(ctx, "SELECT truncate_local_data_after_distributing_table($1)", table); err != nil {
			return err
		}
	}
	return nil
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
		err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = to_regclass($1))", table).Scan(&done)
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

// queryer is a database or a transaction.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// foreignKeys are the definitions of a table's foreign keys by their names, both as SQL.
func foreignKeys(ctx context.Context, db queryer, table string) (map[string]string, error) {
	rows, err := db.QueryContext(ctx, `SELECT quote_ident(conname), pg_get_constraintdef(oid)
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
