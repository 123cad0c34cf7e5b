package main

import (
	"context"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The program serves a new file, and the same file again; package shops tests what it serves.
func TestRun(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "shops.db")
	for _, want := range []int{http.StatusCreated, http.StatusConflict} {
		ctx, cancel := context.WithCancel(t.Context())
		said, out := io.Pipe()
		ended := make(chan error, 1)
		go func() { ended <- run(ctx, file, "127.0.0.1:0", out) }()
		greeting := make([]byte, 500)
		n, err := said.Read(greeting)
		if err != nil {
			t.Fatal(err)
		}
		go io.Copy(io.Discard, said)
		base := regexp.MustCompile(`http://\S+/shops`).FindString(string(greeting[:n]))
		r, err := http.NewRequestWithContext(ctx, http.MethodPut, base+"/north", nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if answer.Body.Close(); answer.StatusCode != want {
			t.Errorf("status %d, want %d", answer.StatusCode, want)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("it ends with %v", err)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := run(t.Context(), folder, "127.0.0.1:0", io.Discard); err == nil || !strings.Contains(err.Error(), "this is a folder") {
		t.Errorf("a folder: %v", err)
	}
	if err := run(t.Context(), filepath.Join(folder, "shops.db"), "nowhere at all", io.Discard); err == nil {
		t.Error("it listens nowhere at all")
	}
}
