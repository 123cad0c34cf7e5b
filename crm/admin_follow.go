package crm

import (
	"context"
	"errors"
	"time"
)

// Follow calls fn with the end of every log that has moved since fn returned nil for it, all of them at first, until the
// context ends or the store is closed, and returns that error. It asks at once and then each interval; 0 means
// DefaultFollowInterval. It is for a program that follows all workspaces, of which most rest: fn reads the changes from
// where it stands, by Service.Changes, and keeps how far it came.
//
// A workspace for which fn fails does not hold up the others, and comes again at the next interval, as do all when the store
// fails; Options.Logger is told.
func (a *Admin) Follow(ctx context.Context, interval time.Duration, fn func(context.Context, Head) error) error {
	mustBeGiven(fn != nil, "Follow", "a callback")
	if interval == 0 {
		interval = DefaultFollowInterval
	}
	if interval < 0 {
		p := &problems{}
		p.add("interval", interval.String(), "must not be negative")
		return p.result()
	}
	seen := map[WorkspaceID]Head{}
	for {
		now, err := a.tellHeads(ctx, seen, fn)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, ErrClosed):
			return err
		case err != nil:
			a.env.log.ErrorContext(ctx, "workspaces cannot be followed until the next interval", "error", err)
		default:
			seen = now
		}
		timer := time.NewTimer(interval)
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
	}
}

// tellHeads calls fn with the heads that are not in seen, and returns those that fn has taken: without those of workspaces
// that are gone. A workspace that was made anew has other units, so its head is told even at the same seq.
func (a *Admin) tellHeads(ctx context.Context, seen map[WorkspaceID]Head, fn func(context.Context, Head) error) (map[WorkspaceID]Head, error) {
	now := make(map[WorkspaceID]Head, len(seen))
	for last := (WorkspaceID{}); ; {
		heads, err := a.Heads(ctx, last, MaxPageSize)
		if err != nil || len(heads) == 0 {
			return now, err
		}
		for _, head := range heads {
			last = head.Workspace
			if old, ok := seen[last]; !ok || old.Seq != head.Seq || old.Unit != head.Unit {
				if err := fn(ctx, head); ctx.Err() != nil {
					return nil, ctx.Err()
				} else if err != nil {
					a.env.log.ErrorContext(ctx, "workspace waits for the next interval", "workspace", last.String(), "error", err)
					continue
				}
				seen[last] = head // also if a later page fails
			}
			now[last] = head
		}
	}
}
