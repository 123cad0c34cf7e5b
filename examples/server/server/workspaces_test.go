package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/server"
)

// Whoever is for some workspaces lists them as others list all: in the same orders and pages, and with the same refusals.
func TestListOfSomeWorkspaces(t *testing.T) {
	t.Parallel()
	s := newTown(t, false, server.Options{})
	all := s.token(access.Admin)
	var last crm.Workspace
	for _, name := range []string{"Shop 1", "Shop 0"} { // made after Shop A and Shop B, and named before
		got := s.want(name, ask{place: "POST /v1/workspaces", token: all,
			body: `{"name":"` + name + `","currency":"EUR"}`}, http.StatusCreated, "")
		if err := json.Unmarshal([]byte(got.body), &last); err != nil {
			t.Fatal(err)
		}
	}
	type list struct {
		Items []crm.Workspace
		Next  string
	}
	read := func(token, query string) (names []string) {
		t.Helper()
		for next := ""; ; {
			var l list
			got := s.want(query, ask{place: "GET /v1/workspaces?" + query + "&token=" + next, token: token}, http.StatusOK, "")
			if err := json.Unmarshal([]byte(got.body), &l); err != nil {
				t.Fatal(err)
			}
			page := ""
			for _, w := range l.Items {
				page += w.Name + " "
			}
			names = append(names, page)
			if next = l.Next; next == "" {
				return names
			}
		}
	}
	some := s.token(access.Admin, last.ID, s.b, s.a)
	for query, want := range map[string][]string{
		"":                        {"Shop A Shop B Shop 0 "},
		"size=2":                  {"Shop A Shop B ", "Shop 0 "},
		"size=2&desc=true":        {"Shop 0 Shop B ", "Shop A "},
		"size=1&sort=name":        {"Shop 0 ", "Shop A ", "Shop B "},
		"sort=name&desc=true":     {"Shop B Shop A Shop 0 "},
		"size=1000&sort=name":     {"Shop 0 Shop A Shop B "},
		"size=2&sort=&desc=false": {"Shop A Shop B ", "Shop 0 "},
		"size=3&fields=name,id":   {"Shop A Shop B Shop 0 "},
	} {
		if diff := cmp.Diff(want, read(some, query)); diff != "" {
			t.Errorf("?%s (-want +got):\n%s", query, diff)
		}
	}
	for query, code := range map[string]string{
		"size=1001": "out_of_range", "size=-1": "out_of_range", "token=2": "bad_page_token",
		"sort=colour": "unknown_sort", "sort=start": "unknown_sort",
	} {
		for who, token := range map[string]string{"all": all, "some": some} {
			s.want(fmt.Sprintf("%s, for %s workspaces", query, who), ask{place: "GET /v1/workspaces?" + query, token: token}, 422, code)
		}
	}
}
