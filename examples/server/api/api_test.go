package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/webhook"
	"github.com/getklar/influencercrm/storage/memory"
)

// newAPI makes an API with all operations, on an SQLite file.
func newAPI(t *testing.T) *API {
	t.Helper()
	return newProcess(t, filepath.Join(t.TempDir(), "crm.db"), setup{}).api
}

// setup are the choices of a test about a process.
type setup struct {
	crm       crm.Options
	imports   imports.Options
	heartbeat time.Duration
	ending    chan struct{}
	memory    bool // the CRM's records are in memory; the server's own tables are not
}

// process is a server on a database, as one of several.
type process struct {
	t       *testing.T
	dsn     string
	api     *API
	db      *database.Database
	service *crm.Service
	sheets  *imports.Service
	url     string
	ws      crm.WorkspaceID
}

// newProcess starts a server. The first one on a database makes the workspace.
func newProcess(t *testing.T, dsn string, o setup) *process {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	db, err := database.Open(t.Context(), dsn, quiet)
	if err != nil {
		t.Fatal(err)
	}
	o.imports.Logger = quiet
	if o.memory {
		if err := db.Store.Close(); err != nil {
			t.Fatal(err)
		}
		db.Store = inMemory{memory.New(nil)}
	}
	p := &process{t: t, dsn: dsn, db: db, service: crm.New(db.Store, &o.crm)}
	p.sheets = imports.New(p.service, db.State, &o.imports)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := p.sheets.Close(ctx); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	admin := crm.NewAdmin(db.Store, nil)
	p.api, err = New(p.service, admin, Options{Imports: p.sheets, State: db.State, Webhooks: &webhook.Hooks{},
		TempDir: t.TempDir(), Heartbeat: o.heartbeat, Timeout: time.Minute, Ending: o.ending, Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	all, err := admin.Workspaces(t.Context(), crm.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(all.Items) == 0 {
		w, err := admin.CreateWorkspace(t.Context(), crm.Workspace{Name: "North", Currency: "EUR", TimeZone: "Europe/Berlin"})
		if err != nil {
			t.Fatal(err)
		}
		all.Items = append(all.Items, w)
	}
	p.ws = all.Items[0].ID
	server := httptest.NewServer(p.api)
	t.Cleanup(server.Close)
	p.url = server.URL
	return p
}

// inMemory is a store that has no tables.
type inMemory struct{ *memory.Store }

func (inMemory) Migrate(context.Context) error { return nil }

// databases runs a test on the databases that a server can have, each time on an empty one.
func databases(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, filepath.Join(t.TempDir(), "crm.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, testdb.Schema(t))
	})
}

// answer is what a server has answered.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

// call sends a request; its path begins after that of the workspace, or is a whole one.
func (p *process) call(method, path string, header http.Header, body io.Reader) answer {
	p.t.Helper()
	if !strings.HasPrefix(path, root) {
		path = root + "/workspaces/" + p.ws.String() + path
	}
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.url+path, body)
	if err != nil {
		p.t.Fatal(err)
	}
	for name, values := range header {
		r.Header[name] = values
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatalf("%s %s: %v", method, path, err)
	}
	text, err := io.ReadAll(response.Body)
	if err := response.Body.Close(); err != nil {
		p.t.Error(err)
	}
	if err != nil {
		p.t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer{p.t, response.StatusCode, response.Header, string(text)}
}

func (p *process) get(path string) answer {
	p.t.Helper()
	return p.call("GET", path, nil, nil)
}

func (p *process) post(path string) answer {
	p.t.Helper()
	return p.call("POST", path, nil, nil)
}

// is fails the test unless the answer has a status.
func (a answer) is(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("answered %d, want %d: %.2000s", a.status, status, a.body)
	}
	return a
}

// read reads an answer with a status.
func read[T any](a answer, status int) (v T) {
	a.t.Helper()
	a.is(status)
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		a.t.Fatalf("%v: %.2000s", err, a.body)
	}
	return v
}

// part is one of a form: options, or a file with its name.
type part struct{ field, name, content string }

// form is a request of multipart/form-data.
func formOf(t *testing.T, parts ...part) (http.Header, io.Reader) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, p := range parts {
		var to io.Writer
		var err error
		if p.name == "" {
			to, err = w.CreateFormField(p.field)
		} else {
			to, err = w.CreateFormFile(p.field, p.name)
		}
		if err == nil {
			_, err = io.WriteString(to, p.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return http.Header{"Content-Type": {w.FormDataContentType()}}, &body
}

// upload asks for a plan of an upload.
func (p *process) upload(parts ...part) answer {
	p.t.Helper()
	header, body := formOf(p.t, parts...)
	return p.call("POST", "/imports/plans", header, body)
}

// plan makes a plan of a CSV file.
func (p *process) plan(csv string) imports.Plan {
	p.t.Helper()
	return read[imports.Plan](p.upload(part{"file", "plan.csv", csv}), http.StatusCreated)
}

// apply is the path that applies a plan.
func apply(plan imports.Plan, more string) string {
	return "/imports/plans/" + plan.ID.String() + "/apply?digest=" + plan.Digest + more
}

func fileOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
