//go:build linux

package pgtest

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/getklar/influencercrm/storage/internal/quickdir"
)

// Cluster is a PostgreSQL server that a test may kill: a process of this machine, on a port of the loopback interface,
// with its data in a folder that is removed after the test.
type Cluster struct {
	t        testing.TB
	bin      string // the folder of PostgreSQL's programs
	folder   string
	port     int
	settings []string // for postgres, on its command line
	server   *exec.Cmd
	ended    chan struct{}
}

// Own starts a server. PostgreSQL's programs have to be on this machine, in /usr/lib/postgresql, where Debian puts them,
// or on the path. Without them the test is skipped or, if PostgreSQL is required, fails. Settings are added to the
// server's command line, such as "synchronous_commit=off".
func Own(t testing.TB, settings ...string) *Cluster {
	t.Helper()
	bin, err := programs()
	if err != nil {
		if required() {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	c := newCluster(t, bin, settings)
	c.run("initdb", "--no-sync", "-D", c.data(), "-U", "crm", "-A", "trust", "-E", "UTF8", "--locale=C")
	c.Start()
	return c
}

func newCluster(t testing.TB, bin string, settings []string) *Cluster {
	t.Helper()
	folder, err := os.MkdirTemp(quickdir.Parent(), "crm-postgres-")
	if err != nil {
		t.Fatal(err)
	}
	c := &Cluster{t: t, bin: bin, folder: folder, settings: settings, port: freePort(t)}
	t.Cleanup(func() {
		c.Kill()
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chown(folder, owner().id, owner().group); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *Cluster) data() string { return filepath.Join(c.folder, "data") }

// run runs one of PostgreSQL's programs and waits for its end.
func (c *Cluster) run(program string, args ...string) {
	c.t.Helper()
	command := c.command(program, args...)
	if out, err := command.CombinedOutput(); err != nil {
		c.t.Fatalf("%s: %v\n%s", program, err, out)
	}
}

func (c *Cluster) command(program string, args ...string) *exec.Cmd {
	command := exec.Command(filepath.Join(c.bin, program), args...)
	command.Dir = c.folder
	command.SysProcAttr = &syscall.SysProcAttr{}
	if os.Getuid() == 0 {
		command.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(owner().id), Gid: uint32(owner().group)}
	}
	return command
}

// Start starts the server, and waits until it accepts connections.
func (c *Cluster) Start() {
	c.t.Helper()
	log, err := os.OpenFile(c.logFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		c.t.Fatal(err)
	}
	defer log.Close() //nolint:errcheck // the server has a handle of its own
	args := []string{"-D", c.data(), "-p", strconv.Itoa(c.port), "-k", c.folder,
		"-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60", "-c", "shared_buffers=16MB"}
	for _, s := range c.settings {
		args = append(args, "-c", s)
	}
	server := c.command("postgres", args...)
	server.Stdout, server.Stderr = log, log
	server.SysProcAttr.Pdeathsig = syscall.SIGQUIT // if this process is killed
	begun, ended := make(chan error, 1), make(chan struct{})
	go func() {
		// Pdeathsig is sent when the thread ends that started the server, so the thread has to stay.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := server.Start()
		begun <- err
		if err == nil {
			_ = server.Wait() // why it ended is in the log
		}
		close(ended)
	}()
	if err := <-begun; err != nil {
		c.t.Fatalf("starting PostgreSQL: %v", err)
	}
	c.server, c.ended = server, ended
	c.await("take clients", func(ctx context.Context) bool { return c.try(ctx, "SELECT 1") == nil })
}

// await waits until a condition holds, as long as the server runs: on a busy machine that takes a while.
func (c *Cluster) await(what string, holds func(context.Context) bool) {
	c.t.Helper()
	for !holds(context.Background()) {
		select {
		case <-c.ended:
			c.t.Fatalf("PostgreSQL ended instead of beginning to %s\n%s", what, c.log())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Kill ends the server at once, as if its machine had lost power: open transactions are not ended, and clients are not
// told.
func (c *Cluster) Kill() {
	if c.server == nil {
		return
	}
	_ = c.server.Process.Signal(syscall.SIGQUIT) // it may have ended
	select {
	case <-c.ended:
	case <-time.After(30 * time.Second):
		_ = c.server.Process.Kill()
		<-c.ended
	}
	c.server = nil
}

// Standby starts a server that replicates this one.
func (c *Cluster) Standby(settings ...string) *Cluster {
	c.t.Helper()
	s := newCluster(c.t, c.bin, settings)
	s.run("pg_basebackup", "-D", s.data(), "-R", "-X", "stream", "--no-sync", "-c", "fast", "-d",
		c.dsn("postgres")+"&application_name=standby")
	s.Start()
	return s
}

// Promote makes a standby a primary.
func (c *Cluster) Promote() {
	c.t.Helper()
	if err := c.try(context.Background(), "SELECT pg_promote(true, 60)"); err != nil {
		c.t.Fatalf("promoting the standby: %v\n%s", err, c.log())
	}
}

// Exec runs a statement.
func (c *Cluster) Exec(statement string) {
	c.t.Helper()
	if err := c.try(context.Background(), statement); err != nil {
		c.t.Fatalf("%s: %v\n%s", statement, err, c.log())
	}
}

// AwaitRow waits until a query has a row.
func (c *Cluster) AwaitRow(query string) {
	c.t.Helper()
	c.await("have a row of "+query, func(ctx context.Context) bool {
		return c.try(ctx, "SELECT 1/(CASE WHEN EXISTS ("+query+") THEN 1 ELSE 0 END)") == nil
	})
}

func (c *Cluster) try(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, c.dsn("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx) //nolint:errcheck // the statement counts
	_, err = conn.Exec(ctx, statement)
	return err
}

// DSN is the DSN of the database postgres.
func (c *Cluster) DSN() string { return c.dsn("postgres") }

// Address is the host and port of the server.
func (c *Cluster) Address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(c.port)) }

func (c *Cluster) dsn(database string) string {
	return "postgres://crm@" + c.Address() + "/" + database + "?sslmode=disable&connect_timeout=5"
}

func (c *Cluster) logFile() string { return filepath.Join(c.folder, "log") }

// log is the end of the server's log.
func (c *Cluster) log() string {
	text, err := os.ReadFile(c.logFile())
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2_000):])
}

// programs finds the folder of PostgreSQL's programs, the newest if there are several.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		version := func(path string) int {
			n, _ := strconv.Atoi(strings.Split(path, "/")[4])
			return n
		}
		return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "",
			errors.New("no programs of PostgreSQL to start a server with: install Debian's package postgresql, or put initdb and postgres on the path")
	}
	return filepath.Dir(path), nil
}

// freePort is a port that nobody listens on. Another process may take it before the server does: that is rare, and the
// server's log says so.
func freePort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close() //nolint:errcheck // it was only for its port
	return listener.Addr().(*net.TCPAddr).Port
}

// account is the user that the server runs as.
type account struct{ id, group int }

// owner is this process's user, or nobody if that is root, which PostgreSQL refuses.
var owner = sync.OnceValue(func() account {
	if os.Getuid() != 0 {
		return account{os.Getuid(), os.Getgid()}
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return account{65534, 65534}
	}
	id, _ := strconv.Atoi(nobody.Uid)
	group, _ := strconv.Atoi(nobody.Gid)
	return account{id, group}
})
