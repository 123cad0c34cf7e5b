package shops

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/postgres"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// engine opens the same empty database each time that it is called in a test: what a program's main does.
type engine func(*testing.T) (writer, readers *sql.DB, store Store)

// onBoth runs a test of the host on SQLite and on PostgreSQL.
func onBoth(t *testing.T, test func(*testing.T, engine)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		file := filepath.Join(t.TempDir(), "shops.db")
		test(t, func(t *testing.T) (writer, readers *sql.DB, store Store) {
			writer, readers, err := sqlite.Pools(t.Context(), file)
			if err != nil {
				t.Fatal(err)
			}
			o := &sqlite.Options{Prefix: "influencer_", BusyTimeout: time.Second}
			s, err := sqlite.New(t.Context(), writer, readers, o)
			if err != nil {
				t.Fatal(err)
			}
			return writer, readers, s
		})
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		dsn := emptySchema(t)
		test(t, func(t *testing.T) (writer, readers *sql.DB, store Store) {
			db, err := postgres.Pool(dsn)
			if err != nil {
				t.Fatal(err)
			}
			s, err := postgres.New(t.Context(), db, &postgres.Options{Prefix: "influencer_", BusyTimeout: time.Second})
			if err != nil {
				t.Fatal(err)
			}
			return db, db, s
		})
	})
}

// emptySchema makes a schema on the server that CRM_TEST_POSTGRES_DSN names, which goes after the test, and returns the DSN
// of a database in which it is the only one.
func emptySchema(t *testing.T) string {
	t.Helper()
	dsn := os.Getenv("CRM_TEST_POSTGRES_DSN")
	if dsn == "" {
		if strings.Contains(os.Getenv("CRM_TEST_REQUIRE"), "postgres") {
			t.Fatal("CRM_TEST_POSTGRES_DSN names no server")
		}
		t.Skip("CRM_TEST_POSTGRES_DSN names no server")
	}
	db, err := postgres.Pool(dsn)
	if err != nil {
		t.Fatal(err)
	}
	schema := "shops_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if _, err := db.ExecContext(t.Context(), "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := db.ExecContext(context.Background(), "DROP SCHEMA "+schema+" CASCADE")
		if err := errors.Join(err, db.Close()); err != nil {
			t.Error(err)
		}
	})
	switch {
	case !strings.Contains(dsn, "://"):
		return dsn + " search_path=" + schema
	case strings.Contains(dsn, "?"):
		return dsn + "&search_path=" + schema
	}
	return dsn + "?search_path=" + schema
}

// start starts a host, which is stopped by the function, and at the end of the test.
func start(t *testing.T, open engine) (h *Host, stop func()) {
	t.Helper()
	writer, readers, store := open(t)
	h, err := New(t.Context(), writer, readers, store)
	if err != nil {
		t.Fatal(err)
	}
	stop = func() {
		for _, c := range []interface{ Close() error }{store, readers, writer} {
			if err := c.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	t.Cleanup(stop)
	return h, stop
}

// newHost is a host on an empty database, with one shop for each owner.
func newHost(t *testing.T, open engine, owners ...string) (*Host, []*shop) {
	t.Helper()
	h, _ := start(t, open)
	opened := make([]*shop, len(owners))
	for n, owner := range owners {
		opened[n] = newShop(t, h, owner+"-shop", owner)
	}
	return h, opened
}

// shop is one that has a campaign, an influencer and a cooperation in June, seen by its owner over HTTP.
type shop struct {
	*testing.T
	h     *Host
	name  string
	owner string
	ws    crm.WorkspaceID
	june  crm.Cooperation
}

func newShop(t *testing.T, h *Host, name, owner string) *shop {
	t.Helper()
	s := &shop{T: t, h: h, name: name, owner: owner}
	s.ws = answer[crm.Workspace](s, http.StatusCreated, s.send("PUT", "", "")).ID
	err := h.crm.Update(context.WithValue(t.Context(), userKey{}, owner), s.ws, func(ctx context.Context, w *crm.Work) error {
		sale, err := w.CreateCampaign(ctx, crm.Campaign{Name: "Summer Sale"})
		if err != nil {
			return err
		}
		pam, err := w.CreateInfluencer(ctx, crm.Influencer{Name: "Pamela Reif", Profiles: []crm.Profile{{
			Platform: "Instagram", Handle: "@pamela_rf", Rules: []discount.Rule{{Match: discount.Equals, Pattern: "PAM10"}},
		}}})
		if err != nil {
			return err
		}
		saved, err := w.CreateCooperation(ctx, crm.Cooperation{
			Campaign: sale.ID, Influencer: pam.ID, Profile: pam.Profiles[0].ID,
			Period: budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")},
		})
		s.june = saved.Cooperation
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// send sends a request about the shop; more are the names and values of headers.
func (s *shop) send(method, path, body string, more ...string) *httptest.ResponseRecorder {
	s.Helper()
	r := httptest.NewRequestWithContext(s.Context(), method, "/shops/"+s.name+path, strings.NewReader(body))
	r.Header.Set("X-User", s.owner)
	for n := 0; n < len(more); n += 2 {
		r.Header.Set(more[n], more[n+1])
	}
	w := httptest.NewRecorder()
	s.h.Routes().ServeHTTP(w, r)
	return w
}

// answer reads what came with the status that is wanted.
func answer[T any](s *shop, status int, w *httptest.ResponseRecorder) T {
	s.Helper()
	want := "application/json"
	if status >= http.StatusBadRequest {
		want = "application/problem+json"
	}
	if got := w.Header().Get("Content-Type"); w.Code != status || got != want {
		s.Fatalf("got %d %s, want %d %s: %s", w.Code, got, status, want, w.Body)
	}
	var v T
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		s.Fatalf("%v: %s", err, w.Body)
	}
	return v
}

// august is what a client sends to book the influencer for August.
func (s *shop) august() string {
	return `{"campaign":"` + s.june.Campaign.String() + `","influencer":"` + s.june.Influencer.String() +
		`","profile":"` + s.june.Profile.String() + `","period":{"start":"2026-08-01","end":"2026-08-31"}}`
}

func (s *shop) at(c crm.Cooperation) string { return "/cooperations/" + c.ID.String() }
