package shops

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
)

func TestRefusals(t *testing.T) { onBoth(t, testRefusals) }

func testRefusals(t *testing.T, open engine) {
	_, shops := newHost(t, open, "mira")
	s := shops[0]
	nowhere := "/cooperations/018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"
	for _, test := range []struct {
		name, method, path, body string
		status                   int
		fields                   []string // that the errors name
	}{
		{"no JSON", "POST", "/cooperations", `{"campaign":`, 422, []string{""}},
		{"no object", "POST", "/cooperations", `[]`, 422, []string{""}},
		{"nothing", "POST", "/cooperations", ``, 422, []string{""}},
		{"empty", "POST", "/cooperations", `{}`, 422, []string{"campaign", "influencer"}},
		{"unknown fields", "POST", "/cooperations", `{"kampagne":1,"period":{"from":"2026-06-01"}}`, 422, []string{"kampagne", "period.from"}},
		{"values of other kinds", "POST", "/cooperations",
			`{"campaign":"summer","cost":12.5,"period":{"start":"June"}}`, 422,
			[]string{"campaign", "cost", "period.start"}},
		{"broken rules", "POST", "/cooperations",
			strings.Replace(s.august(), "{", `{"status":"maybe","rules":[{"match":"contains","pattern":"x"}],`, 1), 422,
			[]string{"status", "rules[0].pattern"}},
		{"an id that is taken", "POST", "/cooperations",
			strings.Replace(s.august(), "{", `{"id":"`+s.june.ID.String()+`",`, 1), 409, []string{"id"}},
		{"too long", "POST", "/cooperations", `{"notes":"` + strings.Repeat("x", web.DefaultMaxBody) + `"}`, 413, nil},
		{"too long a patch", "PATCH", s.at(s.june), `{"notes":"` + strings.Repeat("x", web.DefaultMaxBody) + `"}`, 413, nil},
		{"patch with unknown fields", "PATCH", s.at(s.june), `{"Notes":"x","colour":"red"}`, 422, []string{"Notes", "colour"}},
		{"patch of the id", "PATCH", s.at(s.june), `{"id":"018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"}`, 422, []string{"id"}},
		{"patch of an older version", "PATCH", s.at(s.june), `{"version":7}`, 412, []string{"version"}},
		{"not ready to be signed", "PATCH", s.at(s.june), `{"status":"signed"}`, 422, []string{"cost"}},
		{"patch of nothing", "PATCH", nowhere, `{}`, 404, []string{"id"}},
		{"patch of no id", "PATCH", "/cooperations/7", `{}`, 422, []string{"id"}},
		{"nothing there", "GET", nowhere, ``, 404, []string{"id"}},
		{"no id", "GET", "/cooperations/7", ``, 422, []string{"id"}},
		{"bad query", "GET", "/cooperations?campaigns=summer&size=many", ``, 422, []string{"campaigns", "size"}},
		{"bad size", "GET", "/cooperations?size=1001", ``, 422, []string{"size"}},
		{"bad status", "GET", "/cooperations?statuses=done", ``, 422, []string{"statuses"}},
		{"misspelled query", "GET", "/cooperations?status=draft", ``, 422, []string{"status"}},
		{"a query where none is taken", "POST", "/cooperations?dry=true", s.august(), 422, []string{"dry"}},
		{"nothing here", "GET", "/invoices", ``, 404, []string{"path"}},
		{"another method", "DELETE", "/cooperations", ``, 405, []string{"path"}},
		{"bad unit", "POST", "/undo?unit=7", ``, 422, []string{"unit"}},
		{"bad seq", "GET", "/changes?after=last", ``, 422, []string{"after"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := *s
			s.T = t
			p := answer[web.Problem](&s, test.status, s.send(test.method, test.path, test.body, "If-Match", `"1"`))
			if p.Status != test.status || p.Title != http.StatusText(test.status) || p.Detail == "" {
				t.Errorf("got %+v", p)
			}
			var fields []string
			for _, e := range p.Errors {
				fields = append(fields, e.Field)
				if e.Problem == "" {
					t.Errorf("%q says nothing", e.Field)
				}
			}
			if diff := cmp.Diff(test.fields, fields); diff != "" {
				t.Errorf("%s: fields (-want +got):\n%s", p.Detail, diff)
			}
		})
	}
	t.Cleanup(func() {
		head, err := s.h.crm.Changes(context.Background(), s.ws, 4, 1)
		if err != nil || len(head) != 0 {
			t.Errorf("after nothing but refusals the log has %v, %v", head, err)
		}
	})
}

// A unit of work that takes too long, here in a transaction of the host itself, is a short wait and a 503, and nothing
// is written.
func TestBusy(t *testing.T) { onBoth(t, testBusy) }

func testBusy(t *testing.T, open engine) {
	h, shops := newHost(t, open, "mira")
	s := shops[0]
	held, err := h.writer.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.crm.Over(h.store.Join(held)).Update(t.Context(), s.ws, func(context.Context, *crm.Work) error { return nil }); err != nil {
		t.Fatal(err)
	}
	w := s.send("POST", "/cooperations", s.august())
	if err := held.Rollback(); err != nil {
		t.Fatal(err)
	}
	if p := answer[web.Problem](s, http.StatusServiceUnavailable, w); w.Header().Get("Retry-After") != "1" {
		t.Errorf("Retry-After %q of %+v", w.Header().Get("Retry-After"), p)
	}
	if page := answer[crm.Page[crm.Cooperation]](s, http.StatusOK, s.send("GET", "/cooperations", "")); len(page.Items) != 1 {
		t.Errorf("%d cooperations, want 1", len(page.Items))
	}
	answer[crm.Saved](s, http.StatusCreated, s.send("POST", "/cooperations", s.august()))
}
