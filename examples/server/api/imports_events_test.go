package api

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/imports"
)

// event is one of a stream; without a name it is a heartbeat.
type event struct {
	id   int64
	name string
	job  imports.Job
}

// stream is a client of a stream of events.
type stream struct {
	t     *testing.T
	in    *bufio.Reader
	close context.CancelFunc
}

// follow begins to follow a plan, after the event with an id if it is not empty.
func (p *process) follow(plan imports.Plan, last string) *stream {
	p.t.Helper()
	ctx, cancel := context.WithCancel(p.t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet,
		p.url+root+"/workspaces/"+p.ws.String()+"/imports/plans/"+plan.ID.String()+"/events", nil)
	if err != nil {
		p.t.Fatal(err)
	}
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	response, err := http.DefaultClient.Do(r) //nolint:bodyclose // closed below
	if err != nil {
		p.t.Fatal(err)
	}
	s := &stream{p.t, bufio.NewReader(response.Body), func() {
		cancel()
		_ = response.Body.Close() // what the client does not read any more
	}}
	p.t.Cleanup(s.close)
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "text/event-stream" {
		p.t.Fatalf("answered %d, %v", response.StatusCode, response.Header)
	}
	if line := s.line(); line != "retry: 1000" || s.line() != "" {
		p.t.Fatalf("begins with %q", line)
	}
	return s
}

func (s *stream) line() string {
	s.t.Helper()
	text, err := s.in.ReadString('\n')
	if err != nil {
		s.t.Fatalf("%q: %v", text, err)
	}
	return strings.TrimSuffix(text, "\n")
}

// next reads an event or a heartbeat.
func (s *stream) next() (e event) {
	s.t.Helper()
	for line := s.line(); line != ""; line = s.line() {
		field, value, _ := strings.Cut(line, ": ")
		var err error
		switch field {
		case "id":
			e.id, err = strconv.ParseInt(value, 10, 64)
		case "event":
			e.name = value
		case "data":
			err = json.Unmarshal([]byte(value), &e.job)
		case "": // a comment
		default:
			s.t.Errorf("a line %q", line)
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
	return e
}

// told reads the next event that is no heartbeat.
func (s *stream) told() event {
	s.t.Helper()
	e := s.next()
	for e.name == "" {
		e = s.next()
	}
	return e
}

// result reads events until the last one.
func (s *stream) result(after int64) event {
	s.t.Helper()
	for {
		e := s.told()
		if e.id <= after {
			s.t.Errorf("event %d after %d", e.id, after)
		}
		after = e.id
		if e.name == "result" {
			rest, err := io.ReadAll(s.in)
			if text := strings.ReplaceAll(string(rest), ": alive\n\n", ""); text != "" || err != nil {
				s.t.Errorf("after the result: %q, %v", text, err)
			}
			return e
		}
	}
}

// A stream tells how far an import is, on any process, goes on where it broke off, and ends with the result.
func TestEvents(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, dsn string) {
		o, waits := held(2)
		a, b := newProcess(t, dsn, setup{crm: o, heartbeat: 100 * time.Millisecond}), newProcess(t, dsn, setup{})
		plan := a.plan(fileOf(t, "../../sample/klar-sheet.csv"))
		here, there := a.follow(plan, ""), b.follow(plan, "")
		if e := here.told(); e.name != "progress" || e.id != 0 || e.job.State != imports.Planned {
			t.Errorf("first %+v", e)
		}
		if e := here.next(); e.name != "" {
			t.Errorf("nothing happens, and it tells %+v", e)
		}
		read[imports.Job](a.post(apply(plan, "&rows_per_unit=20")), http.StatusAccepted)
		<-waits // the first piece is written
		e := here.told()
		for e.job.Done == 0 {
			e = here.told()
		}
		if e.name != "progress" || e.job.State != imports.Applying || e.job.Total == 0 {
			t.Errorf("in the middle %+v", e)
		}
		here.close()
		again := a.follow(plan, strconv.FormatInt(e.id, 10))
		read[imports.Job](a.post("/imports/plans/"+plan.ID.String()+"/cancel"), http.StatusOK)
		last := again.result(e.id)
		if last.job.State != imports.Cancelled || last.job.Run.IsZero() || last.job.Problem == nil {
			t.Errorf("at last %+v", last)
		}
		if other := there.result(-1); other.id != last.id || other.job.Run != last.job.Run {
			t.Errorf("on another process %+v, want %+v", other, last)
		}
		for lastID, status := range map[string]int{strconv.FormatInt(last.id, 10): http.StatusNoContent, "": http.StatusOK, "x": http.StatusUnprocessableEntity, "-7": http.StatusUnprocessableEntity} {
			got := b.call("GET", "/imports/plans/"+plan.ID.String()+"/events", http.Header{"Last-Event-Id": {lastID}}, nil).is(status)
			if (status == http.StatusOK) != strings.Contains(got.body, "event: result\n") {
				t.Errorf("after %q: %s", lastID, got.body)
			}
		}
	})
}

