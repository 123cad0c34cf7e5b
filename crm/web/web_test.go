package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/crm/wire"
)

var ref = crm.Ref{Kind: crm.KindCampaign, ID: uuid.MustParse("018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f")}

// Every family has a status, and what only operators should read is not told.
func TestFamilies(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err    error
		status int
		code   string
	}{
		{backend.Dangling(ref, "campaign", "x"), 422, "dangling"},
		{ref.NotFound(), 404, "not_in_workspace"},
		{backend.Taken(ref, "name", "Summer Sale"), 409, "taken"},
		{backend.Referenced(ref), 409, "in_use"},
		{ref.Stale(1, 2), 412, "stale_version"},
		{web.ErrNoVersion, 428, "etag_missing"},
		{crm.ErrBusy, 503, "busy"},
		{crm.ErrRetry, 503, "retry"},
		{crm.ErrReadOnly, 503, "read_only"},
		{crm.ErrClosed, 503, "closed"},
		{crm.ErrUnavailable, 503, "unavailable"},
		{context.Canceled, 503, "call_ended"},
		{context.DeadlineExceeded, 503, "timed_out"},
		{fmt.Errorf("%w: %w", crm.ErrUnavailable, crm.ErrUnknownOutcome), 500, "unknown_outcome"},
		{crm.ErrStorage, 500, "internal"},
		{crm.ErrNestedTx, 500, "internal"},
		{errors.New("SQL logic error: no such column: secret"), 500, "internal"},
		{&http.MaxBytesError{Limit: 7}, 413, "body_too_long"},
	} {
		p := web.ProblemOf(fmt.Errorf("wrapped: %w", test.err), language.English)
		if p.Status != test.status || p.Title != http.StatusText(test.status) || p.Code != test.code {
			t.Errorf("%v: %+v, want status %d and code %s", test.err, p, test.status, test.code)
		}
		if strings.Contains(p.Detail, "wrapped") || p.Code == "internal" && strings.Contains(p.Detail, test.err.Error()) {
			t.Errorf("%v: told %q, which may name hosts and roles", test.err, p.Detail)
		}
		if german := web.ProblemOf(test.err, language.German); german.Detail == p.Detail {
			t.Errorf("%v: no German, %q", test.err, p.Detail)
		}
	}
}

// A form gets its fields in the language of the client, with codes for programs.
func TestProblemInTheClientsLanguage(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(&log, nil))
	for _, test := range []struct {
		accept, detail, problem string
	}{
		{"", `campaign name "": a campaign needs a name`, "a campaign needs a name"},
		{"fr, de;q=0.5", "Kampagne name „“: eine Kampagne braucht einen Namen", "eine Kampagne braucht einen Namen"},
		{"de-AT", "Kampagne name „“: eine Kampagne braucht einen Namen", "eine Kampagne braucht einen Namen"},
		{";;;=", `campaign name "": a campaign needs a name`, "a campaign needs a name"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/campaigns", nil)
		r.Header.Set("Accept-Language", test.accept)
		w := httptest.NewRecorder()
		web.WriteProblem(w, r, crm.Check(crm.Campaign{}, "EUR"), logger)
		var p web.Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		want := web.Problem{Title: "Unprocessable Entity", Status: 422, Detail: test.detail, Code: "name_missing", Errors: []web.FieldError{
			{Record: crm.Ref{Kind: crm.KindCampaign}, Field: "name", Code: "name_missing", Params: p.Errors[0].Params, Problem: test.problem},
		}}
		if diff := cmp.Diff(want, p); diff != "" || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%q: %s (-want +got):\n%s", test.accept, w.Header().Get("Content-Type"), diff)
		}
	}
	if log.Len() > 0 {
		t.Errorf("what a client can mend is logged: %s", &log)
	}
	w := httptest.NewRecorder()
	web.WriteProblem(w, httptest.NewRequestWithContext(t.Context(), "GET", "/x", nil), errors.New("disk full"), logger)
	if !strings.Contains(log.String(), "disk full") || strings.Contains(w.Body.String(), "disk") {
		t.Errorf("logged %q, told %s", &log, w.Body)
	}
}

