package api

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// one names a record by the id in the path.
type one[ID any] struct {
	// ID is that of the record.
	ID ID `json:"id"`
}

// reading are the parameters of calls that read records.
type reading struct {
	// Fields are the only ones of each record to answer with, also several in one text with commas between; all if there are
	// none.
	Fields []string `json:"fields,omitzero"`
}

func (r reading) fields() (names []string) {
	for _, text := range r.Fields {
		names = append(names, strings.Split(text, ",")...)
	}
	return names
}

// writing are the parameters of calls that write.
type writing struct {
	// Reason is kept in the log.
	Reason string `json:"reason,omitzero"`
	dryRun
}

// dryRun is the parameter of calls that can be tried.
type dryRun struct {
	// DryRun does everything and takes it back: the answer is what would be answered, and nothing is saved.
	DryRun bool `json:"dry_run,omitzero"`
}

func (d dryRun) dry() bool { return d.DryRun }

// isTried reports whether a request that was read asks for a dry run. Like the reading, it takes no notice of a parameter
// without a value.
func isTried(r *http.Request) bool { return slices.Contains(r.URL.Query()["dry_run"], "true") }

// canBeTried reports whether an operation takes dry_run.
func (o Operation) canBeTried() bool {
	return o.Params != nil && o.Params.Implements(reflect.TypeFor[interface{ dry() bool }]())
}

// oneRead and oneWritten are calls about one record.
type (
	oneRead[ID any] struct {
		one[ID]
		reading
	}
	oneWritten[ID any] struct {
		one[ID]
		writing
	}
)

// moment is when the workspace is looked at; now if neither is given.
type moment struct {
	// AsOf is the seq of the change after which the workspace is shown.
	AsOf crm.Seq `json:"as_of,omitzero"`
	// At is the time at which the workspace is shown.
	At time.Time `json:"at,omitzero"`
}

func (m moment) isNow() bool { return m.AsOf == 0 && m.At.IsZero() }

func (m moment) check() error {
	if m.AsOf != 0 && !m.At.IsZero() {
		return &crm.Error{Family: crm.ErrInvalid, Field: "as_of", Value: fmt.Sprint(m.AsOf),
			Problem: sentence.Of("is given beside at; leave one of them out")}
	}
	return nil
}
