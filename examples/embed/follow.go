package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/history"
)

// follow tells the news of all shops until ctx ends.
func (h *host) follow(ctx context.Context, every time.Duration) {
	for ctx.Err() == nil {
		if err := h.catchUp(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "news wait for the next turn", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(every):
		}
	}
}

// catchUp asks for the ends of all logs, and reads on where one has gone beyond what was announced. A shop that fails does not
// hold up the others.
func (h *host) catchUp(ctx context.Context) error {
	var failed []error
	for last := (crm.WorkspaceID{}); ; {
		heads, err := h.admin.Heads(ctx, last, crm.MaxPageSize)
		if err != nil || len(heads) == 0 {
			return errors.Join(append(failed, err)...)
		}
		for _, head := range heads {
			failed = append(failed, h.announce(ctx, head))
			last = head.Workspace
		}
	}
}

// tell tells what is new in one shop and keeps how far it came. A program that stops in between tells a page again; one for
// which that is too much writes what it makes of the changes in the transaction that moves the mark.
func (h *host) announce(ctx context.Context, head crm.Head) error {
	var shop string
	var announced crm.Seq
	err := h.readers.QueryRowContext(ctx, "SELECT name, announced FROM shops WHERE workspace = ?", head.Workspace).Scan(&shop, &announced)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // see addShop
	}
	for err == nil && announced < head.Seq {
		announced, err = h.announcePage(ctx, head.Workspace, shop, announced)
	}
	return err
}

func (h *host) announcePage(ctx context.Context, ws crm.WorkspaceID, shop string, announced crm.Seq) (crm.Seq, error) {
	changes, err := h.crm.Changes(ctx, ws, announced, crm.MaxPageSize)
	if err != nil {
		return announced, err
	}
	for _, c := range changes {
		if _, err := fmt.Fprintf(h.out, "%s #%d: %s\n", shop, c.Seq, history.Describe(c, nil)); err != nil {
			return announced, err
		}
		announced = c.Seq
	}
	_, err = h.writer.ExecContext(ctx, "UPDATE shops SET announced = ? WHERE workspace = ?", announced, ws)
	return announced, err
}
