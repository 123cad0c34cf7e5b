package crm

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
)

// ImportRun is one import of a sheet. Runs are kept beside the records and outside the change
// log; Plan is the import's own account of what it did, as JSON.
type ImportRun struct {
	ID       ImportRunID     `json:"id"`
	Version  int64           `json:"version"`
	Unit     uuid.UUID       `json:"unit"` // the unit of work that did it, in the log
	Source   string          `json:"source"`
	At       time.Time       `json:"at"`
	Actor    string          `json:"actor,omitzero"`
	Counts   map[string]int  `json:"counts"`
	Plan     json.RawMessage `json:"plan,omitzero"`
	UndoneAt time.Time       `json:"undone_at,omitzero"`
}

// Ref implements Record.
func (r ImportRun) Ref() Ref { return Ref{KindImportRun, r.ID.UUID()} }

// Revision implements Record.
func (r ImportRun) Revision() int64 { return r.Version }

// AtRevision implements Record.
func (r ImportRun) AtRevision(v int64) Record { r.Version = v; return r }

// SortKey implements Record.
func (r ImportRun) SortKey(Sort) string { return "" }

// SearchText implements Record.
func (r ImportRun) SearchText() string { return "" }

func (r ImportRun) clone() Record {
	r.Counts = cloneMap(r.Counts)
	r.Plan = slices.Clone(r.Plan)
	return r
}

const (
	maxCounts = 100
	maxPlan   = 256 << 20 // bytes; a sheet of 100,000 rows needs a quarter of it
)

func (r *ImportRun) normalize() error {
	p := &problems{record: r.Ref()}
	p.name("source", &r.Source, "the source of an import")
	if len(r.Counts) > maxCounts {
		p.addf("counts", itoa(len(r.Counts)), "at most %d counts are kept", maxCounts)
	}
	for _, what := range slices.Sorted(maps.Keys(r.Counts)) {
		name := what
		if p.name("counts", &name, "a count"); r.Counts[what] < 0 {
			p.add("counts."+Shorten(what), itoa(r.Counts[what]), "must not be negative")
		}
	}
	switch {
	case len(r.Plan) > maxPlan:
		p.add("plan", fmt.Sprintf("%d bytes", len(r.Plan)), "is too long; import the sheet in parts")
	case len(r.Plan) > 0 && !json.Valid(r.Plan):
		p.add("plan", string(r.Plan[:min(len(r.Plan), 240)]), "is not JSON")
	}
	return p.result()
}
