package crm

import (
	"fmt"

	"github.com/google/uuid"
)

// Kind names a kind of record, as it stands in the change log and in errors.
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

// Record is what a store keeps: Workspace, Member, Campaign, Influencer, Cooperation or ImportRun,
// each by value. The set is closed; a store may switch over it.
type Record interface {
	// Ref names the record.
	Ref() Ref
	// Revision is the record's version: 1 when created, one more with each update.
	Revision() int64
	// withRevision returns a copy at another version.
	withRevision(v int64) Record
}

// AtRevision returns a copy of the record at version v.
func AtRevision[R Record](r R, v int64) R { return r.withRevision(v).(R) }

// RefTo names a record of type R by its id.
func RefTo[R Record](id ID[R]) Ref {
	var r R
	return Ref{Kind: r.Ref().Kind, ID: id.UUID()}
}
