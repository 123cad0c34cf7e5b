package server_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/getklar/influencercrm/examples/server/internal/testdb"
)

// A webhook over its whole life: made, tried, sent to, listed, replayed, switched off and deleted.
func TestWebhook(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		type message struct {
			header http.Header
			body   []byte
		}
		came := make(chan message, 10)
		receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			came <- message{r.Header, body}
		}))
		defer receiver.Close()
		h := newHost(t, dsn, nil)
		ws := h.workspace("North")
		made := h.call("POST", ws+"/webhooks", `{"url":"`+receiver.URL+`","kinds":["member"]}`)
		secret, path := h.field(made, "secret"), ws+"/webhooks/"+h.field(made, "id")
		if made.status != 201 || made.header.Get("ETag") != `"1"` || !strings.HasPrefix(secret, "whsec_") {
			t.Fatalf("%+v", made)
		}
		if a := h.call("GET", path, ""); a.status != 200 || strings.Contains(a.body, secret) || a.header.Get("ETag") != `"1"` {
			t.Errorf("%+v", a)
		}
		if a := h.call("GET", ws+"/webhooks", ""); a.status != 200 || strings.Contains(a.body, secret) || !strings.Contains(a.body, receiver.URL) {
			t.Errorf("%+v", a)
		}
		verifier, err := standardwebhooks.NewWebhook(secret)
		if err != nil {
			t.Fatal(err)
		}
		next := func() (kind string, changes int) {
			t.Helper()
			select {
			case m := <-came:
				if err := verifier.Verify(m.body, m.header); err != nil {
					t.Error(err)
				}
				var doc struct {
					Type string
					Data struct{ Changes []json.RawMessage }
				}
				if err := json.Unmarshal(m.body, &doc); err != nil {
					t.Error(err)
				}
				return doc.Type, len(doc.Data.Changes)
			case <-time.After(20 * time.Second):
				t.Fatal("nothing came")
				return "", 0
			}
		}
		if a := h.call("POST", path+"/test", ""); a.status != 200 || h.field(a, "delivered") != "true" || h.field(a, "status") != "200" {
			t.Errorf("%+v", a)
		}
		if kind, changes := next(); kind != "test" || changes != 0 {
			t.Errorf("%s of %d", kind, changes)
		}
		h.call("POST", ws+"/campaigns", `{"name":"Summer"}`) // not wanted
		h.call("POST", ws+"/members", `{"name":"Pam"}`)
		if kind, changes := next(); kind != "changes" || changes != 1 {
			t.Errorf("%s of %d", kind, changes)
		}
		var list struct {
			Items []struct {
				ID    string
				State string
				First int
				Last  int
			}
		}
		for list.Items == nil || list.Items[0].State == "pending" { // the answer is kept a moment after it was given
			if err := json.Unmarshal([]byte(h.call("GET", path+"/deliveries?state=delivered&state=pending", "").body), &list); err != nil {
				t.Fatal(err)
			}
		}
		if d := list.Items[0]; len(list.Items) != 1 || d.State != "delivered" || d.First != 3 || d.Last != 3 {
			t.Errorf("%+v", list)
		}
		if a := h.call("GET", path+"/deliveries?state=dead", ""); a.body != "{\"items\":[]}\n" {
			t.Errorf("%+v", a)
		}
		if a := h.call("POST", path+"/deliveries/"+list.Items[0].ID+"/replay", ""); a.status != 200 || h.field(a, "replay") != "true" {
			t.Errorf("%+v", a)
		}
		if kind, changes := next(); kind != "changes" || changes != 1 {
			t.Errorf("replayed: %s of %d", kind, changes)
		}
		if a := h.call("PATCH", path, `{"active":false}`, "If-Match", `"1"`); a.status != 200 || h.field(a, "active") != "false" || a.header.Get("ETag") != `"2"` {
			t.Errorf("%+v", a)
		}
		if a := h.call("DELETE", path, "", "If-Match", `"2"`); a.status != 204 {
			t.Errorf("%+v", a)
		}
		if a := h.call("GET", path+"/deliveries", ""); a.status != 404 {
			t.Errorf("%+v", a)
		}
	})
}

