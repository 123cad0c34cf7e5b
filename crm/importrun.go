package crm

import (
	"encoding/json"
	"time"
)

// ImportRun is one import of a sheet. Runs are kept beside the records and outside the change
// log; Plan is the import's own account of what it did, as JSON.
type ImportRun struct {
	ID       ImportRunID     `json:"id"`
	Version  int64           `json:"version"`
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

func (r ImportRun) withRevision(v int64) Record { r.Version = v; return r }
