package server

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/api"
	"github.com/getklar/influencercrm/examples/server/assistant"
	"github.com/getklar/influencercrm/examples/server/guard"
	"github.com/getklar/influencercrm/examples/server/idempotency"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/indexes"
	"github.com/getklar/influencercrm/examples/server/observe"
	"github.com/getklar/influencercrm/examples/server/pages"
	"github.com/getklar/influencercrm/examples/server/reports"
	"github.com/getklar/influencercrm/examples/server/state"
	"github.com/getklar/influencercrm/examples/server/webhook"
)

// Options are the settings of a server.
type Options struct {
	Admin    *crm.Admin       // makes and lists workspaces
	State    *state.DB        // the server's own tables; without them a request with an Idempotency-Key is refused
	Webhooks *webhook.Hooks   // which the caller runs; nil for none
	Imports  *imports.Service // plans and applies imports of sheets; may be nil
	Rates    budget.Rates     // converts amounts of other currencies in reports; may be nil
	Ending   <-chan struct{}  // closed when the server shuts down, which ends streams
	TempDir  string           // for files while they come in or go out; empty is that of the system
	Logger   *slog.Logger     // nil is slog.Default()

	// Heartbeat is how often a stream without events shows that it is alive; 0 is 15 seconds.
	Heartbeat time.Duration
	// Gate knows who calls. With nil everybody may do everything, which is right only for a host that has decided before
	// who reaches the handler.
	Gate *access.Gate
	// Hosts are the names of the server, besides localhost and IP addresses.
	Hosts []string
	// Origins are those of the server's own pages, where a proxy changes the name of the host: https://crm.example.
	Origins []string
	// Rate is how many requests a second each token has, and twice as many at once; 0 is no limit.
	Rate float64
	// Ready tells whether the database answers, for /readyz; nil is always.
	Ready func(context.Context) error
	// Metrics counts requests; nil counts none.
	Metrics *observe.Metrics
	// Traces follows requests; nil follows none.
	Traces *observe.Traces
}

// Bounds of every request, above those of single operations.
const (
	maxAtOnce = 512
	maxBody   = 64 << 20         // bytes
	patience  = 30 * time.Second // of a write to a client that does not read
)

// Handler serves a service: its pages for browsers, the API, and at /mcp the endpoint for assistants.
func Handler(service *crm.Service, o Options) (http.Handler, error) {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	all := http.NewServeMux()
	observe.Health(all, o.Ready, o.Logger)
	routes, err := o.routes(service, all)
	if err != nil {
		return nil, err
	}
	hosts, err := guard.Hosts(o.Hosts, o.Logger)
	if err != nil {
		return nil, err
	}
	origins, err := guard.Origins(o.Origins, o.Logger)
	if err != nil {
		return nil, err
	}
	tell := []func(context.Context, observe.Request){observe.Log(o.Logger)}
	if o.Metrics != nil {
		tell = append(tell, o.Metrics.Count)
	}
	follow := func(next http.Handler) http.Handler { return next }
	if o.Traces != nil {
		follow = o.Traces.Handler
	}
	all.Handle("/", within(routes, observe.Requests(time.Now, tell...), follow, guard.Panics(o.Logger), guard.Headers,
		guard.SlowReaders(patience), hosts, guard.Concurrency(maxAtOnce, o.Logger), guard.Body(maxBody), origins,
		pages.InChosenLanguage))
	return all, nil
}

// routes is all that needs to know who calls. The others are the routes beside them.
func (o Options) routes(service *crm.Service, others *http.ServeMux) (http.Handler, error) {
	cache, kept := indexes.New(nil), reports.New()
	settings := api.Options{
		Indexes: cache, Reports: kept,
		Rates: o.Rates, State: o.State, Webhooks: o.Webhooks, Imports: o.Imports, TempDir: o.TempDir, Ending: o.Ending,
		Heartbeat: o.Heartbeat, Logger: o.Logger,
	}
	if o.State != nil {
		settings.Keys = idempotency.New(o.State, service.Now, o.Logger)
	}
	token := func(ctx context.Context) string { return access.CallerOf(ctx).Token }
	if o.Gate != nil {
		settings.Allow, settings.Tokens, settings.Caller = access.Allow, o.Gate.Tokens(), token
	}
	a, err := api.New(service, o.Admin, settings)
	if err != nil {
		return nil, err
	}
	assistants, err := o.assistants(service, cache)
	if err != nil {
		return nil, err
	}
	inBrowser := pages.Options{
		Allow: settings.Allow, Actor: access.Actor, Tokens: settings.Tokens, SignsIn: o.Gate != nil, State: o.State,
		Keys: settings.Keys, Imports: o.Imports,
		Indexes: cache, Reports: kept, Rates: o.Rates, TempDir: o.TempDir, Logger: o.Logger,
	}
	p, err := pages.New(service, o.Admin, inBrowser)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	p.Routes(mux)
	a.Routes(mux)
	mux.Handle("POST /mcp", o.forReaders(assistants.Handler()))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { p.Nowhere(w, r, web.Nowhere(r, mux, others)) })
	if o.Metrics != nil {
		mux.Handle("GET /metrics", o.forAll(o.Metrics.Handler()))
	}
	var limit *guard.Limiter
	if o.Rate > 0 {
		limit = guard.NewLimiter(o.Rate, int(2*o.Rate)+1, time.Now)
	}
	routes := observe.Route(token, guard.Rate(limit, func(r *http.Request) string { return token(r.Context()) }, o.Logger)(mux))
	if o.Gate != nil {
		o.Gate.Routes(mux, p.SignIn)
		routes = o.Gate.Handler(routes)
	}
	return routes, nil
}

// assistants is the endpoint for assistants. Whoever is let in by no gate only reads.
func (o Options) assistants(service *crm.Service, cache *indexes.Cache) (*assistant.Assistant, error) {
	settings := assistant.Options{Indexes: cache, Imports: o.Imports, Rates: o.Rates, Logger: o.Logger}
	if o.State != nil {
		settings.Proposals = o.State
	}
	if o.Gate != nil {
		settings.Allow, settings.Caller = access.Allow, access.Actor
		settings.Scope = func(ctx context.Context) api.Scope {
			if c := access.CallerOf(ctx); c.Token != "" {
				return c.Scope
			}
			return api.Read // who wants an assistant to write makes a token for it
		}
	}
	return assistant.New(service, o.Admin, settings)
}

// forAll lets only those through who may read all workspaces.
func (o Options) forAll(next http.Handler) http.Handler {
	if o.Gate == nil {
		return next
	}
	return o.Gate.ForAll(next)
}

// forReaders lets only those through who may read something. The SDK would tell others what tools there are, and its clients take
// a 401 as a sign that they need a token, and not a refusal of a tool.
func (o Options) forReaders(next http.Handler) http.Handler {
	if o.Gate == nil {
		return next
	}
	return o.Gate.ForReaders(next)
}

// within is a handler with others around it, the outermost first.
func within(h http.Handler, around ...func(http.Handler) http.Handler) http.Handler {
	for n := len(around) - 1; n >= 0; n-- {
		h = around[n](h)
	}
	return h
}
