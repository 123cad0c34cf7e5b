package soundness

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
)

// state is a record as the log tells it, or as it is stored.
type state struct {
	Version int64
	Times   crm.Times
	Fields  map[string]string // as JSON, but for id, version and times
}

// notLogged are fields of a record that are none in the log.
var notLogged = []string{"id", "version", "created_at", "changed_at"}

// ofLog are fields of the log that are none of a record's state.
var ofLog = []string{"version", "merged_into"}

// log replays the log from its beginning and compares where it leads with what is stored. Import runs have no changes.
func (p *problems) log(w workspace) {
	replayed := map[string]*state{}
	for n, c := range w.changes {
		if want := crm.Seq(n + 1); c.Seq != want {
			p.addf("change %d has seq %d", want, c.Seq)
		}
		if n > 0 && c.At.Before(w.changes[n-1].At) {
			p.addf("change %d is of %s, the one before of %s", c.Seq, c.At, w.changes[n-1].At)
		}
		p.apply(replayed, c)
	}
	head := crm.Head{Workspace: w.settings.ID, Seq: crm.Seq(len(w.changes))}
	if len(w.changes) > 0 {
		last := w.changes[len(w.changes)-1]
		head.At, head.Unit = last.At, last.Unit
	}
	if w.head != head {
		p.addf("the head is %+v, the log ends with %+v", w.head, head)
	}
	stored := map[string]*state{}
	for _, r := range w.records() {
		stored[r.Ref().String()] = p.stateOf(r)
	}
	if !reflect.DeepEqual(replayed, stored) {
		p.addf("records (-log +stored):\n%s", cmp.Diff(replayed, stored))
	}
}

// apply makes one change, which must start from where the one before it ended.
func (p *problems) apply(states map[string]*state, c crm.Change) {
	ref := c.Record.String()
	now := states[ref]
	if (now == nil) != (c.Kind == crm.Created) {
		p.addf("change %d: %s of %s, which is there: %t", c.Seq, c.Kind, ref, now != nil)
	}
	if now == nil {
		now = &state{Fields: map[string]string{}}
		now.Times.CreatedAt = c.At
		states[ref] = now
	}
	if now.Version++; c.Kind == crm.Created {
		now.Version = c.Version()
	}
	now.Times.ChangedAt = c.At
	for _, field := range c.Fields {
		if slices.Contains(ofLog, field.Field) && (c.Kind == crm.Created || c.Kind == crm.Deleted) {
			continue
		}
		if was, set := now.Fields[field.Field]; set != (field.Before != nil) || was != string(field.Before) {
			p.addf("change %d: %s of %s was %q, the log says %q", c.Seq, field.Field, ref, was, field.Before)
		}
		if now.Fields[field.Field] = string(field.After); field.After == nil {
			delete(now.Fields, field.Field)
		}
	}
	if c.Kind == crm.Deleted {
		if logged := c.Version(); logged > 0 && logged != now.Version-1 {
			p.addf("change %d deletes %s at version %d, which was %d", c.Seq, ref, logged, now.Version-1)
		}
		if len(now.Fields) > 0 {
			p.addf("change %d deletes %s but for %q", c.Seq, ref, now.Fields)
		}
		delete(states, ref)
	}
}

func (p *problems) stateOf(r crm.Record) *state {
	text, err := json.Marshal(r)
	var raw map[string]json.RawMessage
	if err == nil {
		err = json.Unmarshal(text, &raw)
	}
	if err != nil {
		p.addf("%s: %w", r.Ref(), err)
	}
	fields := make(map[string]string, len(raw))
	for name, value := range raw {
		fields[name] = string(value)
	}
	maps.DeleteFunc(fields, func(name, _ string) bool { return slices.Contains(notLogged, name) })
	return &state{Version: r.Revision(), Times: r.Written(), Fields: fields}
}
