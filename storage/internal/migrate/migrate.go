// Package migrate brings the tables of a database to the version that the program needs, with goose. Migrations are plain
// SQL files.
//
// A [Set] is the migrations of one database and where their version is kept. [WithPrefix] and [InSchema] rewrite its
// files, so that tables, indexes and the version table begin with a prefix of the host's choice, and fit into a database
// that holds other things and other migrations.
package migrate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

var (
	// ErrNewer is the error for a database that a newer version of the program has migrated.
	ErrNewer = errors.New("the database was written by a newer version of this program; use that version")
	// ErrPending is the error for a database that lacks migrations.
	ErrPending = errors.New("its tables are missing or older than this program; call Migrate")
)

// Set is the migrations of one kind of database.
type Set struct {
	Dialect goose.Dialect
	Exists  string             // a query with one parameter, whether there is a table of a name
	Files   fs.FS              // as WithPrefix returns them
	Table   string             // where the version is kept
	Lock    lock.SessionLocker // held while migrating, where the database has such locks; may be nil
}

// Check compares the version of the database with that of the program: ErrNewer, ErrPending, or nil. It writes nothing.
func (s Set) Check(ctx context.Context, db *sql.DB) error {
	files, err := goose.NewProvider(s.Dialect, db, s.Files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	sources := files.ListSources()
	known := sources[len(sources)-1].Version
	var there bool
	if err := db.QueryRowContext(ctx, s.Exists, s.Table).Scan(&there); err != nil {
		return err
	}
	if !there {
		return ErrPending
	}
	var current sql.NullInt64
	if err := db.QueryRowContext(ctx, "SELECT max(version_id) FROM "+s.Table).Scan(&current); err != nil {
		return err
	}
	switch {
	case current.Int64 > known:
		return newer(current.Int64, known)
	case current.Int64 < known:
		return ErrPending
	}
	return nil
}

func newer(current, known int64) error {
	return fmt.Errorf("%w (schema %d, known up to %d)", ErrNewer, current, known)
}

// Provider is for single steps, which tests take.
func (s Set) Provider(db *sql.DB) (*goose.Provider, error) {
	options := []goose.ProviderOption{
		goose.WithTableName(s.Table),
		goose.WithDisableGlobalRegistry(true), // without the host's own migrations
		goose.WithLogger(goose.NopLogger()),
	}
	if s.Lock != nil {
		options = append(options, goose.WithSessionLocker(s.Lock))
	}
	return goose.NewProvider(s.Dialect, db, s.Files, options...)
}

// Programs that start together on an empty database race for each of its migrations. Those that lose one find its tables
// there, fail, and look again. So a failure counts only if nobody has come further since the one before.
const (
	attempts = 5
	interval = 50 * time.Millisecond
)

// Up applies the migrations that are missing.
func (s Set) Up(ctx context.Context, db *sql.DB) error {
	provider, err := s.Provider(db)
	if err != nil {
		return err
	}
	var reached int64
	for failures := 0; ; {
		err := up(ctx, provider)
		if err == nil || errors.Is(err, ErrNewer) {
			return err
		}
		if current, _, unknown := provider.GetVersions(ctx); unknown == nil && current > reached {
			reached, failures = current, 0
		}
		if failures++; failures == attempts {
			return err
		}
		timer := time.NewTimer(interval)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
}

func up(ctx context.Context, provider *goose.Provider) error {
	if _, err := provider.Up(ctx); err != nil {
		return err
	}
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return err
	}
	if current > target {
		return newer(current, target)
	}
	return nil
}
