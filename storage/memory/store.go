package memory

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/internal/gate"
)

// DefaultBusyTimeout is how long an Update waits for another writer of its workspace.
const DefaultBusyTimeout = 5 * time.Second

// Options are the settings of a Store.
type Options struct {
	// BusyTimeout is how long an Update waits for another writer of its workspace before it ends with crm.ErrBusy. 0
	// means DefaultBusyTimeout.
	BusyTimeout time.Duration
}

// Store is a crm.Store and crm.AdminStore in memory.
type Store struct {
	busyTimeout time.Duration

	gate gate.Gate

	mu         sync.Mutex
	workspaces map[crm.WorkspaceID]*workspace
}

var (
	_ crm.Store      = (*Store)(nil)
	_ crm.AdminStore = (*Store)(nil)
)

// workspace is one workspace of a store.
type workspace struct {
	writing chan struct{} // holds a token while somebody writes
	current atomic.Value  // a *state; with an atomic.Pointer all importers would compile its trees, as crm.ClaimIndex has it
}

// stateOf is no method, because those are read with their type.
func stateOf(w *workspace) *state { return w.current.Load().(*state) }

// New returns an empty store. Nil options are the defaults.
func New(o *Options) *Store {
	s := &Store{busyTimeout: DefaultBusyTimeout, workspaces: map[crm.WorkspaceID]*workspace{}}
	if o != nil && o.BusyTimeout > 0 {
		s.busyTimeout = o.BusyTimeout
	}
	return s
}

// workspace finds a workspace.
func (s *Store) workspace(id crm.WorkspaceID) (*workspace, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, ok := s.workspaces[id]
	if !ok {
		return nil, crm.RefTo[crm.Workspace](id).NotFound()
	}
	return w, nil
}

// View implements crm.Store.
func (s *Store) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	w, err := s.workspace(ws)
	if err != nil {
		return err
	}
	u := &unit{state: stateOf(w)}
	defer u.end()
	return fn(s.gate.Inside(ctx), u)
}

// Update implements crm.Store.
func (s *Store) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	w, err := s.workspace(ws)
	if err != nil {
		return err
	}
	if err := s.lock(ctx, w); err != nil {
		return err
	}
	defer w.unlock()
	// The workspace may have been deleted while this writer waited.
	if w, err = s.workspace(ws); err != nil {
		return err
	}
	u := &unit{state: stateOf(w).copy()}
	defer u.end()
	if err := fn(s.gate.Inside(ctx), u); err != nil {
		return err
	}
	if u.doomed != nil {
		return u.doomed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	w.current.Store(u.state)
	return nil
}

// lock makes the caller the only writer of a workspace. It waits for the present one.
func (s *Store) lock(ctx context.Context, w *workspace) error {
	timer := time.NewTimer(s.busyTimeout)
	defer timer.Stop()
	select {
	case w.writing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", crm.ErrBusy, ctx.Err())
	case <-timer.C:
		return fmt.Errorf("%w: waited %s for another writer of the workspace", crm.ErrBusy, s.busyTimeout)
	}
}

func (w *workspace) unlock() { <-w.writing }

// Close implements crm.Store.
func (s *Store) Close() error {
	s.gate.Close()
	return nil
}
