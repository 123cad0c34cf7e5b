package webhook

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// serve sends to a webhook until there is nothing left that is due, or its turn is over and there may be more. It does nothing
// while another process sends.
func (h *Hooks) serve(ctx context.Context, c candidate) (more bool, err error) {
	ws, err := crm.ParseID[crm.Workspace](c.Workspace)
	if err != nil {
		return false, err
	}
	leased, err := h.lease(ctx, c.ID)
	if err != nil || !leased {
		return false, err
	}
	defer func() { err = errors.Join(err, h.release(ctx, c.ID)) }()
	for n := range maxInARow {
		if n > 0 && h.queue.contended(c) {
			break
		}
		sent, err := h.sendNext(ctx, ws, c.ID)
		if err != nil || !sent {
			return false, err
		}
	}
	return true, nil
}

// sendNext sends the next message to a webhook, if there is one that is due.
func (h *Hooks) sendNext(ctx context.Context, ws crm.WorkspaceID, id string) (sent bool, err error) {
	leased, err := h.lease(ctx, id)
	if err != nil || !leased {
		return false, err
	}
	var r row
	found, err := h.db.Get(ctx, "read a webhook", &r, `SELECT `+columns+` FROM server_webhooks WHERE id = $1`, id)
	if err != nil || !found || r.Active == 0 {
		return false, err
	}
	d, found, err := h.next(ctx, ws, r)
	if err != nil || !found {
		return false, err
	}
	body, err := h.message(ctx, ws, d)
	if err != nil {
		return false, err
	}
	how, err := h.attempt(ctx, r, d.ID, body)
	if err != nil {
		return false, err
	}
	return true, h.settle(ctx, r, d, how)
}

// lease takes or keeps the right to send to an active webhook, for a minute.
func (h *Hooks) lease(ctx context.Context, id string) (bool, error) {
	now := h.o.Now()
	rows, err := h.db.Exec(ctx, "lease a webhook", `UPDATE server_webhooks SET leased_by = $1, leased_until = $2
		WHERE id = $3 AND active = 1 AND (leased_until <= $4 OR leased_by = $1)`, h.process, now.Add(leaseTime).UnixMicro(), id, now.UnixMicro())
	return rows == 1, err
}

// release gives the right back, also when the process is about to end.
func (h *Hooks) release(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_, err := h.db.Exec(ctx, "release a webhook",
		`UPDATE server_webhooks SET leased_until = 0 WHERE id = $1 AND leased_by = $2`, id, h.process)
	return err
}

// next is the message to send now: one whose attempt is due, or a new one of what the log has, if none waits.
func (h *Hooks) next(ctx context.Context, ws crm.WorkspaceID, r row) (d deliveryRow, found bool, err error) {
	found, err = h.db.Get(ctx, "find a delivery that is due", &d, `SELECT `+deliveryColumns+` FROM server_deliveries
		WHERE webhook = $1 AND state = 'pending' AND due_at <= $2 ORDER BY due_at, id LIMIT 1`, r.ID, h.micros())
	if err != nil || found {
		return d, found, err
	}
	waits, err := h.db.Get(ctx, "find a delivery that waits", &d, `SELECT `+deliveryColumns+` FROM server_deliveries
		WHERE webhook = $1 AND state = 'pending' AND replay = 0 LIMIT 1`, r.ID)
	if err != nil || waits {
		return d, false, err
	}
	for after := crm.Seq(r.Position); ; {
		first, last, err := h.batch(ctx, ws, after, splitKinds(r.Kinds))
		if err != nil || last == after {
			return d, false, err
		}
		if first == 0 { // nothing that is wanted
			if _, err := h.db.Exec(ctx, "move a webhook on", moveTo, int64(last), r.ID); err != nil {
				return d, false, err
			}
			after = last
			continue
		}
		return h.add(ctx, r, first, last)
	}
}

// add makes a delivery. One that has the same changes already was made by a process that has lost its lease since; it is
// finished or will be, and nothing is made.
func (h *Hooks) add(ctx context.Context, r row, first, last crm.Seq) (deliveryRow, bool, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return deliveryRow{}, false, err
	}
	now := h.micros()
	d := deliveryRow{
		ID: id.String(), Webhook: r.ID, First: int64(first), Last: int64(last), Kinds: r.Kinds, State: string(Pending),
		CreatedAt: now, BegunAt: now, DueAt: now,
	}
	rows, err := h.db.Exec(ctx, "make a delivery", `INSERT INTO server_deliveries (`+deliveryColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, '', $7, $7, $7, 0) ON CONFLICT (webhook, first_seq) DO NOTHING`,
		d.ID, d.Webhook, d.First, d.Last, d.Kinds, d.State, now)
	return d, rows == 1, err
}
