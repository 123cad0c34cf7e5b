package transfer

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// target is a workspace that is being written. Until finish it stands under the record that unfinished returns, with the
// log at its end: the record of the source comes last, so that no half is taken for the whole.
type target struct {
	store     Store
	workspace crm.Workspace
	head      crm.Head
	after     [numParts]place // the last entry of each part that is there
	resumed   bool
	restarted bool
}

// unfinished is the record of a workspace that is not whole yet. Its update to the record of the source ends with the
// version of that.
func (t *target) unfinished() crm.Workspace {
	return crm.Workspace{
		ID: t.workspace.ID, Version: t.workspace.Version - 1,
		Name: fmt.Sprintf("%s%d of unit %s", crm.UnfinishedName, t.head.Seq, t.head.Unit),
	}
}

// isUnfinished reports whether a stored workspace is the unfinished copy of this very state.
func (t *target) isUnfinished(w crm.Workspace) bool {
	want := t.unfinished()
	return Unfinished(w) && w.Name == want.Name && w.Version == want.Version
}

// begin makes the workspace, or goes on with one that is unfinished. An unfinished copy of another state goes.
func begin(ctx context.Context, to Store, w crm.Workspace, head crm.Head) (*target, error) {
	t := &target{store: to, workspace: w, head: head}
	found, err := to.Reader(w.ID).Workspace(ctx)
	switch {
	case errors.Is(err, crm.ErrNotFound):
		return t, to.CreateWorkspace(ctx, t.unfinished(), nil)
	case err != nil:
		return nil, err
	case t.isUnfinished(found):
		t.resumed = true
		return t, to.View(ctx, w.ID, t.findEnds)
	case !Unfinished(found):
		return nil, &crm.Error{Family: crm.ErrAlreadyExists, Record: w.Ref(), Field: "id", Value: w.ID.String(),
			Problem: sentence.Of("the store has this workspace already, and it is no unfinished copy; delete it there first to have it replaced")}
	}
	t.restarted = true
	return t, t.again(ctx)
}

// again deletes what is written and begins from nothing.
func (t *target) again(ctx context.Context) error {
	if err := t.discard(ctx); err != nil {
		return err
	}
	t.after, t.resumed = [numParts]place{}, false
	return t.store.CreateWorkspace(ctx, t.unfinished(), nil)
}

// discard deletes the workspace if it is still unfinished.
func (t *target) discard(ctx context.Context) error {
	found, err := t.store.Reader(t.workspace.ID).Workspace(ctx)
	switch {
	case errors.Is(err, crm.ErrNotFound):
		return nil
	case err != nil:
		return err
	case !Unfinished(found):
		return t.disturbed(sentence.Of("is no unfinished copy any more"))
	}
	return t.store.DeleteWorkspace(ctx, t.workspace.ID)
}

// findEnds finds the last entry of each part.
func (t *target) findEnds(ctx context.Context, r crm.Reader) error {
	err := errors.Join(
		findEnd(ctx, t, memberPart, r.Members(), crm.MemberFilter{Archive: crm.ActiveOrNot}),
		findEnd(ctx, t, campaignPart, r.Campaigns(), crm.CampaignFilter{Archive: crm.ActiveOrNot}),
		findEnd(ctx, t, influencerPart, r.Influencers(), crm.InfluencerFilter{Archive: crm.ActiveOrNot}),
		findEnd(ctx, t, cooperationPart, r.Cooperations(), crm.CooperationFilter{Archive: crm.ActiveOrNot}),
		findEnd(ctx, t, importRunPart, r.ImportRuns(), crm.ImportRunFilter{}),
		eachPictureIDs(ctx, r, func(ids []crm.PictureID) error {
			t.after[picturePart] = place{part: picturePart, id: ids[len(ids)-1].UUID()}
			return nil
		}),
	)
	if err != nil {
		return err
	}
	head, err := r.Head(ctx)
	t.after[changePart] = place{part: changePart, seq: head.Seq}
	return err
}

func findEnd[R crm.Record, F any](ctx context.Context, t *target, p part, records crm.Records[R, F], f F) error {
	page, err := records.List(ctx, f, crm.ListOptions{Size: 1, Desc: true})
	for _, r := range page.Items {
		t.after[p] = entryOf(r).place()
	}
	return err
}

