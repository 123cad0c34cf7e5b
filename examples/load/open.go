package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// store is what the program needs of a backend.
type store interface {
	crm.Store
	crm.AdminStore
}

const patience = 30 * time.Second // for other writers, on a machine that is busy by intent

// open opens the store that the plan asks for. Close of it removes what was made for this run alone.
func open(ctx context.Context, p plan) (store, error) {
	if strings.HasPrefix(p.db, "postgres://") || strings.HasPrefix(p.db, "postgresql://") {
		return openServer(ctx, p)
	}
	return openFile(ctx, p)
}

// temporaryStore removes what was made for it when it is closed.
type temporaryStore struct {
	store
	clean  func() error
	schema string // on a server
}

func (t temporaryStore) Close() error { return errors.Join(t.store.Close(), t.clean()) }

func openFile(ctx context.Context, p plan) (store, error) {
	clean := func() error { return nil }
	if p.db == "" {
		folder, err := os.MkdirTemp("", "influencercrm-load-")
		if err != nil {
			return nil, err
		}
		clean = func() error { return os.RemoveAll(folder) }
		p.db = filepath.Join(folder, "crm.db")
	}
	store, err := sqlite.Open(ctx, p.db, &sqlite.Options{Readers: p.clients, BusyTimeout: patience})
	if err != nil {
		return nil, errors.Join(err, clean())
	}
	return temporaryStore{store: store, clean: clean}, nil
}

func openServer(ctx context.Context, p plan) (store, error) {
	db, err := sql.Open("pgx", p.db)
	if err != nil {
		return nil, err
	}
	schema := "crm_load_" + strings.ToLower(rand.Text()[:12])
	if _, err := db.ExecContext(ctx, "CREATE SCHEMA "+pgx.Identifier{schema}.Sanitize()); err != nil {
		return nil, errors.Join(fmt.Errorf("making a schema: %w", err), db.Close())
	}
	clean := func() error {
		_, err := db.ExecContext(context.WithoutCancel(ctx), "DROP SCHEMA "+schema+" CASCADE")
		return errors.Join(err, db.Close())
	}
	store, err := postgres.Open(ctx, p.db, &postgres.Options{Schema: schema, Conns: p.clients, BusyTimeout: patience})
	if err != nil {
		return nil, errors.Join(err, clean())
	}
	return temporaryStore{store, clean, schema}, nil
}
