package state

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate applies the migrations that are missing. Programs that start together on a new SQLite file race for each of them:
// one that finds the tables of another there looks again, as long as somebody comes further.
func migrate(ctx context.Context, db *sql.DB, kind Kind) error {
	for reached := int64(-1); ; {
		var version int64
		err := patiently(ctx, "make the server's tables", false, func() (err error) {
			version, err = up(ctx, db, kind)
			return err
		})
		if err == nil || version <= reached {
			return err
		}
		reached = version
	}
}

// up tries once to apply the migrations that are missing. If it fails it returns the version that the tables have now.
func up(ctx context.Context, db *sql.DB, kind Kind) (version int64, err error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return -1, err
	}
	options := []goose.ProviderOption{
		goose.WithTableName("server_migrations"), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()),
	}
	if kind == Postgres {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return -1, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(goose.Dialect(kind), db, files, options...)
	if err != nil {
		return -1, err
	}
	if _, err = provider.Up(ctx); err == nil {
		return 0, nil
	}
	version, unknown := provider.GetDBVersion(ctx)
	if unknown != nil {
		version = -1
	}
	return version, err
}
