package tables

import (
	"database/sql"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"

	sq "github.com/Masterminds/squirrel"
	"github.com/jmoiron/sqlx/reflectx"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/dialect"
)

// tenant begins the condition of every statement.
const tenant = "workspace_id = ?"

// Table is the table of one kind of record: R is the record, W its row, F its filter. A row is a struct with a
// field for each column, named by its db tag. Columns tagged as derived are written and never read.
type Table[R crm.Record, W, F any] struct {
	Kind
	Get string // one row by its id

	dialect  dialect.Dialect
	name     string
	idColumn string
	read     []string              // the columns that a record is read from
	selected string                // SELECT … FROM with them
	brief    string                // the same without what a brief list leaves out; "" if that is nothing
	sorts    map[crm.Sort][]string // the columns of crm.SortValues

	encode func(ws string, r R) (W, error)
	decode func(row *W) (R, error)     // the record has no nil slices and maps
	where  func(ws string, f F) sq.And // the conditions of a checked filter

	names    []nameColumn // of the records that a record refers to
	addNames func(to *crm.PageNames, r R, names []sql.NullString)

	fields  [][]int // of W, one for each column
	reads   [][]int // of W, one for each column in read
	updated []int   // the columns that an update sets, by their number
}

// rowKey begins every row but that of a workspace.
type rowKey struct {
	Workspace string `db:"workspace_id"`
	ID        string `db:"id"`
	Version   int64  `db:"version"`
}

// rowTimes ends every row but that of an import run.
type rowTimes struct {
	CreatedAt int64 `db:"created_at"`
	ChangedAt int64 `db:"changed_at"`
}

func rowTimesOf(r crm.Record) rowTimes {
	t := r.Written()
	return rowTimes{micros(t.CreatedAt), micros(t.ChangedAt)}
}

func (row rowTimes) times() crm.Times {
	return crm.Times{CreatedAt: timeOf(row.CreatedAt), ChangedAt: timeOf(row.ChangedAt)}
}

func keyOf(ws string, r crm.Record) rowKey {
	return rowKey{Workspace: ws, ID: r.Ref().ID.String(), Version: r.Revision()}
}

// mapper finds columns in rows. It is not the global one of sqlx, which a host may change.
func mapper() *reflectx.Mapper { return reflectx.NewMapperFunc("db", strings.ToLower) }

// define completes a table with its columns and statements, and makes its kind known to the schema.
func (t *Table[R, W, F]) define(s *Schema, kind crm.Kind) {
	t.dialect = s.dialect
	columns := t.columns()
	t.selected = "SELECT " + strings.Join(t.read, ", ") + " FROM " + t.name
	t.tenant = t.idColumn == "workspace_id"
	one := tenant
	if !t.tenant {
		one += " AND " + t.idColumn + " = ?"
	}
	key := t.Key("", "")
	keyAndVersion := append(t.Key("", ""), 0)
	set := sq.Update(t.name).Set("version", sq.Expr("version + 1"))
	for n, column := range columns {
		if column != "workspace_id" && column != t.idColumn && column != "version" {
			set = set.Set(column, 0)
			t.updated = append(t.updated, n)
		}
	}
	t.Insert = s.insertion(t.name, columns, unlessTaken)
	t.Update = s.text(set.Where(one+" AND version = ?", keyAndVersion...))
	t.Delete = s.text(sq.Delete(t.name).Where(one+" AND version = ?", keyAndVersion...))
	t.Get = s.text(sq.Select(t.read...).From(t.name).Where(one, key...))
	t.Version = s.text(sq.Select("version").From(t.name).Where(one, key...))
	t.row = func(ws string, record crm.Record) ([]any, error) {
		row, err := t.encode(ws, record.(R))
		return t.values(&row), err
	}
	t.rowUpdate = func(row []any) []any {
		args := make([]any, 0, len(t.updated)+3)
		for _, n := range t.updated {
			args = append(args, row[n])
		}
		return args
	}
	s.byType[reflect.TypeFor[R]()], s.byName[kind] = &t.Kind, &t.Kind
}

// columns finds the columns of a row.
func (t *Table[R, W, F]) columns() (columns []string) {
	for _, field := range mapper().TypeMap(reflect.TypeFor[W]()).Index {
		if field.Embedded || field.Path == "" || strings.Contains(field.Path, ".") {
			continue
		}
		columns = append(columns, field.Path)
		t.fields = append(t.fields, field.Index)
		if _, derived := field.Options["derived"]; !derived {
			t.read, t.reads = append(t.read, field.Path), append(t.reads, field.Index)
		}
	}
	return columns
}

// values are the values of a row in the order of its columns.
func (t *Table[R, W, F]) values(row *W) []any {
	v := reflect.ValueOf(row).Elem()
	values := make([]any, len(t.fields))
	for n, field := range t.fields {
		values[n] = v.FieldByIndex(field).Interface()
	}
	return values
}

