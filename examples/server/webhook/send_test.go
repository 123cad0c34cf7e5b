package webhook_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/paging"
	"github.com/getklar/influencercrm/examples/server/webhook"
)

func equal(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// Changes are sent in order, those from before only if they are asked for, and only those of the kinds that are wanted.
func TestSend(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		s := newShop(t, dsn) // change 1
		s.write(2)           // 2 and 3
		r := newReceiver(t, s.clock)
		w := s.hook(r)
		s.round()
		equal(t, "before there is a change", []string(nil), r.take())
		s.write(230) // 4 to 233
		s.round()
		s.round()
		equal(t, "messages", []string{"4-103", "104-203", "204-233"}, r.take())
		equal(t, "deliveries", []string{"4-103 delivered after 1", "104-203 delivered after 1", "204-233 delivered after 1"}, s.deliveries(w))

		var pages []string
		f := webhook.DeliveryFilter{Options: paging.Options{Size: 2}}
		for next := true; next; next = f.Token != "" {
			page, err := s.hooks.Deliveries(t.Context(), s.ws, w.ID, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range page.Items {
				pages = append(pages, fmt.Sprint(d.First))
			}
			f.Token = page.Next
		}
		equal(t, "pages, the newest first", []string{"204", "104", "4"}, pages)

		all := newReceiver(t, s.clock)
		from := crm.Seq(0)
		old, err := s.hooks.Create(t.Context(), s.ws, webhook.Draft{URL: all.URL, After: &from,
			Kinds: []crm.Kind{crm.KindWorkspace, crm.KindCampaign}})
		if err != nil {
			t.Fatal(err)
		}
		all.secret.Store(old.Secret)
		if _, err := s.crm.CreateCampaign(t.Context(), s.ws, crm.Campaign{Name: "Summer"}); err != nil {
			t.Fatal(err)
		}
		s.round()
		equal(t, "of some kinds from the beginning", []string{"1", "234"}, all.take())
		equal(t, "of all kinds", []string{"234"}, r.take())
		if got, err := s.hooks.Get(t.Context(), s.ws, old.ID); err != nil || got.Position != 234 || got.Secret != "" {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// A message that is not taken is sent again, later each time, holds up those after it, and is dead after a day.
func TestRetry(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		s := newShop(t, dsn)
		r := newReceiver(t, s.clock)
		w := s.hook(r)
		r.answers(always(http.StatusServiceUnavailable))
		s.write(1) // change 2
		begun := s.clock.now()
		s.round()
		equal(t, "first attempt", []string{"2"}, r.take())
		s.write(1) // change 3, which waits
		s.round()
		equal(t, "at once", []string(nil), r.take())
		attempts := []time.Duration{0}
		for len(s.deliveries(w, webhook.Dead)) == 0 && len(attempts) < 100 {
			page, err := s.hooks.Deliveries(t.Context(), s.ws, w.ID, webhook.DeliveryFilter{States: []webhook.State{webhook.Pending}})
			if err != nil || len(page.Items) != 1 {
				t.Fatalf("%+v, %v", page, err)
			}
			due := page.Items[0].DueAt
			s.clock.advance(due.Sub(s.clock.now()) - time.Second)
			s.round()
			if got := r.take(); got != nil {
				t.Fatalf("a second before it is due: %v", got)
			}
			s.clock.advance(time.Second)
			s.round()
			got := r.take()
			if len(got) == 0 || got[0] != "2" || len(got) > 1 && len(s.deliveries(w, webhook.Dead)) == 0 {
				t.Fatalf("attempt %d: %v", len(attempts), got)
			}
			attempts = append(attempts, s.clock.now().Sub(begun))
		}
		for n := range attempts[1:] {
			full := min(5*time.Second<<min(n, 10), time.Hour)
			if waited := attempts[n+1] - attempts[n]; waited < full/2 || waited > full {
				t.Errorf("attempt %d came %s after the one before, want %s to %s", n+1, waited, full/2, full)
			}
		}
		if last := attempts[len(attempts)-1]; last < 23*time.Hour || last >= 24*time.Hour {
			t.Errorf("given up after %s and %d attempts", last, len(attempts))
		}
		t.Logf("dead after %d attempts in %s", len(attempts), attempts[len(attempts)-1])
		equal(t, "the next one has its own day", []string{"3-3 pending after 1, refused"}, s.deliveries(w, webhook.Pending))

		// The receiver is back.
		r.answers(nil)
		s.clock.advance(time.Hour)
		s.write(1)
		s.round()
		equal(t, "what waited", []string{"3", "4"}, r.take())
		dead, err := s.hooks.Deliveries(t.Context(), s.ws, w.ID, webhook.DeliveryFilter{States: []webhook.State{webhook.Dead}})
		if err != nil || len(dead.Items) != 1 || dead.Items[0].Status != 503 {
			t.Fatalf("%+v, %v", dead, err)
		}
		if d, err := s.hooks.Replay(t.Context(), s.ws, w.ID, dead.Items[0].ID); err != nil || d.State != webhook.Pending || !d.Replay || d.Attempts != 0 {
			t.Errorf("%+v, %v", d, err)
		}
		s.round()
		equal(t, "the dead one", []string{"2"}, r.take())
		equal(t, "in the end", []string{"2-2 delivered after 1", "3-3 delivered after 2", "4-4 delivered after 1"}, s.deliveries(w))
	})
}

// A replay that fails holds up nothing, keeps its id, and does not move the position back.
func TestReplay(t *testing.T) {
	t.Parallel()
	s := newShop(t, testdb.File(t))
	r := newReceiver(t, s.clock)
	w := s.hook(r)
	s.write(1)
	s.round()
	page, err := s.hooks.Deliveries(t.Context(), s.ws, w.ID, webhook.DeliveryFilter{})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	id := page.Items[0].ID
	if _, err := s.hooks.Replay(t.Context(), s.ws, w.ID, id); err != nil {
		t.Fatal(err)
	}
	r.answers(func(n int) int {
		if n == 2 {
			return 500
		}
		return 200
	})
	s.write(1)
	s.round()
	r.mu.Lock()
	ids := []bool{r.got[0].id == id.String(), r.got[1].id == id.String(), r.got[2].id == id.String()}
	r.mu.Unlock()
	equal(t, "messages with the id", []bool{true, true, false}, ids)
	equal(t, "messages", []string{"2", "2", "3"}, r.take())
	equal(t, "deliveries", []string{"2-2 pending after 1, refused", "3-3 delivered after 1"}, s.deliveries(w))
	if got, err := s.hooks.Get(t.Context(), s.ws, w.ID); err != nil || got.Position != 3 {
		t.Errorf("%+v, %v", got, err)
	}
}

// An erased person is not in what is sent later, and the receiver is told of the erasure.
func TestErased(t *testing.T) {
	t.Parallel()
	s := newShop(t, testdb.File(t))
	r := newReceiver(t, s.clock)
	s.hook(r, crm.KindInfluencer)
	r.answers(always(500))
	pam, err := s.crm.CreateInfluencer(t.Context(), s.ws, crm.Influencer{Name: "Pam Beesly"})
	if err != nil {
		t.Fatal(err)
	}
	s.round()
	texts := func() string {
		r.mu.Lock()
		defer r.mu.Unlock()
		text := ""
		for _, m := range r.got {
			for _, c := range m.Data.Changes {
				text += c.Sentence + " " + string(c.Kind) + "\n"
				for _, f := range c.Fields {
					text += string(f.Before) + " " + string(f.After) + "\n"
				}
			}
		}
		r.got = nil
		return text
	}
	if got := texts(); !strings.Contains(got, "Pam Beesly") {
		t.Errorf("first attempt: %s", got)
	}
	if _, err := s.crm.Erase(t.Context(), s.ws, pam.ID, pam.Version, "asked for"); err != nil {
		t.Fatal(err)
	}
	r.answers(nil)
	s.clock.advance(time.Minute)
	s.round()
	if got := texts(); strings.Contains(got, "Pam") || !strings.Contains(got, " erase\n") {
		t.Errorf("after the erasure: %s", got)
	}
}

// A receiver that hangs, redirects, or is gone, and one that wants no more.
func TestBadReceivers(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"hangs": "2-2 pending after 1, timed_out", "drips": "2-2 delivered after 1", "redirects": "2-2 pending after 1, refused",
		"gone": "2-2 pending after 1, unreachable", "410": "2-2 dead after 1, refused", "breaks off": "2-2 pending after 1, unreachable",
		"self-signed": "2-2 pending after 1, untrusted", "long header": "2-2 pending after 1, unreachable",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := testdb.File(t)
			timeout := time.Minute
			if name == "hangs" {
				timeout = 50 * time.Millisecond
			}
			s := newShop(t, dsn).process(dsn, timeout)
			end := make(chan struct{})
			var elsewhere sync.Once
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch name {
				case "hangs":
					select {
					case <-end:
					case <-r.Context().Done():
					}
				case "drips":
					_, _ = w.Write(make([]byte, 1<<20))
				case "redirects":
					if r.URL.Path != "/" {
						elsewhere.Do(func() { t.Error("a redirect was followed") })
					}
					http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
				case "410":
					w.WriteHeader(http.StatusGone)
				case "breaks off":
					panic(http.ErrAbortHandler)
				case "long header":
					w.Header().Set("X-Long", strings.Repeat("x", 64<<10))
				}
			}))
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			if name == "self-signed" {
				server.StartTLS()
			} else {
				server.Start()
			}
			defer server.Close()
			defer close(end)
			w, err := s.hooks.Create(t.Context(), s.ws, webhook.Draft{URL: server.URL + "/"})
			if err != nil {
				t.Fatal(err)
			}
			if name == "gone" {
				server.Close()
			}
			s.write(1)
			s.round()
			equal(t, "deliveries", []string{want}, s.deliveries(w))
			now, err := s.hooks.Get(t.Context(), s.ws, w.ID)
			if err != nil || now.Active == (name == "410") {
				t.Errorf("%+v, %v", now, err)
			}
		})
	}
}

