package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/database"
)

// With this variable the test's program is the server, so that tests can start one as a process of its own.
const asServer = "CRM_TEST_AS_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(asServer) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// process is a server that is a process of its own.
type process struct {
	*exec.Cmd
	url    string
	errors bytes.Buffer
}

// start starts a server on a free port and waits until it says where it is. It is killed at the end of the test, if it still
// runs.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(os.Args[0], append([]string{"-addr", "127.0.0.1:0"}, args...)...)}
	p.Env = append(os.Environ(), asServer+"=1")
	p.Stderr = &p.errors
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.ProcessState == nil {
			_ = p.Process.Kill()
			_ = p.Wait()
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = p.Wait()
		t.Fatalf("the server says %q, %v\n%s", line, err, &p.errors)
	}
	p.url = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), "The CRM is at "), "/")
	return p
}

// post sends JSON and returns the id in the answer, or how it failed: by its status, or on the way.
func post(client *http.Client, url, body string) (id string, status int, err error) {
	r, err := client.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		return "", 0, err
	}
	defer r.Body.Close()
	doc, err := io.ReadAll(r.Body)
	if err != nil {
		return "", 0, err
	}
	var record struct {
		ID string `json:"id"`
	}
	return record.ID, r.StatusCode, json.Unmarshal(doc, &record)
}

// shop makes a workspace and returns its path.
func (p *process) shop(t *testing.T) string {
	t.Helper()
	id, status, err := post(http.DefaultClient, p.url+"/v1/workspaces", `{"name":"Shop","currency":"EUR","time_zone":"Europe/Berlin"}`)
	if err != nil || status != http.StatusCreated {
		t.Fatalf("status %d, %v", status, err)
	}
	return "/v1/workspaces/" + id
}

// load are clients that make members all the time, and what they were told.
type load struct {
	mu       sync.Mutex
	made     map[string]bool
	statuses map[int]int
	enough   chan struct{} // closed when so many are made
	running  sync.WaitGroup
}

// press sets clients to work until each has lost the server.
func press(p *process, shop string, clients, enough int) *load {
	l := &load{made: map[string]bool{}, statuses: map[int]int{}, enough: make(chan struct{})}
	for c := range clients {
		l.running.Go(func() {
			client := &http.Client{Transport: &http.Transport{}}
			defer client.CloseIdleConnections()
			for n := 0; ; n++ {
				id, status, err := post(client, p.url+shop+"/members", fmt.Sprintf(`{"name":"Member %d of %d"}`, n, c))
				if err != nil {
					return
				}
				l.mu.Lock()
				if l.statuses[status]++; status == http.StatusCreated {
					if l.made[id] = true; len(l.made) == enough {
						close(l.enough)
					}
				}
				l.mu.Unlock()
			}
		})
	}
	return l
}

