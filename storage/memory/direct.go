package memory

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// Reader implements crm.Store. Each call sees the state that is there when it begins. Where there is no workspace it
// reads an empty one, so that what is wrong with its arguments comes first.
func (s *Store) Reader(ws crm.WorkspaceID) crm.Reader {
	return backend.Direct(func(ctx context.Context, read func(crm.Reader) (found bool, err error)) error {
		if err := s.gate.Enter(ctx); err != nil {
			return err
		}
		defer s.gate.Leave()
		w, missing := s.workspace(ws)
		if missing != nil {
			if _, err := read(&unit{state: newState(crm.Workspace{ID: ws})}); err != nil && !errors.Is(err, crm.ErrNotFound) {
				return err
			}
			return missing
		}
		_, err := read(&unit{state: stateOf(w)})
		return err
	})
}
