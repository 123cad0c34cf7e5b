package access_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/database"
)

// After a token is revoked or a browser has signed out nobody gets in, whoever was let in meanwhile.
func TestOverWhileUsed(t *testing.T) { onBoth(t, testOverWhileUsed) }

func testOverWhileUsed(t *testing.T, db *database.Database, service *crm.Service) {
	tokens := access.NewTokens(db.State, service)
	g := access.NewGate(tokens, access.NewSessions(db.State, tokens, false), true, nil)
	pages := http.NewServeMux()
	g.Routes(pages, noForm)
	post := func(path, header, value, form string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(header, value)
		w := httptest.NewRecorder()
		pages.ServeHTTP(w, r)
		return w
	}
	// over uses what a header has in many requests at once, ends it, and reports who gets in then.
	over := func(header, value string, end func()) string {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { who(g, header, value) })
		}
		end()
		all.Wait()
		caller, _ := who(g, header, value)
		return caller.Name
	}
	create := func() access.Issued {
		issued, err := tokens.Create(t.Context(), access.Order{Name: "Ada", Scope: access.Read})
		if err != nil {
			t.Fatal(err)
		}
		return issued
	}
	for range 100 {
		in := post("/login", "X", "", url.Values{"token": {create().Secret}}.Encode())
		cookie, _, _ := strings.Cut(in.Header().Get("Set-Cookie"), ";")
		if cookie == "" {
			t.Fatalf("not signed in: %d", in.Code)
		}
		if name := over("Cookie", cookie, func() { post("/logout", "Cookie", cookie, "") }); name != "" {
			t.Fatalf("%s is still signed in", name)
		}
		issued := create()
		if name := over("Authorization", "Bearer "+issued.Secret, func() {
			if err := tokens.Revoke(t.Context(), issued.ID); err != nil {
				t.Error(err)
			}
		}); name != "" {
			t.Fatalf("the revoked token of %s is taken", name)
		}
	}
}

// A server has at most so many tokens that are valid.
func TestTooManyTokens(t *testing.T) { onBoth(t, testTooManyTokens) }

func testTooManyTokens(t *testing.T, db *database.Database, service *crm.Service) {
	_, err := db.State.Exec(t.Context(), "fill", `INSERT INTO server_tokens
		(id, hash, name, scope, workspaces, created_at, expires_at, revoked_at)
		WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000)
		SELECT CAST(n AS TEXT), CAST(n AS TEXT), 'full', 'read', '', 1, 0, 0 FROM numbers`)
	if err != nil {
		t.Fatal(err)
	}
	_, err = access.NewTokens(db.State, service).Create(t.Context(), access.Order{Name: "Ada", Scope: access.Read})
	if p := web.ProblemOf(err, language.English); p.Status != http.StatusConflict || p.Code != "too_many_tokens" {
		t.Errorf("one more than there may be: %v, %+v", err, p)
	}
}
