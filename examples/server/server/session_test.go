package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/server"
)

const form = "Content-Type: application/x-www-form-urlencoded"

func (s *town) login(token, next string) answer {
	s.t.Helper()
	return s.do(ask{place: "POST /login", body: url.Values{"token": {token}, "next": {next}}.Encode(), headers: []string{form}})
}

func cookie(t *testing.T, a answer) *http.Cookie {
	t.Helper()
	all := (&http.Response{Header: a.header}).Cookies()
	if len(all) != 1 {
		t.Fatalf("status %d with the cookies %v", a.status, all)
	}
	return all[0]
}

// A browser signs in with a token, may do what that may, and is nobody after it has signed out.
func TestSession(t *testing.T) {
	t.Parallel()
	s := newTown(t, false, server.Options{})
	issued := s.issue(access.Order{Name: "Ada's browser", Scope: access.Write, Workspaces: []crm.WorkspaceID{s.a}})
	page := s.want("form", ask{place: "GET /login?next=/reports", headers: []string{"Accept-Language: de"}}, http.StatusOK, "")
	if !strings.Contains(page.body, `value="/reports"`) || !strings.Contains(page.body, "Anmelden") || !strings.Contains(page.body, "/static/app.css") {
		t.Errorf("the form is %s", page.body)
	}
	in := s.login(issued.Secret, "/reports?year=2026")
	c := cookie(t, in)
	if in.status != http.StatusSeeOther || in.header.Get("Location") != "/reports?year=2026" {
		t.Errorf("status %d, Location %q", in.status, in.header.Get("Location"))
	}
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 12*60*60 || strings.Contains(c.Value, issued.Secret) {
		t.Errorf("the cookie is %v", c)
	}
	as := []string{"Cookie: " + c.Name + "=" + c.Value}
	who := s.want("who", ask{place: "GET /v1/caller", headers: as}, http.StatusOK, "").body
	if diff := cmp.Diff(`{"name":"Ada's browser","scope":"write","workspaces":["`+s.a.String()+"\"]}\n", who); diff != "" {
		t.Errorf("who it is (-want +got):\n%s", diff)
	}
	inA := "/v1/workspaces/" + s.a.String()
	s.want("write", ask{place: "POST " + inA + "/members", headers: as, body: `{"name":"Bo"}`}, http.StatusCreated, "")
	s.want("from another site",
		ask{place: "POST " + inA + "/members", headers: append(as, "Sec-Fetch-Site: cross-site"),
			body: `{"name":"Cy"}`},
		http.StatusForbidden, "foreign_origin")
	s.want("beyond its scope", ask{place: "DELETE " + inA, headers: as}, http.StatusForbidden, "scope_missing")
	s.want("elsewhere", ask{place: "GET /v1/workspaces/" + s.b.String(), headers: as}, http.StatusNotFound, "no_such_workspace")
	if log := s.want("log", ask{place: "GET " + inA + "/changes", headers: as}, http.StatusOK, "").body; !strings.Contains(log, `"actor":"Ada's browser"`) {
		t.Errorf("nobody acted in %s", log)
	}

	out := s.do(ask{place: "POST /logout", headers: as})
	if gone := cookie(t, out); out.status != http.StatusSeeOther || gone.Name != c.Name || gone.MaxAge >= 0 {
		t.Errorf("signed out with status %d, cookie %v", out.status, gone)
	}
	s.want("after", ask{place: "GET /v1/caller", headers: as}, http.StatusUnauthorized, "token_missing")
}

// A session ends with its token, and after its time.
func TestSessionEnds(t *testing.T) {
	t.Parallel()
	s := newTown(t, false, server.Options{})
	revoked, old := s.issue(access.Order{Name: "x", Scope: access.Read}), s.token(access.Read)
	short := s.issue(access.Order{Name: "y", Scope: access.Read, ExpiresAt: s.service.Now().Add(time.Hour)}).Secret
	session := func(token string) []string {
		c := cookie(t, s.login(token, ""))
		return []string{"Cookie: " + c.Name + "=" + c.Value}
	}
	ofRevoked, ofOld, ofShort := session(revoked.Secret), session(old), session(short)
	for _, as := range [][]string{ofRevoked, ofOld, ofShort} {
		s.want("at first", ask{place: "GET /v1/caller", headers: as}, http.StatusOK, "")
	}
	if err := s.tokens.Revoke(t.Context(), revoked.ID); err != nil {
		t.Fatal(err)
	}
	s.want("its token is revoked", ask{place: "GET /v1/caller", headers: ofRevoked}, http.StatusUnauthorized, "token_missing")
	s.ahead.Add(int64(time.Hour))
	s.want("its token has expired", ask{place: "GET /v1/caller", headers: ofShort}, http.StatusUnauthorized, "token_missing")
	s.want("an hour later", ask{place: "GET /v1/caller", headers: ofOld}, http.StatusOK, "")
	s.ahead.Add(int64(11*time.Hour + time.Minute))
	s.want("12 hours later", ask{place: "GET /v1/caller", headers: ofOld}, http.StatusUnauthorized, "token_missing")
}

// Whoever has no token gets the form again, and from it leads no way to another site.
func TestLoginRefuses(t *testing.T) {
	t.Parallel()
	s := newTown(t, false, server.Options{})
	token := s.token(access.Read)
	if got := s.login("guess", "/x"); got.status != http.StatusUnauthorized || !strings.Contains(got.body, `role="alert"`) || got.header.Get("Set-Cookie") != "" {
		t.Errorf("status %d, cookie %q, %s", got.status, got.header.Get("Set-Cookie"), got.body)
	}
	for _, next := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)", "evil", "/\t/evil.example", "/a\r\nSet-Cookie: x=y", "%2f%2fevil"} {
		if got := s.login(token, next); got.status != http.StatusSeeOther || got.header.Get("Location") != "/" {
			t.Errorf("next %q leads to %q, status %d", next, got.header.Get("Location"), got.status)
		}
	}
}
