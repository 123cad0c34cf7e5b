package memory

import (
	"context"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// Reader implements crm.Store. Each call sees the state that is there when it begins.
func (s *Store) Reader(ws crm.WorkspaceID) crm.Reader {
	return backend.Direct(func(ctx context.Context, read func(crm.Reader) (found bool, err error)) error {
		if err := s.gate.Enter(ctx); err != nil {
			return err
		}
		defer s.gate.Leave()
		w, err := s.workspace(ws)
		if err != nil {
			return err
		}
		_, err = read(&unit{state: w.current.Load()})
		return err
	})
}
