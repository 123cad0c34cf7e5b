package access_test

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
)

// onBoth runs a test on an SQLite file and, where CRM_TEST_POSTGRES_DSN names a server, in a schema of its own there.
func onBoth(t *testing.T, test func(t *testing.T, db *database.Database, service *crm.Service)) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		db := testdb.Open(t, dsn)
		test(t, db, crm.New(db.Store, nil))
	})
}

// who asks a gate who calls with a header.
func who(g *access.Gate, header, value string) (caller access.Caller, status int) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set(header, value)
	w := httptest.NewRecorder()
	g.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { caller = access.CallerOf(r.Context()) })).ServeHTTP(w, r)
	return caller, w.Code
}

// A token comes back as it was made, without the token itself, which nothing in the database tells.
func TestTokens(t *testing.T) { onBoth(t, testTokens) }

func testTokens(t *testing.T, db *database.Database, service *crm.Service) {
	ctx := t.Context()
	tokens := access.NewTokens(db.State, service)
	gate := access.NewGate(tokens, access.NewSessions(db.State, tokens, true), false, slog.New(slog.DiscardHandler))
	if any, err := tokens.Any(ctx); any || err != nil {
		t.Errorf("a token before the first: %t, %v", any, err)
	}
	shop, err := crm.NewAdmin(db.Store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR", TimeZone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	var made []access.Token
	var secrets []string
	for _, o := range []access.Order{
		{Name: "  Ada  ", Scope: access.Read},
		{Name: strings.Repeat("ü", 100), Scope: access.Write, Workspaces: []crm.WorkspaceID{shop.ID}},
		{Name: "short", Scope: access.Admin, ExpiresAt: time.Now().Add(time.Hour)},
	} {
		issued, err := tokens.Create(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		if len(issued.Secret) < 32 || issued.Name != strings.TrimSpace(o.Name) {
			t.Errorf("made %+v", issued)
		}
		made, secrets = append(made, issued.Token), append(secrets, issued.Secret)
	}
	list, err := tokens.List(ctx, uuid.Nil, 100)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(made, list); diff != "" {
		t.Errorf("(-made +listed):\n%s", diff)
	}
	if rest, err := tokens.List(ctx, made[0].ID, 1); err != nil || len(rest) != 1 || rest[0].ID != made[1].ID {
		t.Errorf("after the first: %v, %v", rest, err)
	}
	rows, err := db.State.Tokens(ctx, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range secrets {
		if strings.Contains(fmt.Sprint(rows), secret) {
			t.Error("a token stands in the database")
		}
	}
	for n, secret := range secrets {
		got, _ := who(gate, "Authorization", "Bearer "+secret)
		if got.Token != made[n].ID.String() || got.Name != made[n].Name || got.Scope != made[n].Scope {
			t.Errorf("%s calls as %+v", made[n].Name, got)
		}
	}
	other := access.NewTokens(db.State, service) // of another process
	if err := other.Revoke(ctx, made[0].ID); err != nil {
		t.Fatal(err)
	}
	if any, err := other.Any(ctx); !any || err != nil {
		t.Errorf("no token after the first: %t, %v", any, err)
	}
	if err := tokens.Revoke(ctx, made[0].ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("revoked twice: %v", err)
	}
	if _, status := who(gate, "Authorization", "Bearer "+secrets[0]); status != http.StatusUnauthorized {
		t.Errorf("a revoked token: status %d", status)
	}
	if list, err = tokens.List(ctx, uuid.Nil, 1); err != nil || list[0].RevokedAt.IsZero() {
		t.Errorf("a revoked token in the list: %+v, %v", list, err)
	}
}

// Tokens that have been over for 30 days go when one is made, and others that are over when there is no room. Valid ones never
// do, and a server that had a token is never open again.
func TestTokensAreBounded(t *testing.T) { onBoth(t, testTokensAreBounded) }

func testTokensAreBounded(t *testing.T, db *database.Database, _ *crm.Service) {
	ctx := t.Context()
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	tokens := access.NewTokens(db.State, crm.New(db.Store, &crm.Options{Now: func() time.Time { return now }}))
	create := func(name string, expires time.Duration) uuid.UUID {
		t.Helper()
		o := access.Order{Name: name, Scope: access.Read}
		if expires > 0 {
			o.ExpiresAt = now.Add(expires)
		}
		issued, err := tokens.Create(ctx, o)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return issued.ID
	}
	revoke := func(id uuid.UUID) {
		t.Helper()
		if err := tokens.Revoke(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	want := func(when string, names ...string) {
		t.Helper()
		list, err := tokens.List(ctx, uuid.Nil, 100)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, token := range list {
			got = append(got, token.Name)
		}
		if diff := cmp.Diff(names, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
	}
	const day = 24 * time.Hour
	revoke(create("revoked", 0))
	create("short", day)
	revoke(create("revoked before it expired", 90*day))
	create("long", 90*day)
	create("for ever", 0)
	now = now.Add(30*day - time.Microsecond)
	create("on day 30", 0)
	want("before 30 days", "revoked", "short", "revoked before it expired", "long", "for ever", "on day 30")
	now = now.Add(time.Microsecond)
	create("then", 0)
	want("after 30 days", "short", "long", "for ever", "on day 30", "then")
	now = now.Add(100 * day)
	if any, err := tokens.Any(ctx); !any || err != nil {
		t.Errorf("a token: %t, %v", any, err)
	}

	const fill = `WITH RECURSIVE n(i) AS (SELECT 6 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
		INSERT INTO server_tokens (id, hash, name, scope, workspaces, created_at, expires_at, revoked_at)
		SELECT '01900000-8a2b-7c3d-9e4f-' || (100000000000 + i), 'hash ' || i, 'many', 'read', '', 1, 0, 0 FROM n`
	if _, err := db.State.Exec(ctx, "fill", fill); err != nil {
		t.Fatal(err)
	}
	create("in the place of long ones", 0) // short and long are over for 30 days
	create("the last", 0)
	if _, err := tokens.Create(ctx, access.Order{Name: "x", Scope: access.Read}); err == nil || !strings.Contains(err.Error(), "10000") {
		t.Errorf("one more than 10,000 valid ones: %v", err)
	}
	list, err := tokens.List(ctx, uuid.Nil, 2)
	if err != nil {
		t.Fatal(err)
	}
	revoke(list[1].ID)
	now = now.Add(time.Second)
	revoke(list[0].ID)
	create("in the place of the one that was revoked first", 0)
	if rest, err := tokens.List(ctx, uuid.Nil, 1); err != nil || rest[0].ID != list[0].ID {
		t.Errorf("first is now %v, %v", rest, err)
	}
}

// noForm stands for the page that a test does not look at.
func noForm(w http.ResponseWriter, _ *http.Request, status int, _ error, _ string) {
	w.WriteHeader(status)
}

// The newest 50 sessions of a token stay, on both databases, also when many sign in at once.
func TestSessionsAreBounded(t *testing.T) { onBoth(t, testSessionsAreBounded) }

func testSessionsAreBounded(t *testing.T, db *database.Database, service *crm.Service) {
	tokens := access.NewTokens(db.State, service)
	gate := access.NewGate(tokens, access.NewSessions(db.State, tokens, true), false, slog.New(slog.DiscardHandler))
	issued, err := tokens.Create(t.Context(), access.Order{Name: "x", Scope: access.Read})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	gate.Routes(mux, noForm)
	login := func() string {
		r := httptest.NewRequest(http.MethodPost, "/login", strings.NewReader("token="+issued.Secret))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		c := w.Result().Cookies()
		if len(c) != 1 || !c[0].Secure || c[0].Name != "__Host-crm_session" {
			t.Fatalf("status %d, cookies %v", w.Code, c)
		}
		return c[0].Name + "=" + c[0].Value
	}
	first := login()
	time.Sleep(2 * time.Millisecond) // the next ones end later
	for range 49 {
		login()
	}
	if got, _ := who(gate, "Cookie", first); got.Name != "x" {
		t.Errorf("50 sessions: %+v", got)
	}
	last := login()
	fresh := access.NewGate(tokens, access.NewSessions(db.State, tokens, true), false, slog.New(slog.DiscardHandler)) // remembers nothing
	if got, status := who(fresh, "Cookie", first); got.Name != "" || status != http.StatusOK {
		t.Errorf("the oldest of 51 sessions: %+v, status %d", got, status)
	}
	if got, _ := who(fresh, "Cookie", last); got.Name != "x" {
		t.Errorf("the newest of 51 sessions: %+v", got)
	}
}

// A gate that many ask at once finds each caller's own token.
func TestGateAtOnce(t *testing.T) { onBoth(t, testGateAtOnce) }

func testGateAtOnce(t *testing.T, db *database.Database, service *crm.Service) {
	tokens := access.NewTokens(db.State, service)
	gate := access.NewGate(tokens, access.NewSessions(db.State, tokens, true), false, slog.New(slog.DiscardHandler))
	var running sync.WaitGroup
	for n := range 8 {
		running.Go(func() {
			issued, err := tokens.Create(t.Context(), access.Order{Name: fmt.Sprint(n), Scope: access.Read})
			if err != nil {
				t.Error(err)
				return
			}
			for range 20 {
				if got, _ := who(gate, "Authorization", "Bearer "+issued.Secret); got.Name != fmt.Sprint(n) {
					t.Errorf("%d calls as %+v", n, got)
				}
			}
		})
	}
	running.Wait()
}

// The token of a file may do everything, and its sessions end when the file has another one.
func TestTokenFile(t *testing.T) {
	t.Parallel()
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "crm.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	gate := func(text string) (*access.Gate, error) {
		tokens := access.NewTokens(db.State, crm.New(db.Store, nil))
		err := tokens.UseFile(text)
		return access.NewGate(tokens, access.NewSessions(db.State, tokens, false), false, slog.New(slog.DiscardHandler)), err
	}
	const secret = "0123456789abcdef0123456789abcdef"
	g, err := gate("\n" + secret + "\r\n")
	if err != nil {
		t.Fatal(err)
	}
	want := access.Caller{Token: "file", Name: "token file", Scope: access.Admin}
	got, _ := who(g, "Authorization", "Bearer "+secret)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if any, err := g.Tokens().Any(t.Context()); !any || err != nil {
		t.Errorf("no token with a file: %v", err)
	}
	mux := http.NewServeMux()
	g.Routes(mux, noForm)
	r := httptest.NewRequest(http.MethodPost, "/login", strings.NewReader("token="+secret))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	cookie := w.Result().Cookies()[0]
	if got, _ := who(g, "Cookie", cookie.String()); got.Name != "token file" {
		t.Errorf("its session is %+v", got)
	}
	other, err := gate("fedcba9876543210fedcba9876543210")
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := who(other, "Cookie", cookie.String()); got.Name != "" {
		t.Errorf("a session of the old file is %+v", got)
	}
	for _, weak := range []string{"", "secret", secret[1:], secret + " " + secret, strings.Repeat("x", 513), secret + "\x00", secret + "ü"} {
		if _, err := gate(weak); !errors.Is(err, crm.ErrInvalid) || len(weak) > 5 && strings.Contains(err.Error(), weak) {
			t.Errorf("%q: %v", weak, err)
		}
	}
}

// What a caller may: the larger scope all that the smaller one, the larger set of workspaces all that the smaller one;
// nobody anything; and a workspace outside the set is not found, whatever the scope.
func TestAllow(t *testing.T) {
	t.Parallel()
	shops := []crm.WorkspaceID{{}, crm.WorkspaceID(uuid.New()), crm.WorkspaceID(uuid.New())}
	rapid.Check(t, func(t *rapid.T) {
		c := access.Caller{
			Scope:      access.Scope(rapid.IntRange(int(access.Public), int(access.Admin)).Draw(t, "scope")),
			Workspaces: rapid.SliceOfNDistinct(rapid.SampledFrom(shops[1:]), 0, 2, rapid.ID).Draw(t, "workspaces"),
		}
		needs := access.Scope(rapid.IntRange(int(access.Public), int(access.Admin)).Draw(t, "needs"))
		ws := rapid.SampledFrom(shops).Draw(t, "ws")
		err := c.Allow(needs, ws)
		if err == nil {
			more := c
			more.Scope = min(c.Scope+1, access.Admin)
			if needs > access.Public && more.Allow(needs, ws) != nil {
				t.Fatalf("%+v may, and %+v may not", c, more)
			}
			if more.Workspaces = nil; needs > access.Public && more.Allow(needs, ws) != nil {
				t.Fatalf("%+v may, and %+v may not", c, more)
			}
		}
		if c.Scope == access.Public && needs > access.Public {
			if refusal, ok := errors.AsType[*web.Refusal](err); !ok || refusal.Status != http.StatusUnauthorized {
				t.Fatalf("nobody: %v", err)
			}
		} else if needs > access.Public && ws != shops[0] && !c.Sees(ws) && !errors.Is(err, crm.ErrNotFound) {
			t.Fatalf("%+v in %s: %v", c, ws, err)
		}
	})
}

// Every scope is read as it is written, and nothing else is.
func TestScope(t *testing.T) {
	t.Parallel()
	for _, s := range []access.Scope{access.Read, access.Write, access.Admin} {
		if got, err := access.ParseScope(s.String()); got != s || err != nil {
			t.Errorf("%s is read as %s, %v", s, got, err)
		}
	}
	for _, text := range []string{"", "public", "manage", "Read", "read ", "Scope(2)"} {
		if got, err := access.ParseScope(text); got != access.Public || !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("%q is read as %s, %v", text, got, err)
		}
	}
}
