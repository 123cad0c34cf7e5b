package webhook

import (
	"context"
	"net/http"
	"time"

	"github.com/getklar/influencercrm/examples/server/state"
)

// settle keeps how an attempt ended. A process that ends before it sends the message again, and leaves nothing out.
func (h *Hooks) settle(ctx context.Context, r row, d deliveryRow, how outcome) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second) // what was sent was sent
	defer cancel()
	return h.db.Update(ctx, "note how a delivery ended", func(tx state.Tx) error {
		if how.failure == "" {
			return h.taken(ctx, tx, r, d, how)
		}
		return h.failed(ctx, tx, r, d, how)
	})
}

// taken notes that a receiver has the message, which counts whatever became of the webhook meanwhile.
func (h *Hooks) taken(ctx context.Context, tx state.Tx, r row, d deliveryRow, how outcome) error {
	if _, err := tx.Exec(ctx, moveTo, d.Last, r.ID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE server_deliveries SET state = 'delivered', attempts = attempts + 1, status = $1, problem = '', due_at = 0,
		finished_at = $2 WHERE id = $3 AND state = 'pending' AND replay = $4`, how.status, h.micros(), d.ID, d.Replay)
	return err
}

// failed notes an attempt that failed: the message is tried again later, or given up, and a receiver that is gone switches
// the webhook off. It says nothing of another version of the webhook, whose address may be new: the message is then sent to
// that as if it had not been tried. Neither does it of a delivery that was finished or begun anew meanwhile.
func (h *Hooks) failed(ctx context.Context, tx state.Tx, r row, d deliveryRow, how outcome) error {
	active, edits := 1, 0
	if how.status == http.StatusGone {
		active, edits = 0, 1
	}
	// Without a change it still keeps an edit waiting until the end of the transaction.
	same, err := tx.Exec(ctx, `UPDATE server_webhooks SET active = $1, version = version + $2 WHERE id = $3 AND version = $4`,
		active, edits, r.ID, r.Version)
	if err != nil || same == 0 {
		return err
	}
	now := h.o.Now()
	then, due, finished := Dead, int64(0), now.UnixMicro()
	if next := now.Add(wait(int(d.Attempts) + 1)); active == 1 && next.Before(time.UnixMicro(d.BegunAt).Add(GiveUpAfter)) {
		then, due, finished = Pending, next.UnixMicro(), 0
	}
	counted, err := tx.Exec(ctx, `UPDATE server_deliveries SET state = $1, attempts = $2, status = $3, problem = $4, due_at = $5, finished_at = $6
		WHERE id = $7 AND state = 'pending' AND begun_at = $8`,
		string(then), d.Attempts+1, how.status, string(how.failure), due, finished, d.ID, d.BegunAt)
	if err == nil && counted > 0 && then == Dead {
		_, err = tx.Exec(ctx, moveTo, d.Last, r.ID)
	}
	return err
}

// moveTo moves the position of a webhook, never back.
const moveTo = `UPDATE server_webhooks SET position = $1 WHERE id = $2 AND position < $1`
