package crm

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/google/uuid"
)

// effect is what a unit of work did to one record, all its changes of the record taken together.
type effect struct {
	record  Ref
	last    Seq  // of its last change of the record
	existed bool // the record was there before the unit
	exists  bool // and after it
	// version is that of a record which the unit created, when the unit ended.
	version int64
	// before and after are the fields that the unit changed; nil is unset. Of a record that is gone
	// before has every field. What was created is not kept here: to take it away its id is enough.
	before, after map[string]json.RawMessage
	// follows is true if all that the unit did was to make the auto name of a cooperation again,
	// because a part of it changed. It is undone only together with that.
	follows bool
	erased  bool // the unit took personal data out of the record
}

// effectsOf reads what a unit of work did, newest first. A unit that is not in the log did nothing.
func effectsOf(ctx context.Context, r Reader, unit uuid.UUID) ([]*effect, Change, error) {
	var first Change
	of := map[Ref]*effect{}
	err := eachChange(ctx, r, ChangeFilter{Unit: unit}, func(c Change) error {
		if first.Seq == 0 {
			first = c
			first.Fields = nil
		}
		e := of[c.Record]
		if e == nil {
			e = &effect{
				record: c.Record, existed: c.Kind != Created,
				before: map[string]json.RawMessage{}, after: map[string]json.RawMessage{},
			}
			of[c.Record] = e
		}
		e.add(c)
		return nil
	})
	all := slices.SortedFunc(maps.Values(of), func(a, b *effect) int { return -cmp.Compare(a.last, b.last) })
	return slices.DeleteFunc(all, (*effect).isNothing), first, err
}

func (e *effect) add(c Change) {
	e.last, e.exists = c.Seq, c.Kind != Deleted
	e.erased = e.erased || c.Kind == Erased
	if c.Kind == Created {
		e.version = 1
	} else {
		e.version++
	}
	if !e.existed {
		return
	}
	for _, f := range c.Fields {
		if _, known := e.before[f.Field]; !known {
			e.before[f.Field] = f.Before
		}
		e.after[f.Field] = f.After
	}
}

// isNothing reports whether the unit left the record as it was. Fields that it changed and changed
// back are dropped.
func (e *effect) isNothing() bool {
	if !e.existed || !e.exists || e.erased {
		return e.existed == e.exists && !e.erased
	}
	for name, before := range e.before {
		if bytes.Equal(before, e.after[name]) {
			e.forget(name)
		}
	}
	return len(e.before) == 0
}

// forget drops a field.
func (e *effect) forget(name string) {
	delete(e.before, name)
	delete(e.after, name)
}

// isAutoNaming reports whether the unit changed nothing of a cooperation but its auto name.
func (e *effect) isAutoNaming(now Record) bool {
	c, ok := now.(Cooperation)
	_, named := e.before["name"]
	return ok && c.NameMode == NameAuto && named && len(e.before) == 1
}

// changesInfluencer reports whether the unit gave a cooperation to another influencer.
func (e *effect) changesInfluencer() bool {
	return e.existed && e.exists && e.record.Kind == KindCooperation && e.before["influencer"] != nil
}
