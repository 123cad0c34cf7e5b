package google_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/sheetimport/google"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// waitList notes the waits of a Retry instead of waiting.
type waitList struct {
	mu   sync.Mutex
	list []time.Duration
}

func (l *waitList) wait(ctx context.Context, d time.Duration) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, d)
	return ctx.Err()
}

// refusals answers the first requests with these statuses, and each with the given header.
func refusals(header http.Header, statuses ...int) func(int, http.ResponseWriter, *http.Request) bool {
	return func(n int, w http.ResponseWriter, _ *http.Request) bool {
		if n > len(statuses) {
			return false
		}
		for key, values := range header {
			w.Header()[key] = values
		}
		w.WriteHeader(statuses[n-1])
		return true
	}
}

func TestPassingFailuresAreTriedAgain(t *testing.T) {
	t.Parallel()
	f := newFake(t, tab(0, "Plan", []string{"Ida"}))
	f.refuse = refusals(nil, 429, 500, 502, 503, 504)
	var waits waitList
	sheet := f.read(&google.Options{Retry: google.Retry{Wait: waits.wait}})
	if diff := cmp.Diff([][]string{{"Ida"}}, shown(sheet)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if f.count() != 7 || len(waits.list) != 5 {
		t.Errorf("%d requests and %d waits, want 7 and 5", f.count(), len(waits.list))
	}
	for i, d := range waits.list {
		if least := time.Second << i; d < least || d > least*3/2 {
			t.Errorf("wait %d is %v, want %v and up to half of it more", i+1, d, least)
		}
	}
}

// TestTheWaitsOutlastAQuota: quotas are for a minute, so giving up within one would be too early.
func TestTheWaitsOutlastAQuota(t *testing.T) {
	t.Parallel()
	f := newFake(t, tab(0, "Plan", []string{"Ida"}))
	f.refuse = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	}
	var waits waitList
	_, err := f.open(documentID, &google.Options{Retry: google.Retry{Wait: waits.wait}}).Read(t.Context())
	checkError(t, err, "Google's quota for requests is used up")
	var sum time.Duration
	for _, d := range waits.list {
		sum += d
	}
	if sum <= time.Minute || f.count() != 7 {
		t.Errorf("gave up after %v and %d requests, want more than a minute and 7", sum, f.count())
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		header http.Header
		want   time.Duration // at least
		most   time.Duration
		gives  bool // up
	}{
		"seconds":             {header: http.Header{"Retry-After": {"20"}}, want: 20 * time.Second, most: 20 * time.Second},
		"less than one waits": {header: http.Header{"Retry-After": {"0"}}, want: time.Second, most: 1500 * time.Millisecond},
		"a time": {header: http.Header{"Retry-After": {"Wed, 03 Jun 2026 10:00:30 GMT"},
			"Date": {"Wed, 03 Jun 2026 10:00:00 GMT"}}, want: 30 * time.Second, most: 30 * time.Second},
		"a time that is over": {header: http.Header{"Retry-After": {"Wed, 03 Jun 2026 09:00:30 GMT"},
			"Date": {"Wed, 03 Jun 2026 10:00:00 GMT"}}, want: time.Second, most: 1500 * time.Millisecond},
		"no time":               {header: http.Header{"Retry-After": {"soon"}}, want: time.Second, most: 1500 * time.Millisecond},
		"longer than is waited": {header: http.Header{"Retry-After": {"3600"}}, gives: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, tab(0, "Plan", []string{"Ida"}))
			f.refuse = refusals(c.header, 429)
			var waits waitList
			_, err := f.open(documentID, &google.Options{Retry: google.Retry{Wait: waits.wait}}).Read(t.Context())
			if c.gives {
				checkError(t, err, "quota")
				if len(waits.list) != 0 {
					t.Errorf("waited %v", waits.list)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(waits.list) != 1 || waits.list[0] < c.want || waits.list[0] > c.most {
				t.Errorf("waited %v, want once %v to %v", waits.list, c.want, c.most)
			}
		})
	}
}

