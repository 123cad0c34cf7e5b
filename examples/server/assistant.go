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
	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/examples/server/imports"
)

// serveAssistant serves the assistant of whoever started the program, on standard input and output.
func serveAssistant(ctx context.Context, db *database.Database, write bool, logger *slog.Logger, in io.ReadCloser, out io.Writer) (err error) {
	service := crm.New(db.Store, nil)
	sheets := imports.New(service, db.State, &imports.Options{Logger: logger})
	defer func() { err = errors.Join(err, sheets.Close(context.WithoutCancel(ctx))) }()
	scope := api.Read
	if write {
		scope = api.Write
	}
	a, err := assistant.New(service, crm.NewAdmin(db.Store, nil), assistant.Options{
		Scope: func(context.Context) api.Scope { return scope }, Caller: func(context.Context) string { return "local" },
		Proposals: db.State, Imports: sheets, Logger: logger,
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