// has reports whether an entry was written by an earlier call: entries are written in order.
func (t *target) has(e entry) bool {
	at := t.after[e.part]
	return t.resumed && (at.id != uuid.Nil || at.seq > 0) && e.place().compare(at) <= 0
}

// piece is what one unit of work writes.
type piece struct {
	records  []crm.Record
	pictures []crm.Picture
	changes  []crm.Change
	entries  int // with those that are there already
	size     int // of the lines
}

func (p *piece) add(e entry) {
	switch v := e.value.(type) {
	case crm.Record:
		p.records = append(p.records, v)
	case crm.Picture:
		p.pictures = append(p.pictures, v)
	case crm.Change:
		p.changes = append(p.changes, v)
	}
}

func (p *piece) isEmpty() bool { return len(p.records)+len(p.pictures)+len(p.changes) == 0 }

// write adds a piece in a unit of work.
func (t *target) write(ctx context.Context, p piece) error {
	if p.isEmpty() {
		return nil
	}
	return t.store.Update(ctx, t.workspace.ID, func(ctx context.Context, tx crm.Tx) error {
		if err := t.checkUnfinished(ctx, tx); err != nil {
			return err
		}
		if len(p.changes) > 0 {
			head, err := tx.Head(ctx)
			if err != nil {
				return err
			}
			if head.Seq != p.changes[0].Seq-1 {
				return t.disturbed(sentence.Of("has its log at change %d instead of %d", head.Seq, p.changes[0].Seq-1))
			}
		}
		if err := tx.Insert(ctx, p.records...); err != nil {
			return err
		}
		for _, picture := range p.pictures {
			if err := tx.AddPicture(ctx, picture); err != nil {
				return err
			}
		}
		return tx.Append(ctx, p.changes)
	})
}

func (t *target) checkUnfinished(ctx context.Context, tx crm.Tx) error {
	now, err := tx.Workspace(ctx)
	if err == nil && !t.isUnfinished(now) {
		return t.disturbed(sentence.Of("is not the unfinished copy any more that it was"))
	}
	return err
}

// disturbed is the error of a copy that somebody else has written into.
func (t *target) disturbed(what sentence.Sentence) error {
	return &crm.Error{Family: crm.ErrConflict, Record: t.workspace.Ref(),
		Problem: sentence.Of("the copy %s: something else writes into it, perhaps another copy; let one of them end", what)}
}

// read sums up what was written, with the record of the source for the workspace's own.
func (t *target) read(ctx context.Context, s *steps) (*digest, error) {
	var sum *digest
	err := t.store.View(ctx, t.workspace.ID, func(inside context.Context, r crm.Reader) error {
		sum = newDigest()
		return eachLine(inside, t.workspace, reading(r), false, func(e entry, lines []byte) error {
			sum.add(e.part, lines)
			return nil
		}, s.advance)
	})
	return sum, err
}

// finish gives the workspace the record of the source, which makes it whole, and returns the log's end.
func (t *target) finish(ctx context.Context) error {
	want, err := t.line(t.workspace)
	if err != nil {
		return err
	}
	return t.store.Update(ctx, t.workspace.ID, func(ctx context.Context, tx crm.Tx) error {
		if err := t.checkUnfinished(ctx, tx); err != nil {
			return err
		}
		head, err := tx.Head(ctx)
		if err != nil {
			return err
		}
		if !sameHead(head, t.head) {
			return t.disturbed(sentence.Of("has its log at change %d instead of %d", head.Seq, t.head.Seq))
		}
		w := t.workspace
		w.Version--
		if err := tx.Update(ctx, nil, w); err != nil {
			return err
		}
		now, err := tx.Workspace(ctx)
		if err != nil {
			return err
		}
		got, err := t.line(now)
		if err == nil && !bytes.Equal(got, want) {
			return differs(entryOf(t.workspace), want, got)
		}
		return err
	})
}

func (t *target) line(w crm.Workspace) ([]byte, error) { return newEncoder(false).encode(entryOf(w)) }

// sameHead compares times as times: that of a file has another form.
func sameHead(a, b crm.Head) bool { return a.Seq == b.Seq && a.Unit == b.Unit && a.At.Equal(b.At) }
