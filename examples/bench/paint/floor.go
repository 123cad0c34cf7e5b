package main

import (
	"fmt"
	"net"
	"net/http"
	"time"
)

// serveFloor serves a page of one word: no page is painted sooner by this browser on this machine.
func serveFloor() (*site, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /light", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "{}") })
	mux.HandleFunc("GET /word", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = fmt.Fprint(w, "<!doctype html><title>One word</title><h1>Word</h1>")
	})
	h := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	go func() { _ = h.Serve(listener) }()
	return &site{
		base: "http://" + listener.Addr().String(), light: "/light", close: h.Close,
		pages: []page{{name: "a page of one word", path: "/word", ready: "document.querySelector('h1')"}},
	}, nil
}
