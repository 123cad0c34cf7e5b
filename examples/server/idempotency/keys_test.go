package idempotency_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/idempotency"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
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

var quiet = slog.New(slog.DiscardHandler)

// shop counts what it was asked to do, and answers with the number.
type shop struct {
	t      *testing.T
	keys   *idempotency.Keys
	done   *atomic.Int64
	status func() int
}

func (s shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if _, err := io.ReadAll(r.Body); err != nil {
		web.WriteProblem(w, r, err, quiet)
		return
	}
	n := s.done.Add(1)
	if s.status != nil {
		switch status := s.status(); status {
		case 0:
		case -1:
			web.WriteProblem(w, r, crm.ErrUnknownOutcome, quiet)
			return
		default:
			w.WriteHeader(status)
			return
		}
	}
	w.Header().Set("ETag", `"1"`)
	w.Header().Set("Location", fmt.Sprintf("/orders/%d", n))
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	_, _ = fmt.Fprintf(w, `{"number":%d}`, n)
}

// request is one with a key.
type request struct {
	key, caller, path, body string
	ws                      crm.WorkspaceID
}

// send sends a request and says its status, location, body and whether the answer was there before.
func (s shop) send(q request) string {
	s.t.Helper()
	if q.path == "" {
		q.path = "/orders"
	}
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, "POST", q.path, strings.NewReader(q.body))
	if q.key != "" {
		r.Header.Set("Idempotency-Key", q.key)
	}
	w := httptest.NewRecorder()
	answer, err := s.keys.Answer(r, q.caller, q.ws, s)
	if err != nil {
		web.WriteProblem(w, r, err, quiet)
		return fmt.Sprint(w.Code, " ", crm.Code(err))
	}
	answer.ServeHTTP(w, r)
	return strings.TrimSpace(fmt.Sprint(w.Code, " ", w.Header().Get("Location"), " ", w.Header().Get("Idempotent-Replayed")))
}

func newShop(t *testing.T, dsn string, c *clock) shop {
	t.Helper()
	return shop{t: t, keys: idempotency.New(testdb.Open(t, dsn).State, c.now, quiet), done: &atomic.Int64{}}
}

func TestAnswer(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		c := newClock()
		s := newShop(t, dsn, c)
		north, south := crm.WorkspaceID(uuid.New()), crm.WorkspaceID(uuid.New())
		for _, step := range []struct {
			name string
			request
			after time.Duration
			want  string
		}{
			{"without a key", request{body: "a", ws: north}, 0, "201 /orders/1"},
			{"without a key again", request{body: "a", ws: north}, 0, "201 /orders/2"},
			{"first", request{key: "k", body: "a", ws: north}, 0, "201 /orders/3"},
			{"again", request{key: "k", body: "a", ws: north}, 0, "201 /orders/3 true"},
			{"another body", request{key: "k", body: "b", ws: north}, 0, "422 key_of_another"},
			{"another query", request{key: "k", body: "a", path: "/orders?dry_run=true", ws: north}, 0, "422 key_of_another"},
			{"another path", request{key: "k", body: "a", path: "/carts", ws: north}, 0, "422 key_of_another"},
			{"another caller", request{key: "k", body: "b", caller: "pam", ws: north}, 0, "201 /orders/4"},
			{"another workspace", request{key: "k", body: "b", ws: south}, 0, "201 /orders/5"},
			{"almost a day later", request{key: "k", body: "a", ws: north}, 24*time.Hour - time.Second, "201 /orders/3 true"},
			{"a day later", request{key: "k", body: "a", ws: north}, time.Second, "201 /orders/6"},
			{"the longest key", request{key: strings.Repeat("k", 255), ws: north}, 0, "201 /orders/7"},
			{"too long a key", request{key: strings.Repeat("k", 256), ws: north}, 0, "422 not_a_key"},
			{"no ASCII", request{key: "schlüssel", ws: north}, 0, "422 not_a_key"},
		} {
			c.advance(step.after)
			if got := s.send(step.request); got != step.want {
				t.Errorf("%s: %s, want %s", step.name, got, step.want)
			}
		}
	})
}

