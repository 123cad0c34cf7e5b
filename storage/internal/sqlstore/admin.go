package sqlstore

import (
	"context"
	"errors"
	"fmt"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// CreateWorkspace implements crm.AdminStore.
func (s *Store) CreateWorkspace(ctx context.Context, w crm.Workspace, changes []crm.Change) error {
	return s.unit(ctx, s.writers, w.ID, func(u *session) error {
		tx := newWriter(u, w.ID)
		tx.head.Workspace = w.ID
		err := insert(ctx, tx, s.schema.workspaces, w)
		if u.doubt && errors.Is(err, crm.ErrAlreadyExists) {
			if there, failed := tx.settle(ctx); there || failed != nil {
				return failed
			}
		}
		if err != nil {
			return err
		}
		u.doubt = false // the row was free: an earlier try is not there
		if err := tx.append(ctx, changes); err != nil {
			return err
		}
		return tx.sign(ctx)
	})
}

// DeleteWorkspace implements crm.AdminStore. It goes table by table in one transaction and holds up
// other writers for that time.
func (s *Store) DeleteWorkspace(ctx context.Context, id crm.WorkspaceID) error {
	return s.unit(ctx, s.writers, id, func(u *session) error {
		tx := newWriter(u, id)
		err := tx.lock(ctx)
		if u.doubt && errors.Is(err, crm.ErrNotFound) {
			u.doubt = false // an earlier try is there
			return nil
		}
		if err != nil {
			return err
		}
		u.doubt = false
		for _, text := range s.schema.wipe {
			if _, err := tx.sweep(ctx, text, tx.wsText); err != nil {
				return tx.fail(ctx, "deleting the workspace", err)
			}
		}
		return nil
	})
}

// Workspaces implements crm.AdminStore.
func (s *Store) Workspaces(ctx context.Context, o crm.ListOptions) (crm.Page[crm.Workspace], error) {
	var page crm.Page[crm.Workspace]
	keyset, err := backend.NewKeyset[crm.Workspace](nil, o)
	if err != nil {
		return page, err
	}
	err = s.across(ctx, func(session *session) error {
		t := s.schema.workspaces
		all := records[crm.Workspace, workspaceRow, workspaceFilter]{&reader{session: session}, t}
		found, err := all.query(ctx, inOrder(sq.Select(t.read...).From(t.name), keyset, t.sorts[keyset.Sort], t.idColumn))
		if err != nil {
			return err
		}
		page, err = backend.PageOf(keyset, found)
		return err
	})
	return page, err
}

// Heads implements crm.AdminStore.
func (s *Store) Heads(ctx context.Context, after crm.WorkspaceID, limit int) ([]crm.Head, error) {
	if err := crm.CheckLimit(limit); err != nil {
		return nil, err
	}
	heads := []crm.Head{}
	err := s.across(ctx, func(session *session) error {
		heads = heads[:0] // this may be another try
		q := sq.Select("workspace_id", "seq", "last_at").From(s.schema.workspaces.name).
			Where("workspace_id > ?", idText(after)).OrderBy("workspace_id").Limit(uint64(limit))
		var rows []headRow
		if err := session.list(ctx, &rows, q); err != nil {
			return session.fail(ctx, "reading the heads of the logs", err)
		}
		for _, row := range rows {
			head, err := row.head()
			if err != nil {
				return session.unreadable(ctx, crm.Ref{Kind: crm.KindWorkspace}, err)
			}
			heads = append(heads, head)
		}
		return nil
	})
	return heads, err
}

// across reads across workspaces, which is not for a database that keeps them apart.
func (s *Store) across(ctx context.Context, fn func(*session) error) error {
	if s.dialect.Enter != nil {
		return fmt.Errorf("%w: this store sees one workspace at a time; ask one of the tables' owner", crm.ErrInvalid)
	}
	return s.unit(ctx, s.readers, crm.WorkspaceID{}, fn)
}
