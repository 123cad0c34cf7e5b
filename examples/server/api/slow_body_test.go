package api

import (
	"fmt"
	"log/slog"
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/memory"
)

// A body that stops halfway is answered when the time of the call is over, and the connection is closed.
func TestSlowBodies(t *testing.T) {
	t.Parallel()
	store := memory.New(nil)
	admin := crm.NewAdmin(store, nil)
	ws, err := admin.CreateWorkspace(t.Context(), crm.Workspace{Name: "Shop", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	a, err := New(crm.New(store, nil), admin, Options{Timeout: 50 * time.Millisecond, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(a)
	defer server.Close()
	for _, request := range []string{"POST /campaigns", "POST /conflicts/check", "POST /bulk/archive", "POST /what-if"} {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		method, path, _ := strings.Cut(request, " ")
		_, err = fmt.Fprintf(conn, "%s %s/workspaces/%s%s HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"name\":",
			method, root, ws.ID, path)
		answer := make([]byte, 4096)
		n, readErr := conn.Read(answer)
		text := string(answer[:n])
		if err != nil || readErr != nil || !strings.HasPrefix(text, "HTTP/1.1 408") || !strings.Contains(text, "Connection: close") {
			t.Errorf("%s: %q, %v, %v", request, text, err, readErr)
		}
		_ = conn.Close()
	}
}
