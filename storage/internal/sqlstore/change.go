package sqlstore

import (
	"context"
	"encoding/json"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

var changeColumns = []string{"workspace_id", "seq", "unit", "at", "actor", "record_kind", "record_id", "kind", "fields", "reason"}

type changeRow struct {
	Seq        int64  `db:"seq"`
	Unit       string `db:"unit"`
	At         int64  `db:"at"`
	Actor      string `db:"actor"`
	RecordKind string `db:"record_kind"`
	RecordID   string `db:"record_id"`
	Kind       string `db:"kind"`
	Fields     string `db:"fields"`
	Reason     string `db:"reason"`
}

type headRow struct {
	Workspace string `db:"workspace_id"`
	Seq       int64  `db:"seq"`
	At        int64  `db:"last_at"`
}

func (row headRow) head() (crm.Head, error) {
	var d decoder
	return crm.Head{
		Workspace: decodeID[crm.Workspace](&d, "workspace_id", row.Workspace),
		Seq:       crm.Seq(row.Seq),
		At:        timeOf(row.At),
	}, d.err
}

// changeStatements are the statements of the log and of its head, which is kept in the workspace's
// row.
type changeStatements struct {
	table            string
	insert           adding
	head, lock, hold statement
	advance, redact  statement
}

func newChangeStatements(s *schema) changeStatements {
	head := sq.Select("workspace_id", "seq", "last_at").From(s.table("workspaces")).Where(tenant, 0)
	return changeStatements{
		table:  s.table("changes"),
		insert: s.adding(s.table("changes"), changeColumns, ""),
		head:   s.read(head),
		lock:   s.write(head.Suffix(s.dialect.Lock)),
		hold:   s.write(sq.Update(s.table("workspaces")).Set("seq", sq.Expr("seq")).Where(tenant, 0)),
		redact: s.write(sq.Update(s.table("changes")).Set("fields", "").Set("reason", "").
			Where(tenant+" AND seq = ? AND unit = ? AND record_kind = ? AND record_id = ? AND kind = ?", 0, 0, 0, 0, 0, 0)),
		advance: s.write(sq.Update(s.table("workspaces")).Set("seq", 0).Set("last_at", 0).Where(tenant, 0)),
	}
}

// Changes implements crm.Reader.
func (r *reader) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	if err := r.usable(ctx); err != nil {
		return nil, err
	}
	if err := crm.CheckLimit(limit); err != nil {
		return nil, err
	}
	q := sq.Select(changeColumns[1:]...).From(r.store.schema.changes.table).
		Where(tenant, r.wsText).Where("seq > ?", int64(f.After)).OrderBy("seq").Limit(uint64(limit))
	if f.Record != (crm.Ref{}) {
		q = q.Where("record_kind = ? AND record_id = ?", string(f.Record.Kind), f.Record.ID.String())
	}
	if f.Unit != uuid.Nil {
		q = q.Where("unit = ?", f.Unit.String())
	}
	var rows []changeRow
	if err := r.list(ctx, &rows, q); err != nil {
		return nil, r.fail(ctx, "reading changes", err)
	}
	changes := make([]crm.Change, len(rows))
	for n, row := range rows {
		change, err := row.change()
		if err != nil {
			return nil, r.unreadable(ctx, change.Record, err)
		}
		changes[n] = change
	}
	return changes, nil
}

