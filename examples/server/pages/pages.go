package pages

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/idempotency"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/indexes"
	"github.com/getklar/influencercrm/examples/server/remains"
	"github.com/getklar/influencercrm/examples/server/reports"
	"github.com/getklar/influencercrm/examples/server/state"
)

// Options are the settings of pages; the zero value works.
type Options struct {
	// Allow decides whether a visitor may do what needs a scope in a workspace, which is zero for what is in none. Nil
	// allows everything, which is right only for a server that nobody else reaches.
	Allow func(ctx context.Context, scope access.Scope, ws crm.WorkspaceID) error
	// Actor is the name of a visitor in the log of changes, as in crm.Options, by which the pages tell somebody's own changes from
	// those of others; nil if they cannot.
	Actor func(ctx context.Context) string
	// Tokens are those that callers show, for the page that makes and revokes them; nil if there are none.
	Tokens *access.Tokens
	// SignsIn tells that visitors sign in at /login, so that those who have not are sent there.
	SignsIn bool
	// State has what the server itself keeps of workspaces; nil if it keeps nothing.
	State *state.DB
	// Keys keeps answers of the API, for erasures to reach them; nil if it keeps none.
	Keys *idempotency.Keys
	// Imports plans and applies imports of sheets; without it there is no page for them.
	Imports *imports.Service
	// Indexes are those for attribution; nil is a cache of the pages' own.
	Indexes *indexes.Cache
	// Reports keeps pages about the plan as it stands; nil is a cache of the pages' own.
	Reports *reports.Cache
	// Rates converts amounts of other currencies in reports; without it they are listed as unpriced.
	Rates budget.Rates
	// TempDir is for files while they come in; empty is that of the system.
	TempDir string
	// Logger gets errors on the side of the server; nil is slog.Default().
	Logger *slog.Logger
}

// Pages are the CRM in a browser.
type Pages struct {
	crm     *crm.Service
	admin   *crm.Admin
	options Options
	remains remains.Remains
	deleted deletedWorkspaces
	saved   savedForms
	faces   map[language.Tag]*face
}

// New makes the pages of a service. The admin lists, makes and deletes workspaces; it must not be nil.
func New(service *crm.Service, admin *crm.Admin, o Options) (*Pages, error) {
	if service == nil || admin == nil {
		return nil, errors.New("pages: New needs a Service and an Admin, and was given nil")
	}
	if o.Allow == nil {
		o.Allow = func(context.Context, access.Scope, crm.WorkspaceID) error { return nil }
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
	p := &Pages{crm: service, admin: admin, options: o, faces: map[language.Tag]*face{}}
	p.remains = remains.Remains{Keys: o.Keys, State: o.State, Reports: o.Reports, Now: service.Now, Logger: o.Logger}
	for _, lang := range []language.Tag{language.English, language.German} {
		p.faces[lang] = newFace(lang)
	}
	return p, nil
}

// Routes adds the pages to a mux: the first page at /, what they are made of below /static, and those of a workspace
// below /w.
func (p *Pages) Routes(mux *http.ServeMux) {
	mux.Handle("GET /static/", assets())
	p.page(mux, "GET /{$}", (*visit).start)
	p.page(mux, "GET /w", (*visit).workspaces)
	p.pageFor(mux, "POST /w", access.Admin, (*visit).createWorkspace)
	p.pageFor(mux, "POST /language", access.Public, (*visit).setLanguage)
	p.page(mux, "GET /w/{workspace}", (*visit).home)
	p.page(mux, "GET /w/{workspace}/{rest...}", (*visit).nowhere)
	p.planning(mux)
	p.cooperation(mux)
	p.cooperations(mux)
	p.campaigns(mux)
	p.undo(mux)
	p.influencers(mux)
	p.members(mux)
	p.settings(mux)
	p.imports(mux)
	p.orders(mux)
	p.conflicts(mux)
	p.history(mux)
	p.alerts(mux)
	p.search(mux)
}
