package webhook

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
)

const (
	fullLook      = time.Minute // between looks at all webhooks, for what another process has left
	maxWorkspaces = 500         // whose webhooks one statement reads
)

// look puts the webhooks into the queue for which there is something to send. While nothing happens it reads the ends of all
// logs, and which messages are due. Webhooks are read only of workspaces where something has happened, or is left to do.
func (h *Hooks) look(ctx context.Context) error {
	h.looking.Lock()
	defer h.looking.Unlock()
	heads, err := h.heads(ctx)
	if err == nil {
		err = h.stirDue(ctx)
	}
	if err == nil {
		err = h.stirMoved(ctx, heads)
	}
	if err != nil {
		return err
	}
	var errs []error
	for some := range slices.Chunk(h.takeStirred(), maxWorkspaces) {
		if err := h.lookAt(ctx, some, heads); err != nil {
			h.stir(some...)
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// heads are the ends of the logs of all workspaces.
func (h *Hooks) heads(ctx context.Context) (map[string]crm.Head, error) {
	all := make(map[string]crm.Head, len(h.seen))
	for last := (crm.WorkspaceID{}); ; {
		page, err := h.admin.Heads(ctx, last, crm.MaxPageSize)
		if err != nil {
			return nil, err
		}
		for _, head := range page {
			last = head.Workspace
			all[last.String()] = head
		}
		if len(page) < crm.MaxPageSize {
			return all, nil
		}
	}
}

// stirDue stirs the workspaces with messages whose next attempt is due.
func (h *Hooks) stirDue(ctx context.Context) error {
	var due []string
	err := h.db.Select(ctx, "look for messages that are due", &due, `SELECT DISTINCT w.workspace FROM server_deliveries d
		JOIN server_webhooks w ON w.id = d.webhook WHERE d.state = 'pending' AND d.due_at <= $1 AND w.active = 1`, h.micros())
	h.stir(due...)
	return err
}

// stirMoved stirs the workspaces whose log goes on since the look before and, at first and now and then, all with webhooks.
func (h *Hooks) stirMoved(ctx context.Context, heads map[string]crm.Head) error {
	if now := h.o.Now(); now.Sub(h.lookedAtAll) >= fullLook {
		var all []string
		if err := h.db.Select(ctx, "look for workspaces with webhooks", &all,
			`SELECT DISTINCT workspace FROM server_webhooks WHERE active = 1`); err != nil {
			return err
		}
		h.stir(all...)
		h.lookedAtAll = now
	} else {
		for ws, head := range heads {
			if old := h.seen[ws]; old.Seq != head.Seq || old.Unit != head.Unit {
				h.stir(ws)
			}
		}
	}
	h.seen = heads
	return nil
}

// lookAt puts the webhooks of some workspaces into the queue for which there is something to send. Those workspaces are looked
// at again the next time.
func (h *Hooks) lookAt(ctx context.Context, workspaces []string, heads map[string]crm.Head) error {
	var all []struct {
		candidate
		Position int64 `db:"position"`
		Leased   int64 `db:"leased_until"`
		Due      int64 `db:"due"`     // messages whose next attempt is due
		Waiting  int64 `db:"waiting"` // messages that others wait for
	}
	now := h.micros()
	args := []any{now}
	places := make([]string, len(workspaces))
	for n, ws := range workspaces {
		args = append(args, ws)
		places[n] = "$" + strconv.Itoa(n+2)
	}
	if err := h.db.Select(ctx, "look for webhooks to serve", &all, `SELECT id, workspace, position, leased_until,
		(SELECT count(*) FROM server_deliveries d WHERE d.webhook = w.id AND d.state = 'pending' AND d.due_at <= $1) AS due,
		(SELECT count(*) FROM server_deliveries d WHERE d.webhook = w.id AND d.state = 'pending' AND d.replay = 0) AS waiting
		FROM server_webhooks w WHERE active = 1 AND workspace IN (`+strings.Join(places, ", ")+`) ORDER BY id`, args...); err != nil {
		return err
	}
	var errs []error
	for _, w := range all {
		head, found := heads[w.Workspace]
		if !found {
			errs = append(errs, h.removeLost(ctx, w.candidate))
			continue
		}
		if w.Due == 0 && (w.Waiting > 0 || int64(head.Seq) <= w.Position) {
			continue
		}
		h.stir(w.Workspace)
		if w.Leased <= now {
			h.queue.put(w.candidate)
		}
	}
	return errors.Join(errs...)
}

// removeLost removes a webhook whose workspace is gone. One that was made during the look is there.
func (h *Hooks) removeLost(ctx context.Context, c candidate) error {
	ws, err := crm.ParseID[crm.Workspace](c.Workspace)
	if err != nil {
		return err
	}
	_, err = h.head(ctx, ws)
	switch {
	case err == nil:
		h.stir(c.Workspace)
	case errors.Is(err, crm.ErrNotFound):
		return h.remove(ctx, c.ID)
	}
	return err
}

// stir has the next look read the webhooks of workspaces.
func (h *Hooks) stir(workspaces ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, ws := range workspaces {
		h.stirred[ws] = true
	}
}

func (h *Hooks) takeStirred() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := slices.Sorted(maps.Keys(h.stirred))
	clear(h.stirred)
	return all
}
