package tables

import (
	"encoding/json"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/dialect"
)

var changeColumns = []string{"workspace_id", "seq", "unit", "at", "actor", "record_kind", "record_id", "kind", "fields", "reason"}

// ChangeRow is the row of a change.
type ChangeRow struct {
	Seq        int64
	Unit       string
	At         int64
	Actor      string
	RecordKind string
	RecordID   string
	Kind       string
	Fields     string
	Reason     string
}

// Dest are pointers to the columns that List selects.
func (row *ChangeRow) Dest() []any {
	return []any{&row.Seq, &row.Unit, &row.At, &row.Actor, &row.RecordKind, &row.RecordID, &row.Kind, &row.Fields, &row.Reason}
}

// Change makes a change of a row.
func (row *ChangeRow) Change() (crm.Change, error) {
	var d decoder
	c := crm.Change{
		Seq:    crm.Seq(row.Seq),
		Unit:   uuid.UUID(decodeID[crm.Change](&d, "unit", row.Unit)),
		At:     timeOf(row.At),
		Actor:  row.Actor,
		Record: crm.Ref{Kind: crm.Kind(row.RecordKind), ID: uuid.UUID(decodeID[crm.Change](&d, "record_id", row.RecordID))},
		Kind:   crm.ChangeKind(row.Kind),
		Fields: d.fields("fields", row.Fields),
		Reason: row.Reason,
	}
	return c, d.err
}

// HeadRow is the head of a workspace's log, which is kept in the workspace's row.
type HeadRow struct {
	Workspace string
	Seq       int64
	At        int64
	Unit      string
}

// Dest are pointers to the columns that a head is read from.
func (row *HeadRow) Dest() []any { return []any{&row.Workspace, &row.Seq, &row.At, &row.Unit} }

var headColumns = []string{"workspace_id", "seq", "last_at", "last_unit"}

// Head makes a head of a row.
func (row *HeadRow) Head() (crm.Head, error) {
	var d decoder
	return crm.Head{
		Workspace: decodeID[crm.Workspace](&d, "workspace_id", row.Workspace),
		Seq:       crm.Seq(row.Seq),
		At:        timeOf(row.At),
		Unit:      uuid.UUID(decodeID[crm.Change](&d, "last_unit", row.Unit)),
	}, d.err
}

// ChangeStatements are those of the log and of its head.
type ChangeStatements struct {
	Insert  Insertion
	Redact  string // see RedactArgs
	Head    string // reads a HeadRow
	Hold    string // writes the head as it is, which locks a database that has no locks on rows
	Advance string // sets the head, and that what is derived of cooperations and of influencers is kept if it was

	dialect          dialect.Dialect
	name, workspaces string
}

func changeStatements(s *Schema) ChangeStatements {
	name, workspaces := s.table("changes"), s.table("workspaces")
	head := sq.Select(headColumns...).From(workspaces).Where(tenant, 0)
	return ChangeStatements{
		dialect:    s.dialect,
		name:       name,
		workspaces: workspaces,
		Insert:     s.insertion(name, changeColumns, ""),
		Head:       s.text(head),
		Hold:       s.text(sq.Update(workspaces).Set("seq", sq.Expr("seq")).Where(tenant, 0)),
		Redact: s.text(sq.Update(name).Set("fields", "").Set("reason", "").
			Where(tenant+" AND seq = ? AND unit = ? AND record_kind = ? AND record_id = ? AND kind = ?", 0, 0, 0, 0, 0, 0)),
		Advance: s.text(sq.Update(workspaces).Set("seq", 0).Set("last_at", 0).Set("last_unit", 0).
			Set("plan_seq", sq.Expr("CASE WHEN plan_seq = seq THEN ? ELSE plan_seq END", 0)).
			Set("identity_seq", sq.Expr("CASE WHEN identity_seq = seq THEN ? ELSE identity_seq END", 0)).Where(tenant, 0)),
	}
}

// List selects changes under a filter, in its order.
func (c ChangeStatements) List(ws string, f crm.ChangeFilter, limit int) sq.SelectBuilder {
	q := sq.Select(changeColumns[1:]...).From(c.name).Where(tenant, ws).Where("seq > ?", int64(f.After))
	if f.Record != (crm.Ref{}) {
		q = q.Where("record_kind = ? AND record_id = ?", string(f.Record.Kind), f.Record.ID.String())
	}
	if f.Unit != uuid.Nil {
		q = q.Where("unit = ?", f.Unit.String())
	}
	if f.Before > 0 {
		q = q.Where("seq < ?", int64(f.Before))
	}
	order := "seq"
	if f.Newest {
		order += " DESC"
	}
	return limited(c.dialect, q.OrderBy(order), limit)
}

// Heads selects the heads of workspaces after one, by id.
func (c ChangeStatements) Heads(after crm.WorkspaceID, limit int) sq.SelectBuilder {
	return limited(c.dialect, sq.Select(headColumns...).From(c.workspaces).
		Where("workspace_id > ?", IDText(after)).OrderBy("workspace_id"), limit)
}

// Rows are the rows of changes that follow a head, which it moves on.
func (c ChangeStatements) Rows(ws string, head *crm.Head, changes []crm.Change) (rows [][]any, err error) {
	for _, change := range changes {
		e := encoder{ref: change.Record}
		fields := e.fields(change.Fields)
		if e.err != nil {
			return nil, e.err
		}
		head.Seq, head.At, head.Unit = head.Seq+1, backend.StoredTime(change.At), change.Unit
		rows = append(rows, []any{ws, int64(head.Seq), change.Unit.String(), micros(change.At), change.Actor,
			string(change.Record.Kind), change.Record.ID.String(), string(change.Kind), fields, change.Reason})
	}
	return rows, nil
}

// AdvanceArgs are the arguments of Advance to a head.
func AdvanceArgs(ws string, head crm.Head) []any {
	return []any{int64(head.Seq), micros(head.At), head.Unit.String(), int64(head.Seq), int64(head.Seq), ws}
}

// RedactArgs are the arguments of Redact, which gives a change other fields and another reason.
func (c ChangeStatements) RedactArgs(ws string, change crm.Change) ([]any, error) {
	e := encoder{ref: change.Record}
	fields := e.fields(change.Fields)
	return []any{fields, change.Reason, ws, int64(change.Seq), change.Unit.String(),
		string(change.Record.Kind), change.Record.ID.String(), string(change.Kind)}, e.err
}

// fields are those of a change. Their values, which are JSON, are texts in it, so that they come back byte for byte:
// as JSON in JSON a database or an encoder might write them in another form.
func (e *encoder) fields(fields []crm.FieldChange) string {
	return nested(func(w *jsonWriter) {
		w.open('[')
		for _, f := range fields {
			w.next()
			w.open('{')
			w.field("field")
			w.string(f.Field)
			w.optional("before", string(f.Before))
			w.optional("after", string(f.After))
			w.close('}')
		}
		w.close(']')
	})
}

func (d *decoder) fields(column, text string) []crm.FieldChange {
	fields := []crm.FieldChange{}
	d.nested(column, text, func(r *jsonReader) {
		r.array(func() {
			var f crm.FieldChange
			r.object(func(name string) {
				switch name {
				case "field":
					f.Field = r.string()
				case "before":
					f.Before = json.RawMessage(r.string())
				case "after":
					f.After = json.RawMessage(r.string())
				default:
					r.unknown(name)
				}
			})
			fields = append(fields, f)
		})
	})
	return fields
}
