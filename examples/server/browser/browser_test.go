package browser

import (
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/examples/server/demo"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/server"
)

// today is the day on which all tests take place.
var today = budget.MustParseDate("2026-06-15")

// site is a server with pages.
type site struct {
	crm   *crm.Service
	admin *crm.Admin
	base  string
}

// newSite serves an empty database.
func newSite(t *testing.T) *site {
	t.Helper()
	return serve(t, testdb.Open(t, testdb.File(t)))
}

// serve serves a database, at ten in the morning of today.
func serve(t *testing.T, db *database.Database) *site {
	t.Helper()
	o := &crm.Options{Now: func() time.Time { return time.Date(2026, 6, 15, 10, 0, 0, 0, time.UTC) }}
	service, admin := crm.New(db.Store, o), crm.NewAdmin(db.Store, o)
	log := slog.New(slog.DiscardHandler)
	sheets := imports.New(service, db.State, &imports.Options{Logger: log})
	t.Cleanup(func() { _ = sheets.Close(context.Background()) })
	handler, err := server.Handler(service, server.Options{Admin: admin, State: db.State, Imports: sheets, Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return &site{service, admin, s.URL}
}

// newDemo serves the demo.
func newDemo(t *testing.T) *site {
	t.Helper()
	db := testdb.Open(t, testdb.File(t))
	if _, err := demo.Fill(t.Context(), db.Store, demo.Options{Seed: 1, Today: today}); err != nil {
		t.Fatal(err)
	}
	return serve(t, db)
}

// chromium is one browser for all tests, which each have a profile of their own in it.
var chromium = sync.OnceValues(func() (context.Context, error) {
	path, err := program()
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopBrowser = chromedp.NewContext(ctx)
	return ctx, chromedp.Do(ctx)
})

var stopBrowser context.CancelFunc

// program is where Chromium is.
func program() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no chromium in the PATH; .ci/run installs it")
}

func TestMain(m *testing.M) {
	code := m.Run()
	if stopBrowser != nil {
		stopBrowser()
	}
	os.Exit(code)
}

// tab is a tab of the browser, with what went wrong in it.
type tab struct {
	t    *testing.T
	ctx  context.Context
	site *site
	// mute tells that pages run no script, and so neither does axe-core.
	mute bool

	mu     sync.Mutex
	faults []string
	asked  int  // how often the browser has asked whether to leave a page with what was typed
	stays  bool // the answer to that
}

// patience is how long a page may take on a busy machine; no test measures time.
const patience = 30 * time.Second

// open opens a tab with a language: en or de. Without a browser the test is skipped, or fails if CRM_TEST_REQUIRE has
// browser. What goes wrong in a page is a failure of the test, at its end.
func (s *site) open(t *testing.T, lang string) *tab {
	t.Helper()
	browser, err := chromium()
	if err != nil {
		if strings.Contains(os.Getenv("CRM_TEST_REQUIRE"), "browser") {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	b := &tab{t: t, site: s}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	b.ctx = ctx
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{
		Headers: network.Headers{"Accept-Language": lang},
	}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.check)
	return b
}

func (b *tab) fault(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = append(b.faults, text)
}

// check fails the test for what has gone wrong since the last check.
func (b *tab) check() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.faults {
		b.t.Error(f)
	}
	b.faults = nil
}

// do runs steps, which fail the test.
func (b *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%s at %s: %v\n%s", what, b.where(), err, b.text("main"))
	}
}

// ask runs an action that has a value.
func ask[T any](b *tab, what string, a chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
	return v
}

// where is the address that the tab shows, and text what stands in an element; for messages, so that they never fail.
func (b *tab) where() string {
	at, _ := chromedp.Run(b.ctx, chromedp.Location())
	return at
}

func (b *tab) text(selector string) string {
	text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string]("document.querySelector("+quote(selector)+")?.innerText ?? ''"))
	return text
}

// visit goes to a page.
func (b *tab) visit(path string) {
	b.t.Helper()
	b.do("visit "+path, chromedp.Navigate(b.site.base+path))
}

// colours sets whether the visitor's system is light or dark. Motion is reduced, so that nothing is looked at half-way.
func (b *tab) colours(scheme string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	if err != nil {
		b.t.Fatal(err)
	}
}