// Streams of plans are counted with those of changes: a caller has a number of them, and leaves room for others.
func TestStreamsOfPlansAreCounted(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{})
	plan := p.plan(twoRows)
	events := "/imports/plans/" + plan.ID.String() + "/events"
	var all []*stream
	for range maxStreamsOfCaller {
		all = append(all, p.follow(plan, ""))
	}
	for _, path := range []string{events, "/events"} {
		if got := read[web.Problem](p.get(path), http.StatusTooManyRequests); got.Code != "streams_of_caller" {
			t.Errorf("one more, %s: %+v", path, got)
		}
	}
	p.get("/imports/plans/" + plan.ID.String()).is(http.StatusOK)
	all[0].close()
	open := func() int {
		p.api.streams.mu.Lock()
		defer p.api.streams.mu.Unlock()
		return p.api.streams.all
	}
	for open() == maxStreamsOfCaller { // the server has to hear that it is gone
		time.Sleep(time.Millisecond)
	}
	p.follow(plan, "").told()
	for _, o := range p.api.Operations() {
		if o.ID == "followImportPlan" && o.timeout != streamTime {
			t.Errorf("a stream is open for %s", o.timeout)
		}
	}
}

// An import goes on when nobody is there any more: neither who applies it nor who follows it.
func TestClientThatGoesAway(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{})
	plan := p.plan(fileOf(t, "../../sample/klar-sheet.csv"))
	p.follow(plan, "").close()
	gone, leave := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(gone, http.MethodPost, p.url+root+"/workspaces/"+p.ws.String()+apply(plan,
		"&wait=true&rows_per_unit=10"), nil)
	if err != nil {
		t.Fatal(err)
	}
	follower := p.follow(plan, "")
	follower.next()
	go func() {
		follower.next() // it has begun
		leave()
	}()
	if response, err := http.DefaultClient.Do(r); err == nil {
		err = response.Body.Close()
		t.Logf("it was done before the client left; %v", err)
	} else if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	job := read[imports.Job](p.post(apply(plan, "&wait=true")), http.StatusOK)
	if job.State != imports.Applied || p.allocated() != "486116.12" {
		t.Errorf("%+v, and the plan says %s", job, p.allocated())
	}
}

// A server that shall end keeps no streams, and nobody waits for an import that goes on.
func TestStreamsEnd(t *testing.T) {
	t.Parallel()
	o, waits := held(1)
	ending := make(chan struct{})
	p := newProcess(t, t.TempDir()+"/crm.db", setup{crm: o, ending: ending})
	plan := p.plan(twoRows)
	follower := p.follow(plan, "")
	follower.next()
	go func() {
		<-waits
		close(ending)
	}()
	if job := read[imports.Job](p.post(apply(plan, "&wait=true")), http.StatusAccepted); job.State != imports.Applying {
		t.Errorf("%+v", job)
	}
	for {
		if _, err := follower.in.ReadString('\n'); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	read[imports.Job](p.post("/imports/plans/"+plan.ID.String()+"/cancel"), http.StatusOK)
}

// A server that ends waits for its imports, and stops them after a while.
func TestServerThatEnds(t *testing.T) {
	t.Parallel()
	o, waits := held(1)
	p := newProcess(t, t.TempDir()+"/crm.db", setup{crm: o})
	plan := p.plan(twoRows)
	read[imports.Job](p.post(apply(plan, "")), http.StatusAccepted)
	<-waits
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.sheets.Close(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("closed: %v", err)
	}
	job := read[imports.Plan](p.get("/imports/plans/"+plan.ID.String()), http.StatusOK).Job
	if job.State != imports.Failed || job.Problem.Code != "import_broken_off" || !job.Run.IsZero() {
		t.Errorf("%+v", job)
	}
	if got := read[web.Problem](p.post(apply(plan, "")), http.StatusServiceUnavailable); got.Code != "import_broken_off" {
		t.Errorf("applied by a server that has ended: %+v", got)
	}
	second := newProcess(t, p.dsn, setup{})
	if got := read[web.Problem](second.post(apply(plan, "&wait=true")), http.StatusOK); got.Code != "" {
		t.Errorf("%+v", got)
	}
}
