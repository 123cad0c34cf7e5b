package transfer

import (
	"context"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Copy copies a workspace into another store, under the same id: records with their versions, the log with its seqs,
// units and times, pictures and import runs. It reads one snapshot of the source, writes pieces, and compares both
// sides at the end; only then the copy gets the name of the workspace. The source may go on meanwhile, and what it writes
// after the snapshot is not copied: let nobody write to it when a workspace moves.
//
// What stopped on the way is Unfinished in the destination. Copy called again goes on there, or begins anew if the
// source has changed since, as Result.Restarted says. A workspace with the id that is no unfinished copy is an
// ErrAlreadyExists. A copy that differs from its source is an ErrStorage that names the first difference. After an
// ErrUnknownOutcome look with Summarize whether the copy is whole.
func Copy(ctx context.Context, from crm.Store, to Store, ws crm.WorkspaceID, o *Options) (Result, error) {
	mustBeGiven(from != nil, "Copy", "a store to copy from")
	mustBeGiven(to != nil, "Copy", "a store to copy into")
	if err := o.check(); err != nil {
		return Result{}, err
	}
	var result Result
	err := from.View(ctx, ws, func(inside context.Context, r crm.Reader) error {
		w, err := r.Workspace(inside)
		if err != nil {
			return err
		}
		if Unfinished(w) {
			return unfinishedSource(w)
		}
		head, err := r.Head(inside)
		if err != nil {
			return err
		}
		counts, err := count(inside, r, head)
		if err != nil {
			return err
		}
		t, err := begin(ctx, to, w, head)
		if err != nil {
			return err
		}
		result, err = t.copy(ctx, inside, r, o, o.steps(Writing, counts.total()))
		return err
	})
	if err != nil {
		return Result{}, err
	}
	return result, nil
}

// copy writes, compares and finishes. If what an earlier call has written is not what the source has now, which the end
// of the log need not show, it begins anew.
func (t *target) copy(ctx, inside context.Context, r crm.Reader, o *Options, s *steps) (Result, error) {
	for {
		sum, resumed, err := t.writeAll(ctx, inside, reading(r), o, s)
		if err != nil {
			return Result{}, err
		}
		s.next(Verifying)
		written, err := t.read(ctx, s)
		if err != nil {
			return Result{}, err
		}
		_, unequal := sum.differsFrom(written)
		switch {
		case !unequal:
			return Result{sum.summary(t.head), resumed, t.restarted}, t.finish(ctx)
		case !t.resumed:
			return Result{}, t.firstDifference(ctx, inside, r)
		}
		t.restarted = true
		if err := t.again(ctx); err != nil {
			return Result{}, err
		}
		s.next(Writing)
	}
}

// Summarize sums up a workspace, for a comparison of two.
func Summarize(ctx context.Context, store crm.Store, ws crm.WorkspaceID, o *Options) (Summary, error) {
	mustBeGiven(store != nil, "Summarize", "a store")
	return sumUp(ctx, store, ws, o, false, func(crm.Head, Counts) error { return nil }, func([]byte) error { return nil })
}

// sumUp reads a workspace, and calls head before the first line and line with the lines of each entry.
func sumUp(
	ctx context.Context, store crm.Store, ws crm.WorkspaceID, o *Options, strict bool,
	before func(crm.Head, Counts) error, line func([]byte) error,
) (s Summary, err error) {
	if err := o.check(); err != nil {
		return Summary{}, err
	}
	err = store.View(ctx, ws, func(ctx context.Context, r crm.Reader) error {
		w, err := r.Workspace(ctx)
		if err != nil {
			return err
		}
		if Unfinished(w) {
			return unfinishedSource(w)
		}
		head, err := r.Head(ctx)
		if err != nil {
			return err
		}
		counts, err := count(ctx, r, head)
		if err != nil {
			return err
		}
		if err := before(head, counts); err != nil {
			return err
		}
		sum := newDigest()
		err = eachLine(ctx, w, reading(r), strict, func(e entry, lines []byte) error {
			sum.add(e.part, lines)
			return line(lines)
		}, o.steps(Reading, counts.total()).advance)
		s = sum.summary(head)
		return err
	})
	if err != nil {
		return Summary{}, err
	}
	return s, nil
}

func unfinishedSource(w crm.Workspace) error {
	return &crm.Error{Family: crm.ErrInvalid, Record: w.Ref(), Field: "name", Value: crm.Shorten(w.Name),
		Problem: sentence.Of("is an unfinished copy, which has only a part of its source; end it, or take the source")}
}
