package server_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/server"
)

// Requests that may not be carried out each have a status and a problem.
func TestBadAccess(t *testing.T) {
	t.Parallel()
	s := newTown(t, false, server.Options{Hosts: []string{"crm.example"}, Origins: []string{"https://crm.example"}})
	read, write, admin := s.token(access.Read), s.token(access.Write), s.token(access.Admin)
	onlyA := s.token(access.Admin, s.a)
	expired := s.issue(access.Order{Name: "old", Scope: access.Admin, ExpiresAt: s.service.Now().Add(time.Hour)}).Secret
	s.ahead.Add(int64(2 * time.Hour))
	revoked := s.issue(access.Order{Name: "lost", Scope: access.Admin})
	if err := s.tokens.Revoke(t.Context(), revoked.ID); err != nil {
		t.Fatal(err)
	}
	inA := "/v1/workspaces/" + s.a.String()
	const member = `{"name":"Ada"}`
	long := strings.Repeat("x", 70<<10)
	for _, test := range []struct {
		name   string
		ask    ask
		status int
		code   string
	}{
		{"good", ask{place: "GET " + inA, token: read}, 200, ""},
		{"lower case", ask{place: "GET " + inA, headers: []string{"Authorization: bearer " + read}}, 200, ""},
		{"missing", ask{place: "GET " + inA}, 401, "token_missing"},
		{"missing, for a change", ask{place: "POST " + inA + "/members", body: member}, 401, "token_missing"},
		{"empty", ask{place: "GET " + inA, headers: []string{"Authorization: "}}, 401, "not_a_bearer"},
		{"another scheme", ask{place: "GET " + inA, headers: []string{"Authorization: Basic " + read}}, 401, "not_a_bearer"},
		{"no token behind Bearer", ask{place: "GET " + inA, headers: []string{"Authorization: Bearer"}}, 401, "token_not_valid"},
		{"two headers", ask{place: "GET " + inA, token: read, headers: []string{"Authorization: Bearer " + write}}, 401, "not_a_bearer"},
		{"short", ask{place: "GET " + inA, token: "secret"}, 401, "token_not_valid"},
		{"unknown", ask{place: "GET " + inA, token: "crm_0123456789012345678901234567890123456789012"}, 401, "token_not_valid"},
		{"cut off", ask{place: "GET " + inA, token: read[:len(read)-1]}, 401, "token_not_valid"},
		{"in another case", ask{place: "GET " + inA, token: strings.ToUpper(read)}, 401, "token_not_valid"},
		{"with a blank", ask{place: "GET " + inA, token: read + " " + read}, 401, "token_not_valid"},
		{"very long", ask{place: "GET " + inA, token: long}, 401, "token_not_valid"},
		{"its hash", ask{place: "GET " + inA, token: strings.Repeat("0a", 32)}, 401, "token_not_valid"},
		{"expired", ask{place: "GET " + inA, token: expired}, 401, "token_not_valid"},
		{"revoked", ask{place: "GET " + inA, token: revoked.Secret}, 401, "token_not_valid"},
		{"in the query", ask{place: "GET " + inA + "?access_token=" + read}, 401, "token_missing"},
		{"in a cookie of the name", ask{place: "GET " + inA, headers: []string{"Cookie: crm_session=" + read}}, 401, "token_missing"},

		{"an assistant without a token",
			ask{place: "POST /mcp", body: `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}`},
			401, "token_missing"},
		{"an assistant with another's", ask{place: "POST /mcp", token: "secret", body: `{}`}, 401, "token_not_valid"},

		{"read may not write", ask{place: "POST " + inA + "/members", token: read, body: member}, 403, "scope_missing"},
		{"read may not try", ask{place: "POST " + inA + "/members?dry_run=true", token: read, body: member}, 403, "scope_missing"},
		{"write may write", ask{place: "POST " + inA + "/members", token: write, body: member}, 201, ""},
		{"write may not delete the workspace", ask{place: "DELETE " + inA, token: write}, 403, "scope_missing"},
		{"write may not make tokens", ask{place: "POST /v1/tokens", token: write, body: `{"name":"x","scope":"read"}`}, 403, "scope_missing"},
		{"read may not list tokens", ask{place: "GET /v1/tokens", token: read}, 403, "scope_missing"},
		{"one workspace's may not make tokens", ask{place: "POST /v1/tokens", token: onlyA,
			body: `{"name":"x","scope":"admin"}`}, 403, "some_workspaces_only"},
		{"one workspace's may not make workspaces", ask{place: "POST /v1/workspaces", token: onlyA, body: `{}`}, 403, "some_workspaces_only"},
		{"one workspace's may not see metrics", ask{place: "GET /metrics", token: onlyA}, 403, "some_workspaces_only"},
		{"metrics need a token", ask{place: "GET /metrics"}, 401, "token_missing"},
		{"another workspace", ask{place: "GET /v1/workspaces/" + s.b.String(), token: onlyA}, 404, "no_such_workspace"},
		{"another workspace in other letters", ask{place: "GET /v1/workspaces/" + strings.ToUpper(s.b.String()),
			token: onlyA}, 404, "no_such_workspace"},
		{"another workspace with two slashes", ask{place: "GET /v1/workspaces//" + s.b.String(), token: onlyA}, 307, ""},
		{"another workspace by dots", ask{place: "GET " + inA + "/../" + s.b.String() + "/members", token: onlyA}, 307, ""},
		{"another workspace by escaped dots", ask{place: "GET " + inA + "%2f..%2f" + s.b.String(), token: onlyA}, 404, "no_such_workspace"},
		{"no workspace", ask{place: "GET /v1/workspaces/x", token: onlyA}, 404, "no_such_workspace"},

		{"foreign host", ask{place: "GET " + inA, token: read, headers: []string{"Host: evil.example"}}, 421, "foreign_host"},
		{"foreign host that begins like ours",
			ask{place: "GET " + inA, token: read, headers: []string{"Host: crm.example.evil.example"}},
			421, "foreign_host"},
		{"foreign host with port", ask{place: "GET " + inA, token: read, headers: []string{"Host: evil.example:8080"}}, 421, "foreign_host"},
		{"no host", ask{place: "GET " + inA, token: read, headers: []string{"Host: "}}, 421, "foreign_host"},
		{"foreign host at the form", ask{place: "GET /login", headers: []string{"Host: evil.example"}}, 421, "foreign_host"},
		{"our name", ask{place: "GET " + inA, token: read, headers: []string{"Host: CRM.example.:443"}}, 200, ""},
		{"localhost", ask{place: "GET " + inA, token: read, headers: []string{"Host: localhost:1"}}, 200, ""},
		{"IPv6", ask{place: "GET " + inA, token: read, headers: []string{"Host: [::1]:8080"}}, 200, ""},

		{"foreign origin", ask{place: "POST " + inA + "/members", token: write, body: member,
			headers: []string{"Origin: https://evil.example"}}, 403, "foreign_origin"},
		{"origin null", ask{place: "POST " + inA + "/members", token: write, body: member,
			headers: []string{"Origin: null"}}, 403, "foreign_origin"},
		{"another site", ask{place: "DELETE " + inA, token: admin, headers: []string{"Sec-Fetch-Site: cross-site"}}, 403, "foreign_origin"},
		{"same site, another origin", ask{place: "PATCH " + inA, token: admin, body: `{}`,
			headers: []string{"Sec-Fetch-Site: same-site"}}, 403, "foreign_origin"},
		{"another site at the form", ask{place: "POST /login", body: "token=" + read,
			headers: []string{"Sec-Fetch-Site: cross-site"}}, 403, "foreign_origin"},
		{"our origin", ask{place: "POST " + inA + "/members", token: write, body: `{"name":"Bo"}`,
			headers: []string{"Origin: https://crm.example"}}, 201, ""},

		{"long body", ask{place: "POST " + inA + "/members", token: write,
			body: `{"name":"` + strings.Repeat("x", 1<<20) + `"}`}, 413, "body_too_long"},
		{"long form", ask{place: "POST /login", body: "token=" + long,
			headers: []string{"Content-Type: application/x-www-form-urlencoded"}}, 413, "body_too_long"},
		{"bad form", ask{place: "POST /login", body: "token=%zz",
			headers: []string{"Content-Type: application/x-www-form-urlencoded"}}, 422, "not_a_form"},

		{"token without a name", ask{place: "POST /v1/tokens", token: admin, body: `{"scope":"read"}`}, 422, "token_name"},
		{"token without a scope", ask{place: "POST /v1/tokens", token: admin, body: `{"name":"x"}`}, 422, "not_a_scope"},
		{"token with an unknown scope", ask{place: "POST /v1/tokens", token: admin, body: `{"name":"x","scope":"owner"}`}, 422, "not_a_scope"},
		{"token with a scope that needs none", ask{place: "POST /v1/tokens", token: admin,
			body: `{"name":"x","scope":"public"}`}, 422, "not_a_scope"},
		{"token that is over", ask{place: "POST /v1/tokens", token: admin,
			body: `{"name":"x","scope":"read","expires_at":"2020-01-01T00:00:00Z"}`}, 422, "expiry_over"},
		{"token for no workspace", ask{place: "POST /v1/tokens", token: admin,
			body: `{"name":"x","scope":"read","workspaces":["` + uuid.NewString() + `"]}`}, 422, "no_such_workspace"},
		{"token for one twice", ask{place: "POST /v1/tokens", token: admin,
			body: `{"name":"x","scope":"read","workspaces":["` + s.a.String() + `","` + s.a.String() + `"]}`}, 422,
			"workspace_twice"},
		{"revoked again", ask{place: "DELETE /v1/tokens/" + revoked.ID.String(), token: admin}, 404, "no_such_token"},
		{"too long a page", ask{place: "GET /v1/tokens?size=100000", token: admin}, 422, "out_of_range"},
		{"no token of a page", ask{place: "GET /v1/tokens?token=" + revoked.ID.String(), token: admin}, 422, "bad_page_token"},
	} {
		s.want(test.name, test.ask, test.status, test.code)
	}
}

