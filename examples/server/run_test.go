package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A server that is told to end does so at once, though a client follows its changes and nothing ends a stream but the server.
func TestRunEndsStreams(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, said := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		noEnv := func(string) (string, bool) { return "", false }
		ended <- run(ctx, []string{"-addr", "127.0.0.1:0", "-db", filepath.Join(t.TempDir(), "crm.db")}, noEnv, nil, said, io.Discard)
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	go io.Copy(io.Discard, out)
	_, url, ok := strings.Cut(strings.TrimSuffix(strings.TrimSpace(line), "/"), "http://")
	if err != nil || !ok {
		t.Fatalf("%q, %v", line, err)
	}
	request := func(method, path, body string) *http.Response {
		r, err := http.NewRequestWithContext(t.Context(), method, "http://"+url+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	made := request(http.MethodPost, "/v1/workspaces", `{"name":"North","currency":"EUR","time_zone":"Europe/Berlin"}`)
	defer made.Body.Close()
	var w struct{ ID string }
	if err := json.NewDecoder(made.Body).Decode(&w); err != nil {
		t.Fatal(err)
	}
	stream := request(http.MethodGet, "/v1/workspaces/"+w.ID+"/events", "")
	defer stream.Body.Close()
	lines := bufio.NewScanner(stream.Body)
	for lines.Scan() && lines.Text() != "id: 1" {
		continue
	}
	begun := time.Now()
	stop()
	for lines.Scan() {
		continue
	}
	if err := lines.Err(); err != nil {
		t.Errorf("the stream broke off: %v", err)
	}
	if err := <-ended; err != nil || time.Since(begun) > grace/2 {
		t.Errorf("ended after %s: %v", time.Since(begun), err)
	}
}

// An address that is taken is told before there is a database.
func TestRunWithoutItsAddress(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	db := filepath.Join(t.TempDir(), "crm.db")
	err = run(t.Context(), []string{"-addr", taken.Addr().String(), "-db", db, "-demo"},
		func(string) (string, bool) { return "", false }, nil, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), taken.Addr().String()) {
		t.Errorf("the address is taken: %v", err)
	}
	if _, err := os.Stat(db); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is a database: %v", err)
	}
}
