package postgres_test

import (
	"bytes"
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
)

// proxy stands between a store and its server and lets one COMMIT meet its fate.
type proxy struct {
	listener net.Listener
	server   string
	late     chan struct{} // closed by the connection after the fate
	once     sync.Once

	mu    sync.Mutex
	next  fate
	met   bool
	conns []net.Conn
}

// behindProxy returns a DSN that leads through a proxy.
func behindProxy(t *testing.T, dsn string) (*proxy, string) {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil || u.Host == "" {
		t.Fatalf("the proxy needs a DSN that is a URL: %v", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: listener, server: u.Host, late: make(chan struct{})}
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
	var deaf atomic.Bool // the client hears no more
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		buffer := make([]byte, 32<<10)
		for {
			n, err := server.Read(buffer)
			if err == nil && !deaf.Load() {
				_, err = client.Write(buffer[:n])
			}
			if err != nil {
				client.Close()
				return
			}
		}
	}()
	buffer := make([]byte, 32<<10)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			break
		}
		f := passes
		if bytes.Contains(buffer[:n], []byte("commit\x00")) {
			f = p.take()
		}
		deaf.Store(f != passes || deaf.Load())
		switch f {
		case neverArrives:
			return
		case arrivesLate:
			client.Close()
			<-p.late
		case serverIsGone:
			p.listener.Close()
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			break
		}
		if f == answerIsLost || f == serverIsGone || f == arrivesLate {
			// Goodbye: the server ends the connection when the COMMIT before it is done.
			if _, err := io.WriteString(server, "X\x00\x00\x00\x04"); err == nil {
				<-answered
			}
			return
		}
	}
	server.Close()
	<-answered
}

// arrive lets a late COMMIT go.
func (p *proxy) arrive() { p.once.Do(func() { close(p.late) }) }
