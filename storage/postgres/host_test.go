package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/pgtest"
	"github.com/getklar/influencercrm/storage/postgres"
)

// A host's pool, other tables, a schema and a prefix of its choice: the store keeps to these.
func TestNewOnTheHostsDatabase(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	db := openDB(t, pgtest.Bare(t))
	for _, statement := range []string{"CREATE SCHEMA influence", "CREATE TABLE campaigns (secret text)"} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	store, err := postgres.New(ctx, db, &postgres.Options{Schema: "influence", Prefix: "shop_"})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.CreateWorkspace(ctx, shop(1), nil); !errors.Is(err, crm.ErrStorage) {
		t.Errorf("before Migrate: got error %v, want one that is %q", err, crm.ErrStorage)
	}
	for range 2 { // again, nothing is left to do
		if err := store.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.CreateWorkspace(ctx, shop(1), nil); err != nil {
		t.Fatal(err)
	}
	influencer := crm.Influencer{ID: id[crm.Influencer](1), Version: 1, Name: "Pam", Tags: []string{"VIP"},
		Profiles: []crm.Profile{{ID: id[crm.Profile](1), Platform: "instagram", Handle: "pam"}}}
	cooperation := crm.Cooperation{ID: id[crm.Cooperation](1), Version: 1, Campaign: id[crm.Campaign](1),
		Influencer: influencer.ID, Profile: influencer.Profiles[0].ID}
	update(t, store, func(ctx context.Context, tx crm.Tx) error {
		return tx.Insert(ctx, crm.Campaign{ID: id[crm.Campaign](1), Version: 1, Name: "Summer"}, influencer, cooperation)
	})
	// Filters compare columns of two tables, so they name them with their schema.
	err = store.View(ctx, shop(1).ID, func(ctx context.Context, r crm.Reader) error {
		n, err := r.Cooperations().Count(ctx, crm.CooperationFilter{Platforms: []string{"instagram"}, Tags: []string{"vip"}})
		if n != 1 {
			t.Errorf("%d cooperations by platform and tag, want 1", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range column(t, db, `SELECT relname FROM pg_class WHERE relname LIKE 'crm\_%' OR relnamespace = 'public'::regnamespace
		AND relname <> 'campaigns' AND relname NOT LIKE 'citus\_%' OR relnamespace = 'influence'::regnamespace AND relname NOT LIKE 'shop\_%'`) {
		t.Errorf("%s stands outside the schema or the prefix", name)
	}
	files, err := fs.Glob(store.Migrations(), "*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("migrations: %v, %v", files, err)
	}
	for _, name := range files {
		text, err := fs.ReadFile(store.Migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), postgres.DefaultPrefix) || strings.Count(string(text), "SET LOCAL search_path TO influence;") != 2 {
			t.Errorf("%s is not under the prefix and in the schema", name)
		}
	}
}

// The tables go into the schema that a connection looks into first, if no other is chosen.
func TestSchemaOfTheConnection(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Bare(t)
	db := openDB(t, dsn)
	if _, err := db.ExecContext(t.Context(), "CREATE SCHEMA influence"); err != nil {
		t.Fatal(err)
	}
	openShop(t, with(t, dsn, "search_path", "influence"), nil)
	if n := column(t, db, "SELECT count(*) FROM influence.crm_workspaces")[0]; n != "1" {
		t.Errorf("there are %s workspaces, want 1", n)
	}
}

// with adds a parameter to a DSN.
func with(t testing.TB, dsn, name, value string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil || u.Host == "" {
		t.Fatalf("this test needs a DSN that is a URL: %v", err)
	}
	query := u.Query()
	query.Set(name, value)
	u.RawQuery = query.Encode()
	return u.String()
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Bare(t)
	db := openDB(t, dsn)
	if _, err := db.ExecContext(t.Context(), `CREATE SCHEMA "user"`); err != nil {
		t.Fatal(err)
	}
	gone := "postgres://crm:secret@127.0.0.1:1/crm?sslmode=disable"
	for _, test := range []struct {
		name, dsn string
		options   *postgres.Options
		family    error
		want      string
	}{
		{"no DSN", "postgres://%zz:secret@h/d", nil, crm.ErrInvalid, "postgres://user:password@host:5432/database"},
		{"no server", gone, nil, crm.ErrUnavailable, "no server listens at 127.0.0.1 port 1 (while connecting, code lost)"},
		{"no socket", "postgres://crm:secret@/crm?host=/nowhere&port=5", nil, crm.ErrUnavailable,
			"no server listens at the socket of port 5 in /nowhere"},
		{"no host", "postgres://crm:secret@shop.invalid/crm", nil, crm.ErrUnavailable, `the host "shop.invalid" is not known`},
		{"no TLS", with(t, dsn, "sslmode", "require"), nil, crm.ErrUnavailable, "TLS cannot be agreed on with 127.0.0.1 port"},
		{"no database", with(t, dsn, "dbname", "absent"), nil, crm.ErrUnavailable,
			`there is no database "absent"; make it with CREATE DATABASE (while connecting, code 3D000)`},
		{"no role", with(t, dsn, "user", "nobody_knows"), nil, crm.ErrUnavailable,
			`does not let the role "nobody_knows" in: there is no such role`},
		{"read-only", with(t, dsn, "default_transaction_read_only", "on"), nil, crm.ErrReadOnly, "its tables cannot be prepared"},
		{"prefix", dsn, &postgres.Options{Prefix: "Crm-"}, crm.ErrInvalid, `"Crm-"`},
		{"timeout", dsn, &postgres.Options{BusyTimeout: -1}, crm.ErrInvalid, "-1ns"},
		{"connections", dsn, &postgres.Options{Conns: -1}, crm.ErrInvalid, "-1 connections"},
		{"form of the schema", dsn, &postgres.Options{Schema: `a"; --`}, crm.ErrInvalid, "lower-case letters"},
		{"schema of the system", dsn, &postgres.Options{Schema: "pg_catalog"}, crm.ErrInvalid, "not with pg_"},
		{"no schema", dsn, &postgres.Options{Schema: "absent"}, crm.ErrInvalid, "CREATE SCHEMA absent"},
		{"reserved schema", dsn, &postgres.Options{Schema: "user"}, crm.ErrInvalid, "a word of SQL"},
		{"no schema on the path", with(t, dsn, "search_path", "absent"), nil, crm.ErrInvalid, "search path"},
		{"backslashes", with(t, dsn, "standard_conforming_strings", "off"), nil, crm.ErrInvalid, "set it to on"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			store, err := postgres.Open(t.Context(), test.dsn, test.options)
			if err == nil {
				store.Close()
			}
			if !errors.Is(err, test.family) || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("got error %v, want %q with %q", err, test.family, test.want)
			}
		})
	}
	t.Run("encoding", func(t *testing.T) {
		t.Parallel()
		_, err := postgres.Open(t.Context(), pgtest.BareIn(t, "LATIN1"), nil)
		if !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), "LATIN1; make it with ENCODING 'UTF8'") {
			t.Errorf("got error %v, want one about the encoding", err)
		}
	})
	t.Run("another driver", func(t *testing.T) {
		t.Parallel()
		other, err := sql.Open("sqlite", "file:"+t.TempDir()+"/other.db")
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		if _, err := postgres.New(t.Context(), other, nil); !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), "pgx") {
			t.Errorf("got error %v, want one that names the driver to use", err)
		}
	})
}

