package sqlstore

import (
	"reflect"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
)

// table is the table of one kind of record: R is the record, W its row, F its filter. A row is a
// struct with a field for each column, named by its db tag. Those that are derived from others, to
// search and to sort by, are written and never read.
type table[R crm.Record, W, F any] struct {
	name     string
	idColumn string
	columns  []string
	read     []string // the columns that a record is read from
	places   [][]int  // of the columns in W
	sorts    map[crm.Sort]string

	encode func(ws string, r R) (W, error)
	decode func(row W) (R, error)
	where  func(ws string, f F) sq.And // the conditions of a checked filter

	insert                      adding
	update, delete, get, exists statement
	updated                     []int // the columns that update sets, by their number
}

// rowKey begins every row.
type rowKey struct {
	Workspace string `db:"workspace_id"`
	ID        string `db:"id"`
	Version   int64  `db:"version"`
}

func keyOf(ws string, r crm.Record) rowKey {
	return rowKey{Workspace: ws, ID: r.Ref().ID.String(), Version: r.Revision()}
}

// define completes a table with its columns and its fixed statements, and adds these to the
// schema's.
func (t *table[R, W, F]) define(s *schema) {
	for _, field := range columnMapper().TypeMap(reflect.TypeFor[W]()).Index {
		if field.Embedded || field.Path == "" || strings.Contains(field.Path, ".") {
			continue
		}
		t.columns = append(t.columns, field.Path)
		t.places = append(t.places, field.Index)
		if _, derived := field.Options["derived"]; !derived {
			t.read = append(t.read, field.Path)
		}
	}
	one := tenant + " AND " + t.idColumn + " = ?"
	set := sq.Update(t.name).Set("version", sq.Expr("version + 1"))
	for n, column := range t.columns {
		if column != "workspace_id" && column != t.idColumn && column != "version" {
			set = set.Set(column, 0)
			t.updated = append(t.updated, n)
		}
	}
	t.insert = s.adding(t.name, t.columns, unlessTaken)
	t.update = s.write(set.Where(one+" AND version = ?", 0, 0, 0))
	t.delete = s.write(sq.Delete(t.name).Where(one+" AND version = ?", 0, 0, 0))
	t.get = s.read(sq.Select(t.read...).From(t.name).Where(one, 0, 0))
	t.exists = s.read(sq.Select("COUNT(*)").From(t.name).Where(one, 0, 0))
}

// args are the values of a row's columns, in their order.
func (t *table[R, W, F]) args(row *W) []any {
	v := reflect.ValueOf(row).Elem()
	args := make([]any, len(t.places), len(t.places)+3)
	for n, place := range t.places {
		args[n] = v.FieldByIndex(place).Interface()
	}
	return args
}