func TestAttemptsAndLongestAreBounds(t *testing.T) {
	t.Parallel()
	f := newFake(t, tab(0, "Plan", []string{"Ida"}))
	f.refuse = refusals(nil, 503, 503, 503, 503, 503)
	var waits waitList
	retry := google.Retry{Attempts: 4, First: 2 * time.Second, Longest: 3 * time.Second, Wait: waits.wait}
	_, err := f.open(documentID, &google.Options{Retry: retry}).Read(t.Context())
	checkError(t, err, "Google fails just now (status 503)")
	if f.count() != 4 {
		t.Errorf("%d requests, want 4", f.count())
	}
	for _, d := range waits.list {
		if d > 4500*time.Millisecond {
			t.Errorf("waited %v, want at most 3s and half of it", d)
		}
	}
}

// exhausted is a transport for a quota that is used up for good.
type exhausted struct{ requests atomic.Int32 }

func (e *exhausted) RoundTrip(r *http.Request) (*http.Response, error) {
	e.requests.Add(1)
	return &http.Response{StatusCode: http.StatusTooManyRequests, Header: http.Header{}, Body: http.NoBody, Request: r}, nil
}

// TestTheContextEndsAWait: with the real waits, on a clock that does not take the time.
func TestTheContextEndsAWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := &exhausted{}
		s, err := google.Open(documentID, &google.Options{APIKey: apiKey, HTTPClient: &http.Client{Transport: e}})
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		_, err = s.Read(ctx)
		if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, sheet.ErrUnreadable) {
			t.Errorf("err = %v, want the context's alone", err)
		}
		if took := time.Since(began); took != 20*time.Second {
			t.Errorf("took %v, want the 20s of the context", took)
		}
		if n := e.requests.Load(); n < 4 || n > 5 { // waits of 1, 2, 4 and 8 seconds, and up to half of each
			t.Errorf("%d requests", n)
		}
		_, err = s.Read(t.Context())
		checkError(t, err, "quota")
		if took := time.Since(began) - 20*time.Second; took < time.Minute || took > 95*time.Second {
			t.Errorf("gave up after %v, want a little more than a minute", took)
		}
	})
}

func TestBrokenConnections(t *testing.T) {
	t.Parallel()
	hangUp := func(w http.ResponseWriter) {
		panic(http.ErrAbortHandler) // the server closes the connection
	}
	for name, breaks := range map[string]func(http.ResponseWriter){
		"before the answer": hangUp,
		"within the answer": func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "1000")
			if _, err := w.Write([]byte(`{"properties":`)); err != nil {
				t.Error(err)
			}
			hangUp(w)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, tab(0, "Plan", []string{"Ida"}))
			f.server.Config.ErrorLog = nil
			f.refuse = func(n int, w http.ResponseWriter, _ *http.Request) bool {
				if n <= 2 {
					breaks(w)
				}
				return false
			}
			var waits waitList
			if got := shown(f.read(&google.Options{Retry: google.Retry{Wait: waits.wait}})); got[0][0] != "Ida" || len(waits.list) != 2 {
				t.Errorf("read %q after %d waits", got, len(waits.list))
			}
		})
	}
	f := newFake(t, tab(0, "Plan", []string{"Ida"}))
	s := f.open(documentID, &google.Options{Retry: google.Retry{Attempts: 2, Wait: new(waitList).wait}})
	f.server.Close()
	_, err := s.Read(t.Context())
	checkError(t, err, "Google cannot be reached")
	if strings.Contains(err.Error(), "fields=") {
		t.Errorf("err = %v shows the address of the request", err)
	}
}

// TestRedirectsAreNotFollowed: the key in the header must not go elsewhere.
func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed") }))
	t.Cleanup(elsewhere.Close)
	f := newFake(t, tab(0, "Plan", []string{"Ida"}))
	f.refuse = refusals(http.Header{"Location": {elsewhere.URL}}, http.StatusFound)
	_, err := f.open(documentID, nil).Read(t.Context())
	checkError(t, err, "sends to another address")
}
