// Package slots bounds how many calls do at the same time what takes much memory, such as reading a sheet or all records of a
// workspace. The others wait.
package slots

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/crm"
)

// Slots are those of one kind of work, for all workspaces together. They are safe for concurrent use.
type Slots struct {
	taken chan struct{}
	each  *Each
}

// New makes n slots, of which one workspace has at most half, so that others find some however long it keeps its own. A single
// one is for everybody.
func New(n int) *Slots { return &Slots{make(chan struct{}, n), NewEach(max(1, n/2))} }

// Take waits for a slot for work of a workspace, which free gives back. If ctx ends before there is one it is a crm.ErrBusy.
func (s *Slots) Take(ctx context.Context, ws crm.WorkspaceID) (free func(), err error) {
	leave, err := s.each.Take(ctx, ws) // first, so that a workspace that has its share waits without a slot
	if err != nil {
		return nil, err
	}
	if err := enter(ctx, s.taken); err != nil {
		leave()
		return nil, err
	}
	return func() {
		<-s.taken
		leave()
	}, nil
}

// enter takes a place in what is taken.
func enter(ctx context.Context, taken chan struct{}) error {
	select {
	case taken <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errors.Join(crm.ErrBusy, context.Cause(ctx))
	}
}
