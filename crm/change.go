package crm

import (
	"bytes"
	"context"
	"encoding/json"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Seq numbers the changes of a workspace: 1, 2, 3, … without a gap.
type Seq int64

// ChangeKind says what happened to a record.
type ChangeKind string

// The kinds of changes.
const (
	Created ChangeKind = "create"
	Updated ChangeKind = "update"
	Deleted ChangeKind = "delete"
	// Erased is an update that removed a person's data, from the record and from its earlier changes.
	Erased ChangeKind = "erase"
)

// Change is one entry of a workspace's log: what one unit of work did to one record. The log is append-only and written
// in the same transaction as what it describes. History, audit trail and change feed read it.
type Change struct {
	Seq    Seq           `json:"seq"`
	Unit   uuid.UUID     `json:"unit"` // the unit of work, the same for all its changes
	At     time.Time     `json:"at"`   // UTC, microseconds; never decreases along the log
	Actor  string        `json:"actor,omitzero"`
	Record Ref           `json:"record"`
	Kind   ChangeKind    `json:"kind"`
	Fields []FieldChange `json:"fields"` // by name; all of them on create and delete
	Reason string        `json:"reason,omitzero"`
}

// FieldChange is the change of one field, named and encoded as in the record's JSON. A value that was or is not set is
// nil.
type FieldChange struct {
	Field  string          `json:"field"`
	Before json.RawMessage `json:"before,omitzero"`
	After  json.RawMessage `json:"after,omitzero"`
}

// Head is the end of a workspace's log.
type Head struct {
	Workspace WorkspaceID `json:"workspace"`
	Seq       Seq         `json:"seq"` // of the last change, 0 for an empty log
	At        time.Time   `json:"at"`  // of the last change
	// Unit is that of the last change, uuid.Nil for an empty log. Together with Seq it names one state of one log: a
	// workspace that was deleted and made anew has other units.
	Unit uuid.UUID `json:"unit,omitzero"`
}

// loggedField is a field of a record as the log has it.
type loggedField struct {
	name  string
	value json.RawMessage
}

// loggedFields returns the record's fields as the log has them, by name. Id and version are left out, because Change has
// them. A nil record has none.
func loggedFields(r Record) ([]loggedField, error) {
	if r == nil {
		return nil, nil
	}
	doc, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	fields := make([]loggedField, 0, 32)
	for name, value := range objectMembers(doc) {
		if name != "id" && name != "version" {
			fields = append(fields, loggedField{name, value})
		}
	}
	slices.SortFunc(fields, func(a, b loggedField) int { return strings.Compare(a.name, b.name) })
	return fields, nil
}

// objectMembers yields the members of an object that json.Marshal has written of a struct: it has no spaces, and names without
// escapes. Reading it with json.Unmarshal takes longer than writing it.
func objectMembers(doc []byte) iter.Seq2[string, json.RawMessage] {
	return func(yield func(string, json.RawMessage) bool) {
		for at := 1; at < len(doc)-1; { // a name begins here
			colon := at + bytes.IndexByte(doc[at:], ':')
			end := valueEnd(doc, colon+1)
			if !yield(string(doc[at+1:colon-1]), doc[colon+1:end:end]) {
				return
			}
			at = end + 1
		}
	}
}

// valueEnd is where the value ends that begins at some place in an object without spaces.
func valueEnd(doc []byte, at int) int {
	quoted := false
	for depth := 0; ; at++ {
		switch c := doc[at]; {
		case quoted && c == '\\':
			at++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case depth == 0 && (c == ',' || c == '}'):
			return at
		case c == '}' || c == ']':
			depth--
		}
	}
}

// fieldsOf returns the record's fields as the log has them.
func fieldsOf(r Record) (map[string]json.RawMessage, error) {
	list, err := loggedFields(r)
	if r == nil || err != nil {
		return nil, err
	}
	fields := make(map[string]json.RawMessage, len(list))
	for _, f := range list {
		fields[f.name] = f.value
	}
	return fields, nil
}

// diff lists the fields in which two states of a record differ, by name. A nil record has none.
func diff(before, after Record) ([]FieldChange, error) {
	was, err := loggedFields(before)
	if err != nil {
		return nil, err
	}
	is, err := loggedFields(after)
	if err != nil {
		return nil, err
	}
	changes := make([]FieldChange, 0, max(0, len(was)-len(is), len(is)-len(was)))
	for len(was)+len(is) > 0 {
		order := 0
		switch {
		case len(was) == 0:
			order = 1
		case len(is) == 0:
			order = -1
		default:
			order = strings.Compare(was[0].name, is[0].name)
		}
		var c FieldChange
		if order <= 0 {
			c.Field, c.Before, was = was[0].name, was[0].value, was[1:]
		}
		if order >= 0 {
			c.Field, c.After, is = is[0].name, is[0].value, is[1:]
		}
		if !bytes.Equal(c.Before, c.After) {
			changes = append(changes, c)
		}
	}
	return changes, nil
}

// unitLog collects the changes of a unit of work and writes them in batches, so that a large unit needs little memory.
type unitLog struct {
	unit    uuid.UUID
	at      time.Time
	actor   string
	changes []Change // not written yet
	count   int      // of all changes, written or not
}

const logBatch = 500

// add logs the change from one state of a record to another.
func (l *unitLog) add(ctx context.Context, tx Tx, kind ChangeKind, before, after Record, reason string) error {
	fields, err := diff(before, after)
	if err != nil {
		return err
	}
	subject := after
	if after == nil {
		subject = before
	}
	l.record(kind, subject.Ref(), fields, reason)
	return l.flushIfFull(ctx, tx)
}

func (l *unitLog) record(kind ChangeKind, ref Ref, fields []FieldChange, reason string) {
	l.count++
	l.changes = append(l.changes, Change{
		Unit: l.unit, At: l.at, Actor: l.actor, Record: ref, Kind: kind, Fields: fields, Reason: reason,
	})
}

func (l *unitLog) flushIfFull(ctx context.Context, tx Tx) error {
	if len(l.changes) < logBatch {
		return nil
	}
	return l.flush(ctx, tx)
}

func (l *unitLog) flush(ctx context.Context, tx Tx) error {
	if len(l.changes) == 0 {
		return nil
	}
	err := tx.Append(ctx, l.changes)
	l.changes = l.changes[:0]
	return err
}
