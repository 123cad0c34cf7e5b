package server_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
)

// stream is one that a client reads.
type stream struct {
	*testing.T
	lines *bufio.Scanner
	body  io.Closer
	beats int
}

// event is a change that came over a stream.
type event struct {
	id, name string
	crm.Change
	Sentence string `json:"sentence"`
}

// follow opens a stream after a last event; none if it is empty.
func (h *host) follow(path, last string) *stream {
	h.Helper()
	ctx, cancel := context.WithTimeout(h.Context(), time.Minute)
	h.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url+path, http.NoBody)
	if err != nil {
		h.Fatal(err)
	}
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	res, err := http.DefaultClient.Do(r) //nolint:bodyclose // close closes it
	if err != nil {
		h.Fatal(err)
	}
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/event-stream" {
		h.Fatalf("status %d, %v", res.StatusCode, res.Header)
	}
	s := &stream{T: h.T, lines: bufio.NewScanner(res.Body), body: res.Body}
	s.lines.Buffer(nil, 1<<20)
	h.Cleanup(s.close)
	return s
}

func (s *stream) close() { _ = s.body.Close() }

// next is the next event; false if the stream has ended.
func (s *stream) next() (e event, ok bool) {
	s.Helper()
	for s.lines.Scan() {
		name, value, _ := strings.Cut(s.lines.Text(), ": ")
		switch name {
		case "":
			if s.lines.Text() != "" {
				s.beats++
			} else if e.id != "" {
				return e, true
			}
		case "id":
			e.id = value
		case "event":
			e.name = value
		case "data":
			if err := json.Unmarshal([]byte(value), &e); err != nil {
				s.Fatalf("%s: %v", value, err)
			}
		}
	}
	return e, false
}

// Changes come with their sentences: those that are there, and each new one.
func TestEvents(t *testing.T) {
	t.Parallel()
	h := newHost(t, testdb.File(t), nil)
	ws := h.workspace("North")
	h.call("POST", ws+"/members", `{"name":"Pam"}`)
	s := h.follow(ws+"/events", "")
	var got []string
	for n := range 3 { // the first one is the workspace
		if n == 2 {
			h.call("POST", ws+"/members", `{"name":"Jim"}`)
		}
		e, ok := s.next()
		if !ok || e.name != "change" || e.id != strconv.Itoa(int(e.Seq)) {
			t.Fatalf("%+v, %v", e, ok)
		}
		got = append(got, e.id+" "+e.Sentence)
	}
	var listed struct {
		Items []struct {
			Seq      int
			Sentence string
		}
	}
	if err := json.Unmarshal([]byte(h.call("GET", ws+"/changes", "").body), &listed); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, c := range listed.Items {
		want = append(want, fmt.Sprint(c.Seq, " ", c.Sentence))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the list of changes and the stream differ (-list +stream):\n%s", diff)
	}
}

func TestEventsFrom(t *testing.T) {
	t.Parallel()
	h := newHost(t, testdb.File(t), nil)
	ws := h.workspace("North")
	for _, name := range []string{"Pam", "Jim", "Dwight"} {
		h.call("POST", ws+"/members", `{"name":"`+name+`"}`)
	}
	for _, test := range []struct{ query, last, want string }{
		{"", "", "1"}, {"?after=0", "", "1"}, {"?after=1", "", "2"}, {"?after=1", "2", "3"}, {"", "2", "3"}, {"", "0", "1"},
	} {
		s := h.follow(ws+"/events"+test.query, test.last)
		if e, ok := s.next(); !ok || e.id != test.want {
			t.Errorf("%q, last %q: %q, want %s", test.query, test.last, e.id, test.want)
		}
		s.close()
	}
	for _, test := range []struct {
		path, last string
		status     int
		field      string
	}{
		{ws + "/events?after=5", "", 422, "after"},
		{ws + "/events?after=-1", "", 422, "after"},
		{ws + "/events?after=x", "", 422, "after"},
		{ws + "/events?before=1", "", 422, "before"},
		{ws + "/events", "5", 422, "Last-Event-ID"},
		{ws + "/events", "-1", 422, "Last-Event-ID"},
		{ws + "/events", "9223372036854775808", 422, "Last-Event-ID"},
		{ws + "/events", "seven", 422, "Last-Event-ID"},
		{"/v1/workspaces/018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f/events", "", 404, ""},
		{"/v1/workspaces/north/events", "", 404, "id"},
	} {
		headers := []string{}
		if test.last != "" {
			headers = []string{"Last-Event-ID", test.last}
		}
		a := h.call("GET", test.path, "", headers...)
		if a.status != test.status || test.field != "" && !strings.Contains(a.body, `"field":"`+test.field+`"`) {
			t.Errorf("%s, last %q: %d %s", test.path, test.last, a.status, a.body)
		}
	}
}

