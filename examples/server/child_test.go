package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/database"
)

// child makes a process of the test's own program the server.
const child = "CRM_TEST_CHILD"

func init() {
	if os.Getenv(child) != "" {
		main()
		os.Exit(0)
	}
}

// newDatabase makes an SQLite file with a workspace and a campaign in it.
func newDatabase(t *testing.T) (file, ws string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "crm.db")
	db, err := database.Open(t.Context(), file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	w, err := crm.NewAdmin(db.Store, nil).CreateWorkspace(t.Context(), crm.Workspace{Name: "Shop", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := crm.New(db.Store, nil).CreateCampaign(t.Context(), w.ID, crm.Campaign{Name: "Summer Sale"}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return file, w.ID.String()
}

// An assistant starts the program and talks to it, reading only unless it is told otherwise. The program ends with it.
func TestStandardIO(t *testing.T) {
	t.Parallel()
	file, ws := newDatabase(t)
	for _, test := range []struct {
		args  []string
		tools int
	}{{[]string{"-mcp", "-db", file}, 10}, {[]string{"-mcp", "-mcp-write", "-db", file}, 13}} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], test.args...)
		cmd.Env = append(os.Environ(), child+"=1")
		var errOut bytes.Buffer
		cmd.Stderr = &errOut
		c, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).
			Connect(t.Context(), &mcp.CommandTransport{Command: cmd, TerminateDuration: 20 * time.Second}, nil)
		if err != nil {
			t.Fatal(err, errOut.String())
		}
		tools, err := c.ListTools(t.Context(), nil)
		if err != nil || len(tools.Tools) != test.tools {
			t.Errorf("%v: %d tools, %v", test.args, len(tools.Tools), err)
		}
		found, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: "find", Arguments: map[string]any{"workspace": ws, "kind": "campaign"}})
		if err != nil || found.IsError || !strings.Contains(found.Content[0].(*mcp.TextContent).Text, "Summer Sale") {
			t.Errorf("%v: %v, %v", test.args, found, err)
		}
		if err := c.Close(); err != nil {
			t.Errorf("%v ended with %v: %s", test.args, err, errOut.String())
		}
		if errOut.Len() > 0 {
			t.Errorf("%v says %s", test.args, errOut.String())
		}
	}
}

// The SDK of another language gets the same, over standard input and output and over HTTP.
func TestOtherClient(t *testing.T) {
	t.Parallel()
	modules := node(t)
	file, ws := newDatabase(t)
	url := serving(t, file) + "/"
	for _, over := range [][]string{{"stdio", os.Args[0], "-mcp", "-db", file}, {"http", url + "mcp"}} {
		cmd := exec.CommandContext(t.Context(), "node", append([]string{"testdata/client.cjs", modules, ws}, over...)...)
		cmd.Env = append(os.Environ(), child+"=1")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(over, err)
		}
		t.Logf("%s: %s", over[0], out)
		var got map[string]any
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]any{
			"server": "influencercrm", "tools": 10.0, "found": "1 campaign; 1 of them listed here.", "name": "Summer Sale",
			"refused": true, "field": "kind", "unknown": true,
		}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", over[0], diff)
		}
	}
}

// writes gets what is written, each time as a text.
type writes chan string

// Write implements io.Writer.
func (w writes) Write(p []byte) (int, error) {
	w <- string(p)
	return len(p), nil
}

// Close implements io.Closer.
func (w writes) Close() error { return nil }
