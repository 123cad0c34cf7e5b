package crm

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
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
	// Erased is an update that removed a person's data from the record and from its earlier changes, or only from these.
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
	Fields []FieldChange `json:"fields"` // by name; all of them on create and delete, with others that only the log has
	Reason string        `json:"reason,omitzero"`
}

// FieldChange is the change of one field, named and encoded as in the record's JSON. A value that was or is not set is
// nil.
type FieldChange struct {
	Field  string          `json:"field"`
	Before json.RawMessage `json:"before,omitzero"`
	After  json.RawMessage `json:"after,omitzero"`
}

// versionField is the field of the log that has the version of a record which is deleted, and of one that is made again
// under the id of a deleted one. It is no field of the record's state: elsewhere the version follows from the log.
const versionField = "version"

// mergedIntoField is the field of the log that says whose part a merged influencer is: after its deletion by a merge, and
// before its creation by the undo of that. Like versionField it is no field of the record's state.
const mergedIntoField = "merged_into"

// isOfLog reports whether a field stands in the log only, and is none of a record's state.
func isOfLog(field string) bool { return field == versionField || field == mergedIntoField }

// MergedInto is the influencer into whom a Deleted change has merged another one; zero for every other change.
func (c Change) MergedInto() (into InfluencerID) {
	for _, f := range c.Fields {
		if f.Field == mergedIntoField && c.Kind == Deleted {
			decodeField(f.After, &into)
		}
	}
	return into
}

// Version is the version of the record that a Created change makes, and of the one that a Deleted change removes: 1 for a
// record that is new, and more for one that an undo made again, which goes on after the highest that it has had. It is 0
// for other changes, and for a deletion that an earlier version of this library has logged.
func (c Change) Version() (version int64) {
	if c.Kind == Created {
		version = 1
	}
	for _, f := range c.Fields {
		if f.Field == versionField {
			decodeField(f.Before, &version)
			decodeField(f.After, &version)
		}
	}
	return version
}

// withVersion adds the version of a record to the fields of its deletion, or of its creation if it is not new.
func withVersion(fields []FieldChange, kind ChangeKind, r Record) []FieldChange {
	f, version := FieldChange{Field: versionField}, json.RawMessage(strconv.FormatInt(r.Revision(), 10))
	switch {
	case kind == Deleted:
		f.Before = version
	case kind == Created && r.Revision() > 1:
		f.After = version
	default:
		return fields
	}
	return withField(fields, f)
}

// withField adds a field to others in the order of their names. One without values is left out.
func withField(fields []FieldChange, f FieldChange) []FieldChange {
	if f.Before == nil && f.After == nil {
		return fields
	}
	at, _ := slices.BinarySearchFunc(fields, f.Field, func(f FieldChange, name string) int { return cmp.Compare(f.Field, name) })
	return slices.Insert(fields, at, f)
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

// unitLog collects the changes of a unit of work and writes them in batches, so that a large unit needs little memory.
type unitLog struct {
	stamp
	changes []Change // not written yet
	count   int      // of all changes, written or not
}

const logBatch = 500

// add logs the change from one state of a record to another, with fields of the log that are none of its state.
func (l *unitLog) add(ctx context.Context, tx Tx, kind ChangeKind, before, after Record, reason string, more ...FieldChange) error {
	fields, err := diff(before, after)
	if err != nil {
		return err
	}
	subject := after
	if after == nil {
		subject = before
	}
	fields = withVersion(fields, kind, subject)
	for _, f := range more {
		fields = withField(fields, f)
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
