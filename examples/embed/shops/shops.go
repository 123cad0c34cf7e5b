// Package shops is a host with the CRM inside: a small backend for the shops of a platform, the same on SQLite and on
// PostgreSQL. A shop is a row of the host's own table and a workspace of the CRM.
package shops

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Store is what the host needs of a *sqlite.Store or a *postgres.Store.
type Store interface {
	crm.Database
	Join(tx *sql.Tx) crm.Database
	Migrate(ctx context.Context) error
}

// Host is the backend: its own table and the CRM in one database. A SQLite file has a pool of its own to read.
type Host struct {
	writer, readers *sql.DB
	store           Store
	crm             *crm.Service
	admin           *crm.Admin
}

// table has of each shop its owner, its workspace, and the change up to which its news were told.
const table = `CREATE TABLE IF NOT EXISTS shops
	(name TEXT PRIMARY KEY, owner TEXT NOT NULL, workspace TEXT NOT NULL UNIQUE, told BIGINT NOT NULL DEFAULT 0)`

// New makes a host on pools that stay the caller's, and brings all tables up to date, the CRM's too.
func New(ctx context.Context, writer, readers *sql.DB, store Store) (*Host, error) {
	o := &crm.Options{Actor: user, Logger: slog.Default()}
	h := &Host{writer, readers, store, crm.New(store, o), crm.NewAdmin(store, o)}
	_, err := writer.ExecContext(ctx, table)
	return h, errors.Join(err, store.Migrate(ctx))
}

// open opens a shop: its row and its workspace are there together or not at all.
func (h *Host) open(ctx context.Context, shop, owner string) (w crm.Workspace, err error) {
	tx, err := h.writer.BeginTx(ctx, nil)
	if err != nil {
		return w, err
	}
	defer tx.Rollback()
	w, err = h.admin.Over(h.store.Join(tx)).CreateWorkspace(ctx, crm.Workspace{Name: shop, Currency: "EUR"})
	if err != nil {
		return w, err
	}
	const insert = "INSERT INTO shops (name, owner, workspace) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING"
	made, err := tx.ExecContext(ctx, insert, shop, owner, w.ID)
	if err != nil {
		return w, err
	}
	if n, err := made.RowsAffected(); err != nil || n == 0 {
		return w, errors.Join(err, shopError(crm.ErrAlreadyExists, shop, "is taken; choose another"))
	}
	return w, tx.Commit()
}

// workspaceOf is where tenants part: it finds the workspace of a shop for its owner, and for others nothing.
func (h *Host) workspaceOf(ctx context.Context, shop, owner string) (ws crm.WorkspaceID, err error) {
	const query = "SELECT workspace FROM shops WHERE name = $1 AND owner = $2"
	if err = h.readers.QueryRowContext(ctx, query, shop, owner).Scan(&ws); errors.Is(err, sql.ErrNoRows) {
		err = shopError(crm.ErrNotFound, shop, "you have no such shop")
	}
	return ws, err
}

func shopError(family error, shop, text string) error {
	return &crm.Error{Family: family, Field: "shop", Value: crm.Shorten(shop), Problem: sentence.Of(text)}
}
