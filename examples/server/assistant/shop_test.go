package assistant_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/examples/server/api"
	"github.com/getklar/influencercrm/examples/server/assistant"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/state"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// shop is a workspace with a campaign, two influencers and two cooperations, whose codes are in conflict, and another
// workspace, in a store of its own. Its clock stands still unless a test moves it.
type shop struct {
	*testing.T
	crm       *crm.Service
	admin     *crm.Admin
	proposals *state.DB
	sheets    *imports.Service
	now       atomic.Pointer[time.Time]
	ws, other crm.Workspace
	summer    crm.Campaign
	pam, emma crm.Influencer
	deal      crm.Cooperation // signed, 1,000.00 EUR in June, PAM10
	idea      crm.Cooperation // of Emma, a draft in June with a rule that finds PAM10 too
	foreign   crm.Campaign    // of the other workspace
}

func newShop(t *testing.T) *shop {
	t.Helper()
	return newShopOn(t, memory.New(nil), nil)
}

// store is what a shop needs of a store.
type store interface {
	crm.Store
	crm.AdminStore
}

func newShopOn(t *testing.T, db store, trace crm.Tracer) *shop {
	t.Helper()
	s := &shop{T: t}
	s.setClock(time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC))
	options := &crm.Options{Now: func() time.Time { return *s.now.Load() }, Trace: trace}
	s.crm, s.admin = crm.New(db, options), crm.NewAdmin(db, options)
	s.proposals = openProposals(t)
	s.sheets = newImports(s, nil)
	ctx := t.Context()
	s.ws = must(s.admin.CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR", TimeZone: "Europe/Berlin"}))(t)
	s.other = must(s.admin.CreateWorkspace(ctx, crm.Workspace{Name: "Elsewhere", Currency: "USD"}))(t)
	ws := s.ws.ID
	june := budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")}
	s.summer = must(s.crm.CreateCampaign(ctx, ws, crm.Campaign{Name: "Summer Sale", Budget: eur(120000), Period: june}))(t)
	s.pam = must(s.crm.CreateInfluencer(ctx, ws, crm.Influencer{
		Name: "Pam", Tags: []string{"beauty"}, Profiles: []crm.Profile{{Platform: "instagram", Handle: "pam.style"}},
	}))(t)
	s.emma = must(s.crm.CreateInfluencer(ctx, ws,
		crm.Influencer{Name: "Emma", Profiles: []crm.Profile{{Platform: "tiktok", Handle: "emma"}}}))(t)
	s.deal = must(s.crm.CreateCooperation(ctx, ws, crm.Cooperation{
		Campaign: s.summer.ID, Influencer: s.pam.ID, Status: crm.Signed, Period: june, Cost: eur(100000),
		Rules: []discount.Rule{{Match: discount.Equals, Pattern: "PAM10"}},
	}))(t).Cooperation
	s.idea = must(s.crm.CreateCooperation(ctx, ws, crm.Cooperation{
		Campaign: s.summer.ID, Influencer: s.emma.ID, Period: june, Cost: eur(50000),
		Rules: []discount.Rule{{Match: discount.StartsWith, Pattern: "PAM1"}},
	}))(t).Cooperation
	s.foreign = must(s.crm.CreateCampaign(ctx, s.other.ID, crm.Campaign{Name: "Autumn"}))(t)
	return s
}

// openProposals opens the server's own tables in an SQLite file of their own.
func openProposals(t *testing.T) *state.DB {
	t.Helper()
	write, read, err := sqlite.Pools(t.Context(), filepath.Join(t.TempDir(), "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = read.Close(), write.Close() })
	return must(state.Open(t.Context(), write, read, state.SQLite))(t)
}

// newImports plans sheets, until the test ends.
func newImports(s *shop, o *imports.Options) *imports.Service {
	sheets := imports.New(s.crm, s.proposals, o)
	s.Cleanup(func() {
		if err := sheets.Close(context.WithoutCancel(s.Context())); err != nil {
			s.Error(err)
		}
	})
	return sheets
}

func (s *shop) setClock(now time.Time) { s.now.Store(&now) }

// must returns a function that gives a value, or ends the test with the error.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func eur(minor int64) budget.Money { return budget.FromMinor(minor, "EUR") }

// options let Mira do what a scope allows.
func (s *shop) options(scope api.Scope) assistant.Options {
	return assistant.Options{
		Scope: func(context.Context) api.Scope { return scope }, Caller: func(context.Context) string { return "Mira" },
		Proposals: s.proposals, Imports: s.sheets, Logger: slog.New(slog.DiscardHandler),
	}
}

// client is a connected client of the SDK.
type client struct {
	*testing.T
	*mcp.ClientSession
}

// connect connects a client over memory.
func (s *shop) connect(o assistant.Options) client {
	s.Helper()
	a := must(assistant.New(s.crm, s.admin, o))(s.T)
	here, there := mcp.NewInMemoryTransports()
	ctx, cancel := context.WithCancel(s.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, there) }()
	c := newClient(s.T, here)
	s.Cleanup(func() {
		_ = c.Close()
		cancel()
		<-ended
	})
	return c
}

func newClient(t *testing.T, over mcp.Transport) client {
	t.Helper()
	c := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	return client{t, must(c.Connect(t.Context(), over, nil))(t)}
}

// reply is what a tool answered.
type reply struct {
	Summary string `json:"summary"`
	Data    any    `json:"untrusted_data"`
	text    string // the whole answer
	refused bool
}

// args are the arguments of a call.
type args map[string]any

// ask calls a tool. The workspace is the shop's unless it is given.
func (s *shop) ask(c client, tool string, a args) reply {
	s.Helper()
	if _, given := a["workspace"]; !given && tool != "list_workspaces" {
		a["workspace"] = s.ws.ID.String()
	}
	return c.ask(tool, a)
}

func (c client) ask(tool string, a any) reply {
	c.Helper()
	result, err := c.CallTool(c.Context(), &mcp.CallToolParams{Name: tool, Arguments: a})
	if err != nil {
		c.Fatalf("%s: %v", tool, err)
	}
	return read(c.T, result)
}

// read reads an answer, which is the same as text and as structure.
func read(t *testing.T, result *mcp.CallToolResult) reply {
	t.Helper()
	if len(result.Content) != 1 {
		t.Fatalf("%d contents, want 1", len(result.Content))
	}
	r := reply{text: result.Content[0].(*mcp.TextContent).Text, refused: result.IsError}
	var structured, text any
	doc := must(json.Marshal(result.StructuredContent))(t)
	if err := json.Unmarshal(doc, &structured); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(r.text), &text); err != nil {
		t.Fatalf("the text is no JSON: %v", err)
	}
	if string(must(json.Marshal(text))(t)) != string(must(json.Marshal(structured))(t)) {
		t.Errorf("the text says %s, the structure %s", r.text, doc)
	}
	if err := json.Unmarshal(doc, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// at is the value at a path of names and numbers, "items.0.id"; nil if there is none.
func (r reply) at(path string) any {
	v := r.Data
	for name := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[name]
		case []any:
			n := int(name[0] - '0')
			if len(name) != 1 || n >= len(in) {
				return nil
			}
			v = in[n]
		default:
			return nil
		}
	}
	return v
}

func (r reply) id(t *testing.T, path string) uuid.UUID {
	t.Helper()
	text, _ := r.at(path).(string)
	return must(uuid.Parse(text))(t)
}

func callerNamed(name string) func(context.Context) string {
	return func(context.Context) string { return name }
}
