package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// newRole makes a role that may do nothing yet, and goes with the test.
func newRole(t *testing.T, owner *sql.DB, with string) string {
	t.Helper()
	role := "crm_test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if _, err := owner.ExecContext(t.Context(), "CREATE ROLE "+role+" LOGIN PASSWORD 'test' "+with); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, statement := range []string{"DROP OWNED BY " + role, "DROP ROLE " + role} {
			if _, err := owner.ExecContext(context.Background(), statement); err != nil {
				t.Error(err)
			}
		}
	})
	return role
}

// as is a DSN for another role.
func as(t *testing.T, dsn, role string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil || u.Host == "" {
		t.Fatalf("this test needs a DSN that is a URL: %v", err)
	}
	u.User = url.UserPassword(role, "test")
	return u.String()
}

// secured is a store in a role that sees one workspace at a time, and beside it one of the owner for what
// crosses workspaces.
type secured struct {
	crm.Store
	crm.AdminStore
}

// openSecured opens both on a database of their own and returns the DSN of the role too.
func openSecured(t *testing.T, dsn string) (s secured, ofRole string) {
	t.Helper()
	ofRole = as(t, dsn, securedRole(t, dsn))
	return openAs(t, dsn, ofRole), ofRole
}

// securedRole makes a role that sees one workspace at a time.
func securedRole(t *testing.T, dsn string) string {
	t.Helper()
	role := newRole(t, openDB(t, dsn), "")
	owner := openStore(t, dsn, nil)
	for range 2 { // again, it changes nothing
		if err := owner.SecureRows(t.Context(), role); err != nil {
			t.Fatal(err)
		}
	}
	return role
}

// openAs opens both with the DSN of the owner and that of the role.
func openAs(t *testing.T, dsn, ofRole string) secured {
	t.Helper()
	return secured{openStore(t, ofRole, &postgres.Options{RowSecurity: true}), openStore(t, dsn, nil)}
}

// Every statement of the store keeps to what the database lets it see. A policy is one more condition on each table, which
// knows nothing of filters, positions and columns.
func TestContractWithRowSecurity(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the same statements run in TestContract")
	}
	securedContract(t, directly)
}

// The statement that tells the workspace goes before others in one message, whose answers must not be mixed up.
func TestContractWithRowSecurityOnAnswersOfCitus(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the same statements run in TestContract")
	}
	securedContract(t, throughCitus, readCategories...)
}

func securedContract(t *testing.T, through func(t *testing.T, dsn string) string, more ...storagetest.Category) {
	t.Helper()
	const (
		two  = "two stores stand for one, which are closed one by one and do not know of each other"
		same = "a policy is about tables, not about what is asked of them; TestContract proves that"
	)
	skip := map[storagetest.Category]string{
		storagetest.Lifecycle: two, storagetest.Nesting: two, storagetest.Values: same, storagetest.Aliasing: same,
		storagetest.Filters: same, storagetest.Pages: same,
	}
	for _, category := range more {
		skip[category] = likewise
	}
	databases := pgtest.NewPool(t)
	var mu sync.Mutex
	roles := map[string]string{} // by the DSN of a database, as long as that
	roleOf := func(dsn string) string {
		mu.Lock()
		defer mu.Unlock()
		if roles[dsn] == "" {
			roles[dsn] = securedRole(t, dsn)
		}
		return roles[dsn]
	}
	storagetest.Run(t, func(t *testing.T) storagetest.Backend {
		dsn := databases.Database(t)
		proxied := through(t, dsn)
		return openAs(t, proxied, as(t, proxied, roleOf(dsn)))
	}, &storagetest.Options{Skip: skip})
}

// Citus answers reads as PostgreSQL does.
const likewise = "Citus differs in its answers to what writes"

var readCategories = []storagetest.Category{
	storagetest.DirectReads, storagetest.Loading, storagetest.Snapshots, storagetest.Concurrency, storagetest.Isolation,
	storagetest.Lists, storagetest.Log, storagetest.Claims, storagetest.Plan, storagetest.Sums, storagetest.Facets,
}

