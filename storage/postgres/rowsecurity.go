package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/getklar/influencercrm/crm"
)

// policy is the name of the row security policy of each table, and setting that of the parameter that holds a
// transaction's workspace.
const (
	policy  = "crm_workspace"
	setting = "crm.workspace"
)

// propagation is the setting of Citus without which it does not pass a SET LOCAL on to the nodes that a transaction
// reaches: no node would know the workspace, and none would show a row.
const propagation = "citus.propagate_set_commands"

var errNotOwner = fmt.Errorf("%w: a store with RowSecurity does not own its tables; use one of their owner", crm.ErrInvalid)

// setWorkspace is the statement that sets a transaction's workspace. It is SET with a literal because some databases
// pass that on to their nodes, and set_config not; an id is hexadecimal digits and hyphens.
func setWorkspace(ws crm.WorkspaceID) string {
	return "SET LOCAL " + setting + " = '" + ws.String() + "'"
}

// SecureRows makes the database itself keep workspaces apart for a role, in addition to the WHERE of each statement:
// in a transaction the role reads and writes the rows of the workspace that is set, and none if none is set, whatever
// statement it runs. The role gets the right to read and write the tables. A host opens the store of its Service in
// that role, with Options.RowSecurity, and that of its Admin as the owner of the tables, who is not restricted:
//
//	CREATE ROLE crm_service LOGIN PASSWORD '…' NOSUPERUSER NOBYPASSRLS;
//
// The owner calls it after each Migrate; a second call changes nothing. It is one transaction. A role that does not
// exist, or that row security would not restrict, is an ErrInvalid.
//
// On Citus it also sets citus.propagate_set_commands for the role, for connections that it makes from then on, which
// takes the right to change the role; where the owner does not have it, the ErrInvalid says what an administrator has to
// run. It makes no difference whether Distribute comes before or after.
func (s *Store) SecureRows(ctx context.Context, role string) error {
	if s.secured {
		return errNotOwner
	}
	if err := s.checkRole(ctx, role); err != nil {
		return err
	}
	to := pgx.Identifier{role}.Sanitize()
	if err := s.propagateSettings(ctx, role); err != nil {
		return err
	}
	return s.inTx(ctx, "securing rows", func(tx *sql.Tx) error {
		for _, table := range s.inner.Tables() {
			for _, statement := range []string{
				"ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY",
				"DROP POLICY IF EXISTS " + policy + " ON " + table,
				// After a transaction that has set it, the parameter exists and is empty.
				"CREATE POLICY " + policy + " ON " + table +
					" USING (workspace_id = nullif(current_setting('" + setting + "', true), '')::uuid)",
				"GRANT SELECT, INSERT, UPDATE, DELETE ON " + table + " TO " + to,
			} {
				if _, err := tx.ExecContext(ctx, statement); err != nil {
					return err
				}
			}
		}
		if s.schema == "" {
			return nil
		}
		_, err := tx.ExecContext(ctx, "GRANT USAGE ON SCHEMA "+s.schema+" TO "+to)
		return err
	})
}

// propagateSettings makes Citus, where it is, tell the nodes the workspace that a role sets.
func (s *Store) propagateSettings(ctx context.Context, role string) error {
	citus, err := s.onCitus(ctx)
	if !citus || err != nil {
		return err
	}
	var set bool
	err = s.db.QueryRowContext(ctx, `
		SELECT EXISTS (SELECT 1 FROM pg_db_role_setting c JOIN pg_roles r ON r.oid = c.setrole
			LEFT JOIN pg_database d ON d.oid = c.setdatabase
			WHERE r.rolname = $1 AND coalesce(d.datname, current_database()) = current_database() AND $2 = ANY (c.setconfig))`,
		role, propagation+"=local").Scan(&set)
	if set || err != nil {
		return failed(ctx, s.log, "looking at the role", err)
	}
	statement := "ALTER ROLE " + pgx.Identifier{role}.Sanitize() + " SET " + propagation + " = 'local'"
	_, err = s.db.ExecContext(ctx, statement)
	var failure *pgconn.PgError
	if errors.As(err, &failure) && failure.Code == "42501" { // insufficient_privilege
		return fmt.Errorf("%w: let somebody who may change the role run %s, which the owner of the tables may not; then call SecureRows again",
			crm.ErrInvalid, statement)
	}
	return failed(ctx, s.log, "changing the role", err)
}

// checkRole refuses a role that does not exist, or that row security does not restrict.
func (s *Store) checkRole(ctx context.Context, role string) error {
	var unrestricted bool
	err := s.db.QueryRowContext(ctx, unrestrictedRole, role, s.inner.Tables()[0]).Scan(&unrestricted)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("%w: there is no role %q; make it with CREATE ROLE", crm.ErrInvalid, crm.Shorten(role))
	case err != nil:
		return failed(ctx, s.log, "looking at the role", err)
	case unrestricted:
		return fmt.Errorf("%w: row security does not hold back the role %q: it is, or may become, a superuser, one with BYPASSRLS or the owner of the tables",
			crm.ErrInvalid, crm.Shorten(role))
	}
	return nil
}

// unrestrictedRole tells whether row security does not restrict the role $1, or one that it may become, on the table
// $2.
const unrestrictedRole = `
	SELECT EXISTS (SELECT 1 FROM pg_roles f WHERE pg_has_role(r.oid, f.oid, 'MEMBER')
		AND (f.rolsuper OR f.rolbypassrls OR f.oid = (SELECT relowner FROM pg_class WHERE oid = to_regclass($2))))
	FROM pg_roles r WHERE r.rolname = $1`

// verifyRowSecurity refuses connections that would see more than one workspace.
func (s *Store) verifyRowSecurity(ctx context.Context) error {
	var role string
	if err := s.db.QueryRowContext(ctx, "SELECT current_user").Scan(&role); err != nil {
		return failed(ctx, s.log, "looking at the role", err)
	}
	if err := s.checkRole(ctx, role); err != nil {
		return err
	}
	citus, err := s.onCitus(ctx)
	if err != nil {
		return err
	}
	var propagates string
	err = s.db.QueryRowContext(ctx, "SELECT coalesce(current_setting($1, true), '')", propagation).Scan(&propagates)
	if err != nil {
		return failed(ctx, s.log, "looking at the settings of the role", err)
	}
	if citus && propagates != "local" {
		return fmt.Errorf("%w: Citus does not tell its nodes the workspace that the role %q sets; call SecureRows on a store of the tables' owner, or set %s to local in the DSN",
			crm.ErrInvalid, role, propagation)
	}
	for _, table := range s.inner.Tables() {
		var active bool
		err := s.db.QueryRowContext(ctx, `
			SELECT coalesce(row_security_active(to_regclass($1))
				AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = to_regclass($1) AND polname = $2), false)`,
			table, policy).Scan(&active)
		if err != nil {
			return failed(ctx, s.log, "looking at the tables", err)
		}
		if !active {
			return fmt.Errorf("%w: the rows of %s are not secured for the role %q; call SecureRows on a store of the tables' owner",
				crm.ErrInvalid, table, role)
		}
	}
	return nil
}

// inTx runs fn in one transaction.
func (s *Store) inTx(ctx context.Context, what string, fn func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return failed(ctx, s.log, what, err)
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return failed(ctx, s.log, what, err)
	}
	return failed(ctx, s.log, what, tx.Commit())
}
