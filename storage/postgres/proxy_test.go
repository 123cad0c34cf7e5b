package postgres_test

import (
	"bufio"
	"io"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
)

// fate is what a proxy does with a COMMIT.
type fate int

const (
	passes          fate = iota
	neverArrives         // the connection ends before the server has it
	answerIsLost         // the server commits, and then the connection ends
	arrivesLate          // the connection ends at once; the server gets it when another one has come
	neverIsAnswered      // the server commits, and the connection stays open and silent
	serverIsGone         // the server commits, and nobody is let in any more
	failsDone            // the server commits, and the answer is an error that says nothing about it
	failsUndone          // the server rolls back, and the answer is the same error
)

// proxy stands between a store and its server. It lets one COMMIT meet its fate, and may answer as Citus does.
type proxy struct {
	listener net.Listener
	server   string
	citus    bool
	late     chan struct{} // closed by the connection after the fate
	once     sync.Once

	trips, statements atomic.Int64 // that clients have asked for

	mu    sync.Mutex
	next  fate
	met   bool
	conns []net.Conn
}

// behindProxy returns a DSN that leads through a proxy.
func behindProxy(t *testing.T, dsn string) (*proxy, string) {
	t.Helper()
	return startProxy(t, dsn, false)
}

// behindCitus returns a DSN that leads through a proxy that answers as Citus does.
func behindCitus(t *testing.T, dsn string) (*proxy, string) {
	t.Helper()
	return startProxy(t, dsn, true)
}

func startProxy(t *testing.T, dsn string, citus bool) (*proxy, string) {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil || u.Host == "" {
		t.Fatalf("the proxy needs a DSN that is a URL: %v", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: listener, server: u.Host, citus: citus, late: make(chan struct{})}
	if u.Port() == "" {
		p.server = net.JoinHostPort(u.Hostname(), "5432")
	}
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { p.serve(client) })
		}
	})
	t.Cleanup(func() {
		listener.Close()
		p.arrive()
		p.hangUp()
		serving.Wait()
	})
	u.Host = listener.Addr().String()
	query := u.Query()
	query.Set("sslmode", "disable") // the proxy reads along
	u.RawQuery = query.Encode()
	return p, u.String()
}

// arm chooses the fate of the next COMMIT.
func (p *proxy) arm(f fate) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next, p.met = f, false
}

func (p *proxy) take() fate {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.next
	p.next = passes
	p.met = p.met || f != passes
	return f
}

// fulfilled reports whether a COMMIT met its fate.
func (p *proxy) fulfilled() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.met
}

func (p *proxy) hangUp() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.Close()
	}
}

func (p *proxy) serve(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		return
	}
	defer server.Close()
	p.mu.Lock()
	p.conns = append(p.conns, client, server)
	p.mu.Unlock()
	if p.fulfilled() {
		p.arrive()
	}
	w := &wire{citus: p.citus, statements: map[string]string{}, portals: map[string]call{}}
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		w.answer(bufio.NewReader(server), bufio.NewWriter(client))
		client.Close()
	}()
	p.ask(w, bufio.NewReader(client), bufio.NewWriter(server), client, answered)
	server.Close()
	<-answered
}

// ask passes on what the client sends, until the end of the connection or of its COMMIT.
func (p *proxy) ask(w *wire, from *bufio.Reader, to *bufio.Writer, client io.Closer, answered <-chan struct{}) {
	for started := false; ; started = true {
		m, err := readMessage(from, started)
		if err != nil {
			return
		}
		f := passes
		c := w.asked(m)
		if !c.isPing() {
			if m.kind == 'S' || m.kind == 'Q' { // the client waits for what comes back
				p.trips.Add(1)
			}
			if m.kind == 'E' || m.kind == 'Q' {
				p.statements.Add(1)
			}
		}
		if c.isCommit() {
			f = p.take()
		}
		switch f {
		case neverArrives:
			return
		case arrivesLate:
			client.Close()
			<-p.late
		case serverIsGone:
			p.listener.Close()
		}
		w.meets(f)
		for _, m := range w.outgoing(m, c, f) {
			if _, err := to.Write(m.bytes); err != nil {
				return
			}
		}
		last := f == answerIsLost || f == serverIsGone || f == arrivesLate
		if last {
			// Goodbye: the server ends the connection when the COMMIT before it is done.
			if _, err := io.WriteString(to, "X\x00\x00\x00\x04"); err != nil {
				return
			}
		}
		if last || from.Buffered() == 0 {
			if err := to.Flush(); err != nil {
				return
			}
		}
		if last {
			<-answered
			return
		}
	}
}

// arrive lets a late COMMIT go.
func (p *proxy) arrive() { p.once.Do(func() { close(p.late) }) }
