package indexes

import (
	"container/list"
	"context"
	"errors"
	"sync"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/examples/server/slots"
)

// The bounds of a Cache where Options say nothing.
const (
	DefaultWorkspaces   = 256
	DefaultCooperations = 500_000
	DefaultAtOnce       = 4
)

// Options bound what a cache keeps. When it is full, the workspaces that were not asked for the longest time leave. That of
// the last call stays, however large it is.
type Options struct {
	Workspaces   int // 0 is DefaultWorkspaces
	Cooperations int // of all workspaces together; 0 is DefaultCooperations
	// AtOnce is how many workspaces are read at the same time, and how many calls have an index of their own; 0 is DefaultAtOnce.
	AtOnce int
}

// Cache has the indexes of the workspaces that were asked for last. It is safe for use by several goroutines.
type Cache struct {
	options Options
	reading *slots.Slots
	own     *slots.Slots // of calls with an index that is not kept

	mu           sync.Mutex
	slots        map[crm.WorkspaceID]*slot // also of those that are read for the first time
	byUse        list.List                 // of *slot with an index, the last used first
	cooperations int                       // of all slots
}

// New makes an empty cache. Nil options are the defaults.
func New(o *Options) *Cache {
	c := &Cache{slots: map[crm.WorkspaceID]*slot{}}
	if o != nil {
		c.options = *o
	}
	if c.options.Workspaces <= 0 {
		c.options.Workspaces = DefaultWorkspaces
	}
	if c.options.Cooperations <= 0 {
		c.options.Cooperations = DefaultCooperations
	}
	if c.options.AtOnce <= 0 {
		c.options.AtOnce = DefaultAtOnce
	}
	c.reading, c.own = slots.New(c.options.AtOnce), slots.New(c.options.AtOnce)
	return c
}

// Get returns the index of a workspace with all changes that were committed before the call. Calls that come while an index is
// read wait for it. A workspace that does not exist is a crm.ErrNotFound; its index leaves.
func (c *Cache) Get(ctx context.Context, service *crm.Service, ws crm.WorkspaceID) (*attribution.Index, error) {
	s := c.enter(ws)
	x, err := s.get(ctx, service, c.reading)
	c.leave(s, x, err)
	return x, err
}

// Own waits until a call may make indexes of its own, which are not kept, such as one with changes that nobody has saved. So
// many may at once, of which those of one workspace are at most half. It has the right until it calls free, which it does when
// it no longer has such an index, and before it waits for a client.
func (c *Cache) Own(ctx context.Context, ws crm.WorkspaceID) (free func(), err error) {
	return c.own.Take(ctx, ws)
}

// AsOf makes the index of a workspace as it stood right after a change, and keeps nothing. The right to it is that of Own, so
// that one call makes one more of it.
func (c *Cache) AsOf(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, at crm.Seq) (
	x *attribution.Index, free func(), err error,
) {
	free, err = c.Own(ctx, ws)
	if err != nil {
		return nil, nil, err
	}
	err = service.AsOf(ctx, ws, at, func(ctx context.Context, r crm.Reader) error {
		x, err = snapshot(ctx, r)
		return err
	})
	if err != nil {
		free()
		return nil, nil, err
	}
	return x, free, nil
}

// enter is the place of a workspace for one more call. One without an index makes no other leave: there may be no such
// workspace.
func (c *Cache) enter(ws crm.WorkspaceID) *slot {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.slots[ws]
	if s == nil {
		s = newSlot(ws)
		c.slots[ws] = s
	}
	s.calls++
	if s.place != nil {
		c.byUse.MoveToFront(s.place)
	}
	return s
}

// leave takes what came of a call. A slot that has left in the meantime stays away, because the next call made another one.
func (c *Cache) leave(s *slot, x *attribution.Index, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s.calls--
	switch here := c.slots[s.workspace] == s; {
	case !here:
	case errors.Is(err, crm.ErrNotFound), err != nil && s.place == nil && s.calls == 0:
		c.remove(s)
	case err == nil:
		if s.place == nil {
			s.place = c.byUse.PushFront(s)
		}
		c.cooperations += x.Len() - s.cooperations
		s.cooperations = x.Len()
		c.evict()
	}
}

func (c *Cache) evict() {
	for c.byUse.Len() > 1 && (c.byUse.Len() > c.options.Workspaces || c.cooperations > c.options.Cooperations) {
		c.remove(c.byUse.Back().Value.(*slot))
	}
}

func (c *Cache) remove(s *slot) {
	delete(c.slots, s.workspace)
	if s.place != nil {
		c.byUse.Remove(s.place)
	}
	c.cooperations -= s.cooperations
}