// A wait for a writer of another program, or for a connection, ends with the context, and with the busy
// timeout.
func TestWaitsEndInTime(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	one := openShop(t, dsn, &postgres.Options{BusyTimeout: 600 * time.Millisecond, Conns: 1})
	db := openDB(t, dsn)
	held, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Rollback()
	if _, err := held.ExecContext(t.Context(), "SELECT 1 FROM crm_workspaces WHERE workspace_id = $1 FOR UPDATE", shop(1).ID); err != nil {
		t.Fatal(err)
	}
	// The lock is held for as long as the test waits, so it ends only if the wait does.
	for _, test := range []struct {
		name    string
		timeout time.Duration
		want    error
	}{
		{"context", 300 * time.Millisecond, context.DeadlineExceeded},
		{"busy timeout", time.Minute, crm.ErrBusy},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), test.timeout)
		err := one.Update(ctx, shop(1).ID, func(context.Context, crm.Tx) error { return nil })
		if !errors.Is(err, test.want) {
			t.Errorf("the workspace is held, %s: got error %v, want %v", test.name, err, test.want)
		}
		// The wait took no connection with it.
		wantMembers(t, one, 0)

		outer := one.View(t.Context(), shop(1).ID, func(context.Context, crm.Reader) error {
			return one.View(ctx, shop(1).ID, func(context.Context, crm.Reader) error { return nil })
		})
		if !errors.Is(outer, test.want) {
			t.Errorf("no connection is free, %s: got error %v, want %v", test.name, outer, test.want)
		}
		cancel()
	}
}

