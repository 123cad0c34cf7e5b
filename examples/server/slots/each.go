package slots

import (
	"context"
	"sync"

	"github.com/getklar/influencercrm/crm"
)

// Each has slots for every workspace by itself. It is safe for concurrent use.
type Each struct {
	n          int
	mu         sync.Mutex
	workspaces map[crm.WorkspaceID]*share // of those that have a slot or wait for one
}

type share struct {
	calls int // that have a slot or wait for one
	taken chan struct{}
}

// NewEach makes n slots for each workspace.
func NewEach(n int) *Each { return &Each{n: n, workspaces: map[crm.WorkspaceID]*share{}} }

// Take waits for a slot of a workspace, which free gives back. If ctx ends before there is one it is a crm.ErrBusy.
func (e *Each) Take(ctx context.Context, ws crm.WorkspaceID) (free func(), err error) {
	s := e.enter(ws)
	if err := enter(ctx, s.taken); err != nil {
		e.leave(ws, s)
		return nil, err
	}
	return func() {
		<-s.taken
		e.leave(ws, s)
	}, nil
}

func (e *Each) enter(ws crm.WorkspaceID) *share {
	e.mu.Lock()
	defer e.mu.Unlock()
	s := e.workspaces[ws]
	if s == nil {
		s = &share{taken: make(chan struct{}, e.n)}
		e.workspaces[ws] = s
	}
	s.calls++
	return s
}

func (e *Each) leave(ws crm.WorkspaceID, s *share) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if s.calls--; s.calls == 0 {
		delete(e.workspaces, ws)
	}
}
