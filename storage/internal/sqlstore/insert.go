package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
)

// adding is how rows come into a table: by a statement for one row, or for many at once.
type adding struct{ one, many statement }

// maxTogether is how many rows one statement adds at most.
const maxTogether = 1_000

func (s *schema) adding(table string, columns []string, suffix string) adding {
	into := adding{one: s.write(insertInto(table, columns, suffix))}
	if s.dialect.Type != nil {
		into.many = s.write(insertColumns(table, columns, s.dialect.Type, suffix))
	}
	return into
}

// unlessTaken ends a statement that adds rows but for those of which a key is taken. That it then adds
// fewer, rather than fail, leaves a transaction usable in which the taken key can be looked for.
const unlessTaken = "ON CONFLICT DO NOTHING"

func insertInto(table string, columns []string, suffix string) sq.Sqlizer {
	return sq.Insert(table).Columns(columns...).Values(make([]any, len(columns))...).Suffix(suffix)
}

// insertColumns is a statement whose parameters are whole columns, so that its text is one for any number
// of rows: the database reads it once, where a text with the rows in it takes longer to read than to
// run.
func insertColumns(table string, columns []string, typeOf func(string) string, suffix string) sq.Sqlizer {
	arrays := make([]string, len(columns))
	for n, column := range columns {
		arrays[n] = "?::" + typeOf(column) + "[]"
	}
	text := "INSERT INTO " + table + " (" + strings.Join(columns, ",") + ")" + fromColumns + strings.Join(arrays, ",") + ") " + suffix
	return sq.Expr(text, make([]any, len(columns))...)
}

const fromColumns = " SELECT * FROM unnest("

// add inserts rows and returns how many of them had free keys.
func (u *session) add(ctx context.Context, into adding, rows [][]any) (added int, err error) {
	together := 1
	if into.many != "" {
		together = maxTogether
	}
	for some := range slices.Chunk(rows, together) {
		text, args := into.one, some[0]
		if len(some) > 1 {
			if args, err = columnsOf(some); err != nil {
				return added, err
			}
			text = into.many
		}
		count, err := u.exec(ctx, text, args...)
		if err != nil {
			return added, err
		}
		added += int(count)
	}
	return added, nil
}

// columnsOf turns rows into columns: a slice of texts, numbers, flags or bytes for each.
func columnsOf(rows [][]any) ([]any, error) {
	columns := make([]any, len(rows[0]))
	for n, first := range rows[0] {
		switch first.(type) {
		case string:
			columns[n] = columnOf(rows, n, func(v string) string { return v })
		case sql.NullString:
			columns[n] = columnOf(rows, n, func(v sql.NullString) *string {
				if !v.Valid {
					return nil
				}
				return &v.String
			})
		case int64:
			columns[n] = columnOf(rows, n, func(v int64) int64 { return v })
		case int:
			columns[n] = columnOf(rows, n, func(v int) int64 { return int64(v) })
		case bool:
			columns[n] = columnOf(rows, n, func(v bool) bool { return v })
		case []byte:
			columns[n] = columnOf(rows, n, func(v []byte) []byte { return v })
		default:
			return nil, fmt.Errorf("there is no array of %T", first)
		}
	}
	return columns, nil
}

func columnOf[From, To any](rows [][]any, n int, to func(From) To) []To {
	column := make([]To, len(rows))
	for i, row := range rows {
		column[i] = to(row[n].(From))
	}
	return column
}

// Insert implements crm.Tx.
func (w *writer) Insert(ctx context.Context, all ...crm.Record) error {
	return w.write(ctx, func() error {
		for len(all) > 0 {
			n := alike(all)
			if err := w.insertAll(ctx, all[:n]); err != nil {
				return err
			}
			all = all[n:]
		}
		return nil
	})
}

// alike is how many records at the start are of one kind and go in together.
func alike(all []crm.Record) int {
	n := 1
	for n < len(all) && n < maxTogether && reflect.TypeOf(all[n]) == reflect.TypeOf(all[0]) {
		n++
	}
	return n
}

// insertAll adds records of one kind: together, if that saves round trips and all goes well, and else
// one by one, which finds the one that is to blame.
func (w *writer) insertAll(ctx context.Context, all []crm.Record) error {
	if w.store.dialect.Type != nil && len(all) > 1 {
		if done, err := w.together(ctx, all); done || err != nil {
			return err
		}
	}
	for _, record := range all {
		if err := w.insert(ctx, record); err != nil {
			return err
		}
	}
	return nil
}

