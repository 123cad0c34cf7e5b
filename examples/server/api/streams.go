package api

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/getklar/influencercrm/crm/web"
	"github.com/getklar/influencercrm/examples/server/sse"
)

// How many streams there are at once, and their times.
const (
	maxStreams         = 256
	maxStreamsOfCaller = 16
	streamTime         = 15 * time.Minute // then the client comes back, and whether it still may is looked at again
	defaultHeartbeat   = 15 * time.Second
)

// streamed answers with the events that a function sends. The stream ends when the function returns; its context ends when
// the client is gone, the time of the operation is over or the server ends. There is nobody who could be told of an error
// then: the client comes back.
func (a *API) streamed(events func(ctx context.Context, send func(...sse.Event) error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		leave, err := a.streams.enter(a.options.Caller(r.Context()))
		if err != nil {
			web.WriteProblem(w, r, err, a.options.Logger)
			return
		}
		defer leave()
		out, err := sse.Start(w)
		if err != nil {
			return
		}
		ctx, stop := a.unlessEnding(r.Context())
		var beats sync.WaitGroup
		beats.Go(func() {
			defer stop()
			out.KeepAlive(ctx, a.options.Heartbeat)
		})
		defer beats.Wait()
		defer stop()
		events(ctx, out.Send)
	})
}

// streams counts those that are open.
type streams struct {
	mu  sync.Mutex
	all int
	of  map[string]int // by caller
}

// enter counts a stream of a caller until leave is called, or refuses it.
func (s *streams) enter(caller string) (leave func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of[caller] >= maxStreamsOfCaller {
		return nil, tooManyStreams()
	}
	if s.all >= maxStreams {
		return nil, noMoreStreams()
	}
	if s.of == nil {
		s.of = map[string]int{}
	}
	s.all++
	s.of[caller]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.all--
		if s.of[caller]--; s.of[caller] == 0 {
			delete(s.of, caller)
		}
	}, nil
}
