package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/storage/memory"
)

// filled is an API with a small workspace in it.
type filled struct {
	*API
	path string // of the workspace
}

func newFilled(f *testing.F) filled {
	f.Helper()
	ctx := context.Background()
	store := memory.New(nil)
	service, admin := crm.New(store, nil), crm.NewAdmin(store, nil)
	a, err := New(service, admin, Options{})
	if err != nil {
		f.Fatal(err)
	}
	ws, err := admin.CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR"})
	if err != nil {
		f.Fatal(err)
	}
	campaign, err := service.CreateCampaign(ctx, ws.ID, crm.Campaign{Name: "Summer"})
	if err != nil {
		f.Fatal(err)
	}
	pam, err := service.CreateInfluencer(ctx, ws.ID, crm.Influencer{Name: "Pam"})
	if err != nil {
		f.Fatal(err)
	}
	if _, err := service.CreateCooperation(ctx, ws.ID, crm.Cooperation{Campaign: campaign.ID, Influencer: pam.ID}); err != nil {
		f.Fatal(err)
	}
	return filled{a, "/v1/workspaces/" + ws.ID.String()}
}

// check calls and fails if the server is at fault, or if a refusal does not say what is wrong.
func (a filled) check(t *testing.T, r *http.Request) {
	t.Helper()
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	if w.Code < 400 {
		return
	}
	var p web.Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code >= 500 || p.Detail == "" || p.Code == "" || p.Status != w.Code {
		t.Errorf("%s %s: status %d: %s", r.Method, r.URL, w.Code, w.Body)
	}
}

// FuzzBody: whatever the body of a request that takes one, it is answered, or refused with what is wrong.
func FuzzBody(f *testing.F) {
	a := newFilled(f)
	var taking []Operation
	for _, o := range a.list {
		if o.Body != nil && o.Body.Type != nil && strings.HasPrefix(o.Path, inWorkspace) {
			taking = append(taking, o)
		}
	}
	for n := range taking {
		f.Add(uint8(n), `{"name":"A","records":[],"scenarios":[[]],"rules":[{"match":"equals","pattern":"PAM"}]}`)
	}
	f.Add(uint8(0), `{"name":{"name":[1,2,{}]},"budget":{"amount":"1e999999999","currency":"EUR"}}`)
	f.Fuzz(func(t *testing.T, n uint8, body string) {
		o := taking[int(n)%len(taking)]
		path := strings.NewReplacer("{workspace}", strings.TrimPrefix(a.path, "/v1/workspaces/"), "{id}",
			"018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f").Replace(o.Path)
		r := httptest.NewRequestWithContext(t.Context(), o.Method, path+"?dry_run=true", strings.NewReader(body))
		r.Header.Set("If-Match", `"1"`)
		a.check(t, r)
	})
}

// FuzzFilter: whatever the query of a list, it is answered, or refused with what is wrong.
func FuzzFilter(f *testing.F) {
	a := newFilled(f)
	for _, seed := range []string{
		"statuses=draft&statuses=signed&size=1", "during.start=2026-06-01&sort=name&desc=true", "text=%00&archive=all",
		"token=eyJzIjoi", "fields=id,name",
		"campaigns=018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f", "with_names=true&on=2026-02-30", "state=running&on=9999-12-31", "size=-1", "=&=&==",
	} {
		for n := range uint8(4) {
			f.Add(n, seed)
		}
	}
	f.Fuzz(func(t *testing.T, n uint8, query string) {
		list := []string{"/cooperations", "/campaigns", "/influencers", "/conflicts", "/cooperations/totals",
			"/summary", "/changes", "/fits"}[n%8]
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, a.path+list, nil)
		r.URL = &url.URL{Path: a.path + list, RawQuery: query}
		a.check(t, r)
	})
}
