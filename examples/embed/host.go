package main

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// host is the backend: its own table and the CRM in one SQLite file.
type host struct {
	writer, readers *sql.DB
	store           *sqlite.Store
	crm             *crm.Service
	admin           *crm.Admin
	out             io.Writer // what a person reads
}

// shops is the host's own table. A shop has its workspace in the CRM, and knows up to which change its news were announced.
const shops = `CREATE TABLE IF NOT EXISTS shops
	(name TEXT PRIMARY KEY, owner TEXT NOT NULL, workspace TEXT NOT NULL UNIQUE, announced INTEGER NOT NULL DEFAULT 0)`

// open opens the host's pools on a file and brings all tables up to date, the CRM's too.
func open(ctx context.Context, path string, out io.Writer) (*host, error) {
	writerDSN, readersDSN, err := sqlite.DSNs(path)
	if err != nil {
		return nil, err
	}
	writer, err := sql.Open("sqlite", writerDSN)
	if err != nil {
		return nil, err
	}
	writer.SetMaxOpenConns(1)
	readers, err := sql.Open("sqlite", readersDSN)
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	h := &host{writer: writer, readers: readers, out: out}
	if err := h.prepare(ctx); err != nil {
		return nil, errors.Join(err, readers.Close(), writer.Close())
	}
	return h, nil
}

func (h *host) prepare(ctx context.Context) (err error) {
	if _, err = h.writer.ExecContext(ctx, shops); err != nil {
		return err
	}
	o := &sqlite.Options{Prefix: "influencer_", BusyTimeout: time.Second, Logger: slog.Default()}
	if h.store, err = sqlite.New(ctx, h.writer, h.readers, o); err != nil {
		return err
	}
	options := &crm.Options{Actor: user, Logger: slog.Default()}
	h.crm, h.admin = crm.New(h.store, options), crm.NewAdmin(h.store, options)
	return h.store.Migrate(ctx)
}

// Close waits for what the CRM is doing; the pools are the host's to close.
func (h *host) Close() error {
	return errors.Join(h.store.Close(), h.readers.Close(), h.writer.Close())
}

// addShop opens a shop: its row and its workspace are there together or not at all.
func (h *host) addShop(ctx context.Context, shop, owner string) (ws crm.WorkspaceID, err error) {
	tx, err := h.writer.BeginTx(ctx, nil)
	if err != nil {
		return ws, err
	}
	defer tx.Rollback()
	w, err := h.admin.Over(h.store.Join(tx)).CreateWorkspace(ctx, crm.Workspace{Name: shop, Currency: "EUR", TimeZone: "Europe/Berlin"})
	if err != nil {
		return ws, err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO shops (name, owner, workspace) VALUES (?, ?, ?)", shop, owner, w.ID); err != nil {
		return ws, err
	}
	return w.ID, tx.Commit()
}

// workspaceOf is where tenants part: it finds the workspace of a shop for its owner, and for others nothing.
func (h *host) workspaceOf(ctx context.Context, shop, owner string) (ws crm.WorkspaceID, err error) {
	err = h.readers.QueryRowContext(ctx, "SELECT workspace FROM shops WHERE name = ? AND owner = ?", shop, owner).Scan(&ws)
	if errors.Is(err, sql.ErrNoRows) {
		err = &crm.Error{Family: crm.ErrNotFound, Field: "shop", Value: crm.Shorten(shop), Problem: sentence.Of("you have no such shop")}
	}
	return ws, err
}
