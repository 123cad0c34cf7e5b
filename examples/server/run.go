package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/observe"
	"github.com/getklar/influencercrm/examples/server/server"
	"github.com/getklar/influencercrm/examples/server/webhook"
	"github.com/getklar/influencercrm/sheetimport/google"
)

// run runs a command: that of the first argument or, without one, it serves: HTTP, or with -mcp in and out until in ends.
func run(ctx context.Context, args []string, env func(string) (string, bool), in io.ReadCloser, out, errOut io.Writer) error {
	if len(args) > 0 && args[0] == "token" {
		return tokenCommand(ctx, args[1:], env, out, errOut)
	}
	return runServer(ctx, args, env, in, out, errOut)
}

// runServer serves until ctx ends, and then finishes the requests that are open.
func runServer(
	ctx context.Context, args []string, env func(string) (string, bool), in io.ReadCloser, out, errOut io.Writer,
) (err error) {
	var o options
	flags := flag.NewFlagSet(serverName, flag.ContinueOnError)
	o.define(flags)
	rest, err := parseFlags(flags, args, env, errOut)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return fmt.Errorf("%q is no option and no command; see -help", rest[0])
	}
	if err := o.complete(); err != nil {
		return err
	}
	logger := o.logFormat.logger(errOut)
	// An address that is taken is told before anything is written.
	var listener net.Listener
	if !o.mcp {
		if listener, err = net.Listen("tcp", o.addr); err != nil {
			return err
		}
		defer listener.Close() //nolint:errcheck // a server that has ended has closed it
	}
	db, err := database.Open(ctx, o.db, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if o.demo.on {
		if err := o.demo.make(ctx, db.Store, budget.DateOf(time.Now()), errOut); err != nil {
			return err
		}
	}
	if o.mcp {
		return serveAssistant(ctx, db, o.mcpWrite, logger, in, out)
	}
	traces, err := observe.NewTraces(env)
	if err != nil {
		return err
	}
	if traces != nil {
		defer func() { err = errors.Join(err, traces.Close(context.WithoutCancel(ctx))) }()
	}
	parts, err := o.assemble(ctx, db, listener.Addr(), traces, logger)
	if err != nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		err = errors.Join(err, parts.sheets.Close(ctx))
	}()
	ctx, stop := context.WithCancel(ctx)
	var sending sync.WaitGroup
	sending.Go(func() { parts.hooks.Run(ctx) })
	defer sending.Wait()
	defer stop()
	_, _ = fmt.Fprintf(out, "The CRM is at http://%s/\n", listener.Addr())
	if parts.open {
		_, _ = fmt.Fprintln(out, "It is for this machine alone and asks for no token.")
	} else {
		_, _ = fmt.Fprintln(out, "It asks for a token, because there is one: send it as Authorization: Bearer …")
	}
	return serve(ctx, listener, parts)
}

// parts are what a server is made of.
type parts struct {
	http.Handler
	hooks  *webhook.Hooks   // to be run
	sheets *imports.Service // to be closed
	open   bool             // to everybody on this machine
}

// assemble makes the parts of a server at an address.
func (o options) assemble(
	ctx context.Context, db *database.Database, addr net.Addr, traces *observe.Traces, logger *slog.Logger,
) (p parts, err error) {
	readers, err := o.google()
	if err != nil {
		return p, err
	}
	metrics := observe.NewMetrics()
	tracer := metrics.Trace
	if traces != nil {
		tracer = observe.Both(metrics.Trace, traces.Trace)
	}
	service := crm.New(db.Store, &crm.Options{Actor: access.Actor, Trace: tracer, SheetLink: google.CheckLink})
	admin := crm.NewAdmin(db.Store, &crm.Options{SheetLink: google.CheckLink})
	tokens := access.NewTokens(db.State, service)
	if o.tokenFile != "" {
		text, err := readToken(o.tokenFile)
		if err != nil {
			return p, err
		}
		if err := tokens.UseFile(text); err != nil {
			return p, fmt.Errorf("%s: %w", o.tokenFile, err)
		}
	}
	any, err := tokens.Any(ctx)
	if err != nil {
		return p, err
	}
	if p.open = !any; p.open && (!isLoopback(addr) || len(o.hosts) > 0 || len(o.origins) > 0) {
		return p, fmt.Errorf("other machines can reach %s, so callers need a token: make one with "+
			"`server token create -db … -name … -scope admin`, "+
			"or name a file that holds one with -token-file", addr)
	}
	secure := len(o.origins) > 0
	for _, origin := range o.origins {
		secure = secure && strings.HasPrefix(origin, "https://")
	}
	gate := access.NewGate(tokens, access.NewSessions(db.State, tokens, secure), p.open, logger)
	p.sheets = imports.New(service, db.State, &imports.Options{Google: readers, Logger: logger})
	p.hooks = webhook.New(db.State, service, admin, webhook.Options{Private: o.webhookAllowPrivate, Logger: logger})
	p.Handler, err = server.Handler(service, server.Options{
		State: db.State, Webhooks: p.hooks, Imports: p.sheets, TempDir: o.uploadDir, Ending: ctx.Done(),
		Admin: admin, Logger: logger, Gate: gate, Hosts: o.hosts, Origins: o.origins, Rate: o.rate,
		Ready: db.State.Ready, Metrics: metrics, Traces: traces,
	})
	return p, err
}

// isLoopback reports whether only this machine reaches an address.
func isLoopback(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// readToken reads a file with a token. More than a token is not read.
func readToken(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // it was only read
	text, err := io.ReadAll(io.LimitReader(f, 4096))
	return string(text), err
}
