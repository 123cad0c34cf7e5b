package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// Bounds of connections.
const (
	headerTime = 5 * time.Second        // in which the header of a request has to arrive
	idleTime   = 2 * time.Minute        // after which a connection without a request is closed
	drainTime  = 250 * time.Millisecond // in which clients that are busy get an answer that ends their connection
	grace      = 20 * time.Second       // for open requests after the end was asked for
	maxHeader  = 64 << 10               // bytes
)

// serve serves until ctx ends. Then it takes no more connections, and finishes the requests of those that there are.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	var draining atomic.Bool
	s := &http.Server{
		Handler:           closing(&draining, handler),
		ReadHeaderTimeout: headerTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader,
	}
	ended := make(chan error, 1)
	ctx, stop := context.WithCancel(ctx)
	go func() {
		<-ctx.Done()
		draining.Store(true)
		_ = listener.Close() // Serve returns what it says
		time.Sleep(drainTime)
		ended <- finish(context.WithoutCancel(ctx), s)
	}()
	err := s.Serve(listener)
	if stop(); errors.Is(err, net.ErrClosed) {
		err = nil
	}
	return errors.Join(err, <-ended)
}

// closing ends connections with their next answer once draining is set. Shutdown alone closes a connection that looks idle
// while a request is being read from it: that would be carried out and not answered.
func closing(draining *atomic.Bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if draining.Load() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}

// finish waits for open requests for a while, and cuts off the others.
func finish(ctx context.Context, s *http.Server) error {
	ctx, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	err := s.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.Join(fmt.Errorf("requests that were still open after %s were cut off", grace), s.Close())
	}
	return err
}
