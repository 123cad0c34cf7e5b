package storagetest

import (
	"bytes"
	"encoding/json"
	"reflect"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/utm"
	"github.com/google/go-cmp/cmp"
)

// exactly compares what a store returns as the contract has it: amounts and days by ==, decimals by
// value, times to the zone, slices and maps down to nil or empty. Only raw JSON that is not there
// may be either.
var exactly = cmp.Options{
	cmp.Comparer(func(a, b [16]byte) bool { return a == b }), // ids, shown as their text
	cmp.Comparer(func(a, b budget.Money) bool { return a == b }),
	cmp.Comparer(func(a, b budget.Date) bool { return a == b }),
	cmp.Comparer(func(a, b budget.Month) bool { return a == b }),
	cmp.Comparer(func(a, b utm.Params) bool { return a == b }),
	cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) && a.Location() == b.Location() }),
	cmp.Comparer(func(a, b json.RawMessage) bool { return bytes.Equal(a, b) }),
}

// difference is empty for what is exactly the same.
func difference(want, got any) string {
	if reflect.DeepEqual(want, got) { // as strict, and a hundred times faster on large records
		return ""
	}
	return cmp.Diff(want, got, exactly)
}

// stored is a record in the form in which a store returns it: no nil slices and maps, times in UTC
// and whole microseconds, and nothing shared with the one given.
func stored(r crm.Record) crm.Record {
	r = crm.Clone(r)
	if run, ok := r.(crm.ImportRun); ok {
		run.At, run.UndoneAt = backend.StoredTime(run.At), backend.StoredTime(run.UndoneAt)
		return run
	}
	return backend.AtStoredTimes(r)
}

// storedChange is the same for a change with a seq.
func storedChange(c crm.Change, seq crm.Seq) crm.Change {
	c.Seq, c.At = seq, backend.StoredTime(c.At)
	fields := make([]crm.FieldChange, 0, len(c.Fields))
	for _, f := range c.Fields {
		f.Before, f.After = append(json.RawMessage(nil), f.Before...), append(json.RawMessage(nil), f.After...)
		fields = append(fields, f)
	}
	c.Fields = fields
	return c
}

func storedAll(records []crm.Record) []crm.Record {
	all := make([]crm.Record, len(records))
	for n, r := range records {
		all[n] = stored(r)
	}
	return all
}

// scribble overwrites all memory that v shares with others: elements of slices, entries of maps and
// what pointers point to.
func scribble(v any) { scribbleOn(reflect.ValueOf(v)) }

func scribbleOn(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		scribbleOn(v.Elem())
	case reflect.Pointer:
		if !v.IsNil() {
			scribbleOn(v.Elem())
			v.Elem().SetZero()
		}
	case reflect.Slice:
		for n := range v.Len() {
			scribbleOn(v.Index(n))
			v.Index(n).SetZero()
		}
	case reflect.Map:
		v.Clear()
	case reflect.Struct:
		for n := range v.NumField() {
			if v.Type().Field(n).IsExported() {
				scribbleOn(v.Field(n))
			}
		}
	}
}