// A stream without changes beats, and one that nobody reads ends with the client.
func TestEventsBeat(t *testing.T) {
	t.Parallel()
	ending := make(chan struct{})
	h := newHost(t, testdb.File(t), ending)
	ws := h.workspace("North")
	s := h.follow(ws+"/events", "1")
	time.AfterFunc(300*time.Millisecond, func() { close(ending) })
	if e, ok := s.next(); ok || s.beats == 0 {
		t.Errorf("the server ends: event %+v, %v, after %d beats", e, ok, s.beats)
	}
}

// A deleted workspace ends its streams.
func TestEventsOfDeletedWorkspace(t *testing.T) {
	t.Parallel()
	h := newHost(t, testdb.File(t), nil)
	ws := h.workspace("North")
	s := h.follow(ws+"/events", "1")
	if a := h.call("DELETE", ws, "", "If-Match", `"1"`); a.status != 204 {
		t.Fatalf("%+v", a)
	}
	if e, ok := s.next(); ok {
		t.Errorf("%+v", e)
	}
}

// An erased person is not in events any more, and an event tells of the erasure.
func TestEventsAfterErasure(t *testing.T) {
	t.Parallel()
	h := newHost(t, testdb.File(t), nil)
	ws := h.workspace("North")
	made := h.call("POST", ws+"/influencers", `{"name":"Pam Beesly"}`)
	open := h.follow(ws+"/events", "1")
	if e, _ := open.next(); !strings.Contains(fmt.Sprint(e.Fields), "Pam") && !strings.Contains(e.Sentence, "Pam") {
		t.Fatalf("%+v", e)
	}
	if a := h.call("POST", ws+"/influencers/"+h.field(made, "id")+"/erase", "", "If-Match", `"1"`); a.status != 200 {
		t.Fatalf("%+v", a)
	}
	if e, _ := open.next(); e.id != "3" || e.Kind != crm.Erased {
		t.Errorf("who has read the person is told %+v", e)
	}
	later := h.follow(ws+"/events", "")
	for range 3 {
		e, _ := later.next()
		if doc, err := json.Marshal(e); err != nil || strings.Contains(string(doc), "Pam") {
			t.Errorf("who comes later reads %s, %v", doc, err)
		}
	}
}

// Two processes on one database serve the same feed: a client that loses its connection again and again, and comes back to
// one or the other, has every change once and in order.
func TestEventsWithoutGap(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		hosts := []*host{newHost(t, dsn, nil), newHost(t, dsn, nil)}
		ws := hosts[0].workspace("North")
		const changes = 120 // the first one is the workspace
		var writing sync.WaitGroup
		defer writing.Wait()
		writing.Go(func() {
			for n := range changes - 1 {
				hosts[n%2].call("POST", ws+"/members", fmt.Sprintf(`{"name":"Member %d"}`, n))
			}
		})
		last, streams := 0, 0
		for last < changes {
			s := hosts[streams%2].follow(ws+"/events", strconv.Itoa(last))
			for range 1 + streams*7%23 {
				e, ok := s.next()
				if !ok || e.id != strconv.Itoa(last+1) {
					t.Fatalf("stream %d: after %d came %q, %v", streams, last, e.id, ok)
				}
				if last++; last == changes {
					break
				}
			}
			s.close()
			streams++
		}
		t.Logf("%d changes over %d streams", last, streams)
	})
}

// With too many streams open a client is told so, and that it may come back.
func TestTooManyEvents(t *testing.T) {
	t.Parallel()
	h := newHost(t, testdb.File(t), nil)
	ws := h.workspace("North")
	for range 16 {
		h.follow(ws+"/events", "")
	}
	if a := h.call("GET", ws+"/events", ""); a.status != 429 || a.header.Get("Retry-After") == "" || h.field(a, "code") != "streams_of_caller" {
		t.Errorf("%+v", a)
	}
}