var wildcard = regexp.MustCompile(`\{(\w+)\}`)

// place is the place of an operation with a workspace, and with an id for everything else.
func place(o operation, ws crm.WorkspaceID, id uuid.UUID) string {
	return o.Method + " " + wildcard.ReplaceAllStringFunc(o.Path, func(name string) string {
		switch name {
		case "{workspace}":
			return ws.String()
		case "{rule}":
			return "0"
		default:
			return id.String()
		}
	})
}

type operation struct {
	Method, Path string
	Scope        access.Scope
}

func (s *town) operations() (all []operation) {
	for _, o := range s.api.Operations() {
		all = append(all, operation{o.Method, o.Path, o.Scope})
	}
	return all
}

// ask is a request that an operation may take, so that what is refused is the caller.
func (o operation) ask(at, token string) ask {
	q := ask{place: at, token: token, headers: []string{`If-Match: "1"`}}
	if o.Method != http.MethodGet && o.Method != http.MethodDelete {
		q.body = `{}`
	}
	return q
}

// Every operation needs a token, with its scope; and in a workspace that the token is not for it answers as in one that
// there is not, byte for byte.
func TestEveryOperationNeedsItsScope(t *testing.T) {
	t.Parallel()
	s := newTown(t, false, server.Options{})
	onlyA, read, write := s.token(access.Admin, s.a), s.token(access.Read), s.token(access.Write)
	nowhere := crm.WorkspaceID(uuid.New())
	checked := 0
	for _, o := range s.operations() {
		if o.Scope == access.Public {
			continue
		}
		checked++
		at := place(o, s.a, uuid.New())
		s.want("no token", o.ask(at, ""), http.StatusUnauthorized, "token_missing")
		if o.Scope > access.Read {
			s.want("read", o.ask(at, read), http.StatusForbidden, "scope_missing")
		}
		if o.Scope > access.Write {
			s.want("write", o.ask(at, write), http.StatusForbidden, "scope_missing")
		}
		if !strings.Contains(o.Path, "{workspace}") {
			continue
		}
		foreign := s.want("foreign", o.ask(place(o, s.b, uuid.Nil), onlyA), http.StatusNotFound, "no_such_workspace")
		missing := s.want("missing", o.ask(place(o, nowhere, uuid.Nil), onlyA), http.StatusNotFound, "no_such_workspace")
		if foreign.body != strings.ReplaceAll(missing.body, nowhere.String(), s.b.String()) {
			t.Errorf("%s %s tells workspaces that there are from others: %q and %q", o.Method, o.Path, foreign.body, missing.body)
		}
	}
	if checked < 50 {
		t.Errorf("only %d operations", checked)
	}
}

