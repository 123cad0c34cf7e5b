package crm

import (
	"context"

	"github.com/getklar/influencercrm/budget"
)

// Store keeps workspaces. Hosts choose one from the storage folder, and storage/storagetest tests that a new one keeps
// every sentence of this contract.
//
// A unit of work belongs to one workspace and cannot see another. Inside a callback only what it was given may be used:
// View and Update called with the callback's context, or one made from it, return ErrNestedTx at once. With another
// context an Update waits for its own workspace's writer and ends with ErrBusy.
//
// A workspace that does not exist is an ErrNotFound, of its own Ref. A context that ends ends the call with its error,
// and nothing is written. After Close every call returns ErrClosed. Where several errors apply the call returns the first
// of these: ErrNestedTx, ErrClosed, that of a context which had ended before the call, the ErrInvalid of an argument, the
// ErrNotFound of the workspace, that of the record. What comes back shares no memory with the store or
// with an earlier answer: times are UTC in whole microseconds, texts are byte for byte as written, slices and maps are
// empty but never nil (raw JSON aside).
type Store interface {
	// Reader returns a Reader for reads of one thing. Each call on it is a read of its own: one statement where the store
	// has statements, of the last state that was committed when it began. Two calls may see two states; what reads twice
	// uses View. It opens nothing, is valid until Close and may be used by several goroutines. That the workspace does
	// not exist is found out by a call that finds nothing.
	Reader(ws WorkspaceID) Reader

	// View calls fn with one consistent snapshot of the workspace. It neither waits for writers nor makes them wait.
	// Its error is fn's.
	View(ctx context.Context, ws WorkspaceID, fn func(context.Context, Reader) error) error

	// Update calls fn with a transaction. If fn returns nil everything it wrote is there, durable and at once;
	// otherwise nothing is, and the error is fn's. Writers of one workspace come one after the other. A long Update
	// holds up its workspace's other writers.
	//
	// After a write inside fn has failed the transaction is doomed: Update writes nothing, even if fn returns nil, and
	// returns that failure. So look first; never try and ignore.
	//
	// If the answer to a commit is lost and nobody can be asked, the error is an ErrUnknownOutcome.
	//
	// fn may run again after a failure that a second try can mend; it must have no effects but on its transaction.
	Update(ctx context.Context, ws WorkspaceID, fn func(context.Context, Tx) error) error

	// Close releases what the store holds. It waits for open units of work.
	Close() error
}

// Reader reads one workspace. That of a View or an Update is valid until the callback returns; a later call is an
// ErrUnitOver. It is used by one goroutine at a time; the one of Store.Reader may be used by several.
type Reader interface {
	// Workspace returns the workspace itself.
	Workspace(ctx context.Context) (Workspace, error)

	Members() Records[Member, MemberFilter]
	Campaigns() Records[Campaign, CampaignFilter]
	Influencers() Records[Influencer, InfluencerFilter]
	Cooperations() Records[Cooperation, CooperationFilter]
	ImportRuns() Records[ImportRun, ImportRunFilter]

	// Picture returns a picture, or ErrNotFound. Lists and records carry no pictures.
	Picture(ctx context.Context, id PictureID) (Picture, error)

	// PictureIDs returns the ids of at most limit pictures after the given one, in the order of ids; limit is between 1
	// and MaxPageSize. It finds former pictures too, and those that nothing names, for what copies a whole workspace.
	PictureIDs(ctx context.Context, after PictureID, limit int) ([]PictureID, error)

	// PlanRows calls fn with the PlanRowOf each cooperation, archived ones too, and its influencer, in no order. It
	// reads a few rows at a time, so that a report of any size fits into memory; fn must use neither the Reader nor the
	// store. All rows are of one state, outside of units of work too. An error of fn ends it and is returned.
	PlanRows(ctx context.Context, fn func(PlanRow) error) error

	// PlanSums returns those sums, under a filter, that a PlanTally has of all cooperations, archived ones
	// too: in the order of PlanSum.Compare, without those that count no cooperation. They are kept with each write, so that
	// reading them takes as long as they are many. Kept is false, without an error and with no sums, where they are not: in
	// data of an earlier version, until the next unit of work that writes a cooperation or RebuildPlanSums. Then, and in a
	// past, they are to be made of PlanRows.
	PlanSums(ctx context.Context, f PlanSumFilter) (sums []PlanSum, kept bool, err error)

	// PlanSpans returns the first and the last day of the budget.SumEdge of campaigns; those without are left out, as are all
	// where PlanSums are not kept.
	PlanSpans(ctx context.Context, campaigns []CampaignID) (map[CampaignID]budget.Period, error)

	// Sums adds up the cooperations that a filter selects, in groups of equal status, cancellation and currency, in the
	// order of Sum.Compare; no cooperations are no groups. A sum that does not fit into an amount is SumTooLarge, a bad
	// filter an ErrInvalid.
	Sums(ctx context.Context, f CooperationFilter) ([]Sum, error)

	// Facets counts the cooperations that a filter selects, as FacetsOf does, all of one state. A bad filter is an
	// ErrInvalid.
	Facets(ctx context.Context, f CooperationFilter) (Facets, error)

	// InfluencerFacets counts the influencers that a filter selects, as InfluencerFacetsOf does, all of one state. A bad
	// filter is an ErrInvalid.
	InfluencerFacets(ctx context.Context, f InfluencerFilter) (InfluencerFacets, error)

	// Claims returns the claims that ClaimsOf derives from the stored cooperations, ordered by start day, cooperation,
	// kind and key.
	Claims(ctx context.Context, f ClaimFilter) ([]Claim, error)

	// Changes returns at most limit changes in the order of their seq, or backwards with Newest; limit is between 1 and
	// MaxPageSize. ChangeFilter.Check checks both.
	Changes(ctx context.Context, f ChangeFilter, limit int) ([]Change, error)

	// Head is the end of the workspace's log.
	Head(ctx context.Context) (Head, error)

	// Load reads what an operation needs at once, in one round trip where the store is on a network. See Need.
	Load(ctx context.Context, n Need) (Loaded, error)
}

