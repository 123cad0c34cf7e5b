package sqlstore

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/tables"
	"github.com/getklar/influencercrm/storage/internal/unit"
)

// Reader implements crm.Store. Each call is one statement, outside of transactions; only one that finds nothing is
// followed by another, which looks whether the workspace exists.
func (s *Store) Reader(ws crm.WorkspaceID) crm.Reader {
	return backend.Direct(func(ctx context.Context, read func(crm.Reader) (found bool, err error)) error {
		return s.units.Direct(ctx, ws, func(u *unit.Session) error {
			r := s.reader(u, ws)
			found, err := read(r)
			if found || err != nil && !errors.Is(err, crm.ErrNotFound) {
				return err
			}
			if _, missing := r.readHead(ctx); missing != nil {
				return missing
			}
			return err
		})
	})
}

// readHead reads the head of the log from the workspace's row.
func (r *reader) readHead(ctx context.Context) (crm.Head, error) {
	var row tables.HeadRow
	found, err := r.unit.Get(ctx, row.Dest(), r.schema.Changes.Head, r.wsText)
	switch {
	case err != nil:
		return crm.Head{}, r.unit.Fail(ctx, "reading the workspace", err)
	case !found:
		return crm.Head{}, crm.RefTo(r.ws).NotFound()
	}
	return row.Head()
}
