package shops

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/history"
)

// Run answers requests at an address and tells the news until ctx ends, and then finishes the requests that are open.
func Run(ctx context.Context, writer, readers *sql.DB, store Store, address string, out io.Writer) error {
	h, err := New(ctx, writer, readers, store)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "http://%s/shops is open; README.md has commands to try. What happens:\n", listener.Addr())
	server := &http.Server{Handler: h.Routes(), ReadTimeout: 10 * time.Second, WriteTimeout: 20 * time.Second}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error)
	go func() {
		_ = h.admin.Follow(ctx, 0, func(ctx context.Context, head crm.Head) error { return h.tell(ctx, head, out) })
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		ended <- server.Shutdown(grace)
	}()
	err = server.Serve(listener)
	if stop(); errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, <-ended)
}

// tell tells what is new in one shop and keeps how far it came. A program that stops in between tells a
// page again; one for which that is too much writes what it makes of it in the transaction that moves the mark.
func (h *Host) tell(ctx context.Context, head crm.Head, out io.Writer) error {
	var shop string
	var told crm.Seq
	const query = "SELECT name, told FROM shops WHERE workspace = $1"
	err := h.readers.QueryRowContext(ctx, query, head.Workspace).Scan(&shop, &told)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // a workspace of somebody else
	}
	for err == nil && told < head.Seq {
		changes, failed := h.crm.Changes(ctx, head.Workspace, told, crm.MaxPageSize)
		for n := 0; n < len(changes) && failed == nil; n++ {
			told = changes[n].Seq
			_, failed = fmt.Fprintf(out, "%s #%d: %s\n", shop, told, history.Describe(changes[n], nil))
		}
		if err = failed; err == nil {
			_, err = h.writer.ExecContext(ctx, "UPDATE shops SET told = $1 WHERE workspace = $2", told, head.Workspace)
		}
	}
	return err
}
