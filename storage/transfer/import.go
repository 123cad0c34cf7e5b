package transfer

import (
	"context"
	"errors"
	"io"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Import writes the workspace of a file that Export has written into a store, under the id that it had. It reads the file
// once, line by line, and compares what was written with it; only then the workspace gets its name. What is wrong with
// the file is an ErrInvalid whose field is "line" and whose value is its number. The digest guards against damage, not
// against forgery: records are written as they are, without the rules of the domain, so import only what you trust.
//
// What an ended context, a failed read or a failed store has stopped is Unfinished in the store. Import called again
// with the same file, or with one of the same state, goes on there. A file that turns out to be damaged leaves nothing.
// A workspace with the id that is no unfinished copy is an ErrAlreadyExists.
func Import(ctx context.Context, to Store, r io.Reader, o *Options) (Result, error) {
	mustBeGiven(to != nil, "Import", "a store to write")
	mustBeGiven(r != nil, "Import", "a file to read")
	if err := o.check(); err != nil {
		return Result{}, err
	}
	f, err := openFile(r)
	if err != nil {
		return Result{}, err
	}
	t, err := begin(ctx, to, f.workspace, f.header.Head)
	if err != nil {
		return Result{}, err
	}
	s := o.steps(Writing, f.header.Counts.total())
	sum, resumed, err := t.writeAll(ctx, ctx, f.walk, o, s)
	if err != nil {
		if bad := (damaged{}); errors.As(err, &bad) {
			return Result{}, t.discardAfter(ctx, err)
		}
		return Result{}, err
	}
	s.next(Verifying)
	written, err := t.read(ctx, s)
	if err != nil {
		return Result{}, err
	}
	p, unequal := sum.differsFrom(written)
	switch {
	case unequal && t.resumed:
		return Result{}, t.discardAfter(ctx, &crm.Error{Family: crm.ErrConflict, Record: f.workspace.Ref(), Field: partKeys[p],
			Problem: sentence.Of("an unfinished copy was there whose entries of this kind are not those of the file; it was deleted, so import again")})
	case unequal:
		return Result{}, &crm.Error{Family: crm.ErrStorage, Record: f.workspace.Ref(), Field: partKeys[p],
			Problem: sentence.Of("what was written of this kind is not what the file has; the copy stays unfinished")}
	}
	if err := t.finish(ctx); err != nil {
		return Result{}, err
	}
	return Result{sum.summary(t.head), resumed, t.restarted}, nil
}

// discardAfter deletes what is written because of an error, and returns that.
func (t *target) discardAfter(ctx context.Context, because error) error {
	if err := t.discard(ctx); err != nil {
		return errors.Join(because, err)
	}
	return because
}

// Check reads a file to its end, without a store, and returns what it holds. It finds what Import would find wrong with
// the file.
func Check(r io.Reader) (Summary, error) {
	mustBeGiven(r != nil, "Check", "a file to read")
	f, err := openFile(r)
	if err != nil {
		return Summary{}, err
	}
	sum := newDigest()
	err = eachLine(context.Background(), f.workspace, f.walk, false, func(e entry, lines []byte) error {
		sum.add(e.part, lines)
		return nil
	}, func(int) {})
	if err != nil {
		return Summary{}, err
	}
	return sum.summary(f.header.Head), nil
}
