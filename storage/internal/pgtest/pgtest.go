// Package pgtest gives each test a PostgreSQL database of its own, copied from one with all tables, so that tests run in
// parallel and may break what they like. [Database] has the tables, [Bare] has none; a [Pool] lends databases to the many
// tests of a suite that only write rows; [Own] starts a server that a test may kill, a [Cluster].
//
// A server is found in this order:
//
//  1. CRM_TEST_POSTGRES_DSN is the DSN of a user who may create databases, on a server for tests. The database that it
//     names is only connected to.
//  2. Otherwise a container is started with testcontainers-go, once for the test's process. Testcontainers stops it when
//     the process ends.
//  3. Otherwise the test is skipped, and says how it could run. Where CRM_TEST_REQUIRE contains the word postgres, as in
//     CI, it fails instead.
//
// # Design
//
// The database that is copied stays on the server, under a name made from the migrations, so that the tests of all
// packages share it and the next run finds it.
package pgtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/getklar/influencercrm/storage/postgres"
)

// Environment variables that say where tests find a server and whether they have to.
const (
	dsnVariable     = "CRM_TEST_POSTGRES_DSN"
	requireVariable = "CRM_TEST_REQUIRE"
)

// Database returns the DSN of an empty database with all tables, which is dropped after the test.
func Database(t testing.TB) string {
	t.Helper()
	return database(t, "UTF8", func(s *server) (string, error) { return s.template() })
}

// Bare returns the DSN of a database without tables, which is dropped after the test.
func Bare(t testing.TB) string {
	t.Helper()
	return BareIn(t, "UTF8")
}

// BareIn is Bare in another encoding.
func BareIn(t testing.TB, encoding string) string {
	t.Helper()
	return database(t, encoding, func(*server) (string, error) { return "template0", nil })
}

// Offered reports whether there is a server, for a test that also runs without one. If there is none and one is
// required, the test fails.
func Offered(t testing.TB) bool {
	t.Helper()
	_, err := theServer()
	if err != nil && required() {
		t.Fatal(missing(err))
	}
	return err == nil
}

func required() bool { return strings.Contains(os.Getenv(requireVariable), "postgres") }

func missing(err error) string {
	return fmt.Sprintf("no PostgreSQL to test with: set %s to the DSN of a server for tests, or start a container engine (%v)", dsnVariable, err)
}

// needed is the server, without which the test is skipped, or fails where one is required.
func needed(t testing.TB) *server {
	t.Helper()
	s, err := theServer()
	if err != nil {
		if required() {
			t.Fatal(missing(err))
		}
		t.Skip(missing(err))
	}
	return s
}

func database(t testing.TB, encoding string, template func(*server) (string, error)) string {
	t.Helper()
	s := needed(t)
	name, dsn, err := s.copied(func() (string, error) { return template(s) }, encoding)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.drop(t, name) })
	return dsn
}

// copied makes a database from another one.
func (s *server) copied(template func() (string, error), encoding string) (name, dsn string, err error) {
	from, err := template()
	if err != nil {
		return "", "", fmt.Errorf("making the database to copy: %w", err)
	}
	name = "crm_test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if err := s.exec("CREATE DATABASE " + name + " TEMPLATE " + from + " ENCODING '" + encoding + "' LC_COLLATE 'C' LC_CTYPE 'C'"); err != nil {
		return "", "", fmt.Errorf("making a database: %w", err)
	}
	return name, s.at(name), nil
}

func (s *server) drop(t testing.TB, name string) {
	t.Helper()
	if err := s.exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
		t.Errorf("removing the database: %v", err)
	}
}

// server is where the databases of this process are made.
type server struct {
	dsn      string
	template func() (string, error)
}

var theServer = sync.OnceValues(func() (*server, error) {
	dsn := os.Getenv(dsnVariable)
	if dsn == "" {
		var err error
		if dsn, err = startContainer(); err != nil {
			return nil, err
		}
	}
	s := &server{dsn: dsn}
	s.template = sync.OnceValues(s.migrated)
	return s, nil
})

// at is the DSN of another database of the server.
func (s *server) at(database string) string {
	if u, err := url.Parse(s.dsn); err == nil && strings.HasPrefix(u.Scheme, "postgres") {
		u.Path = "/" + database
		return u.String()
	}
	return s.dsn + " dbname=" + database // the last dbname counts
}

func (s *server) exec(statement string) error {
	return s.connected(func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, statement)
		return err
	})
}

// connected runs fn on a connection. It does not use a test's context, because a clean-up runs after that has ended.
func (s *server) connected(fn func(context.Context, *pgx.Conn) error) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, s.dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx) //nolint:errcheck // fn is done, or has failed
	return fn(ctx, conn)
}

// migrated makes the database to copy, unless this or another process has. It is renamed to its name when it is
// complete.
func (s *server) migrated() (string, error) {
	const lock = 7_246_113 // any number that no other program uses
	var name string
	err := s.connected(func(ctx context.Context, conn *pgx.Conn) error {
		if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", lock); err != nil { // ends with the connection
			return err
		}
		hash, err := s.migrationsHash(ctx)
		if err != nil {
			return err
		}
		name = "crm_migrated_" + hash
		var exists bool
		err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).Scan(&exists)
		if exists || err != nil {
			return err
		}
		making := name + "_making"
		for _, statement := range []string{
			"DROP DATABASE IF EXISTS " + making + " WITH (FORCE)",
			"CREATE DATABASE " + making + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
		} {
			if _, err := conn.Exec(ctx, statement); err != nil {
				return err
			}
		}
		store, err := postgres.Open(ctx, s.at(making), nil)
		if err != nil {
			return err
		}
		if err := store.Close(); err != nil {
			return err
		}
		_, err = conn.Exec(ctx, "ALTER DATABASE "+making+" RENAME TO "+name)
		return err
	})
	return name, err
}

// migrationsHash is a hash of all migrations.
func (s *server) migrationsHash(ctx context.Context) (string, error) {
	db, err := sql.Open("pgx", s.dsn)
	if err != nil {
		return "", err
	}
	defer db.Close()
	store, err := postgres.New(ctx, db, nil)
	if err != nil {
		return "", err
	}
	defer store.Close() //nolint:errcheck // nothing was written
	files, err := fs.Glob(store.Migrations(), "*.sql")
	if err != nil || len(files) == 0 {
		return "", errors.Join(err, errors.New("no migrations"))
	}
	var all []byte
	for _, name := range files {
		text, err := fs.ReadFile(store.Migrations(), name)
		if err != nil {
			return "", err
		}
		all = fmt.Appendf(all, "%s %d %s", name, len(text), text)
	}
	sum := sha256.Sum256(all)
	return hex.EncodeToString(sum[:8]), nil
}
