package webhook_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/webhook"
)

// Receivers of some workspaces that hang do not hold up the message of another one.
func TestSlowReceiversOfOthers(t *testing.T) {
	t.Parallel()
	dsn := testdb.File(t)
	s := newShop(t, dsn)
	admin := crm.NewAdmin(testdb.Open(t, dsn).Store, nil)
	const workspaces = 5
	end := make(chan struct{})
	var slow atomic.Int64
	receiver := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		slow.Add(1)
		<-end
	}))
	defer receiver.Close()
	for n := range workspaces {
		w, err := admin.CreateWorkspace(t.Context(), crm.Workspace{Name: fmt.Sprint("Slow ", n), Currency: "EUR"})
		if err != nil {
			t.Fatal(err)
		}
		from := crm.Seq(0)
		for range webhook.MaxWebhooks {
			if _, err := s.hooks.Create(t.Context(), w.ID, webhook.Draft{URL: receiver.URL, After: &from}); err != nil {
				t.Fatal(err)
			}
		}
	}
	quick := newReceiver(t, s.clock)
	came := make(chan struct{})
	var once sync.Once
	quick.answers(func(int) int { once.Do(func() { close(came) }); return http.StatusOK })
	s.hook(quick)
	s.write(1)
	var sending sync.WaitGroup
	sending.Go(s.round)
	select {
	case <-came:
	case <-time.After(20 * time.Second):
		t.Error("it waits for the receivers of others")
	}
	close(end)
	sending.Wait()
	equal(t, "the message", []string{"2"}, quick.take())
	if got := slow.Load(); got != workspaces*webhook.MaxWebhooks {
		t.Errorf("%d messages came to the slow receivers, want %d", got, workspaces*webhook.MaxWebhooks)
	}
}

// While another webhook of the workspace waits, one that has sent a message gives its place away, also if it has more to send.
func TestOneMessageATurn(t *testing.T) {
	t.Parallel()
	s := newShop(t, testdb.File(t))
	const hooks = 5 // more than have their turn at once
	var mu sync.Mutex
	messages := map[string]int{} // by path
	all := make(chan struct{})   // closed when each has one
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		messages[r.URL.Path]++
		number := messages[r.URL.Path]
		if number == 1 && len(messages) == hooks {
			close(all)
		}
		mu.Unlock()
		if number == 1 {
			return
		}
		select {
		case <-all:
		case <-time.After(20 * time.Second):
			t.Errorf("%s has its second message before another one has its first", r.URL.Path)
		}
	}))
	defer receiver.Close()
	for n := range hooks {
		if _, err := s.hooks.Create(t.Context(), s.ws, webhook.Draft{URL: fmt.Sprint(receiver.URL, "/", n)}); err != nil {
			t.Fatal(err)
		}
	}
	s.write(101) // two messages
	s.round()
	for path, number := range messages {
		if number != 2 {
			t.Errorf("%s: %d messages", path, number)
		}
	}
}