func TestHandler(t *testing.T) {
	t.Parallel()
	quiet := slog.New(slog.DiscardHandler)
	answers := func(body any, err error) func(*http.Request) (any, error) {
		return func(*http.Request) (any, error) { return body, err }
	}
	echo := func(r *http.Request) (any, error) { return web.Body[crm.Campaign](r) }
	ended := func(r *http.Request) (any, error) {
		<-r.Context().Done()
		return web.Body[crm.Campaign](r)
	}
	saved := crm.Saved{Cooperation: crm.Cooperation{Version: 8}}
	for _, test := range []struct {
		name   string
		do     func(*http.Request) (any, error)
		body   io.Reader
		status int
		header [2]string
		want   string
	}{
		{"nothing", answers(nil, nil), nil, 200, [2]string{"ETag", ""}, "null\n"},
		{"a record", answers(crm.Member{Version: 7}, nil), nil, 200, [2]string{"ETag", `"7"`}, `"version":7`},
		{"a saved cooperation", answers(saved, nil), nil, 200, [2]string{"ETag", `"8"`}, `"version":8`},
		{"an error", answers(crm.Member{Version: 7}, ref.NotFound()), nil, 404, [2]string{"ETag", ""}, "not_in_workspace"},
		{"no JSON", answers(func() {}, nil), nil, 500, [2]string{"ETag", ""}, `"internal"`},
		{"busy", answers(nil, crm.ErrBusy), nil, 503, [2]string{"Retry-After", "1"}, `"busy"`},
		{"unknown", answers(nil, errors.Join(crm.ErrBusy, crm.ErrUnknownOutcome)), nil, 500, [2]string{"Retry-After", ""}, `"unknown_outcome"`},
		{"a body", echo, strings.NewReader(`{"name":"Summer"}`), 200, [2]string{"Content-Type", "application/json"}, `"name":"Summer"`},
		{"a long body", echo, strings.NewReader(strings.Repeat(" ", 100)), 413,
			[2]string{"Content-Type", "application/problem+json"}, "at most 50 bytes"},
		{"half a body", echo, iotest.ErrReader(io.ErrUnexpectedEOF), 422, [2]string{"ETag", ""}, `"body_cut_off"`},
		{"out of time", ended, iotest.ErrReader(io.ErrUnexpectedEOF), 503, [2]string{"Retry-After", "1"}, `"timed_out"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := &web.Options{MaxBody: 50, Logger: quiet}
			if test.status == http.StatusServiceUnavailable {
				o.Timeout = time.Millisecond
			}
			w := httptest.NewRecorder()
			web.Handler(min(test.status, http.StatusOK), test.do, o).ServeHTTP(w,
				httptest.NewRequestWithContext(t.Context(), "POST", "/", test.body))
			if got := w.Header().Get(test.header[0]); w.Code != test.status || got != test.header[1] || !strings.Contains(w.Body.String(), test.want) {
				t.Errorf("%d, %s %q: %s", w.Code, test.header[0], got, w.Body)
			}
		})
	}
	func() {
		defer func() {
			if said := fmt.Sprint(recover()); !strings.Contains(said, "needs a function") {
				t.Errorf("panics with %s", said)
			}
		}()
		web.Handler(http.StatusOK, nil, nil)
	}()
}

func TestVersion(t *testing.T) {
	t.Parallel()
	for _, match := range []string{`7`, `"7`, `W/"7"`, "*", `"-2"`, `"99999999999999999999"`, `"1", "2"`, `"07"`, `"+7"`} {
		r := httptest.NewRequestWithContext(t.Context(), "PATCH", "/", nil)
		r.Header.Set("If-Match", match)
		_, err := web.Version(r)
		p := web.ProblemOf(err, language.English)
		if p.Status != 412 || p.Code != "not_an_etag" || p.Errors[0].Field != "If-Match" || p.Errors[0].Value != match {
			t.Errorf("%s: %+v", match, p)
		}
	}
	for match, want := range map[string]int64{`"7"`: 7, `"0"`: 0} {
		r := httptest.NewRequestWithContext(t.Context(), "PATCH", "/", strings.NewReader("{}"))
		if _, err := web.Edit(r, ""); !errors.Is(err, web.ErrNoVersion) {
			t.Errorf("without If-Match: %v", err)
		}
		r.Header.Set("If-Match", match)
		if e, err := web.Edit(r, ""); e.Version != want || string(e.Doc) != "{}" || e.Whole || err != nil {
			t.Errorf("%s: %d, %s, %v", match, e.Version, e.Doc, err)
		}
	}
}

// Parameters come from the path and the query, under the same names.
func TestParams(t *testing.T) {
	t.Parallel()
	type params struct {
		ID  crm.CampaignID `json:"id"`
		Who []string       `json:"who"`
	}
	id := crm.CampaignID(ref.ID)
	for _, test := range []struct {
		url  string
		want params
		err  string
	}{
		{"/shops/north/campaigns/" + id.String() + "?who=a&who=b", params{id, []string{"a", "b"}}, ""},
		{"/shops/north/campaigns/" + id.String() + "?id=7", params{ID: id}, ""},
		{"/shops/north/campaigns/7", params{}, `id "7": is no id; an id looks like 018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f`},
		{"/shops/north/campaigns/" + id.String() + "?who=a;id=7", params{},
			`query "who=a;id=7": is no query of a URL; separate its parameters with & and escape special characters`},
		{"/shops/north/campaigns/" + id.String() + "?who=10%", params{},
			`query "who=10%": is no query of a URL; separate its parameters with & and escape special characters`},
		{"/shops/north/campaigns/" + id.String() + "?shop=x", params{}, `shop "x": is no field here; the fields are id, who`},
	} {
		mux := http.NewServeMux()
		mux.HandleFunc("GET /shops/{shop}/campaigns/{id...}", func(_ http.ResponseWriter, r *http.Request) {
			got, err := web.Params[params](r)
			if diff := cmp.Diff(test.want, got); diff != "" || test.err != "" && fmt.Sprint(err) != test.err || test.err == "" && err != nil {
				t.Errorf("%s: %v (-want +got):\n%s", test.url, err, diff)
			}
		})
		mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), "GET", test.url, nil))
	}
}

// A change of a campaign: from the version that the client has read, with the fields that it names.
func ExampleHandler() {
	stored := crm.Campaign{Version: 3, Name: "Summer Sale"}
	handler := web.Handler(http.StatusOK, func(r *http.Request) (any, error) {
		edit, err := web.Edit(r, "")
		switch {
		case err != nil:
			return nil, err
		case edit.Version != stored.Version:
			return nil, stored.Ref().Stale(edit.Version, stored.Version)
		}
		return wire.Patch(stored, edit.Doc) // a host: wire.EditCampaign, which saves it too
	}, nil)
	for _, match := range []string{`"3"`, `"2"`, ""} {
		r := httptest.NewRequestWithContext(context.Background(), "PATCH", "/campaign", strings.NewReader(`{"notes":"with Pam"}`))
		r.Header.Set("If-Match", match)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		var p web.Problem
		_ = json.Unmarshal(w.Body.Bytes(), &p)
		fmt.Printf("%d %q %q\n", w.Code, w.Header().Get("ETag"), p.Code)
	}
	// Output:
	// 200 "\"3\"" ""
	// 412 "" "stale_version"
	// 428 "" "etag_missing"
}
