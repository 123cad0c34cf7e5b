package state

import (
	"context"
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/crm"
)

// ImportChoices are what a team has said of the columns and words of a sheet with certain headers.
type ImportChoices struct {
	Choices   string `db:"choices"`    // JSON
	Names     string `db:"names"`      // the words that may name people, JSON; empty if there are none
	NamesLost bool   `db:"names_lost"` // they were removed because somebody was erased
	KeptAt    int64  `db:"kept_at"`    // microseconds since 1970
}

// The bounds of kept choices.
const (
	MaxImportChoices     = 100       // of a workspace; the oldest ones go
	MaxImportChoicesSize = 256 << 10 // bytes of one
)

// KeepChoices are choices to keep under the keys of the headers for which they hold. Without choices nothing is kept under them
// any more; without keys everything stays as it is.
type KeepChoices struct {
	Keys           []string
	Choices, Names string
}

// keepChoices keeps the choices of a plan that is begun. Of a plan that was carried out while somebody was erased the words
// that may name people are left out.
func (t Tx) keepChoices(ctx context.Context, workspace string, keep KeepChoices, namesLost bool, now int64) error {
	if len(keep.Keys) == 0 {
		return nil
	}
	if namesLost {
		keep.Names = ""
	}
	lost := 0
	if namesLost {
		lost = 1
	}
	for _, key := range keep.Keys {
		var err error
		if size := len(keep.Choices) + len(keep.Names); size == 0 || size > MaxImportChoicesSize {
			_, err = t.Exec(ctx, `DELETE FROM server_import_choices WHERE workspace = $1 AND header_key = $2`, workspace, key)
		} else {
			_, err = t.Exec(ctx, `INSERT INTO server_import_choices (workspace, header_key, choices, names, names_lost, kept_at)
				VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (workspace, header_key) DO UPDATE
				SET choices = excluded.choices, names = excluded.names, names_lost = excluded.names_lost, kept_at = excluded.kept_at`,
				workspace, key, keep.Choices, keep.Names, lost, now)
		}
		if err != nil {
			return err
		}
	}
	_, err := t.Exec(ctx, `DELETE FROM server_import_choices WHERE workspace = $1 AND header_key NOT IN
		(SELECT header_key FROM server_import_choices WHERE workspace = $1 ORDER BY kept_at DESC, header_key LIMIT $2)`, workspace, MaxImportChoices)
	return err
}

// ImportChoices reads the newest choices that are kept under one of some keys; false if there are none.
func (db *DB) ImportChoices(ctx context.Context, ws crm.WorkspaceID, keys []string) (c ImportChoices, found bool, err error) {
	if len(keys) == 0 {
		return c, false, nil
	}
	places, args := placesOf(ws, keys)
	found, err = db.Get(ctx, "read choices of imports", &c, `SELECT choices, names, names_lost, kept_at FROM server_import_choices
		WHERE workspace = $1 AND header_key IN (`+places+`) ORDER BY kept_at DESC, header_key LIMIT 1`, args...)
	return c, found, err
}

// ForgetImportChoices removes what is kept under some keys, and reports whether there was something.
func (db *DB) ForgetImportChoices(ctx context.Context, ws crm.WorkspaceID, keys []string) (bool, error) {
	if len(keys) == 0 {
		return false, nil
	}
	places, args := placesOf(ws, keys)
	gone, err := db.Exec(ctx, "forget choices of imports",
		`DELETE FROM server_import_choices WHERE workspace = $1 AND header_key IN (`+places+`)`, args...)
	return gone > 0, err
}

// placesOf are the placeholders of keys behind a workspace, and the values of all of them.
func placesOf(ws crm.WorkspaceID, keys []string) (places string, args []any) {
	args = append(args, ws.String())
	var all []string
	for _, key := range keys {
		args = append(args, key)
		all = append(all, fmt.Sprintf("$%d", len(args)))
	}
	return strings.Join(all, ", "), args
}
