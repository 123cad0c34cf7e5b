package conformance

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/getklar/influencercrm/crm/web"
)

// A body of 100 MiB is refused over a connection long before it is there, whatever it is for and whether or not its
// length is said.
func TestLongBody(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	c.ws = "/v1/workspaces/" + c.do(201, "POST", "/v1/workspaces", `{"name":"Shop","currency":"EUR"}`).text("id")
	pam := c.do(201, "POST", "influencers", `{"name":"Pam"}`).text("id")
	server := httptest.NewServer(c.handler)
	t.Cleanup(server.Close)
	// What was sent and the server has not read is in buffers of the system, which are of some megabytes on both sides.
	const size, most = 100 << 20, (64 + 16) << 20
	for _, test := range []struct{ method, path, media, begin string }{
		{"POST", c.ws + "/campaigns", "application/json", `{"name":"`},
		{"PATCH", c.ws + "/influencers/" + pam, "application/merge-patch+json", `{"notes":"`},
		{"POST", c.ws + "/bulk/tags", "application/json", `{"add":["`},
		{"POST", c.ws + "/what-if", "application/json", `{"scenarios":[[{"op":"`},
		{"POST", c.ws + "/attribution/orders", "application/json", `[{"id":"`},
		{"POST", c.ws + "/attribution/orders?as_of=1", "application/x-ndjson", `{"id":"`},
		{"POST", c.ws + "/attribution/impact", "application/json", `{"orders":[{"id":"`},
		{"POST", c.ws + "/imports/plans", "multipart/form-data; boundary=x",
			"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"},
		{"PUT", c.ws + "/influencers/" + pam + "/picture", "image/png", "\x89PNG\r\n\x1a\n"},
	} {
		for _, chunked := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s %s, chunked %t", test.method, test.path, chunked), func(t *testing.T) {
				t.Parallel()
				conn, err := net.Dial("tcp", server.Listener.Addr().String())
				if err != nil {
					t.Fatal(err)
				}
				defer conn.Close()
				sent := make(chan int, 1)
				go func() { sent <- sendLong(conn, test.method, test.path, test.media, test.begin, size, chunked) }()
				answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
				if err != nil {
					t.Fatal(err)
				}
				defer answer.Body.Close()
				doc, err := io.ReadAll(answer.Body)
				var p web.Problem
				if err := errors.Join(err, json.Unmarshal(doc, &p)); err != nil || answer.StatusCode != http.StatusRequestEntityTooLarge || p.Status != http.StatusRequestEntityTooLarge || !answer.Close {
					t.Errorf("%s, closes %t, %v: %s", answer.Status, answer.Close, err, doc)
				}
				_ = conn.Close()
				if n := <-sent; n > most {
					t.Errorf("the server took %d bytes", n)
				}
			})
		}
	}
}

// sendLong sends a request with a long body, until the connection breaks, and returns how much was sent.
func sendLong(conn net.Conn, method, path, media, begin string, size int, chunked bool) (sent int) {
	length := fmt.Sprint("Content-Length: ", size)
	if chunked {
		length = "Transfer-Encoding: chunked"
	}
	_, err := fmt.Fprintf(conn,
		"%s %s HTTP/1.1\r\nHost: localhost\r\nIf-Match: \"1\"\r\nContent-Type: %s\r\n%s\r\n\r\n", method,
		path, media, length)
	for part := append([]byte(begin), bytes.Repeat([]byte("x"), 64<<10-len(begin))...); err == nil && sent < size; sent += len(part) {
		if chunked {
			_, err = fmt.Fprintf(conn, "%x\r\n%s\r\n", len(part), part)
		} else {
			_, err = conn.Write(part)
		}
		if sent == 0 {
			part = bytes.Repeat([]byte("x"), len(part))
		}
	}
	return sent
}
