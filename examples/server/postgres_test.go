//go:build linux

package main

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// cluster is a PostgreSQL server of a test's own, which it may stop and start.
type cluster struct {
	t           *testing.T
	bin, folder string
	port        int
	asOtherUser *syscall.SysProcAttr // that PostgreSQL takes: not root
}

// ownPostgres starts a server out of PostgreSQL's own programs. Without them the test is skipped, or fails if PostgreSQL is
// required.
func ownPostgres(t *testing.T) *cluster {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/pg_ctl")
	if err == nil && len(found) == 0 {
		var path string
		path, err = exec.LookPath("pg_ctl")
		found = []string{path}
	}
	if err != nil {
		if strings.Contains(os.Getenv("CRM_TEST_REQUIRE"), "postgres") {
			t.Fatal(err)
		}
		t.Skipf("no programs of PostgreSQL: %v", err)
	}
	slices.Sort(found)
	folder, err := os.MkdirTemp("", "crm-server-postgres-")
	if err != nil {
		t.Fatal(err)
	}
	c := &cluster{t: t, bin: filepath.Dir(found[len(found)-1]), folder: folder, asOtherUser: &syscall.SysProcAttr{}}
	if os.Getuid() == 0 {
		nobody, err := user.Lookup("nobody")
		if err != nil {
			t.Fatal(err)
		}
		id, _ := strconv.Atoi(nobody.Uid)
		group, _ := strconv.Atoi(nobody.Gid)
		c.asOtherUser.Credential = &syscall.Credential{Uid: uint32(id), Gid: uint32(group)}
		if err := os.Chown(folder, id, group); err != nil {
			t.Fatal(err)
		}
	}
	l := listen(t)
	c.port = l.Addr().(*net.TCPAddr).Port
	l.Close()
	t.Cleanup(func() {
		_ = c.run("pg_ctl", "stop", "-D", c.data(), "-m", "immediate") // it may be stopped
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	c.must(c.run("initdb", "--no-sync", "-D", c.data(), "-U", "crm", "-A", "trust", "-E", "UTF8", "--locale=C"))
	c.start()
	return c
}

func (c *cluster) data() string { return filepath.Join(c.folder, "data") }

func (c *cluster) dsn() string {
	return "postgres://crm@127.0.0.1:" + strconv.Itoa(c.port) + "/postgres?sslmode=disable&connect_timeout=5"
}

func (c *cluster) run(program string, args ...string) error {
	command := exec.Command(filepath.Join(c.bin, program), args...)
	command.Dir, command.SysProcAttr = c.folder, c.asOtherUser
	return command.Run() // without pipes, which the server would keep open
}

func (c *cluster) must(err error) {
	c.t.Helper()
	if err != nil {
		log, _ := os.ReadFile(filepath.Join(c.folder, "log"))
		c.t.Fatalf("PostgreSQL: %v\n%s", err, log)
	}
}

func (c *cluster) start() {
	c.t.Helper()
	c.must(c.run("pg_ctl", "start", "-w", "-t", "120", "-D", c.data(), "-l", filepath.Join(c.folder, "log"), "-o",
		"-p "+strconv.Itoa(c.port)+" -k "+c.folder+" -c listen_addresses=127.0.0.1 -c max_connections=60 -c shared_buffers=16MB -c fsync=off"))
}

// kill ends the server as if its machine had lost power: clients are not told.
func (c *cluster) kill() {
	c.t.Helper()
	c.must(c.run("pg_ctl", "stop", "-D", c.data(), "-m", "immediate"))
}

// PostgreSQL is killed and comes back: in between every call is a 503 that says nothing of it, and then all goes on by itself.
func TestPostgresAway(t *testing.T) {
	t.Parallel()
	db := ownPostgres(t)
	p := start(t, "-db", db.dsn())
	shop := p.shop(t)
	status := func(path string) (int, string) {
		r, err := http.Get(p.url + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body := make([]byte, 1000)
		n, _ := r.Body.Read(body)
		return r.StatusCode, string(body[:n])
	}
	write := func() int {
		_, status, err := post(http.DefaultClient, p.url+shop+"/members", `{"name":"Ada `+strconv.FormatInt(time.Now().UnixNano(), 36)+`"}`)
		if err != nil {
			t.Fatal(err)
		}
		return status
	}
	if ready, _ := status("/readyz"); ready != http.StatusOK || write() != http.StatusCreated {
		t.Fatalf("before: status %d", ready)
	}
	for round := range 2 {
		db.kill()
		ready, _ := status("/readyz")
		read, body := status(shop + "/members")
		if wrote := write(); ready != http.StatusServiceUnavailable || read != http.StatusServiceUnavailable || wrote != http.StatusServiceUnavailable {
			t.Errorf("round %d, away: ready %d, read %d, write %d", round, ready, read, wrote)
		}
		if strings.Contains(body, "127.0.0.1") || strings.Contains(body, "SQLSTATE") || strings.Contains(body, "refused") {
			t.Errorf("the client is told %s", body)
		}
		if lives, _ := status("/healthz"); lives != http.StatusOK {
			t.Errorf("the server lives: status %d", lives)
		}
		db.start()
		ready, _ = status("/readyz")
		read, body = status(shop + "/members")
		if wrote := write(); ready != http.StatusOK || read != http.StatusOK || wrote != http.StatusCreated {
			t.Errorf("round %d, back: ready %d, read %d, write %d: %s", round, ready, read, wrote, body)
		}
	}
}
