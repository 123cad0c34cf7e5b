package api

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/idempotency"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/indexes"
	"github.com/getklar/influencercrm/examples/server/openapi"
	"github.com/getklar/influencercrm/examples/server/reports"
	"github.com/getklar/influencercrm/examples/server/slots"
	"github.com/getklar/influencercrm/examples/server/state"
	"github.com/getklar/influencercrm/examples/server/webhook"
)

// Options are the settings of an API; the zero value works.
type Options struct {
	// Allow decides whether a request may do what needs a scope in a workspace, which is zero for what is in none. Nil
	// allows everything, which is right only for a server that nobody else reaches.
	Allow func(ctx context.Context, scope Scope, ws crm.WorkspaceID) error
	// Caller names who sends a request, such as the id of a token: Idempotency-Keys are those of a caller, and each may
	// have a number of streams. Nil is the same one for all.
	Caller func(ctx context.Context) string
	// Keys keeps answers for requests that are sent again with the same Idempotency-Key; nil keeps none, and refuses a request
	// that has one.
	Keys *idempotency.Keys
	// State has what the server itself keeps of workspaces, for erasures to reach it; nil if it keeps nothing.
	State *state.DB
	// Webhooks are told of changes by whoever runs them; without them there are no operations for them.
	Webhooks *webhook.Hooks
	// Ending is closed when the server shuts down, which ends streams, and nobody waits for an import. Nil never
	// ends them, and a shutdown waits in vain.
	Ending <-chan struct{}
	// Heartbeat is how often a stream without events shows that it is alive; 0 is 15 seconds.
	Heartbeat time.Duration
	// Tokens are those that callers show, for the operations on tokens; without them there are none to list.
	Tokens *access.Tokens
	// Rates converts amounts of other currencies in reports; without it they are listed as unpriced.
	Rates budget.Rates
	// Timeout is how long a call may take; 0 is 10 seconds. Imports and reports may take longer.
	Timeout time.Duration
	// Imports plans and applies imports of sheets; without it there are no operations for that.
	Imports *imports.Service
	// Indexes are those for attribution; nil is a cache of the API's own.
	Indexes *indexes.Cache
	// Reports keeps answers about the plan as it stands; nil is a cache of the API's own.
	Reports *reports.Cache
	// TempDir is the folder for files while they come in or go out; empty is that of the system.
	TempDir string
	// Logger gets errors on the side of the server; nil is slog.Default().
	Logger *slog.Logger
}

// API is the CRM over HTTP.
type API struct {
	crm     *crm.Service
	admin   *crm.Admin
	options Options
	list    []Operation
	doc     func() (openapi.Document, error) // made when it is first asked for
	mux     *http.ServeMux
	streams streams
	sheets  *slots.Slots // of sheets in memory, with those of imports
}

// New makes the API of a service.
func New(service *crm.Service, admin *crm.Admin, o Options) (*API, error) {
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = defaultHeartbeat
	}
	if o.Allow == nil {
		o.Allow = func(context.Context, Scope, crm.WorkspaceID) error { return nil }
	}
	if o.Indexes == nil {
		o.Indexes = indexes.New(nil)
	}
	if o.Reports == nil {
		o.Reports = reports.New()
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Caller == nil {
		o.Caller = func(context.Context) string { return "" }
	}
	a := &API{crm: service, admin: admin, options: o, mux: http.NewServeMux()}
	if a.sheets = slots.New(4); o.Imports != nil {
		a.sheets = o.Imports.Slots()
	}
	a.list = slices.Concat(
		a.workspaces(), members(), campaigns(), influencers(), cooperations(), bulk(), a.planning(), conflicts(), a.attribution(),
		changes(), a.events(), a.webhooks(), a.plans(), a.importRuns(), a.exports(), enumerations(), a.tokens(),
	)
	for n, o := range a.list {
		if o.Idempotent && a.options.Keys == nil { // and the document does not say that it takes one
			a.list[n] = o.keyless(idempotency.Refuse)
		}
	}
	a.doc = sync.OnceValues(func() (openapi.Document, error) { return document(a.list) })
	for _, o := range a.list {
		a.mux.Handle(o.Method+" "+o.Path, a.handler(o))
	}
	a.mux.Handle("GET /openapi.json", a.described("application/json", func(d openapi.Document) []byte { return d.JSON }))
	a.mux.Handle("GET /openapi.yaml", a.described("application/yaml", func(d openapi.Document) []byte { return d.YAML }))
	a.mux.Handle("GET /{$}", http.RedirectHandler("/docs", http.StatusFound))
	a.mux.Handle("GET /docs", a.described("text/html; charset=utf-8", func(d openapi.Document) []byte { return d.HTML }))
	a.mux.Handle("GET /docs.css", text("text/css; charset=utf-8", openapi.Style))
	a.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { web.WriteProblem(w, r, a.nowhere(r), o.Logger) })
	return a, nil
}

// Operations are all operations, in the order of the document.
func (a *API) Operations() []Operation { return slices.Clone(a.list) }

// Routes adds the API to a mux that has other routes too: everything below /v1, the document, and the page about it.
func (a *API) Routes(mux *http.ServeMux) {
	for _, path := range []string{root, root + "/", "/openapi.json", "/openapi.yaml", "/docs", "/docs.css"} {
		mux.Handle(path, a)
	}
}

// ServeHTTP implements http.Handler.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.mux.ServeHTTP(w, r) }

// handler answers the requests of an operation.
func (a *API) handler(o Operation) http.Handler {
	options := &web.Options{MaxBody: o.maxBody, Timeout: cmp.Or(o.timeout, a.options.Timeout), Logger: a.options.Logger}
	return web.Handler(o.Answers[0].Status, func(r *http.Request) (any, error) {
		ws, err := o.workspace(r)
		if err != nil {
			return nil, err
		}
		if err := a.options.Allow(r.Context(), o.Scope, ws); err != nil {
			return nil, err
		}
		if err := o.takesMedia(r); err != nil {
			return nil, err
		}
		if o.Idempotent {
			return a.once(r, o, ws, options)
		}
		answer, err := o.do(a.crm, ws, r)
		if o.erases && (err == nil || errors.Is(err, crm.ErrUnknownOutcome)) {
			a.forget(r, ws)
		}
		return answer, err
	}, options)
}

// unlessEnding is a context that ends with a request, or when the server shall end.
func (a *API) unlessEnding(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		select {
		case <-a.options.Ending:
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// described serves a form of the document.
func (a *API) described(media string, form func(openapi.Document) []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		doc, err := a.doc()
		if err != nil {
			web.WriteProblem(w, r, err, a.options.Logger)
			return
		}
		text(media, form(doc)).ServeHTTP(w, r)
	})
}

// text serves a fixed text.
func text(media string, body []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", media)
		_, _ = w.Write(body) // a client that is gone does not hear of it
	})
}