// Whatever statement the role runs, it sees one workspace.
func TestRowSecurity(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s, dsn := openSecured(t, pgtest.Database(t))
	for n := 1; n <= 2; n++ {
		if err := s.CreateWorkspace(ctx, shop(n), []crm.Change{created(shop(n))}); err != nil {
			t.Fatal(err)
		}
		err := s.Update(ctx, shop(n).ID, func(ctx context.Context, tx crm.Tx) error {
			return tx.Insert(ctx, member(n), crm.Campaign{ID: id[crm.Campaign](n), Version: 1, Name: "Summer"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	db := openDB(t, dsn)
	db.SetMaxOpenConns(1)
	tables := column(t, db,
		"SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'crm\\_%' AND relname <> 'crm_migrations' ORDER BY 1")
	if len(tables) < 11 {
		t.Fatalf("tables %q; there are more", tables)
	}
	one := shop(1).ID.String()
	run := func(statement string) error {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback()
		if _, err := tx.ExecContext(ctx, "SET LOCAL crm.workspace = '"+one+"'"); err != nil {
			t.Fatal(err)
		}
		_, err = tx.ExecContext(ctx, statement)
		return err
	}
	for _, table := range tables {
		if n := column(t, db, "SELECT count(*) FROM "+table)[0]; n != "0" {
			t.Errorf("without a workspace the role sees %s rows of %s", n, table)
		}
		if others := column(t, db, "SELECT workspace_id FROM "+table); len(others) != 0 {
			t.Errorf("without a workspace the role sees %q of %s", others, table)
		}
	}
	seen := func(what string) {
		t.Helper()
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback()
		if _, err := tx.ExecContext(ctx, "SET LOCAL crm.workspace = '"+one+"'"); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"crm_workspaces", "crm_members", "crm_campaigns", "crm_changes"} {
			var all, ours int
			if err := tx.QueryRowContext(ctx, "SELECT count(*), count(*) FILTER (WHERE workspace_id = $1) FROM "+table, one).Scan(&all, &ours); err != nil {
				t.Fatal(err)
			}
			if all != 1 || ours != 1 {
				t.Errorf("%s: in %s the role sees %d rows, %d of its workspace, want 1", what, table, all, ours)
			}
		}
	}
	seen("at first")
	for _, refused := range []string{
		"INSERT INTO crm_units VALUES ('" + shop(2).ID.String() + "', '" + uuid.NewString() + "', 0)",
		"UPDATE crm_members SET workspace_id = '" + shop(2).ID.String() + "'",
		"ALTER TABLE crm_members DISABLE ROW LEVEL SECURITY",
		"DROP POLICY crm_workspace ON crm_members",
		"TRUNCATE crm_members",
		"SET LOCAL row_security = off; SELECT * FROM crm_members",
	} {
		if err := run(refused); err == nil {
			t.Errorf("the role may %s", refused)
		}
	}
	// A condition that holds for each row holds for those that are seen.
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(ctx, "SET LOCAL crm.workspace = '"+one+"'"); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"UPDATE crm_members SET name = 'Everybody'", "DELETE FROM crm_campaigns"} {
		result, err := tx.ExecContext(ctx, statement)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := result.RowsAffected(); n != 1 || err != nil {
			t.Errorf("%s: %d rows, %v; want 1", statement, n, err)
		}
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	seen("at the end")
}

func TestRowSecurityRefusals(t *testing.T) {
	t.Parallel()
	ctx, dsn := t.Context(), pgtest.Database(t)
	db := openDB(t, dsn)
	owner := openStore(t, dsn, nil)
	plain, free := newRole(t, db, ""), newRole(t, db, "BYPASSRLS")
	heir := newRole(t, db, "IN ROLE "+free)
	open := func(role string) error {
		store, err := postgres.Open(ctx, as(t, dsn, role), &postgres.Options{RowSecurity: true})
		if err == nil {
			store.Close()
		}
		return err
	}
	for _, test := range []struct {
		name string
		do   func() error
		want string
	}{
		{"no role", func() error { return owner.SecureRows(ctx, `ab"sent`) }, "there is no role"},
		{"a role that may bypass it", func() error { return owner.SecureRows(ctx, free) }, "does not hold back"},
		{"a role that may become such a one", func() error { return owner.SecureRows(ctx, heir) }, "does not hold back"},
		{"the owner", func() error { return owner.SecureRows(ctx, column(t, db, "SELECT current_user")[0]) }, "does not hold back"},
		{"a store of the owner", func() error {
			_, err := postgres.New(ctx, db, &postgres.Options{RowSecurity: true})
			return err
		}, "does not hold back"},
		{"a store before SecureRows", func() error { return open(plain) }, "call SecureRows"},
	} {
		if err := test.do(); !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got error %v, want one that is %q and says %q", test.name, err, crm.ErrInvalid, test.want)
		}
	}
	if err := owner.SecureRows(ctx, plain); err != nil {
		t.Fatal(err)
	}
	store, err := postgres.Open(ctx, as(t, dsn, plain), &postgres.Options{RowSecurity: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	_, listed := store.Workspaces(ctx, crm.ListOptions{})
	_, headed := store.Heads(ctx, crm.WorkspaceID{}, 1)
	for what, err := range map[string]error{"Workspaces": listed, "Heads": headed, "Migrate": store.Migrate(ctx), "SecureRows": store.SecureRows(ctx, plain)} {
		if !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), "owner") {
			t.Errorf("%s on the secured store: got error %v, want one that names the owner", what, err)
		}
	}
}

// Citus passes the workspace that a transaction sets on to its nodes if a setting says so: SecureRows sets it for the
// role, and no store opens without it.
func TestRowSecurityOnCitus(t *testing.T) {
	t.Parallel()
	ctx, dsn := t.Context(), pgtest.Database(t)
	db := openDB(t, dsn)
	exec := func(statement string) {
		t.Helper()
		if _, err := db.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	role := newRole(t, db, "")
	owner := openStore(t, dsn, nil)
	if err := owner.SecureRows(ctx, role); err != nil { // before Citus comes
		t.Fatal(err)
	}
	exec(coordinator)
	open := func(dsn string) error {
		store, err := postgres.Open(ctx, as(t, dsn, role), &postgres.Options{RowSecurity: true})
		if err == nil {
			store.Close()
		}
		return err
	}
	refused := func(when string, err error, want string) {
		t.Helper()
		if !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got error %v, want one that is %q and says %q", when, err, crm.ErrInvalid, want)
		}
	}
	refused("without the setting", open(dsn), "call SecureRows")
	if err := open(with(t, dsn, "citus.propagate_set_commands", "local")); err != nil {
		t.Errorf("with the setting in the DSN: %v", err)
	}
	for range 2 { // again, it changes nothing
		if err := owner.SecureRows(ctx, role); err != nil {
			t.Fatal(err)
		}
	}
	if got := column(t, openDB(t, as(t, dsn, role)), "SHOW citus.propagate_set_commands"); got[0] != "local" {
		t.Errorf("the setting of the role is %s, want local", got[0])
	}
	if got := column(t, openDB(t, dsn), "SHOW citus.propagate_set_commands"); got[0] != "none" {
		t.Errorf("the setting of others is %s, want none", got[0])
	}
	if err := open(dsn); err != nil {
		t.Errorf("after SecureRows: %v", err)
	}
	if err := owner.Distribute(ctx); err != nil {
		t.Fatal(err)
	}
	if err := open(dsn); err != nil {
		t.Errorf("after Distribute: %v", err)
	}
	exec("ALTER ROLE " + role + " RESET citus.propagate_set_commands")
	refused("after it was reset", open(dsn), "call SecureRows")

	// An owner who may not change roles says what has to be run.
	modest := newRole(t, db, "")
	for _, table := range column(t, db, ours+"SELECT relname FROM ours") {
		exec("ALTER TABLE " + table + " OWNER TO " + modest)
	}
	modestDB := openDB(t, as(t, dsn, modest))
	store, err := postgres.New(ctx, modestDB, nil)
	if err != nil {
		t.Fatal(err)
	}
	refused("an owner who may not change roles", store.SecureRows(ctx, role),
		`ALTER ROLE "`+role+`" SET citus.propagate_set_commands = 'local'`)
	exec("ALTER ROLE " + role + " SET citus.propagate_set_commands = 'local'")
	if err := store.SecureRows(ctx, role); err != nil {
		t.Errorf("after somebody else has changed the role: %v", err)
	}
}
