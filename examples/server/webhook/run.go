package webhook

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/getklar/influencercrm/examples/server/state"
)

const (
	interval  = time.Second // between looks for something to send
	leaseTime = time.Minute // longer than an attempt
	maxInARow = 100         // messages of a turn; while somebody waits for the place, a turn has one
	keepSent  = 3 * 24 * time.Hour
	keepDead  = 30 * 24 * time.Hour
)

// Run sends what there is to send, until the context ends. What is wrong is logged, and tried again.
func (h *Hooks) Run(ctx context.Context) {
	var sending sync.WaitGroup
	defer sending.Wait()
	for pruned := (time.Time{}); ; {
		err := h.start(ctx, &sending)
		if now := h.o.Now(); now.Sub(pruned) > time.Hour {
			pruned = now
			err = errors.Join(err, h.prune(ctx))
		}
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			h.o.Logger.ErrorContext(ctx, "webhooks wait", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(interval):
		}
	}
}

// Round sends what there is to send now, and returns when all of it has been tried.
func (h *Hooks) Round(ctx context.Context) error {
	var sending sync.WaitGroup
	err := h.start(ctx, &sending)
	sending.Wait()
	return err
}

// start begins to send to all webhooks for which there is something, as far as there is room.
func (h *Hooks) start(ctx context.Context, sending *sync.WaitGroup) error {
	err := h.look(ctx)
	for {
		c, ok := h.queue.take()
		if !ok {
			return err
		}
		sending.Go(func() { h.work(ctx, c) })
	}
}

// work serves a webhook, and then others that wait.
func (h *Hooks) work(ctx context.Context, c candidate) {
	for ok := true; ok; {
		more, err := h.serve(ctx, c)
		h.queue.done(c, more)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			h.o.Logger.ErrorContext(ctx, "a webhook waits", "webhook", c.ID, "error", err)
		}
		c, ok = h.queue.take()
	}
}

func (h *Hooks) remove(ctx context.Context, id string) error {
	return h.db.Update(ctx, "remove the webhook of a deleted workspace", func(tx state.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM server_webhooks WHERE id = $1`, id)
		if err == nil {
			_, err = tx.Exec(ctx, `DELETE FROM server_deliveries WHERE webhook = $1`, id)
		}
		return err
	})
}

// prune deletes deliveries that are old enough, and those of webhooks that were deleted while a message was made.
func (h *Hooks) prune(ctx context.Context) error {
	now := h.o.Now()
	_, err := h.db.Exec(ctx, "delete old deliveries", `DELETE FROM server_deliveries WHERE state = 'delivered' AND finished_at < $1
		OR state = 'dead' AND finished_at < $2 OR webhook NOT IN (SELECT id FROM server_webhooks)`,
		now.Add(-keepSent).UnixMicro(), now.Add(-keepDead).UnixMicro())
	return err
}
