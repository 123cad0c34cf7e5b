package tables

import (
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/dialect"
)

// Kind is how records of one kind are written.
type Kind struct {
	Insert         Insertion
	Update, Delete string // one row by its id and version
	Version        string // reads the version of a row by its id
	Derived        []Derived

	tenant    bool // each of its rows is a workspace, and has its id in workspace_id
	row       func(ws string, r crm.Record) ([]any, error)
	rowUpdate func(row []any) []any // the values that an update sets
	derive    func(ws string, r crm.Record) ([][][]any, error)
}

// KindOf is how a record is written; nil for one that has no table.
func (s *Schema) KindOf(r crm.Record) *Kind { return s.byType[reflect.TypeOf(r)] }

// Kind is KindOf by the kind's name.
func (s *Schema) Kind(kind crm.Kind) *Kind { return s.byName[kind] }

// Rows are rows of one table.
type Rows struct {
	Insert Insertion
	Unique bool // no key of a row may be taken
	Values [][]any
}

// Rows are what records of the kind are stored as: first the rows of their own table, then those of each derived
// table.
func (k *Kind) Rows(ws string, records ...crm.Record) ([]Rows, error) {
	all := append([]Rows{{Insert: k.Insert, Unique: true}}, k.noRows()...)
	for _, r := range records {
		row, err := k.row(ws, r)
		if err != nil {
			return nil, err
		}
		all[0].Values = append(all[0].Values, row)
		if err := k.addDerived(ws, r, all[1:]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Changed are the arguments of Update for a record, and the rows of each derived table.
func (k *Kind) Changed(ws string, r crm.Record) (args []any, derived []Rows, err error) {
	row, err := k.row(ws, r)
	if err != nil {
		return nil, nil, err
	}
	derived, err = k.DerivedRows(ws, r)
	args = append(k.rowUpdate(row), k.Key(ws, r.Ref().ID.String())...)
	return append(args, r.Revision()), derived, err
}

// DerivedRows are the rows of each derived table.
func (k *Kind) DerivedRows(ws string, r crm.Record) ([]Rows, error) {
	rows := k.noRows()
	return rows, k.addDerived(ws, r, rows)
}

// Key are the arguments of the condition by which one row is found by its id; the version of Update and Delete comes
// after them. The key of a workspace is one value. Given twice, a distributed database that plans the statement
// without its values would not see that it concerns one node, and ask all of them. A unit of work that asks for
// another workspace than its own gets NULL, which no row has.
func (k *Kind) Key(ws, id string) []any {
	switch {
	case !k.tenant:
		return []any{ws, id}
	case ws != id:
		return []any{nil}
	}
	return []any{ws}
}

func (k *Kind) noRows() []Rows {
	all := make([]Rows, len(k.Derived))
	for n, d := range k.Derived {
		all[n] = Rows{Insert: d.Insert, Unique: d.Unique}
	}
	return all
}

func (k *Kind) addDerived(ws string, r crm.Record, to []Rows) error {
	if k.derive == nil {
		return nil
	}
	derived, err := k.derive(ws, r)
	for n, rows := range derived {
		to[n].Values = append(to[n].Values, rows...)
	}
	return err
}

// Reference is a field of a record that names another one.
type Reference struct {
	Field string
	To    crm.Ref
}

// References are the references of a record that the database checks.
func References(record crm.Record) []Reference {
	var all []Reference
	responsible := func(id crm.MemberID) {
		if !id.IsZero() {
			all = append(all, Reference{"responsible", crm.RefTo(id)})
		}
	}
	switch r := record.(type) {
	case crm.Influencer:
		responsible(r.Responsible)
	case crm.Cooperation:
		all = append(all, Reference{"campaign", crm.RefTo(r.Campaign)}, Reference{"influencer", crm.RefTo(r.Influencer)})
		responsible(r.Responsible)
	}
	return all
}

// Insertion is how rows come into a table: by a statement for one row, or for many, which returns a row for each one
// that it has added. Many is empty where rows go one by one.
type Insertion struct {
	One, Many string
	Table     string
	Columns   []string

	few []string // for two rows and more, by their number: see inFew
}

func (s *Schema) insertion(table string, columns []string, suffix string) Insertion {
	into := Insertion{One: s.text(insertRows(1, table, columns, suffix)), Table: table, Columns: columns}
	if s.dialect.ColumnType != nil {
		into.Many = s.text(insertMany(table, columns, s.dialect.ColumnType, suffix))
	}
	return into
}

// fewRows is how many rows one statement inserts at most where the database takes no arrays: each number is a statement of its
// own to be prepared.
const fewRows = 8

// inFew makes an insertion add a few rows by one statement where the database has no arrays. That is for small rows, of which it
// need not be known which one failed. SQLite keeps the pages that such a statement changes until its end, to be able to take
// it back: a bulk of rows of the log takes a fifth longer with it.
func (into Insertion) inFew(s *Schema, suffix string) Insertion {
	for n := 2; n <= fewRows && into.Many == ""; n++ {
		into.few = append(into.few, s.text(insertRows(n, into.Table, into.Columns, suffix)))
	}
	return into
}

// Few are the queries that add rows, a few by each.
func (into Insertion) Few(rows [][]any) (queries []*dialect.Query) {
	for chunk := range slices.Chunk(rows, len(into.few)+1) {
		text := into.One
		if len(chunk) > 1 {
			text = into.few[len(chunk)-2]
		}
		queries = append(queries, &dialect.Query{Text: text, Args: slices.Concat(chunk...)})
	}
	return queries
}

// unlessTaken makes an insert skip rows of which a key is taken. That it then adds fewer, rather than fail, leaves
// a transaction usable in which the taken key can be looked for.
const unlessTaken = "ON CONFLICT DO NOTHING"

func insertRows(n int, table string, columns []string, suffix string) sq.Sqlizer {
	q := sq.Insert(table).Columns(columns...).Suffix(suffix)
	for range n {
		q = q.Values(make([]any, len(columns))...)
	}
	return q
}

// Returning ends a statement that inserts many rows: Citus counts the rows that it is given, not those that it adds.
const Returning = " RETURNING workspace_id"

// insertMany takes a whole column in each parameter, so that its text is one for any number of rows: the database
// parses it once, where a text with a place for each value takes longer to parse than to run.
//
// It returns the rows that it has added, to be counted. A distributed database runs an INSERT … SELECT in two steps,
// and its own count is of the rows that were selected, so that a taken key would go unnoticed. Without RETURNING it may
// also copy the rows, and then its errors lose their code.
func insertMany(table string, columns []string, typeOf func(string) string, suffix string) sq.Sqlizer {
	arrays := make([]string, len(columns))
	for n, column := range columns {
		arrays[n] = "?::" + typeOf(column) + "[]"
	}
	text := "INSERT INTO " + table + " (" + strings.Join(columns, ",") + ")" +
		" SELECT * FROM unnest(" + strings.Join(arrays, ",") + ")"
	if suffix != "" {
		text += " " + suffix
	}
	text += Returning
	return sq.Expr(text, make([]any, len(columns))...)
}

// Columns are the arguments of Insertion.Many: for each column a slice of its values in all rows.
func Columns(rows [][]any) ([]any, error) {
	columns := make([]any, len(rows[0]))
	for n, first := range rows[0] {
		switch first.(type) {
		case string:
			columns[n] = column(rows, n, func(v string) string { return v })
		case sql.NullString:
			columns[n] = column(rows, n, func(v sql.NullString) *string {
				if !v.Valid {
					return nil
				}
				return &v.String
			})
		case int64:
			columns[n] = column(rows, n, func(v int64) int64 { return v })
		case int:
			columns[n] = column(rows, n, func(v int) int64 { return int64(v) })
		case bool:
			columns[n] = column(rows, n, func(v bool) bool { return v })
		default:
			return nil, fmt.Errorf("there is no array of %T", first)
		}
	}
	return columns, nil
}

func column[From, To any](rows [][]any, n int, to func(From) To) []To {
	values := make([]To, len(rows))
	for i, row := range rows {
		values[i] = to(row[n].(From))
	}
	return values
}
