package sse_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/sse"
)

func TestStream(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	s, err := sse.Start(w)
	if err = errors.Join(err, s.Send(sse.Event{ID: "7", Name: "change", Data: []byte(`{"seq":7}`)}, sse.Event{Data: []byte("two\nlines")}), s.Beat()); err != nil {
		t.Fatal(err)
	}
	const want = "retry: 1000\n\nid: 7\nevent: change\ndata: {\"seq\":7}\n\ndata: two\ndata: lines\n\n: alive\n\n"
	if diff := cmp.Diff(want, w.Body.String()); diff != "" || w.Header().Get("Content-Type") != "text/event-stream" || !w.Flushed {
		t.Errorf("%v, flushed %v (-want +got):\n%s", w.Header(), w.Flushed, diff)
	}
}

func FuzzLastID(f *testing.F) {
	for _, seed := range []string{"", "0", "7", "9223372036854775807", "9223372036854775808", "-1", "+1", "1.5", "0x10", "1_000", " 1", "seven", "007"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/", http.NoBody)
		r.Header["Last-Event-Id"] = []string{text}
		seq, given, err := sse.LastID(r)
		switch {
		case err != nil:
			if !errors.Is(err, crm.ErrInvalid) || seq != 0 || given {
				t.Errorf("%q: %d, %v, %v", text, seq, given, err)
			}
		case !given:
			if text != "" || seq != 0 {
				t.Errorf("%q is no id, without an error", text)
			}
		default:
			if again, err := strconv.ParseInt(text, 10, 64); err != nil || again != int64(seq) || seq < 0 {
				t.Errorf("%q: %d", text, seq)
			}
		}
	})
}