// Writers who wait for each other in one program leave the connections to others.
func TestWaitingWritersHoldNoConnections(t *testing.T) {
	t.Parallel()
	store := openShop(t, pgtest.Database(t), &postgres.Options{Conns: 2, BusyTimeout: time.Minute})
	const writers = 8
	begun, finish := make(chan struct{}), make(chan struct{})
	done := make(chan error, writers)
	go func() {
		done <- store.Update(t.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error {
			close(begun)
			<-finish
			return addMember(ctx, tx, 1)
		})
	}()
	<-begun
	if stats := store.Stats(); stats.Queued != 1 || stats.Writers.InUse != 1 || stats.Retries != 0 {
		t.Errorf("one writer: %d queued, %d connections in use, %d retries", stats.Queued, stats.Writers.InUse, stats.Retries)
	}
	for n := 2; n <= writers; n++ {
		go func() {
			done <- store.Update(t.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error { return addMember(ctx, tx, n) })
		}()
	}
	for range 20 {
		wantMembers(t, store, 0)
	}
	for store.Stats().Queued < writers { // as soon as they are there
		time.Sleep(time.Millisecond)
	}
	close(finish)
	for range writers {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	wantMembers(t, store, writers)
}

// A reference to nothing is told by the name of its constraint, because the transaction reads no more.
func TestDanglingFields(t *testing.T) {
	t.Parallel()
	t.Run("plain", func(t *testing.T) {
		t.Parallel()
		danglingFields(t, pgtest.Database(t))
	})
	t.Run("on answers of Citus", func(t *testing.T) {
		t.Parallel()
		_, dsn := behindCitus(t, pgtest.Database(t))
		danglingFields(t, dsn)
	})
}

func danglingFields(t *testing.T, dsn string) {
	t.Helper()
	store := openShop(t, dsn, nil)
	update(t, store, func(ctx context.Context, tx crm.Tx) error {
		return tx.Insert(ctx, crm.Campaign{ID: id[crm.Campaign](1), Version: 1, Name: "Summer"},
			crm.Influencer{ID: id[crm.Influencer](1), Version: 1})
	})
	whole := crm.Cooperation{ID: id[crm.Cooperation](1), Version: 1, Campaign: id[crm.Campaign](1), Influencer: id[crm.Influencer](1)}
	for field, spoil := range map[string]func(*crm.Cooperation){
		"campaign":    func(c *crm.Cooperation) { c.Campaign = id[crm.Campaign](2) },
		"influencer":  func(c *crm.Cooperation) { c.Influencer = id[crm.Influencer](2) },
		"responsible": func(c *crm.Cooperation) { c.Responsible = id[crm.Member](2) },
	} {
		c := whole
		spoil(&c)
		other := whole
		other.ID = id[crm.Cooperation](2)
		for what, records := range map[string][]crm.Record{"alone": {c}, "among others": {other, c}} {
			err := store.Update(t.Context(), shop(1).ID, func(ctx context.Context, tx crm.Tx) error { return tx.Insert(ctx, records...) })
			if found := crm.FieldErrors(err); len(found) != 1 || found[0].Field != field || !errors.Is(err, crm.ErrInvalid) || found[0].Record != c.Ref() {
				t.Errorf("%s, %s: got error %v, want one about the field", field, what, err)
			}
		}
	}
}
