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

// DefaultBusyTimeout is how long an Update waits for its workspace's writer.
const DefaultBusyTimeout = 5 * time.Second

// Options are the settings of a Store.
type Options struct {
	// BusyTimeout is how long an Update waits for its workspace's writer before it ends with
	// crm.ErrBusy. 0 means DefaultBusyTimeout.
	BusyTimeout time.Duration
}

// Store is a crm.Store and crm.AdminStore in memory.
type Store struct {
	busyTimeout time.Duration

	gate gate.Gate

	mu     sync.Mutex
	spaces map[crm.WorkspaceID]*space
}

var (
	_ crm.Store      = (*Store)(nil)
	_ crm.AdminStore = (*Store)(nil)
)

// space is one workspace.
type space struct {
	writer  chan struct{} // holds a token while somebody writes
	current atomic.Pointer[state]
}

// New returns an empty store. Nil options are the defaults.
func New(o *Options) *Store {
	s := &Store{busyTimeout: DefaultBusyTimeout, spaces: map[crm.WorkspaceID]*space{}}
	if o != nil && o.BusyTimeout > 0 {
		s.busyTimeout = o.BusyTimeout
	}
	return s
}

// space finds a workspace.
func (s *Store) space(id crm.WorkspaceID) (*space, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sp, ok := s.spaces[id]
	if !ok {
		return nil, crm.RefTo[crm.Workspace](id).NotFound()
	}
	return sp, nil
}

// View implements crm.Store.
func (s *Store) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	sp, err := s.space(ws)
	if err != nil {
		return err
	}
	u := &unit{state: sp.current.Load()}
	defer u.end()
	return fn(s.gate.Inside(ctx), u)
}

// Update implements crm.Store.
func (s *Store) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	if err := s.gate.Enter(ctx); err != nil {
		return err
	}
	defer s.gate.Leave()
	sp, err := s.space(ws)
	if err != nil {
		return err
	}
	if err := s.lock(ctx, sp); err != nil {
		return err
	}
	defer sp.unlock()
	// The workspace may have been deleted while this writer waited.
	if sp, err = s.space(ws); err != nil {
		return err
	}
	u := &unit{state: sp.current.Load().copy()}
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
	sp.current.Store(u.state)
	return nil
}

// lock waits for the workspace's writer to be done.
func (s *Store) lock(ctx context.Context, sp *space) error {
	timer := time.NewTimer(s.busyTimeout)
	defer timer.Stop()
	select {
	case sp.writer <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", crm.ErrBusy, ctx.Err())
	case <-timer.C:
		return fmt.Errorf("%w: waited %s for another writer of the workspace", crm.ErrBusy, s.busyTimeout)
	}
}

func (sp *space) unlock() { <-sp.writer }

// Close implements crm.Store.
func (s *Store) Close() error {
	s.gate.Close()
	return nil
}