// members are the ids of all members of the only shop in a file.
func members(t *testing.T, file string) map[string]bool {
	t.Helper()
	db, err := database.Open(t.Context(), file, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	shops, err := crm.NewAdmin(db.Store, nil).Workspaces(t.Context(), crm.ListOptions{})
	if err != nil || len(shops.Items) != 1 {
		t.Fatalf("%d workspaces, %v", len(shops.Items), err)
	}
	there := map[string]bool{}
	service := crm.New(db.Store, nil)
	for o := (crm.ListOptions{Size: crm.MaxPageSize}); ; {
		page, err := service.Members(t.Context(), shops.Items[0].ID, crm.MemberFilter{}, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range page.Items {
			there[m.ID.String()] = true
		}
		if o.Token = page.Next; o.Token == "" {
			return there
		}
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// The requests that a slow handler has begun are answered when the end is asked for.
func TestFinishesRequests(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	begun := make(chan bool)
	slow := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		begun <- true
		time.Sleep(2 * drainTime)
		_, _ = io.WriteString(w, "done")
	})
	ended := make(chan error, 1)
	listener := listen(t)
	go func() { ended <- serve(ctx, listener, slow) }()
	var answers sync.WaitGroup
	for range 5 {
		answers.Go(func() {
			r, err := http.Get("http://" + listener.Addr().String())
			if err != nil {
				t.Error(err)
				return
			}
			defer r.Body.Close()
			if body, err := io.ReadAll(r.Body); err != nil || string(body) != "done" {
				t.Errorf("answer %q, %v", body, err)
			}
		})
	}
	for range 5 {
		<-begun
	}
	stop()
	answers.Wait()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// What keeps a server from starting is said in a sentence that tells what to do.
func TestRefusesToStart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := file("good", "0123456789abcdef0123456789abcdef\n")
	db := filepath.Join(dir, "crm.db")
	for _, test := range []struct {
		name string
		args []string
		want string
	}{
		{"all addresses", []string{"-addr", "0.0.0.0:0"}, "-token-file"},
		{"all addresses, IPv6", []string{"-addr", ":0"}, "server token create"},
		{"a name that others reach", []string{"-addr", "127.0.0.1:0", "-host", "crm.example"}, "-token-file"},
		{"pages elsewhere", []string{"-addr", "127.0.0.1:0", "-origin", "https://crm.example"}, "-token-file"},
		{"no file", []string{"-token-file", filepath.Join(dir, "none")}, "none"},
		{"an empty file", []string{"-token-file", file("empty", "\n")}, "32"},
		{"31 characters", []string{"-token-file", file("short", "0123456789abcdef0123456789abcde\n")}, "it holds 31"},
		{"two tokens", []string{"-token-file", file("two", strings.Repeat("0123456789abcdef0123456789abcdef\n", 2))}, "one token"},
		{"a long file", []string{"-token-file", file("long", strings.Repeat("x", 10_000))}, "512"},
		{"a host with a port", []string{"-token-file", good, "-host", "crm.example:443"}, `"crm.example:443"`},
		{"an origin with a path", []string{"-token-file", good, "-origin", "https://crm.example/"}, `"https://crm.example/"`},
		{"an unknown format", []string{"-log-format", "xml"}, "text or json"},
		{"an unknown flag", []string{"-port", "80"}, "-port"},
		{"an unknown command", []string{"serve"}, `"serve"`},
		{"a command after flags", []string{"-db", db, "token"}, `"token"`},
		{"no address", []string{"-addr", "127.0.0.1"}, "port"},
	} {
		err := run(t.Context(), withDefaults(test.args, db), noEnv, nil, io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
	}
}

// withDefaults adds the database and a free port, unless they are there.
func withDefaults(args []string, db string) []string {
	if !strings.Contains(strings.Join(args, " "), "-addr") {
		args = append([]string{"-addr", "127.0.0.1:0"}, args...)
	}
	return append([]string{"-db", db}, args...)
}

func noEnv(string) (string, bool) { return "", false }

// Each flag is also a variable, which an argument overrides.
func TestVariables(t *testing.T) {
	t.Parallel()
	env := func(name string) (string, bool) {
		value, ok := map[string]string{"CRM_LOG_FORMAT": "xml", "CRM_DB": filepath.Join(t.TempDir(), "crm.db"), "CRM_ADDR": "127.0.0.1:0"}[name]
		return value, ok
	}
	if err := run(t.Context(), nil, env, nil, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "CRM_LOG_FORMAT") {
		t.Errorf("the variable of -log-format: %v", err)
	}
}

// Tokens are made, listed and revoked on the command line, while a server runs that takes them.
func TestTokenCommand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := filepath.Join(dir, "crm.db")
	var told strings.Builder // on standard error
	command := func(args ...string) (string, error) {
		var out strings.Builder
		args = append([]string{"token", args[0], "-db", db}, args[1:]...)
		err := run(t.Context(), args, noEnv, nil, &out, &told)
		return out.String(), err
	}
	if _, err := command("create", "-name", "Bo", "-scope", "write"); err != nil || !strings.Contains(told.String(), "-scope admin") {
		t.Errorf("a token that makes no workspaces: %v, told %q", err, told.String())
	}
	told.Reset()
	made, err := command("create", "-name", "Ada", "-scope", "admin")
	if err != nil {
		t.Fatal(err)
	}
	secret, rest, _ := strings.Cut(made, "\n")
	if rest != "" {
		t.Errorf("standard output has %q beside the token", rest)
	}
	id := strings.TrimSuffix(strings.Fields(told.String())[4], ".")
	p := start(t, "-db", db)
	status := func() int {
		r, err := http.NewRequest(http.MethodGet, p.url+"/v1/workspaces", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+secret)
		got, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer got.Body.Close()
		return got.StatusCode
	}
	if got, err := http.Get(p.url + "/v1/workspaces"); err != nil || got.StatusCode != http.StatusUnauthorized {
		t.Errorf("without a token: %v, %v", got, err)
	} else {
		got.Body.Close()
	}
	if got := status(); got != http.StatusOK {
		t.Errorf("with the token: status %d", got)
	}
	list, err := command("list")
	if err != nil || !strings.Contains(list, id) || !strings.Contains(list, "Ada") || strings.Contains(list, secret) {
		t.Errorf("the list is\n%s%v", list, err)
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"create"}, "needs a name"},
		{[]string{"create", "-name", "x", "-scope", "root"}, `"root"`},
		{[]string{"create", "-name", "x", "-workspace", "shop"}, `"shop"`},
		{[]string{"create", "-name", "x", "-workspace", "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"}, "no such workspace"},
		{[]string{"create", "-name", "x", "-days", "-1"}, "-days -1"},
		{[]string{"revoke"}, "server token revoke ID"},
		{[]string{"revoke", "Ada"}, `"Ada"`},
		{[]string{"revoke", "018f8f5e-8a2b-7c3d-9e4f-5a6b7c8d9e0f"}, "no such token"},
		{[]string{"delete"}, `"delete"`},
	} {
		if out, err := command(test.args...); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: %q, %v, want %s", test.args, out, err, test.want)
		}
	}
	if _, err := command("revoke", id); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); status() != http.StatusUnauthorized; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the server still takes a token that was revoked a minute ago")
		}
	}
}

// A header that is too long, or does not come, ends its connection.
func TestHeaders(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	listener := listen(t)
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, listener, http.NotFoundHandler()) }()
	for _, test := range []struct{ name, sent, want string }{
		{"too long", "GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 2*maxHeader) + "\r\n\r\n", "HTTP/1.1 431 "},
		{"too many", "GET / HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("X: y\r\n", maxHeader/3) + "\r\n", "HTTP/1.1 431 "},
		{"no header", "\x16\x03\x01\r\n\r\n", "HTTP/1.1 400 "},
		{"never ends", "GET / HTTP/1.1\r\nHost: x\r\n", ""},
	} {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(conn, test.sent) // it may be cut off
		got, err := io.ReadAll(conn)
		if !strings.HasPrefix(string(got), test.want) || test.want == "" && (len(got) > 0 || err != nil) {
			t.Errorf("%s: %q, %v", test.name, got, err)
		}
		conn.Close()
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
