package webhook_test

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/webhook"
)

// clock is one that tests set.
type clock struct{ micros atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.micros.Store(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC).UnixMicro())
	return c
}

func (c *clock) now() time.Time          { return time.UnixMicro(c.micros.Load()).UTC() }
func (c *clock) advance(d time.Duration) { c.micros.Add(d.Microseconds()) }

// shop is a workspace whose changes are sent, by one process of several.
type shop struct {
	*testing.T
	crm   *crm.Service
	hooks *webhook.Hooks
	clock *clock
	ws    crm.WorkspaceID
	made  int // members
}

// newShop makes a workspace in a database.
func newShop(t *testing.T, dsn string) *shop {
	t.Helper()
	s := (&shop{T: t, clock: newClock()}).process(dsn, time.Minute)
	db := testdb.Open(t, dsn)
	w, err := crm.NewAdmin(db.Store, nil).CreateWorkspace(t.Context(), crm.Workspace{Name: "North", Currency: "EUR",
		TimeZone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	s.ws = w.ID
	return s
}

// process is another process on the same database, with the same clock.
func (s *shop) process(dsn string, timeout time.Duration) *shop {
	s.Helper()
	db := testdb.Open(s.T, dsn)
	service := crm.New(db.Store, &crm.Options{Now: s.clock.now})
	other := *s
	other.crm = service
	other.hooks = webhook.New(db.State, service, crm.NewAdmin(db.Store, nil), webhook.Options{
		Private: true, Now: s.clock.now, Timeout: timeout, Logger: slog.New(slog.DiscardHandler),
	})
	return &other
}

// hook makes a webhook to a receiver, which learns the secret.
func (s *shop) hook(r *receiver, kinds ...crm.Kind) webhook.Webhook {
	s.Helper()
	w, err := s.hooks.Create(s.Context(), s.ws, webhook.Draft{URL: r.URL, Kinds: kinds})
	if err != nil {
		s.Fatal(err)
	}
	r.secret.Store(w.Secret)
	return w
}

// write makes members, each a change.
func (s *shop) write(members int) {
	s.Helper()
	for range members {
		s.made++
		if _, err := s.crm.CreateMember(s.Context(), s.ws, crm.Member{Name: fmt.Sprintf("Member %d", s.made)}); err != nil {
			s.Fatal(err)
		}
	}
}

func (s *shop) round() {
	s.Helper()
	if err := s.hooks.Round(s.Context()); err != nil {
		s.Fatal(err)
	}
}

// deliveries are all of a webhook in short, the oldest first: "2-3 dead 12".
func (s *shop) deliveries(w webhook.Webhook, states ...webhook.State) (all []string) {
	s.Helper()
	page, err := s.hooks.Deliveries(s.Context(), s.ws, w.ID, webhook.DeliveryFilter{States: states})
	if err != nil {
		s.Fatal(err)
	}
	for _, d := range page.Items {
		text := fmt.Sprintf("%d-%d %s after %d", d.First, d.Last, d.State, d.Attempts)
		if d.Failure != "" {
			text += ", " + string(d.Failure)
		}
		all = append([]string{text}, all...)
	}
	return all
}

// receiver is a program that gets messages, and checks their signatures.
type receiver struct {
	*httptest.Server
	secret atomic.Value

	mu     sync.Mutex
	answer func(n int) int // status of the n-th message, from 1; nil is 204
	got    []message
}

// message is one as it came.
type message struct {
	id   string
	seqs string // of its changes
	webhook.Message
}

func newReceiver(t *testing.T, c *clock) *receiver {
	t.Helper()
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return // the sender is gone
		}
		secret, _ := r.secret.Load().(string)
		verifier, err := standardwebhooks.NewWebhook(secret)
		if err == nil {
			err = verifier.VerifyIgnoringTimestamp(body, req.Header)
		}
		if err != nil || req.Method != http.MethodPost || req.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s, %v: %v", req.Method, req.Header, err)
		}
		if sent := req.Header.Get("Webhook-Timestamp"); c != nil && sent != strconv.FormatInt(c.now().Unix(), 10) {
			t.Errorf("sent at %s", sent)
		}
		m := message{id: req.Header.Get("Webhook-Id")}
		if err := json.Unmarshal(body, &m.Message); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		for n, change := range m.Data.Changes {
			if change.Sentence == "" {
				t.Errorf("change %d has no sentence", change.Seq)
			}
			if n == 0 || n == len(m.Data.Changes)-1 {
				m.seqs += fmt.Sprint("-", change.Seq)
			}
		}
		r.mu.Lock()
		r.got = append(r.got, m)
		status, answer := http.StatusNoContent, r.answer
		n := len(r.got)
		r.mu.Unlock()
		if answer != nil {
			status = answer(n)
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(r.Close)
	return r
}

// answers sets what the receiver says from now on.
func (r *receiver) answers(status func(n int) int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = status
}

// take returns what came since the last call: "2-3" are changes 2 to 3, with one change "2".
func (r *receiver) take() (all []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range r.got {
		all = append(all, m.seqs[min(1, len(m.seqs)):])
	}
	r.got = nil
	return all
}

func always(status int) func(int) int { return func(int) int { return status } }
