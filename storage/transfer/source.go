package transfer

import (
	"context"

	"github.com/getklar/influencercrm/crm"
)

// source calls a function with all entries of a workspace but its own record, page by page and in order.
type source func(ctx context.Context, fn func([]entry) error) error

func reading(r crm.Reader) source {
	return func(ctx context.Context, fn func([]entry) error) error { return walk(ctx, r, fn) }
}

// eachLine calls fn with each entry of a source and its lines, the workspace's own record first, while the next page is
// read. Lines are valid until fn returns. After each page it calls advance.
func eachLine(
	ctx context.Context, w crm.Workspace, from source, strict bool, fn func(entry, []byte) error, advance func(int),
) error {
	e := newEncoder(strict)
	page := func(entries []entry) error {
		for _, en := range entries {
			lines, err := e.encode(en)
			if err != nil {
				return err
			}
			if err := fn(en, lines); err != nil {
				return err
			}
		}
		advance(len(entries))
		return nil
	}
	if err := page([]entry{entryOf(w)}); err != nil {
		return err
	}
	return pipe(ctx, from, page)
}

// writeAll writes the entries of a source, while the next are read, and sums them up. The context is that of the writes;
// inside is that of the reads.
func (t *target) writeAll(ctx, inside context.Context, from source, o *Options, s *steps) (sum *digest, resumed int, err error) {
	sum = newDigest()
	pieces := func(inside context.Context, send func(piece) error) error {
		var next piece
		err := eachLine(inside, t.workspace, from, false, func(e entry, lines []byte) error {
			sum.add(e.part, lines)
			next.entries++
			switch {
			case e.part == workspacePart: // see finish
			case t.has(e):
				resumed++
			default:
				next.add(e)
				next.size += len(lines)
			}
			if next.entries < o.perUnit() && next.size < maxUnitBytes {
				return nil
			}
			full := next
			next = piece{}
			return send(full)
		}, func(int) {})
		if err != nil {
			return err
		}
		return send(next)
	}
	err = pipe(inside, pieces, func(p piece) error {
		if err := t.write(ctx, p); err != nil {
			return err
		}
		s.advance(p.entries)
		return nil
	})
	return sum, resumed, err
}