// Of two processes one sends to a webhook at a time, and nothing comes twice or out of order.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		s := newShop(t, dsn)
		other := s.process(dsn, time.Minute)
		r := newReceiver(t, s.clock)
		s.hook(r, crm.KindMember)
		var all sync.WaitGroup
		done := make(chan struct{})
		for _, process := range []*shop{s, other} {
			all.Go(func() {
				for {
					if err := process.hooks.Round(t.Context()); err != nil {
						t.Error(err)
					}
					select {
					case <-done:
						return
					case <-time.After(2 * time.Millisecond):
					}
				}
			})
		}
		const members = 60
		for range members {
			s.write(1)
		}
		for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
			r.mu.Lock()
			came := len(r.got) > 0 && strings.HasSuffix(r.got[len(r.got)-1].seqs, fmt.Sprint("-", members+1))
			r.mu.Unlock()
			if came {
				break
			}
		}
		close(done)
		all.Wait()
		r.mu.Lock()
		defer r.mu.Unlock()
		next, ids := crm.Seq(2), map[string]bool{}
		for _, m := range r.got {
			if ids[m.id] {
				t.Errorf("message %s came twice", m.id)
			}
			ids[m.id] = true
			for _, c := range m.Data.Changes {
				if c.Seq != next {
					t.Fatalf("change %d came where %d was next", c.Seq, next)
				}
				next++
			}
		}
		if next != members+2 {
			t.Errorf("changes up to %d came", next-1)
		}
		t.Logf("%d changes in %d messages", members, len(r.got))
	})
}

