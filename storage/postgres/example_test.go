package postgres_test

import (
	"context"
	"log"
	"log/slog"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/postgres"
)

// A program that has the database to itself opens it; two of them may start at the same time.
func ExampleOpen() {
	ctx := context.Background()
	store, err := postgres.Open(ctx, "postgres://crm@db1,db2/shop?target_session_attrs=read-write&connect_timeout=2", &postgres.Options{
		OnRetry: func(attempt int, code string) { slog.Warn("tried again", "attempt", attempt, "code", code) },
	})
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()

	service := crm.New(store, nil)
	_ = service
}

// A host with a pool of its own keeps it, and migrates when it sees fit.
func ExampleNew() {
	ctx := context.Background()
	pool, err := pgxpool.New(ctx, "postgres://shop@localhost/shop")
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()

	store, err := postgres.New(ctx, stdlib.OpenDBFromPool(pool), &postgres.Options{Schema: "influence"})
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()
	if err := store.Migrate(ctx); err != nil {
		log.Fatal(err)
	}
}