// together adds records of one kind, with a statement for many of them. If any of them cannot be added
// it takes all back and reports that it is not done.
func (w *writer) together(ctx context.Context, all []crm.Record) (done bool, err error) {
	sets, err := w.rowsOf(all)
	if err != nil {
		return false, nil //nolint:nilerr // one by one shows whether the record before it can be added
	}
	if err := w.savepoint(ctx, "SAVEPOINT"); err != nil {
		return false, err
	}
	for _, set := range sets {
		added, err := w.add(ctx, set.into, set.rows)
		if w.is(Reference, err) || err == nil && set.whole && added < len(set.rows) {
			return false, w.savepoint(ctx, "ROLLBACK TO SAVEPOINT")
		}
		if err != nil {
			return false, w.fail(ctx, "adding records", err)
		}
	}
	return true, w.savepoint(ctx, "RELEASE SAVEPOINT")
}

// savepoint marks where records that go in together begin.
func (w *writer) savepoint(ctx context.Context, verb string) error {
	_, err := w.tx.ExecContext(ctx, verb+" crm_together")
	return w.fail(ctx, "adding records", err)
}

// rowSet is rows for one table; whole says that none of their keys may be taken.
type rowSet struct {
	into  adding
	rows  [][]any
	whole bool
}

// rowsOf is all rows that records of one kind are kept in.
func (w *writer) rowsOf(all []crm.Record) ([]rowSet, error) {
	s := w.store.schema
	switch all[0].(type) {
	case crm.Member:
		return setsOf(w, s.members, all, nil)
	case crm.Campaign:
		return setsOf(w, s.campaigns, all, nil)
	case crm.Influencer:
		return setsOf(w, s.influencers, all, w.profileRows)
	case crm.Cooperation:
		return setsOf(w, s.cooperations, all, w.claimRows)
	case crm.ImportRun:
		return setsOf(w, s.importRuns, all, nil)
	}
	return nil, unknown(all[0]) // workspaces are made by CreateWorkspace
}

func setsOf[R crm.Record, W, F any](w *writer, t *table[R, W, F], all []crm.Record, derive func(R) ([]rowSet, error)) ([]rowSet, error) {
	sets := []rowSet{{into: t.insert, whole: true}}
	for _, record := range all {
		r := record.(R)
		row, err := t.encode(w.wsText, r)
		if err != nil {
			return nil, err
		}
		sets[0].rows = append(sets[0].rows, t.args(&row))
		if derive == nil {
			continue
		}
		derived, err := derive(r)
		if err != nil {
			return nil, err
		}
		if len(sets) == 1 {
			sets = append(sets, derived...)
			continue
		}
		for n, set := range derived {
			sets[n+1].rows = append(sets[n+1].rows, set.rows...)
		}
	}
	return sets, nil
}

func (w *writer) insert(ctx context.Context, record crm.Record) error {
	s := w.store.schema
	switch r := record.(type) {
	case crm.Member:
		return insert(ctx, w, s.members, r)
	case crm.Campaign:
		return insert(ctx, w, s.campaigns, r)
	case crm.Influencer:
		if err := insert(ctx, w, s.influencers, r); err != nil {
			return err
		}
		return w.setProfiles(ctx, r)
	case crm.Cooperation:
		if err := insert(ctx, w, s.cooperations, r); err != nil {
			return err
		}
		return w.setClaims(ctx, r)
	case crm.ImportRun:
		return insert(ctx, w, s.importRuns, r)
	}
	return unknown(record)
}

func insert[R crm.Record, W, F any](ctx context.Context, w *writer, t *table[R, W, F], r R) error {
	row, err := t.encode(w.wsText, r)
	if err != nil {
		return err
	}
	added, err := w.add(ctx, t.insert, [][]any{t.args(&row)})
	switch {
	case w.is(Reference, err):
		return w.dangling(ctx, r, err)
	case err != nil:
		return w.fail(ctx, "adding a "+string(r.Ref().Kind), err)
	case added == 0:
		return w.taken(ctx, t.exists, r)
	}
	return nil
}
