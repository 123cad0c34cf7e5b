package guard_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/guard"
)

var silent = slog.New(slog.DiscardHandler)

// A panic is a problem without a word of it, and stands in the log with its stack. One in the middle of an answer cuts it off.
func TestPanics(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	var mu sync.Mutex
	safe := guard.Panics(slog.New(slog.NewTextHandler(writerFunc(func(p []byte) (int, error) {
		mu.Lock()
		defer mu.Unlock()
		return log.Write(p)
	}), nil)))
	server := httptest.NewUnstartedServer(safe(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/late" {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "half")
			w.(http.Flusher).Flush()
		}
		panic("secret of the driver")
	})))
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	server.Start()
	defer server.Close()
	body, status, err := get(server.URL + "/")
	if err != nil || status != http.StatusInternalServerError || !strings.Contains(body, `"code":"internal"`) || strings.Contains(body, "secret") {
		t.Errorf("status %d, %q, %v", status, body, err)
	}
	mu.Lock()
	told := log.String()
	mu.Unlock()
	if !strings.Contains(told, "secret of the driver") || !strings.Contains(told, "guard_test.go") {
		t.Errorf("the log is %q", told)
	}
	if body, _, err := get(server.URL + "/late"); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %q as a whole answer, %v", body, err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func get(url string) (body string, status int, err error) {
	r, err := http.Get(url) //nolint:gosec // a server of this test
	if err != nil {
		return "", 0, err
	}
	defer r.Body.Close()
	all, err := io.ReadAll(r.Body)
	return string(all), r.StatusCode, err
}

// One request above the bound is refused at once, and taken when another one has ended.
func TestConcurrency(t *testing.T) {
	t.Parallel()
	entered, leave := make(chan bool), make(chan bool)
	h := guard.Concurrency(2, silent)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		entered <- true
		<-leave
	}))
	request := func() *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
		return w
	}
	var running sync.WaitGroup
	for range 2 {
		running.Go(func() { request() })
		<-entered
	}
	if w := request(); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "too_much_to_do") {
		t.Errorf("status %d, %s", w.Code, w.Body)
	}
	leave <- true
	leave <- true
	running.Wait()
	running.Go(func() { request() })
	<-entered
	leave <- true
	running.Wait()
}

// The bound of all bodies holds where a handler has none.
func TestBody(t *testing.T) {
	t.Parallel()
	h := guard.Body(10)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(r.Body)
		if _, tooLong := errors.AsType[*http.MaxBytesError](err); !tooLong {
			t.Errorf("read with %v", err)
		}
	}))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/", strings.NewReader("12345678901")))
}

// A client that does not read holds nobody; one that reads gets an answer that takes longer than the patience.
func TestSlowReaders(t *testing.T) {
	t.Parallel()
	ended := make(chan error, 1)
	const patience = 100 * time.Millisecond
	server := httptest.NewServer(guard.SlowReaders(patience)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/events" {
			for n := range 4 {
				time.Sleep(patience / 2)
				_, _ = io.WriteString(w, strconv.Itoa(n))
				w.(http.Flusher).Flush()
			}
			return
		}
		block := make([]byte, 1<<20)
		for {
			if _, err := w.Write(block); err != nil {
				ended <- err
				return
			}
		}
	})))
	defer server.Close()
	if body, _, err := get(server.URL + "/events"); body != "0123" || err != nil {
		t.Errorf("events %q, %v", body, err)
	}
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	var network net.Error
	if err := <-ended; !errors.As(err, &network) || !network.Timeout() {
		t.Errorf("ended with %v", err)
	}
}

// A caller has the burst, then one request per interval; nothing is counted that is refused.
func TestLimiter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	l := guard.NewLimiter(2, 3, func() time.Time { return now })
	for n, want := range []time.Duration{0, 0, 0, time.Second / 2, time.Second / 2} {
		if got := l.Take("a"); got != want {
			t.Errorf("request %d waits %s, want %s", n, got, want)
		}
	}
	if l.Take("b") != 0 {
		t.Error("another caller waits")
	}
	now = now.Add(time.Second)
	for n, want := range []time.Duration{0, 0, time.Second / 2} {
		if got := l.Take("a"); got != want {
			t.Errorf("request %d a second later waits %s, want %s", n, got, want)
		}
	}
	var none *guard.Limiter
	if none.Take("a") != 0 {
		t.Error("no limiter is a limit")
	}
}

// Many callers make no leak: those that have not called for a while are forgotten, and one that has used all up is not
// forgotten for their sake.
func TestLimiterIsBounded(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	l := guard.NewLimiter(0.001, 1, func() time.Time { return now })
	for n := range 9_999 {
		l.Take(strconv.Itoa(n))
	}
	now = now.Add(time.Hour)
	l.Take("busy")
	for n := range 5_000 {
		l.Take("new" + strconv.Itoa(n))
	}
	if l.Take("busy") == 0 {
		t.Error("a busy caller was forgotten, and those that have paused were not")
	}
}

// Names and origins that cannot be meant are refused when the server starts.
func TestBadSettings(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"https://crm.example", "crm.example:443", "crm.example/x", "*.example", "a b", ""} {
		if _, err := guard.Hosts([]string{name}, silent); !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), strconv.Quote(name)) {
			t.Errorf("host %q: %v", name, err)
		}
	}
	for _, origin := range []string{"crm.example", "https://crm.example/", "https://crm.example/x", "https://", ""} {
		if _, err := guard.Origins([]string{origin}, silent); !errors.Is(err, crm.ErrInvalid) || !strings.Contains(err.Error(), strconv.Quote(origin)) {
			t.Errorf("origin %q: %v", origin, err)
		}
	}
}

// FuzzHosts: no Host that is neither an address nor a known name gets through.
func FuzzHosts(f *testing.F) {
	for _, host := range []string{"localhost", "127.0.0.1:8080", "[::1]", "evil.example", "crm.example.", "localhost.evil.example", "a:b:c", "[", "]:"} {
		f.Add(host)
	}
	only, err := guard.Hosts([]string{"crm.example"}, silent)
	if err != nil {
		f.Fatal(err)
	}
	h := only(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	f.Fuzz(func(t *testing.T, host string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		lower := strings.ToLower(host)
		if w.Code == http.StatusNoContent && strings.Trim(lower, "0123456789abcdef.:[]%") != "" &&
			!strings.Contains(lower, "localhost") && !strings.Contains(lower, "crm.example") && !strings.Contains(lower, "%") {
			t.Errorf("%q was taken", host)
		}
		if w.Code != http.StatusNoContent && w.Code != http.StatusMisdirectedRequest {
			t.Errorf("%q: status %d", host, w.Code)
		}
	})
}
