// Command embed is a host's own program with the CRM inside: a small backend for the shops of a platform, on net/http and
// one SQLite file that it opens itself.
//
//	go run ./examples/embed [-addr 127.0.0.1:8080]
//
// It prints commands to try, and then, line by line, what happens in its shops, until it is interrupted; the file is gone at
// the end. What to learn from it:
//
//   - host.go: the host's own connections and table, the CRM's tables beside it under a prefix, and a shop of the host that
//     is a workspace of the CRM.
//   - api.go: handlers that create with defaults, list in pages, and change with If-Match from versions. Who acts comes from
//     the host's session, by way of the context.
//   - problem.go: the CRM's families of errors as HTTP statuses, and its errors of fields as they are.
//   - follow.go: something of the host's own that follows the change log of every shop.
package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		log.Fatalln("embed:", err)
	}
}

// run serves until ctx ends; requests that are open then are finished.
func run(ctx context.Context, args []string, out io.Writer) (err error) {
	flags := flag.NewFlagSet("embed", flag.ContinueOnError)
	address := flags.String("addr", "127.0.0.1:8080", "the `address` to listen on")
	if err := flags.Parse(args); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "embed")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	h, err := open(ctx, filepath.Join(folder, "shops.db"), out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }() // the server has closed it already if it began
	if err := h.demo(ctx, "http://"+listener.Addr().String()); err != nil {
		return err
	}
	server := &http.Server{
		Handler: h.routes(), MaxHeaderBytes: 16 << 10,
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 20 * time.Second, IdleTimeout: time.Minute,
	}
	ctx, stop := context.WithCancel(ctx)
	var background sync.WaitGroup
	background.Go(func() { h.follow(ctx, time.Second) })
	background.Go(func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		_ = server.Shutdown(grace) // after it, those who are not done are cut off
	})
	err = server.Serve(listener)
	stop()
	background.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
