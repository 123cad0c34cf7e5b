package main

import (
	"context"
	"errors"
	"io"
	"log/slog"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/api"
	"github.com/getklar/influencercrm/examples/server/assistant"
)

// serveAssistant serves the assistant of whoever started the program, on standard input and output.
func serveAssistant(ctx context.Context, service *crm.Service, admin *crm.Admin, proposals assistant.Proposals, write bool,
	logger *slog.Logger, in io.ReadCloser, out io.Writer) error {
	scope := api.Read
	if write {
		scope = api.Write
	}
	a, err := assistant.New(service, admin, assistant.Options{
		Scope: func(context.Context) api.Scope { return scope }, Caller: func(context.Context) string { return "local" },
		Proposals: proposals, Logger: logger,
	})
	if err != nil {
		return err
	}
	if err := a.Serve(ctx, &mcp.IOTransport{Reader: in, Writer: leftOpen{out}}); ctx.Err() == nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil // the client has left, or the program was interrupted
}

// leftOpen is a writer that whoever has opened it closes.
type leftOpen struct{ io.Writer }

// Close implements io.Closer.
func (leftOpen) Close() error { return nil }
