package sqlstore

import (
	"context"
	"math/bits"
	"reflect"
	"slices"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
)

// adding is how rows come into a table: the statements for 1, 2, 4, 8, … rows. Any number of rows is
// a few of these, and each of their texts is prepared but once.
type adding []statement

// maxTogether is how many rows one statement adds at most; PostgreSQL takes 65,535 values, and the
// widest row has 33.
const maxTogether = 256

func (s *schema) adding(insert func(rows int) sq.Sqlizer) adding {
	into := adding{s.write(insert(1))}
	for rows := 2; s.dialect.Remote && rows <= maxTogether; rows *= 2 {
		into = append(into, s.write(insert(rows)))
	}
	return into
}

// insertInto is a statement that adds rows but for those of which a key is taken. That it then changes
// fewer rows, rather than fail, leaves a transaction usable in which the taken key can be looked for.
func insertInto(table string, columns []string, rows int) sq.Sqlizer {
	return sq.ConcatExpr(valuesInto(table, columns, rows), " ON CONFLICT DO NOTHING")
}

func valuesInto(table string, columns []string, rows int) sq.Sqlizer {
	row := "(" + strings.Repeat("?,", len(columns)-1) + "?)"
	return sq.Expr("INSERT INTO "+table+" ("+strings.Join(columns, ",")+") VALUES "+strings.Repeat(row+",", rows-1)+row,
		make([]any, rows*len(columns))...)
}

// add inserts rows and returns how many of them had free keys.
func (u *session) add(ctx context.Context, into adding, rows [][]any) (added int, err error) {
	for len(rows) > 0 {
		n := min(bits.Len(uint(len(rows))), len(into)) - 1
		count, err := u.exec(ctx, into[n], slices.Concat(rows[:1<<n]...)...)
		if err != nil {
			return added, err
		}
		added, rows = added+int(count), rows[1<<n:]
	}
	return added, nil
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
	if w.store.dialect.Remote && len(all) > 1 {
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