// A process that dies while it sends has its lease for a minute. Then another one sends the same message, and goes on.
func TestProcessDies(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		s := newShop(t, dsn)
		r := newReceiver(t, s.clock)
		w := s.hook(r)
		s.write(150)
		hanging := make(chan struct{})
		end := make(chan struct{})
		r.answers(func(n int) int {
			if n == 1 {
				close(hanging)
				<-end
			}
			return 200
		})
		dying := s.process(dsn, time.Minute)
		var dead sync.WaitGroup
		defer dead.Wait()
		defer close(end)
		dead.Go(func() { _ = dying.hooks.Round(context.WithoutCancel(t.Context())) }) // hangs until the test is over
		<-hanging
		s.round()
		equal(t, "while the other one may still live", []string{"2-101"}, r.take())
		s.clock.advance(time.Minute + time.Second)
		r.answers(nil)
		s.round()
		equal(t, "after its lease", []string{"2-101", "102-151"}, r.take())
		equal(t, "deliveries", []string{"2-101 delivered after 1", "102-151 delivered after 1"}, s.deliveries(w))
	})
}

// A process that is told to end gives its lease back and counts no attempt, so the next one goes on at once.
func TestRestart(t *testing.T) {
	t.Parallel()
	dsn := testdb.File(t)
	s := newShop(t, dsn)
	r := newReceiver(t, s.clock)
	w := s.hook(r)
	s.write(3)
	hanging, end := make(chan struct{}), make(chan struct{})
	defer close(end)
	r.answers(func(int) int { close(hanging); <-end; return 200 })
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { s.hooks.Run(ctx) })
	<-hanging
	stop()
	running.Wait()
	equal(t, "when it ended", []string{"2-4 pending after 0"}, s.deliveries(w))
	r.take()
	r.answers(nil)
	next := s.process(dsn, time.Minute)
	next.write(1)
	next.round()
	equal(t, "the next process", []string{"2-4", "5"}, r.take())
}
