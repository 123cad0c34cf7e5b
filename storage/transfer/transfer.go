package transfer

import (
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Store is what a workspace can be copied or imported into.
type Store = crm.Database

// Options are the settings of a call; nil is the defaults.
type Options struct {
	// EntriesPerUnit bounds the records, pictures and changes that one unit of work writes, 5,000 if it is 0. In one
	// SQLite file, whose workspaces share a writer, others wait for as long as one unit takes.
	EntriesPerUnit int

	// Progress is called after each step forward, never twice at once. It must not use the stores' workspace.
	Progress func(Progress)
}

const (
	defaultEntriesPerUnit = 5_000
	maxUnitBytes          = 16 << 20 // of lines; so that large records make small units
)

func (o *Options) perUnit() int {
	if o == nil || o.EntriesPerUnit == 0 {
		return defaultEntriesPerUnit
	}
	return o.EntriesPerUnit
}

func (o *Options) check() error {
	if o != nil && o.EntriesPerUnit < 0 {
		return &crm.Error{Family: crm.ErrInvalid, Field: "entries per unit", Value: "negative",
			Problem: sentence.Of("must be at least 1, or 0 for the default")}
	}
	return nil
}

// Progress is how far a call is.
type Progress struct {
	Step  Step
	Done  int // entries of the step: records, pictures and changes
	Total int
}

// Step is what a call does at the moment.
type Step string

// The steps, in order. An Export only reads.
const (
	Reading   Step = "reading"
	Writing   Step = "writing"
	Verifying Step = "verifying"
)

// steps tells of the progress of a call.
type steps struct {
	report func(Progress)
	now    Progress
}

func (o *Options) steps(step Step, total int) *steps {
	s := &steps{now: Progress{Step: step, Total: total}}
	if o != nil {
		s.report = o.Progress
	}
	return s
}

func (s *steps) advance(n int) {
	s.now.Done += n
	if s.report != nil {
		s.report(s.now)
	}
}

func (s *steps) next(step Step) { s.now.Step, s.now.Done = step, 0 }

// Result is what came of a copy or an import.
type Result struct {
	Summary
	// Resumed counts what an earlier call had written already.
	Resumed int `json:"resumed"`
	// Restarted says that an unfinished copy of another state was found and thrown away: the source changed since.
	Restarted bool `json:"restarted"`
}

// Unfinished reports whether a workspace is a copy that has not ended: call Copy or Import again, or delete it. It has
// no currency and no time zone, which no workspace of a Service is without, so that nobody takes it for one; and a Service
// writes nothing into it, which would be lost with it. See crm.Workspace.Unfinished.
func Unfinished(w crm.Workspace) bool { return w.Unfinished() }

// mustBeGiven panics with a sentence if a call was given nil for what it cannot do without, as in package crm.
func mustBeGiven(given bool, call, what string) {
	if !given {
		panic("transfer: " + call + " needs " + what + ", and was given nil")
	}
}
