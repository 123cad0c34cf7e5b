package api

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
)

// ask sends a request about a workspace, for at most a minute.
func (p *process) ask(method string, ws crm.WorkspaceID, path string, header http.Header, body io.Reader) *http.Response {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Minute)
	p.t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, method, p.url+root+"/workspaces/"+ws.String()+path, body)
	if err != nil {
		p.t.Fatal(err)
	}
	for name, values := range header {
		r.Header[name] = values
	}
	answered, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = answered.Body.Close() })
	return answered
}

// another makes one more workspace.
func (p *process) another() crm.WorkspaceID {
	p.t.Helper()
	w, err := crm.NewAdmin(p.db.Store, nil).CreateWorkspace(p.t.Context(), crm.Workspace{Name: "South", Currency: "EUR"})
	if err != nil {
		p.t.Fatal(err)
	}
	return w.ID
}

// Requests whose bodies do not end keep nobody from the past, not even others of their workspace.
func TestAsOfWaitsForNoBody(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{})
	south := p.another()
	for range 8 {
		body, send := io.Pipe()
		t.Cleanup(func() { _ = send.Close() })
		go func() {
			r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost,
				p.url+root+"/workspaces/"+p.ws.String()+"/attribution/orders?as_of=1", body)
			r.Header.Set("Content-Type", jsonLines)
			if answered, err := http.DefaultClient.Do(r); err == nil {
				_ = answered.Body.Close()
			}
		}()
		for range 3 { // when the third part is taken the server reads
			if _, err := io.WriteString(send, `{"id":"1","at":"2026-06-01T00:00:00Z"}`+"\n"); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, ws := range []crm.WorkspaceID{south, p.ws} {
		if got := p.ask("GET", ws, "/attribution/ledger?code=PAM10&as_of=1", nil, nil); got.StatusCode != http.StatusOK { //nolint:bodyclose // ask does
			t.Errorf("beside requests whose bodies do not end: %d", got.StatusCode)
		}
	}
}

// An answer about the past that comes line by line is whole, and is written to the end before its client reads.
func TestLinesOfThePast(t *testing.T) {
	t.Parallel()
	p := newProcess(t, t.TempDir()+"/crm.db", setup{})
	orders := strings.Repeat(`{"id":"1","at":"2026-06-01T00:00:00Z"}`+"\n", 3)
	header := http.Header{"Content-Type": {jsonLines}, "Accept": {jsonLines}}
	var texts []string
	for _, query := range []string{"", "?as_of=1"} {
		answered := p.ask("POST", p.ws, "/attribution/orders"+query, header, strings.NewReader(orders)) //nolint:bodyclose // ask does
		if answered.StatusCode != http.StatusOK || answered.Header.Get("Content-Type") != jsonLines ||
			answered.Header.Get("Content-Disposition") != "" ||
			(query != "" && answered.ContentLength < 0) {
			t.Errorf("%q: %d, %v", query, answered.StatusCode, answered.Header)
		}
		lines := bufio.NewScanner(answered.Body)
		text := ""
		for lines.Scan() {
			text += lines.Text() + "\n"
		}
		texts = append(texts, text)
	}
	if texts[0] != texts[1] || !strings.Contains(texts[0], `{"results"`) {
		t.Errorf("now %s\nas of the first change %s", texts[0], texts[1])
	}
}