// Only what was done is kept.
func TestWhatIsKept(t *testing.T) {
	t.Parallel()
	for status, again := range map[int]string{
		200: "200  true", 204: "204  true", -1: "500  true",
		400: "201 /orders/2", 404: "201 /orders/2", 409: "201 /orders/2", 412: "201 /orders/2", 422: "201 /orders/2", 429: "201 /orders/2",
		500: "201 /orders/2", 503: "201 /orders/2",
	} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			s := newShop(t, testdb.File(t), newClock())
			s.status = func() int {
				if s.done.Load() == 1 {
					return status
				}
				return 0
			}
			s.send(request{key: "k"})
			if got := s.send(request{key: "k"}); got != again {
				t.Errorf("sent again: %s, want %s", got, again)
			}
		})
	}
}

// Of many that send the same at once, through two processes, one does it, and all get its answer or are told to wait.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		c := newClock()
		one, two := newShop(t, dsn, c), newShop(t, dsn, c)
		two.done = one.done
		var all sync.WaitGroup
		for n := range 16 {
			s := one
			if n%2 == 1 {
				s = two
			}
			all.Go(func() {
				for {
					switch got := s.send(request{key: "k", body: "a"}); got {
					case "409 key_taken":
						continue
					case "201 /orders/1", "201 /orders/1 true":
						return
					default:
						t.Errorf("got %s", got)
						return
					}
				}
			})
		}
		if all.Wait(); one.done.Load() != 1 {
			t.Errorf("done %d times", one.done.Load())
		}
	})
}

// A call that never ends has its key until the time is over that it had, and thirty seconds.
func TestGivenUp(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := newShop(t, testdb.File(t), c)
	func() {
		defer func() { _ = recover() }()
		lost := s
		lost.status = func() int { panic("the process ends here") }
		lost.send(request{key: "k", body: "a"})
	}()
	for _, step := range []struct {
		after time.Duration
		want  string
	}{{0, "409 key_taken"}, {89 * time.Second, "409 key_taken"}, {time.Second, "201 /orders/2"}, {0, "201 /orders/2 true"}} {
		c.advance(step.after)
		if got := s.send(request{key: "k", body: "a"}); got != step.want {
			t.Errorf("%s, want %s", got, step.want)
		}
	}
}

// What was erased is not told again, and what was done is not done again.
func TestForget(t *testing.T) {
	t.Parallel()
	s := newShop(t, testdb.File(t), newClock())
	north, south := crm.WorkspaceID(uuid.New()), crm.WorkspaceID(uuid.New())
	s.send(request{key: "k", ws: north})
	s.send(request{key: "k", ws: south})
	if err := s.keys.Forget(t.Context(), north); err != nil {
		t.Fatal(err)
	}
	for ws, want := range map[crm.WorkspaceID]string{north: "409 key_answer_gone", south: "201 /orders/2 true"} {
		if got := s.send(request{key: "k", ws: ws}); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// An answer that is too long to keep reaches the first client, and the request is not done twice.
func TestLongAnswer(t *testing.T) {
	t.Parallel()
	keys := idempotency.New(testdb.Open(t, testdb.File(t)).State, nil, quiet)
	for n, want := range []string{"200 1048577", "409 key_answer_gone"} {
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/", http.NoBody)
		r.Header.Set("Idempotency-Key", "k")
		w := httptest.NewRecorder()
		answer, err := keys.Answer(r, "", crm.WorkspaceID{}, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(make([]byte, idempotency.MaxAnswer+1))
		}))
		got := fmt.Sprint("409 ", crm.Code(err))
		if err == nil {
			answer.ServeHTTP(w, r)
			got = fmt.Sprint(w.Code, " ", w.Body.Len())
		}
		if got != want {
			t.Errorf("request %d: %s, want %s", n, got, want)
		}
	}
}

// A body that breaks off is no success, and leaves the key free.
func TestHalfABody(t *testing.T) {
	t.Parallel()
	s := newShop(t, testdb.File(t), newClock())
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/orders", io.MultiReader(strings.NewReader("a"), failing{}))
	r.Header.Set("Idempotency-Key", "k")
	if _, err := s.keys.Answer(r, "", crm.WorkspaceID{}, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusOK) // without a look at the body
	})); err != nil {
		t.Fatal(err)
	}
	if got := s.send(request{key: "k"}); got != "201 /orders/1" {
		t.Errorf("sent again whole: %s", got)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

func TestHeaderTwice(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/", http.NoBody)
	r.Header["Idempotency-Key"] = []string{"a", "b"}
	_, err := idempotency.New(nil, nil, nil).Answer(r, "", crm.WorkspaceID{}, http.NotFoundHandler())
	if !errors.Is(err, crm.ErrInvalid) || crm.Code(err) != "given_twice" {
		t.Errorf("%v", err)
	}
}
