package indexes

import (
	"container/list"
	"context"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/examples/server/slots"
)

// slot has the index of one workspace.
type slot struct {
	workspace crm.WorkspaceID
	turn      chan struct{} // is held by the one call that reads
	latest    atomic.Pointer[version]

	// Of the cache, under its lock.
	place        *list.Element // nil before there is an index
	calls        int           // that are under way
	cooperations int           // as the cache has counted them
}

// version is an index, with the unit of the last change that it has: seq and unit together name one state of one log.
type version struct {
	*attribution.Index
	unit uuid.UUID
}

func newSlot(ws crm.WorkspaceID) *slot { return &slot{workspace: ws, turn: make(chan struct{}, 1)} }

// readTimeout bounds the reading of an index. The call that reads does it for those that wait as well, so it does not end
// with its own client.
const readTimeout = time.Minute

func (s *slot) get(ctx context.Context, service *crm.Service, reading *slots.Slots) (*attribution.Index, error) {
	if x, err := s.current(ctx, service); x != nil || err != nil {
		return x, err
	}
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if x, err := s.current(ctx, service); x != nil || err != nil { // another call has read it
		return x, err
	}
	free, err := reading.Take(ctx, s.workspace)
	if err != nil {
		return nil, err
	}
	defer free()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readTimeout)
	defer cancel()
	v, err := read(ctx, service, s.workspace, s.latest.Load())
	if err != nil {
		return nil, err
	}
	s.latest.Store(v)
	return v.Index, nil
}

// current returns the index if the log ends where it does, and nil if not.
func (s *slot) current(ctx context.Context, service *crm.Service) (*attribution.Index, error) {
	v := s.latest.Load()
	if v == nil {
		return nil, nil
	}
	end, err := service.Changes(ctx, s.workspace, v.Seq()-1, 2)
	if err != nil || len(end) != 1 || end[0].Unit != v.unit {
		return nil, err
	}
	return v.Index, nil
}

// maxCatchUp is how many changes are read at most; for more it is better to read all records again.
const maxCatchUp = 5_000

// read reads an index, from an earlier one if that is not far behind. A workspace that was deleted and is there again, as a
// restored copy is, has another log.
func read(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, from *version) (v *version, err error) {
	err = service.View(ctx, ws, func(ctx context.Context, r crm.Reader) error {
		head, err := r.Head(ctx)
		if err != nil {
			return err
		}
		v = &version{unit: head.Unit}
		if from != nil && head.Seq-from.Seq() <= maxCatchUp {
			at, err := r.Changes(ctx, crm.ChangeFilter{After: from.Seq() - 1}, 1)
			if err != nil {
				return err
			}
			if len(at) == 1 && at[0].Unit == from.unit {
				v.Index, err = from.Refresh(ctx, r)
				return err
			}
		}
		v.Index, err = snapshot(ctx, r)
		return err
	})
	return v, err
}

func snapshot(ctx context.Context, r crm.Reader) (*attribution.Index, error) {
	all, err := attribution.ReadSnapshot(ctx, r)
	if err != nil {
		return nil, err
	}
	return attribution.NewIndex(all, nil)
}