// Records reads the records of one kind.
type Records[R Record, F any] interface {
	// Get returns one record, or ErrNotFound.
	Get(ctx context.Context, id ID[R]) (R, error)
	// GetAll returns those of the records that exist, in the order of the ids and each once.
	GetAll(ctx context.Context, ids []ID[R]) ([]R, error)
	// List returns one page of the records that a filter selects. Pages in a row neither skip nor repeat a record that
	// is there all the time, at the same place in the order. With names, the page has the NamesOf its items, as they are
	// in the Reader. Bad options are an ErrInvalid; see backend.NewKeyset.
	List(ctx context.Context, f F, o ListOptions) (Page[R], error)
	// Count returns how many records a filter selects. A bad filter is an ErrInvalid, for List too; see CheckFilter.
	Count(ctx context.Context, f F) (int, error)
}

// Tx is a Reader that sees its own writes. Records are written as they are: the rules of the domain are Service's. What
// a store itself holds up is uniqueness and reference: ids, of profiles too; folded names of campaigns; platform and
// folded handle of profiles, also within one influencer; and that the members, campaigns and influencers that a record
// names exist in its workspace. A profile without an id or a handle takes none. The picture that an influencer names,
// and the influencer that a picture names, need not be there. A workspace is neither inserted nor deleted here, and no
// other one is updated.
//
// Insert, Update, Delete and Append may be kept back until something is read that they change, or until the callback has
// returned, so that many go to the database together. Their errors may so come from a later call, or from Store.Update
// itself; they are the same errors, and the transaction is doomed from then on.
type Tx interface {
	Reader

	// Insert adds records in order, with the versions that they carry; one that an undo makes again does not begin at 1. An
	// id, campaign name or profile that is taken is an ErrAlreadyExists, a reference to nothing an ErrInvalid; the *Error of
	// either names the field: "id", "name", "profiles.id", "profiles.handle", "campaign".
	Insert(ctx context.Context, records ...Record) error
	// Update replaces a record, workspace included, and raises its version by one. The record carries the version that
	// was read: if another is stored it is an ErrConflict; if nothing is, ErrNotFound. Otherwise it fails as Insert
	// does. Before is the record as it was read, at that version: what follows from it as it does from the new one, such
	// as the same claims, need not be written again. Nil says that it is not known.
	Update(ctx context.Context, before, after Record) error
	// Delete removes a record, as it was read, under the same rule. One that others refer to is an ErrReferenced; the
	// profiles of an influencer go with it.
	Delete(ctx context.Context, record Record) error
	// AddPicture adds a picture. It is never changed, outlives its influencer and goes with its workspace. An id that
	// is taken is an ErrAlreadyExists that names the field "id".
	AddPicture(ctx context.Context, p Picture) error
	// DeletePictures removes all pictures of an influencer, for the erasure of a person. None is no error.
	DeletePictures(ctx context.Context, id InfluencerID) error
	// Append ends the log with the changes of a unit: their seqs follow the head without a gap, whatever their Seq
	// says.
	Append(ctx context.Context, changes []Change) error
	// Redact gives changes that are in the log other fields and another reason: those with the seqs of the given ones,
	// which must be of the same unit, record and kind; what else differs stays as it is. A change that the log does not
	// hold is an ErrInvalid; its *Error names the field "seq". It is for the erasure of a person, the one exception to
	// a log that only grows.
	Redact(ctx context.Context, changes []Change) error
	// RebuildPlanSums makes the PlanSums anew of the stored cooperations, as if they had always been kept, and so the claims
	// and the identity keys of influencers in a store that keeps them.
	RebuildPlanSums(ctx context.Context) error
}

// AdminStore makes and removes workspaces. It is apart from Store because only the part of a host that serves no tenant
// should hold it. Its calls cross workspaces; nothing else does. Inside a callback of View or Update they return
// ErrNestedTx.
type AdminStore interface {
	// CreateWorkspace adds a workspace with the first changes of its log.
	CreateWorkspace(ctx context.Context, w Workspace, changes []Change) error
	// Workspaces lists all workspaces.
	Workspaces(ctx context.Context, o ListOptions) (Page[Workspace], error)
	// DeleteWorkspace removes a workspace with everything in it. Its id may be used again: the log of the new workspace
	// begins at seq 1, and its units are others.
	DeleteWorkspace(ctx context.Context, id WorkspaceID) error
	// Heads returns the log heads of at most limit workspaces with an id after the given one, by id, for a host that
	// follows many.
	Heads(ctx context.Context, after WorkspaceID, limit int) ([]Head, error)
}
