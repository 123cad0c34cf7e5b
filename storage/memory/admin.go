package memory

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// admin runs an administrative call under the store's lock.
func (s *Store) admin(ctx context.Context, fn func() error) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	s.mu.Lock()
	defer s.mu.Unlock()
	return fn()
}

// CreateWorkspace implements crm.AdminStore.
func (s *Store) CreateWorkspace(ctx context.Context, w crm.Workspace, changes []crm.Change) error {
	return s.admin(ctx, func() error {
		if _, taken := s.workspaces[w.ID]; taken {
			return backend.Taken(w.Ref(), "id", w.ID.String())
		}
		first := newState(stored(w).(crm.Workspace))
		first.append(changes)
		added := &workspace{writing: make(chan struct{}, 1)}
		added.current.Store(first)
		s.workspaces[w.ID] = added
		return nil
	})
}

// Workspaces implements crm.AdminStore.
func (s *Store) Workspaces(ctx context.Context, o crm.ListOptions) (crm.Page[crm.Workspace], error) {
	var keyset backend.Keyset
	var all []crm.Workspace
	err := s.admin(ctx, func() (err error) {
		if keyset, err = backend.NewKeyset[crm.Workspace](crm.WorkspaceID{}, nil, o); err != nil {
			return err
		}
		for _, w := range s.workspaces {
			all = append(all, stateOf(w).workspace)
		}
		return nil
	})
	if err != nil {
		return crm.Page[crm.Workspace]{}, err
	}
	return page(keyset, all)
}

// DeleteWorkspace implements crm.AdminStore.
func (s *Store) DeleteWorkspace(ctx context.Context, id crm.WorkspaceID) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	w, err := s.workspace(id)
	if err != nil {
		return err
	}
	if err := s.lock(ctx, w); err != nil { // the present writer finishes first
		return err
	}
	defer w.unlock()
	if _, err := s.workspace(id); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.workspaces, id)
	return nil
}

// Heads implements crm.AdminStore.
func (s *Store) Heads(ctx context.Context, after crm.WorkspaceID, limit int) ([]crm.Head, error) {
	heads := []crm.Head{}
	err := s.admin(ctx, func() error {
		if err := crm.CheckLimit(limit); err != nil {
			return err
		}
		for id, w := range s.workspaces {
			if id.Compare(after) > 0 {
				heads = append(heads, stateOf(w).head())
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(heads, func(a, b crm.Head) int { return a.Workspace.Compare(b.Workspace) })
	return heads[:min(limit, len(heads))], nil
}