func (row changeRow) change() (crm.Change, error) {
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

// Head implements crm.Reader.
func (r *reader) Head(ctx context.Context) (crm.Head, error) {
	if err := r.usable(ctx); err != nil {
		return crm.Head{}, err
	}
	return r.headBy(ctx, r.store.schema.changes.head)
}

func (r *reader) headBy(ctx context.Context, text statement) (crm.Head, error) {
	var row headRow
	found, err := r.get(ctx, &row, text, r.wsText)
	if err != nil {
		return crm.Head{}, r.fail(ctx, "reading the workspace", err)
	}
	if !found {
		return crm.Head{}, crm.RefTo(r.ws).NotFound()
	}
	return row.head()
}

// Head implements crm.Reader. Nobody else writes, so the writer knows it.
func (w *writer) Head(ctx context.Context) (crm.Head, error) {
	if err := w.usable(ctx); err != nil {
		return crm.Head{}, err
	}
	return w.head, nil
}

// lock makes the other writers of the workspace wait, or waits for them.
func (w *writer) lock(ctx context.Context) (err error) {
	wait := ctx
	if w.store.dialect.Lock != "" {
		var cancel context.CancelFunc
		wait, cancel = context.WithDeadline(ctx, w.deadline)
		defer cancel()
	}
	if w.store.joined != nil && w.store.dialect.Lock == "" {
		// A write takes the database, which the host's transaction may not have done yet.
		if _, err := w.exec(ctx, w.store.schema.changes.hold, w.wsText); err != nil {
			return w.fail(ctx, "taking the database", err)
		}
	}
	w.head, err = w.headBy(wait, w.store.schema.changes.lock)
	if err != nil && wait.Err() != nil {
		return w.waited(wait, "waiting for its turn to write", err)
	}
	return err
}

// Append implements crm.Tx.
func (w *writer) Append(ctx context.Context, changes []crm.Change) error {
	return w.write(ctx, func() error { return w.append(ctx, changes) })
}

func (w *writer) append(ctx context.Context, changes []crm.Change) error {
	if len(changes) == 0 {
		return nil
	}
	end, rows := w.head, make([][]any, 0, len(changes))
	for _, c := range changes {
		e := encoder{ref: c.Record}
		fields := e.fields(c.Fields)
		if e.err != nil {
			return e.err
		}
		end.Seq, end.At = end.Seq+1, backend.StoredTime(c.At)
		rows = append(rows, []any{w.wsText, int64(end.Seq), c.Unit.String(), micros(c.At), c.Actor,
			string(c.Record.Kind), c.Record.ID.String(), string(c.Kind), fields, c.Reason})
	}
	if _, err := w.add(ctx, w.store.schema.changes.insert, rows); err != nil {
		return w.fail(ctx, "writing the log", err)
	}
	if _, err := w.exec(ctx, w.store.schema.changes.advance, int64(end.Seq), micros(end.At), w.wsText); err != nil {
		return w.fail(ctx, "writing the log", err)
	}
	w.head = end
	return nil
}

// Redact implements crm.Tx.
func (w *writer) Redact(ctx context.Context, changes []crm.Change) error {
	return w.write(ctx, func() error {
		for _, c := range changes {
			e := encoder{ref: c.Record}
			fields := e.fields(c.Fields)
			if e.err != nil {
				return e.err
			}
			found, err := w.exec(ctx, w.store.schema.changes.redact, fields, c.Reason,
				w.wsText, int64(c.Seq), c.Unit.String(), string(c.Record.Kind), c.Record.ID.String(), string(c.Kind))
			if err != nil {
				return w.fail(ctx, "redacting the log", err)
			}
			if found == 0 {
				return backend.NotInLog(c)
			}
		}
		return nil
	})
}

// storedField is a field of a change in JSON. Its values are JSON inside of strings: put in as they
// are, the encoder would take out their blanks and escape some of their characters.
type storedField struct {
	Field  string  `json:"field"`
	Before *string `json:"before,omitempty"`
	After  *string `json:"after,omitempty"`
}

func (e *encoder) fields(fields []crm.FieldChange) string {
	stored := make([]storedField, len(fields))
	for n, f := range fields {
		stored[n] = storedField{Field: f.Field, Before: textOf(f.Before), After: textOf(f.After)}
	}
	return e.json("fields", stored)
}

func (d *decoder) fields(column, text string) []crm.FieldChange {
	var stored []storedField
	d.json(column, text, &stored)
	fields := make([]crm.FieldChange, len(stored))
	for n, f := range stored {
		fields[n] = crm.FieldChange{Field: f.Field, Before: rawOf(f.Before), After: rawOf(f.After)}
	}
	return fields
}

func textOf(raw json.RawMessage) *string {
	if len(raw) == 0 {
		return nil
	}
	text := string(raw)
	return &text
}

func rawOf(text *string) json.RawMessage {
	if text == nil {
		return nil
	}
	return json.RawMessage(*text)
}