// A record of another workspace is nowhere to be found, and nothing happens to it, whatever operation names it.
func TestRecordsOfAnotherWorkspace(t *testing.T) {
	t.Parallel()
	s := newTown(t, false, server.Options{})
	token, all := s.token(access.Admin, s.a), s.token(access.Admin)
	inB := "/v1/workspaces/" + s.b.String()
	ids := map[string]uuid.UUID{}
	made := func(kind, body string) {
		got := s.want(kind, ask{place: "POST " + inB + "/" + kind, token: all, body: body}, http.StatusCreated, "")
		id := regexp.MustCompile(`"id":"([0-9a-f-]{36})"`).FindStringSubmatch(got.body)
		if id == nil {
			t.Fatalf("%s: no id in %s", kind, got.body)
		}
		ids[kind] = uuid.MustParse(id[1])
	}
	made("members", `{"name":"Ada"}`)
	made("campaigns", `{"name":"Summer"}`)
	made("influencers", `{"name":"Mia"}`)
	made("cooperations", `{"campaign":"`+ids["campaigns"].String()+`","influencer":"`+ids["influencers"].String()+`"}`)
	before := s.want("log", ask{place: "GET " + inB + "/changes?limit=100", token: all}, http.StatusOK, "").body
	checked := 0
	for _, o := range s.operations() {
		for kind, id := range ids {
			if !strings.Contains(o.Path, "/"+kind+"/{") {
				continue
			}
			checked++
			got := s.do(o.ask(place(o, s.a, id), token))
			if got.status != http.StatusNotFound && got.status != http.StatusUnprocessableEntity || strings.Contains(got.body, "Summer") {
				t.Errorf("%s %s of another workspace: status %d, %s", o.Method, o.Path, got.status, got.body)
			}
		}
	}
	if checked < 20 {
		t.Errorf("only %d operations name a record", checked)
	}
	if after := s.want("log", ask{place: "GET " + inB + "/changes?limit=100", token: all}, http.StatusOK, "").body; after != before {
		t.Errorf("the log of the other workspace is %s, and was %s", after, before)
	}
	for _, body := range []string{
		`{"campaign":"` + ids["campaigns"].String() + `","influencer":"` + ids["influencers"].String() + `"}`,
	} {
		s.want("in a body", ask{place: "POST /v1/workspaces/" + s.a.String() + "/cooperations", token: token,
			body: body}, http.StatusUnprocessableEntity, "not_in_workspace")
	}
}

// The pages of the list of tokens together are the list.
func TestPagesOfTokens(t *testing.T) {
	t.Parallel()
	s := newTown(t, false, server.Options{})
	admin := s.token(access.Admin)
	for range 4 {
		s.token(access.Read)
	}
	type list struct {
		Items []struct{ ID string }
		Next  string
	}
	read := func(query string) (l list) {
		t.Helper()
		got := s.want(query, ask{place: "GET /v1/tokens" + query, token: admin}, http.StatusOK, "")
		if err := json.Unmarshal([]byte(got.body), &l); err != nil {
			t.Fatal(err)
		}
		return l
	}
	var all []struct{ ID string }
	page := read("?size=2")
	for ; page.Next != ""; page = read("?size=2&token=" + page.Next) {
		all = append(all, page.Items...)
	}
	if diff := cmp.Diff(read("").Items, append(all, page.Items...)); diff != "" || len(all) != 4 {
		t.Errorf("%d before the last page (-list +pages):\n%s", len(all), diff)
	}
}
