package crm

import (
	"fmt"
	"maps"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/google/uuid"
)

// Kind names a kind of record in the change log and in errors.
type Kind string

// The kinds of records.
const (
	KindWorkspace   Kind = "workspace"
	KindMember      Kind = "member"
	KindCampaign    Kind = "campaign"
	KindInfluencer  Kind = "influencer"
	KindCooperation Kind = "cooperation"
	KindImportRun   Kind = "import run"
	KindPicture     Kind = "picture" // no record of its own, and not in the log
)

// Ref names one record of a workspace.
type Ref struct {
	Kind Kind      `json:"kind"`
	ID   uuid.UUID `json:"id,omitzero"`
}

// IDString is the id's 36-character form, "" for none.
func (r Ref) IDString() string { return ID[Ref](r.ID).String() }

// String reads "campaign 018f8f5e-…".
func (r Ref) String() string { return fmt.Sprintf("%s %s", r.Kind, r.IDString()) }

// NotFound is the error for a record that does not exist in the workspace.
func (r Ref) NotFound() error {
	problem := sentence.Of("there is no such %s in this workspace", r.Kind.Word())
	if r.Kind == KindWorkspace {
		problem = sentence.Of("there is no such workspace")
	}
	return &Error{Family: ErrNotFound, Record: r, Field: "id", Value: r.IDString(), Problem: problem}
}

// Stale is the error for a write that was made from another version than the stored one.
func (r Ref) Stale(read, stored int64) error {
	problem := sentence.Of("it has changed since it was read, and is at version %d now; read it again and repeat the change", stored)
	switch {
	case read < 0:
		problem = sentence.Of("is no version; send the one that was read, which is 1 or more")
	case read == 0:
		problem = sentence.Of("a change starts from the record as it was read, with its version; read it first")
	}
	return &Error{Family: ErrConflict, Record: r, Field: "version", Value: fmt.Sprint(read), Problem: problem}
}

// Record is what a store keeps: Workspace, Member, Campaign, Influencer, Cooperation or ImportRun, each by value. The
// set is closed; a store may switch over it.
type Record interface {
	// Ref names the record.
	Ref() Ref
	// Revision is the record's version: 1 when created, one more with each update, and when an undo makes it again after it
	// was deleted one more than the highest that it has had.
	Revision() int64
	// AtRevision returns the record with another version.
	AtRevision(v int64) Record
	// Written is when the record was made and when it was last changed.
	Written() Times
	// AtTimes returns the record with other times; an import run has none and stays as it is.
	AtTimes(t Times) Record
	// SortKey is the text by which lists order the record under a Sort, compared by bytes.
	SortKey(s Sort) string
	// SearchText is the folded text that a filter's Text is looked for in, one item a line: the name, and what else a
	// person would type to find the record. Stores keep it in a column. A record without search has none.
	SearchText() string
	// clone returns a copy that shares no memory. It also keeps the set of records closed.
	clone() Record
}

// Clone returns a copy of a record that shares no memory with it. Its slices and maps are empty instead of nil.
func Clone[R Record](r R) R { return r.clone().(R) }

// RefTo names a record of type R by its id.
func RefTo[R Record](id ID[R]) Ref {
	return Ref{Kind: kindOf[R](), ID: id.UUID()}
}

func kindOf[R Record]() Kind {
	var r R
	return r.Ref().Kind
}

// cloneSlice copies a slice; the copy is never nil.
func cloneSlice[E any](s []E) []E { return append(make([]E, 0, len(s)), s...) }

// cloneMap copies a map; the copy is never nil.
func cloneMap[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return map[K]V{}
	}
	return maps.Clone(m)
}
