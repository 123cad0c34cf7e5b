package webhook

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
)

// counted counts what is read from a store.
type counted struct {
	crm.Store
	crm.AdminStore
	reads, heads atomic.Int64
}

func (c *counted) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	c.reads.Add(1)
	return c.Store.View(ctx, ws, fn)
}

func (c *counted) Reader(ws crm.WorkspaceID) crm.Reader {
	c.reads.Add(1)
	return c.Store.Reader(ws)
}

func (c *counted) Heads(ctx context.Context, after crm.WorkspaceID, limit int) ([]crm.Head, error) {
	c.heads.Add(1)
	return c.AdminStore.Heads(ctx, after, limit)
}

// While nothing happens, a look reads the ends of the logs in one statement, and neither workspaces nor webhooks; what happens
// in one workspace has it read the webhooks of that one.
func TestIdle(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		ctx := t.Context()
		received := atomic.Int64{}
		receiver := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { received.Add(1) }))
		defer receiver.Close()
		db := testdb.Open(t, dsn)
		store := &counted{Store: db.Store, AdminStore: db.Store}
		service, admin := crm.New(store, nil), crm.NewAdmin(store, nil)
		now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
		h := New(db.State, service, admin, Options{
			Private: true, Now: func() time.Time { return now }, Logger: slog.New(slog.DiscardHandler),
		})
		var shops []crm.WorkspaceID
		for n := range 10 {
			ws, err := admin.CreateWorkspace(ctx, crm.Workspace{Name: fmt.Sprint(n), Currency: "EUR"})
			if err != nil {
				t.Fatal(err)
			}
			shops = append(shops, ws.ID)
			if _, err := h.Create(ctx, ws.ID, Draft{URL: receiver.URL}); err != nil {
				t.Fatal(err)
			}
		}
		round := func() {
			t.Helper()
			if err := h.Round(ctx); err != nil {
				t.Fatal(err)
			}
		}
		round()
		round()
		store.reads.Store(0)
		store.heads.Store(0)
		for range 5 {
			round()
		}
		if reads, heads := store.reads.Load(), store.heads.Load(); reads != 0 || heads != 5 {
			t.Errorf("5 looks read %d times in workspaces, and heads %d times", reads, heads)
		}
		if _, err := service.CreateMember(ctx, shops[3], crm.Member{Name: "Pam"}); err != nil {
			t.Fatal(err)
		}
		heads, err := h.heads(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.stirMoved(ctx, heads); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{shops[3].String()}, h.takeStirred()); diff != "" {
			t.Errorf("workspaces to look at (-want +got):\n%s", diff)
		}
		h.stir(shops[3].String())
		round()
		if received.Load() != 1 {
			t.Errorf("%d messages", received.Load())
		}
		// A minute later all are looked at, as another process may have left something.
		if err := h.Round(ctx); err != nil || len(h.takeStirred()) != 0 {
			t.Errorf("something is left: %v", err)
		}
		now = now.Add(fullLook)
		if err := h.stirMoved(ctx, heads); err != nil {
			t.Fatal(err)
		}
		if got := h.takeStirred(); len(got) != len(shops) {
			t.Errorf("after a minute %d workspaces are looked at, of %d", len(got), len(shops))
		}
	})
}
