package storagetest

import (
	"encoding/json"
	"maps"

	"github.com/getklar/influencercrm/crm"
	"github.com/google/go-cmp/cmp"
)

// life is what the log tells of a record since it was created.
type life struct {
	Version int64
	Fields  map[string]string // as JSON
}

// replay plays the log from its beginning and compares where it leads with what is stored. Import
// runs stand outside of it.
func (f *findings) replay(all contents) {
	lives := map[string]*life{}
	for n, c := range all.Changes {
		if want := crm.Seq(n + 1); c.Seq != want {
			f.addf("change %d has seq %d", want, c.Seq)
		}
		if n > 0 && c.At.Before(all.Changes[n-1].At) {
			f.addf("change %d is of %s, the one before of %s", c.Seq, c.At, all.Changes[n-1].At)
		}
		f.apply(lives, c)
	}
	head := crm.Head{Workspace: all.Workspace.ID, Seq: crm.Seq(len(all.Changes))}
	if len(all.Changes) > 0 {
		head.At = all.Changes[len(all.Changes)-1].At
	}
	if all.Head != head {
		f.addf("the head is %+v, the log ends with %+v", all.Head, head)
	}
	stored := map[string]*life{all.Workspace.Ref().String(): f.lifeOf(all.Workspace)}
	for kind, records := range all.Records {
		for _, r := range records {
			if kind != crm.KindImportRun {
				stored[r.Ref().String()] = f.lifeOf(r)
			}
		}
	}
	if d := cmp.Diff(lives, stored); d != "" {
		f.addf("records (-log +stored):\n%s", d)
	}
}

// apply makes one change, which must begin where the one before it ended.
func (f *findings) apply(lives map[string]*life, c crm.Change) {
	ref := c.Record.String()
	now := lives[ref]
	if (now == nil) != (c.Kind == crm.Created) {
		f.addf("change %d: %s of %s, which is there: %t", c.Seq, c.Kind, ref, now != nil)
	}
	if now == nil {
		now = &life{Fields: map[string]string{}}
		lives[ref] = now
	}
	now.Version++
	for _, field := range c.Fields {
		if was, set := now.Fields[field.Field]; set != (field.Before != nil) || was != string(field.Before) {
			f.addf("change %d: %s of %s was %q, the log says %q", c.Seq, field.Field, ref, was, field.Before)
		}
		if now.Fields[field.Field] = string(field.After); field.After == nil {
			delete(now.Fields, field.Field)
		}
	}
	if c.Kind == crm.Deleted {
		if len(now.Fields) > 0 {
			f.addf("change %d deletes %s but for %q", c.Seq, ref, now.Fields)
		}
		delete(lives, ref)
	}
}

func (f *findings) lifeOf(r crm.Record) *life {
	text, err := json.Marshal(r)
	var raw map[string]json.RawMessage
	if err == nil {
		err = json.Unmarshal(text, &raw)
	}
	if err != nil {
		f.addf("%s: %w", r.Ref(), err)
	}
	fields := make(map[string]string, len(raw))
	for name, value := range raw {
		fields[name] = string(value)
	}
	maps.DeleteFunc(fields, func(name, _ string) bool { return name == "id" || name == "version" })
	return &life{Version: r.Revision(), Fields: fields}
}
