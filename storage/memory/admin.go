package memory

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// admin runs one administrative call under the store's lock.
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
		if _, taken := s.spaces[w.ID]; taken {
			return backend.Taken(w.Ref(), "id", w.ID.String())
		}
		first := newState(crm.Clone(w))
		first.append(changes)
		sp := &space{writer: make(chan struct{}, 1)}
		sp.current.Store(first)
		s.spaces[w.ID] = sp
		return nil
	})
}

// Workspaces implements crm.AdminStore.
func (s *Store) Workspaces(ctx context.Context, o crm.ListOptions) (crm.Page[crm.Workspace], error) {
	keyset, err := backend.NewKeyset[crm.Workspace](nil, o)
	if err != nil {
		return crm.Page[crm.Workspace]{}, err
	}
	var all []crm.Workspace
	err = s.admin(ctx, func() error {
		for _, sp := range s.spaces {
			all = append(all, sp.current.Load().workspace)
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
	sp, err := s.space(id)
	if err != nil {
		return err
	}
	if err := s.lock(ctx, sp); err != nil { // a writer finishes first
		return err
	}
	defer sp.unlock()
	if _, err := s.space(id); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.spaces, id)
	return nil
}

// Heads implements crm.AdminStore.
func (s *Store) Heads(ctx context.Context, after crm.WorkspaceID, limit int) ([]crm.Head, error) {
	if err := crm.CheckLimit(limit); err != nil {
		return nil, err
	}
	heads := []crm.Head{}
	err := s.admin(ctx, func() error {
		for id, sp := range s.spaces {
			if id.Compare(after) > 0 {
				heads = append(heads, sp.current.Load().head())
			}
		}
		return nil
	})
	slices.SortFunc(heads, func(a, b crm.Head) int { return a.Workspace.Compare(b.Workspace) })
	return heads[:min(limit, len(heads))], err
}