// What cannot be is said with its field, and the webhooks of a workspace are nobody else's.
func TestBadWebhooks(t *testing.T) {
	t.Parallel()
	h := newHost(t, testdb.File(t), nil)
	north, south := h.workspace("North"), h.workspace("South")
	made := h.call("POST", north+"/webhooks", `{"url":"https://hooks.example.com/"}`)
	id := h.field(made, "id")
	const unknown = "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"
	type result struct {
		Status      int
		Code, Field string
	}
	for _, test := range []struct {
		method, path, body, match string
		want                      result
	}{
		{"POST", north + "/webhooks", `{}`, "", result{422, "not_a_webhook_url", "url"}},
		{"POST", north + "/webhooks", `{"url":"ftp://hooks.example.com"}`, "", result{422, "not_a_webhook_url", "url"}},
		{"POST", north + "/webhooks", `{"url":7}`, "", result{422, "wrong_type", "url"}},
		{"POST", north + "/webhooks", `{"url":"https://a.example/","secret":"x"}`, "", result{422, "unknown_field", "secret"}},
		{"POST", north + "/webhooks", `{"url":"https://a.example/","kinds":["order"]}`, "", result{422, "not_a_kind_of_log", "kinds[0]"}},
		{"POST", north + "/webhooks", `{"url":"https://a.example/","kinds":["member","member"]}`, "",
			result{422, "not_a_kind_of_log", "kinds[1]"}},
		{"POST", north + "/webhooks", `{"url":"https://a.example/","after":2}`, "", result{422, "past_end_of_log", "after"}},
		{"POST", north + "/webhooks", `{"url":"https://a.example/","after":-1}`, "", result{422, "negative", "after"}},
		{"POST", "/v1/workspaces/" + unknown + "/webhooks", `{"url":"https://a.example/"}`, "", result{404, "no_such_workspace", "id"}},
		{"GET", "/v1/workspaces/" + unknown + "/webhooks", "", "", result{404, "no_such_workspace", "id"}},
		{"GET", north + "/webhooks/7", "", "", result{422, "not_an_id", "id"}},
		{"GET", "/v1/tokens", "", "", result{404, "no_tokens_kept", "path"}}, // no gate
		{"GET", north + "/webhooks/" + unknown, "", "", result{404, "no_webhook", "id"}},
		{"GET", south + "/webhooks/" + id, "", "", result{404, "no_webhook", "id"}},
		{"PATCH", south + "/webhooks/" + id, `{"active":false}`, `"1"`, result{404, "no_webhook", "id"}},
		{"DELETE", south + "/webhooks/" + id, "", `"1"`, result{404, "no_webhook", "id"}},
		{"POST", south + "/webhooks/" + id + "/test", "", "", result{404, "no_webhook", "id"}},
		{"GET", south + "/webhooks/" + id + "/deliveries", "", "", result{404, "no_webhook", "id"}},
		{"POST", south + "/webhooks/" + id + "/deliveries/" + unknown + "/replay", "", "", result{404, "no_webhook", "id"}},
		{"POST", north + "/webhooks/" + id + "/deliveries/" + unknown + "/replay", "", "", result{404, "no_delivery", "delivery"}},
		{"GET", north + "/webhooks/" + id + "/deliveries?state=lost", "", "", result{422, "not_a_delivery_state", "state"}},
		{"GET", north + "/webhooks/" + id + "/deliveries?token=x", "", "", result{422, "bad_page_token", "token"}},
		{"GET", north + "/webhooks/" + id + "/deliveries?size=1001", "", "", result{422, "out_of_range", "size"}},
		{"PATCH", north + "/webhooks/" + id, `{"active":false}`, "", result{428, "etag_missing", ""}},
		{"PATCH", north + "/webhooks/" + id, `{"active":false}`, `"2"`, result{412, "stale_version", "version"}},
		{"PATCH", north + "/webhooks/" + id, `{"url":""}`, `"1"`, result{422, "not_a_webhook_url", "url"}},
		{"DELETE", north + "/webhooks/" + id, "", `"2"`, result{412, "stale_version", "version"}},
		{"DELETE", north + "/webhooks/" + id, "", "", result{428, "etag_missing", ""}},
	} {
		headers := []string{}
		if test.match != "" {
			headers = []string{"If-Match", test.match}
		}
		a := h.call(test.method, test.path, test.body, headers...)
		var p struct {
			Code   string
			Errors []struct{ Field string }
		}
		if err := json.Unmarshal([]byte(a.body), &p); err != nil {
			t.Errorf("%s %s %s: %+v", test.method, test.path, test.body, a)
		}
		got := result{Status: a.status, Code: p.Code}
		if len(p.Errors) > 0 {
			got.Field = p.Errors[0].Field
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s %s %s (-want +got):\n%s", test.method, test.path, test.body, diff)
		}
	}
	for n := range 19 {
		if a := h.call("POST", north+"/webhooks", `{"url":"https://hooks.example.com/"}`); a.status != 201 {
			t.Fatalf("webhook %d: %+v", n+2, a)
		}
	}
	if a := h.call("POST", north+"/webhooks", `{"url":"https://hooks.example.com/"}`); a.status != 409 || h.field(a, "code") != "too_many_webhooks" {
		t.Errorf("%+v", a)
	}
}
