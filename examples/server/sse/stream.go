package sse

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Patience is how long a client may take to read what is sent to it.
const Patience = 30 * time.Second

// Retry is how long clients wait before they come back.
const Retry = time.Second

// Event is one that is sent.
type Event struct {
	ID   string // by which a client goes on; without line breaks
	Name string // what kind of event it is; without line breaks
	Data []byte // text; its lines may end in "\n"
}

// Stream is a response that consists of events. It is safe for concurrent use.
type Stream struct {
	mu      sync.Mutex
	w       http.ResponseWriter
	control *http.ResponseController
}

// Start begins a stream: the client sees at once that there is one. It fails if the client is gone, as do the calls of the
// stream.
func Start(w http.ResponseWriter) (*Stream, error) {
	s := &Stream{w: w, control: http.NewResponseController(w)}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // a proxy must not wait for more
	w.WriteHeader(http.StatusOK)
	return s, s.write([]byte(fmt.Sprintf("retry: %d\n\n", Retry.Milliseconds())))
}

// Send sends events, in one piece.
func (s *Stream) Send(all ...Event) error {
	var b bytes.Buffer
	for _, e := range all {
		if e.ID != "" {
			fmt.Fprintf(&b, "id: %s\n", e.ID)
		}
		if e.Name != "" {
			fmt.Fprintf(&b, "event: %s\n", e.Name)
		}
		for line := range bytes.SplitSeq(e.Data, []byte("\n")) {
			fmt.Fprintf(&b, "data: %s\n", line)
		}
		b.WriteString("\n")
	}
	return s.write(b.Bytes())
}

// Beat shows the client, and proxies between, that the stream is alive.
func (s *Stream) Beat() error { return s.write([]byte(": alive\n\n")) }

// KeepAlive beats from time to time, until the context ends or the client is gone.
func (s *Stream) KeepAlive(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if s.Beat() != nil {
				return
			}
		}
	}
}

func (s *Stream) write(p []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.control.SetWriteDeadline(time.Now().Add(Patience)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	if _, err := s.w.Write(p); err != nil {
		return err
	}
	return s.control.Flush()
}
