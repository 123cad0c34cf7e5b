package state

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// View is a filter of a list that a team has given a name.
type View struct {
	Name  string `db:"name"`
	Query string `db:"query"` // of the list's address
	// Searches tells that the query looks for a text, which may be somebody's name. Such a view goes when a person is erased.
	Searches bool `db:"searches"`
}

// The bounds of views.
const (
	MaxViews     = 100 // of one list of a workspace
	MaxViewName  = 100 // characters
	MaxViewQuery = 4_000
)

// SaveView keeps a view of a list, in the place of one that has its name, compared folded. A name or query out of bounds is a
// crm.ErrInvalid, and so is one view more than a list may have.
func (db *DB) SaveView(ctx context.Context, ws crm.WorkspaceID, list string, v View) error {
	v.Name = crm.Clean(v.Name)
	switch n := utf8.RuneCountInString(v.Name); {
	case n < 1 || n > MaxViewName || strings.ContainsFunc(v.Name, func(r rune) bool { return r < ' ' }):
		return &crm.Error{Family: crm.ErrInvalid, Field: "view", Value: crm.Shorten(v.Name),
			Problem: sentence.Of("a view needs a name of 1 to %d characters in one line", MaxViewName)}
	case len(v.Query) > MaxViewQuery:
		return &crm.Error{Family: crm.ErrInvalid, Field: "view", Value: strconv.Itoa(len(v.Query)),
			Problem: sentence.Of("this view has too many filters; leave out some")}
	}
	searches := 0
	if v.Searches {
		searches = 1
	}
	return db.Update(ctx, "keep a view", func(tx Tx) error {
		if err := tx.Lock(ctx, "views of "+ws.String()); err != nil {
			return err
		}
		rows, err := tx.Exec(ctx, `INSERT INTO server_views (workspace, list, folded, name, query, searches)
			SELECT $1, $2, $3, $4, $5, CAST($6 AS BIGINT)
			WHERE (SELECT COUNT(*) FROM server_views WHERE workspace = $1 AND list = $2 AND folded <> $3) < $7
			ON CONFLICT (workspace, list, folded) DO UPDATE SET name = excluded.name, query = excluded.query, searches = excluded.searches`,
			ws.String(), list, crm.Fold(v.Name), v.Name, v.Query, searches, MaxViews)
		if err == nil && rows == 0 {
			err = &crm.Error{Family: crm.ErrInvalid, Field: "view", Value: crm.Shorten(v.Name),
				Problem: sentence.Of("this list has %d views already; delete one first", MaxViews)}
		}
		return err
	})
}

// Views are all views of a list, by name.
func (db *DB) Views(ctx context.Context, ws crm.WorkspaceID, list string) (all []View, err error) {
	err = db.Select(ctx, "list views", &all, `SELECT name, query, searches FROM server_views WHERE workspace = $1 AND list = $2
		ORDER BY folded LIMIT $3`, ws.String(), list, MaxViews)
	return all, err
}

// DeleteView removes a view by its name, compared folded. One that there is not is removed already.
func (db *DB) DeleteView(ctx context.Context, ws crm.WorkspaceID, list, name string) error {
	_, err := db.Exec(ctx, "remove a view", `DELETE FROM server_views WHERE workspace = $1 AND list = $2 AND folded = $3`,
		ws.String(), list, crm.Fold(name))
	return err
}
