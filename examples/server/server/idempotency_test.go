package server_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/examples/server/internal/testdb"
)

// A POST that is sent again, to another process too, makes nothing twice.
func TestIdempotencyKey(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		one, two := newHost(t, dsn, nil), newHost(t, dsn, nil)
		north, south := one.workspace("North"), one.workspace("South")
		const body = `{"name":"Pam"}`
		first := one.call("POST", north+"/influencers", body, "Idempotency-Key", "k")
		again := two.call("POST", north+"/influencers", body, "Idempotency-Key", "k")
		if first.status != 201 || first.body != again.body || again.status != 201 || again.header.Get("ETag") != `"1"` ||
			first.header.Get("Idempotent-Replayed") != "" || again.header.Get("Idempotent-Replayed") != "true" {
			t.Errorf("first %+v, again %+v", first, again)
		}
		type result struct {
			Status int
			Code   string
		}
		var got []result
		for _, call := range []struct{ path, body string }{
			{north + "/influencers", `{"name":"Jim"}`}, // another request
			{south + "/influencers", body},             // another workspace
			{north + "/influencers?limit=", body},      // another query
		} {
			a := one.call("POST", call.path, call.body, "Idempotency-Key", "k")
			r := result{Status: a.status}
			if a.status >= 400 {
				r.Code = one.field(a, "code")
			}
			got = append(got, r)
		}
		if diff := cmp.Diff([]result{{422, "key_of_another"}, {201, ""}, {422, "key_of_another"}}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if a := one.call("GET", north+"/influencers/count", ""); one.field(a, "count") != "1" {
			t.Errorf("influencers: %s", a.body)
		}
		// An error is not kept: what was wrong may be mended under the same key.
		if a := one.call("POST", north+"/influencers", `{}`, "Idempotency-Key", "mended"); a.status != 422 {
			t.Errorf("without a name: %+v", a)
		}
		if a := one.call("POST", north+"/influencers", `{"name":"Dwight"}`, "Idempotency-Key", "mended"); a.status != 201 {
			t.Errorf("mended: %+v", a)
		}
		// An erased person is not in kept answers. A preview changes nothing.
		erase := north + "/influencers/" + one.field(first, "id") + "/erase"
		if a := one.call("POST", erase+"?dry_run=true", "", "If-Match", `"1"`); a.status != 200 {
			t.Errorf("preview: %+v", a)
		}
		if a := one.call("POST", north+"/influencers", body, "Idempotency-Key", "k"); a.status != 201 {
			t.Errorf("after a preview: %+v", a)
		}
		if a := one.call("POST", erase, "", "If-Match", `"1"`); a.status != 200 {
			t.Errorf("erase: %+v", a)
		}
		if a := two.call("POST", north+"/influencers", body, "Idempotency-Key", "k"); a.status != 409 || one.field(a, "code") != "key_answer_gone" {
			t.Errorf("after the erasure: %+v", a)
		}
	})
}

// Where the answer shows a secret, which is shown once, a key is refused: who sends one relies on it. Nothing is made or kept.
func TestSecretsAreNotStored(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		h := newHost(t, dsn, nil)
		ws := h.workspace("North")
		const body = `{"url":"https://hooks.example.com/"}`
		for path, body := range map[string]string{ws + "/webhooks": body, "/v1/tokens": `{"name":"Ada","scope":"read"}`} {
			a := h.call("POST", path, body, "Idempotency-Key", "k")
			if a.status != 422 || h.field(a, "code") != "key_not_taken" || !strings.Contains(h.field(a, "errors"), `"field":"Idempotency-Key"`) {
				t.Errorf("%s: %+v", path, a)
			}
		}
		if a := h.call("GET", ws+"/webhooks", ""); a.body != `{"items":[]}`+"\n" {
			t.Errorf("webhooks: %s", a.body)
		}
		if a := h.call("POST", ws+"/webhooks", body); a.status != 201 || h.field(a, "secret") == "" {
			t.Errorf("without a key: %+v", a)
		}
		var kept []string
		err := testdb.Open(t, dsn).State.Select(t.Context(), "read answers", &kept, "SELECT answer FROM server_idempotency")
		if err != nil || len(kept) > 0 {
			t.Errorf("kept: %q, %v", kept, err)
		}
	})
}