// Row is a place for the rows of a query, which are read into it one after the other.
type Row[R crm.Record] struct {
	// Dest are pointers to the columns that the queries of a table select.
	Dest []any
	// Record makes a record of the row that was read last. An error means that this package did not write the row.
	Record func() (R, error)
}

// Row makes a place for rows. Its pointers are made once for all rows of a query, so that a row is read without
// reflection.
func (t *Table[R, W, F]) Row() Row[R] {
	row := new(W)
	v := reflect.ValueOf(row).Elem()
	dest := make([]any, len(t.reads))
	for n, field := range t.reads {
		dest[n] = v.FieldByIndex(field).Addr().Interface()
	}
	return Row[R]{Dest: dest, Record: func() (R, error) { return t.decode(row) }}
}

// nameColumn is a column with the id of a record of another table, from which its name can be read.
type nameColumn struct{ column, table string }

// RowWithNames is Row for ListWithNames, and the names that the records of the first rows, the page, refer to.
func (t *Table[R, W, F]) RowWithNames(page int) (Row[R], *crm.PageNames) {
	row, names := t.Row(), crm.NewPageNames()
	found := make([]sql.NullString, len(t.names))
	for n := range found {
		row.Dest = append(row.Dest, &found[n])
	}
	record := row.Record
	row.Record = func() (R, error) {
		r, err := record()
		if page--; err == nil && page >= 0 && len(found) > 0 {
			t.addNames(names, r, found)
		}
		return r, err
	}
	return row, names
}

// ByID selects the records with ids, in no order.
func (t *Table[R, W, F]) ByID(ws string, ids []string) sq.SelectBuilder {
	return sq.Select(t.read...).From(t.name).Where(tenant, ws).Where(sq.Eq{t.idColumn: ids})
}

// List selects a page of the records under a checked filter, and one record more.
func (t *Table[R, W, F]) List(ws string, f F, k backend.Keyset) sq.Sqlizer {
	selected := t.selected
	if k.Brief && t.brief != "" {
		selected = t.brief
	}
	q := newSelection(selected)
	q.where(tenant, ws)
	q.filter(t.where(ws, f))
	t.page(q, k)
	return q
}

// ListWithNames is List, with the names that each record refers to. They are looked up row by row, by their primary
// keys and in the same statement, so that they are of the same moment as the records.
func (t *Table[R, W, F]) ListWithNames(ws string, f F, k backend.Keyset) sq.Sqlizer {
	q := newSelection("SELECT " + strings.Join(t.read, ", "))
	for _, name := range t.names {
		q.add(", (SELECT name FROM ", name.table, " WHERE ", tenant, " AND id = ", t.name, ".", name.column, ")")
		q.args = append(q.args, ws)
	}
	q.add(" FROM ", t.name)
	q.where(tenant, ws)
	q.filter(t.where(ws, f))
	t.page(q, k)
	return q
}

// ListAll is List across all workspaces.
func (t *Table[R, W, F]) ListAll(k backend.Keyset) sq.Sqlizer {
	q := newSelection(t.selected)
	t.page(q, k)
	return q
}

// Count counts the records under a checked filter.
func (t *Table[R, W, F]) Count(ws string, f F) sq.Sqlizer {
	q := newSelection("SELECT COUNT(*) FROM " + t.name)
	q.where(tenant, ws)
	q.filter(t.where(ws, f))
	return q
}

// page makes a query return one page and one row more. The position is compared as one value, (key, id), which
// an index on both serves. A key may have several columns.
func (t *Table[R, W, F]) page(q *selection, k backend.Keyset) {
	key, id := t.sorts[k.Sort], t.idColumn
	columns := append(slices.Clone(key), id)
	than, direction := " > ", ""
	if k.Desc {
		than, direction = " < ", " DESC"
	}
	switch {
	case k.After == nil:
	case len(key) == 0:
		q.where(id+than+"?", k.After.ID.String())
	default:
		values, ok := crm.SortValues(k.Sort, k.After.Key)
		if !ok { // NewKeyset takes no such position
			q.err = errors.Join(q.err, crm.ErrInvalid)
			return
		}
		q.where("("+strings.Join(columns, ", ")+")"+than+"(?"+strings.Repeat(", ?", len(values))+")",
			append(values, k.After.ID.String())...)
	}
	for n, column := range columns {
		if n == 0 {
			q.add(" ORDER BY ", column, direction)
		} else {
			q.add(", ", column, direction)
		}
	}
	if rows := k.Size + 1; t.dialect.LimitInText {
		q.add(" LIMIT ", strconv.Itoa(rows))
	} else {
		q.add(" LIMIT ?")
		q.args = append(q.args, rows)
	}
}

// limited ends a query after some rows. If the dialect allows, the number is a parameter, unlike that of squirrel's
// Limit: otherwise each page size would be a statement of its own to keep prepared.
func limited(d dialect.Dialect, q sq.SelectBuilder, rows int) sq.SelectBuilder {
	if d.LimitInText {
		return q.Limit(uint64(rows))
	}
	return q.Suffix("LIMIT ?", rows)
}
