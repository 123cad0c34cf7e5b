//go:build unix

package sqlite_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// content are a record's fields as they stand in the log.
type content map[string]json.RawMessage

// contentOf are the fields of a record's JSON but for what identifies it and its state, and when it was written.
func contentOf(r crm.Record) (content, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	var c content
	if err := json.Unmarshal(text, &c); err != nil {
		return nil, err
	}
	for _, name := range []string{"id", "version", "created_at", "changed_at"} {
		delete(c, name)
	}
	return c, nil
}

// contentSum tells contents apart in a few characters.
func contentSum(c content) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(c)) {
		h.Write([]byte(name))
		h.Write(c[name])
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// replayed is what the log alone says about a workspace.
type replayed struct {
	states map[crm.Ref]*state
	units  []unit // the program's, in order
}

type state struct {
	version int64
	content content
}

// unit is one unit of work in the log.
type unit struct {
	actor   string
	last    crm.Seq
	records []acked // each as its change left it
}

// replay builds the records from their changes, and checks that the log has no gap, that its time
// does not run backwards, and that each change starts from where the one before has ended.
func replay(t *testing.T, changes []crm.Change) *replayed {
	t.Helper()
	log := &replayed{states: map[crm.Ref]*state{}}
	seen := map[uuid.UUID]bool{}
	for n, c := range changes {
		if want := crm.Seq(n + 1); c.Seq != want {
			t.Fatalf("after change %d comes %d", want-1, c.Seq)
		}
		if n > 0 && c.At.Before(changes[n-1].At) {
			t.Errorf("change %d is of %s, the one before of %s", c.Seq, c.At, changes[n-1].At)
		}
		after := log.apply(t, c)
		if c.Actor == "" {
			continue // made before there was a program
		}
		if n == 0 || changes[n-1].Unit != c.Unit {
			if seen[c.Unit] {
				t.Errorf("change %d belongs to a unit that had ended before", c.Seq)
			}
			seen[c.Unit] = true
			log.units = append(log.units, unit{actor: c.Actor})
		}
		u := &log.units[len(log.units)-1]
		u.last = c.Seq
		u.records = append(u.records, acked{crm.CooperationID(c.Record.ID), after.version, contentSum(after.content)})
	}
	return log
}

// apply makes one change.
func (log *replayed) apply(t *testing.T, c crm.Change) *state {
	t.Helper()
	s := log.states[c.Record]
	if (s == nil) != (c.Kind == crm.Created) || c.Kind == crm.Deleted {
		t.Fatalf("change %d: %s of %s, which is there: %t", c.Seq, c.Kind, c.Record, s != nil)
	}
	if s == nil {
		s = &state{content: content{}}
		log.states[c.Record] = s
	}
	s.version++
	for _, f := range c.Fields {
		if !bytes.Equal(f.Before, s.content[f.Field]) {
			t.Errorf("change %d: %s of %s was %s, the log says %s", c.Seq, f.Field, c.Record, s.content[f.Field], f.Before)
		}
		if f.After == nil {
			delete(s.content, f.Field)
		} else {
			s.content[f.Field] = f.After
		}
	}
	return s
}

// checkRecords compares the stored records with where their changes lead.
func (log *replayed) checkRecords(t *testing.T, records []crm.Record) {
	t.Helper()
	if len(records) != len(log.states) {
		t.Errorf("there are %d records, and %d in the log", len(records), len(log.states))
	}
	for _, r := range records {
		want, ok := log.states[r.Ref()]
		if !ok {
			t.Errorf("%s is not in the log", r.Ref())
			continue
		}
		got, err := contentOf(r)
		if err != nil {
			t.Fatal(err)
		}
		if r.Revision() != want.version {
			t.Errorf("%s has version %d, and %d changes", r.Ref(), r.Revision(), want.version)
		}
		if contentSum(got) != contentSum(want.content) {
			t.Errorf("%s (-log +stored):\n%s", r.Ref(), cmp.Diff(texts(want.content), texts(got)))
		}
	}
}

// texts is a content that a person can read.
func texts(c content) map[string]string {
	all := map[string]string{}
	for name, value := range c {
		all[name] = string(value)
	}
	return all
}

// checkAcks compares the units in the log with those that the programs have acknowledged: each is
// there as acknowledged and, at the end of a round, at most one more, which is whole too.
func (log *replayed) checkAcks(t *testing.T, acks []ack) {
	t.Helper()
	missing := map[unitName]ack{}
	for _, a := range acks {
		missing[a.Unit] = a
	}
	unacknowledged := unitName{Round: -1} // the last one
	for _, u := range log.units {
		name, err := parseUnitName(u.actor)
		if err != nil {
			t.Fatalf("the unit that ends with change %d is %q: %v", u.last, u.actor, err)
		}
		if len(u.records) != name.Changes {
			t.Errorf("%s has %d changes", name, len(u.records))
		}
		if name.Round == unacknowledged.Round {
			t.Errorf("%s follows %s, which nobody has acknowledged", name, unacknowledged)
		}
		want, ok := missing[name]
		if !ok {
			unacknowledged = name
			continue
		}
		delete(missing, name)
		got := ack{Unit: name, Seq: u.last, Records: u.records}
		if d := cmp.Diff(want, got, cmp.Comparer(func(a, b crm.CooperationID) bool { return a == b })); d != "" {
			t.Errorf("%s (-acknowledged +in the log):\n%s", name, d)
		}
	}
	for _, a := range acks {
		if _, lost := missing[a.Unit]; lost {
			t.Errorf("%s was acknowledged with change %d and is lost", a.Unit, a.Seq)
		}
	}
}
