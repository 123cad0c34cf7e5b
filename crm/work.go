package crm

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Work is a unit of work: every operation of the domain with its rules, on one workspace, inside one transaction. It
// reads its own writes through the embedded Reader. A Work is used by one goroutine and only inside the callback of
// Service.Update.
//
// An operation that returns an error for bad input has written nothing, and the unit may go on. Only an id that is
// given for a new record and taken already is found by the store itself, which ends the unit. Give no id that a deleted
// record has had: the new one begins at version 1, so a change of what somebody read of the former one may pass for one of
// it. The log, which knows, is not asked, as that would cost an import a read for each row; UndoUnit brings a record back.
type Work struct {
	Reader
	tx        Tx
	env       environment
	workspace Workspace
	head      stateID // of the workspace when the unit began
	dry       bool    // see Service.DryRun
	log       *unitLog
	cache     *unitCache

	claimCache *claimCache
	claims     *unitClaims
	mayLeave   bool          // to have the claims read ahead
	left       bool          // and is over for that: nothing that it did counts
	ahead      *claimVersion // that was read then
}

// Unit returns the id of this unit of work in the log, by which it can be undone.
func (w *Work) Unit() uuid.UUID { return w.log.unit }

// Done is where the log has what a call did.
type Done struct {
	// Unit is the unit of work. To take the call back, undo it. It is the zero id, which JSON leaves out, if there is nothing
	// to take back: in a dry run, and if the unit had changed nothing when the call ended.
	Unit uuid.UUID `json:"unit,omitzero"`
	// Seq is that of the last change which the unit had made when the call ended. If it had made none it is the end of the
	// log before. In a dry run it is 0.
	Seq Seq `json:"seq"`
}

// done is what the unit has done so far.
func (w *Work) done() Done {
	if w.dry {
		return Done{}
	}
	if w.log.count == 0 {
		return Done{Seq: w.head.seq}
	}
	return Done{w.log.unit, w.head.seq + Seq(w.log.count)}
}

// Log returns at most limit of the changes that this unit of work has made so far, with a seq after the given one and in
// order; limit is between 1 and MaxPageSize. They are as the log will have them, for a unit that goes on only if it does
// what somebody was shown. What the unit has not sent yet is written first.
func (w *Work) Log(ctx context.Context, after Seq, limit int) ([]Change, error) {
	if err := w.log.flush(ctx, w.tx); err != nil {
		return nil, err
	}
	return w.Changes(ctx, ChangeFilter{After: max(after, w.head.seq), Unit: w.Unit()}, limit)
}

// Preload reads at once what the next operations will ask for one by one: a unit of many, such as an import, needs fewer
// round trips then. The need may be of any size, and have zero ids, such as those of optional references, which name
// nothing; what is known already is not read again. A kind that Load does not read is an ErrInvalid. It changes nothing
// else.
func (w *Work) Preload(ctx context.Context, n Need) error {
	p := &problems{}
	for at, ref := range n.Refs {
		p.loadable(at, ref.Kind)
	}
	if err := p.result(); err != nil {
		return err
	}
	return w.cache.prepare(ctx, n)
}

// begin starts a unit of work on a transaction.
func (s *Service) begin(ctx context.Context, tx Tx, unit uuid.UUID) (*Work, error) {
	workspace, err := tx.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	if err := workspace.checkFinished(); err != nil {
		return nil, err
	}
	head, err := tx.Head(ctx)
	if err != nil {
		return nil, err
	}
	stamp, err := s.env.stamp(ctx, unit, head)
	if err != nil {
		return nil, err
	}
	cache := newUnitCache(tx, s.env.remembers)
	return &Work{
		Reader: cache, tx: cache, env: s.env, dry: s.dry, workspace: workspace, head: stateID{head.Seq, head.Unit},
		cache: cache, claimCache: s.claims,
		claims: &unitClaims{changed: map[CooperationID][]Claim{}},
		log:    &unitLog{stamp: stamp},
	}, nil
}

// today is the current day in the workspace's time zone.
func (w *Work) today() (budget.Date, error) { return today(w.workspace, w.env.now()) }

func today(ws Workspace, now time.Time) (budget.Date, error) {
	zone, err := ws.Location()
	if err != nil {
		return budget.Date{}, err
	}
	return budget.DateOf(now.In(zone)), nil
}

// newID returns the given id or, if it is zero, a new one.
func newID[R any](w *Work, given ID[R]) ID[R] {
	if given.IsZero() {
		return ID[R](w.env.newID())
	}
	return given
}

// insert stores and logs a new record.
func insert[R Record](ctx context.Context, w *Work, r R) (R, error) {
	r = w.log.newAt(r.AtRevision(1)).(R)
	if r.Ref().ID == uuid.Nil {
		return r, &Error{Family: ErrInvalid, Record: r.Ref(), Field: "id", Value: uuid.Nil.String(),
			Problem: sentence.Of("is no id; Options.NewID has to return a new one at each call")}
	}
	if err := w.tx.Insert(ctx, r); err != nil {
		return r, err
	}
	return r, w.log.add(ctx, w.tx, Created, nil, r, "")
}

// replace writes and logs a record's new state. If nothing but the version differs nothing is written, and the stored
// record comes back.
func replace[R Record](ctx context.Context, w *Work, before, after R, reason string) (R, error) {
	changed, err := diff(before, after)
	if err != nil || len(changed) == 0 {
		return before, err
	}
	if err := checkReason(after.Ref(), &reason); err != nil {
		return before, err
	}
	after = w.log.changedAt(before, after).(R)
	if err := w.tx.Update(ctx, before, after.AtRevision(before.Revision())); err != nil {
		return before, err
	}
	w.log.record(Updated, after.Ref(), changed, reason)
	return after.AtRevision(before.Revision() + 1).(R), w.log.flushIfFull(ctx, w.tx)
}

// checkReason cleans and checks the reason that a person gives for a change.
func checkReason(record Ref, reason *string) error {
	p := &problems{record: record}
	p.text("reason", reason, MaxNotes, true)
	return p.result()
}

// current reads the stored state of a record that is about to be changed and checks that the change was made from it.
func current[R Record, F any](ctx context.Context, records Records[R, F], id ID[R], version int64) (R, error) {
	stored, err := records.Get(ctx, id)
	if err != nil {
		return stored, err
	}
	if stored.Revision() != version {
		return stored, stored.Ref().Stale(version, stored.Revision())
	}
	return stored, nil
}

// editable is current for an edit: archived records are restored first.
func editable[R Record, F any](ctx context.Context, records Records[R, F], id ID[R], version int64) (R, error) {
	stored, err := current(ctx, records, id, version)
	if err == nil && !archivedOn(stored).IsZero() {
		err = &Error{Family: ErrInvalid, Record: stored.Ref(), Field: "archived_on",
			Value: archivedOn(stored).String(), Problem: sentence.Of("it is archived; restore it first")}
	}
	return stored, err
}
