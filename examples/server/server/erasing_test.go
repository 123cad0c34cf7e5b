package server_test

import (
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/imports"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
	"github.com/getklar/influencercrm/examples/server/server"
	"github.com/getklar/influencercrm/examples/server/state"
	"github.com/getklar/influencercrm/examples/server/webhook"
)

// keeper is a server of which a test looks at all that it keeps itself.
type keeper struct {
	*host
	db  *state.DB
	dsn string
}

func newKeeper(t *testing.T, dsn string) *keeper {
	t.Helper()
	db := testdb.Open(t, dsn)
	quiet := slog.New(slog.DiscardHandler)
	service := crm.New(db.Store, nil)
	sheets := imports.New(service, db.State, &imports.Options{Logger: quiet})
	handler, err := server.Handler(service, server.Options{
		Admin: crm.NewAdmin(db.Store, nil), State: db.State, Logger: quiet, Imports: sheets,
		Webhooks: webhook.New(db.State, service, crm.NewAdmin(db.Store, nil), webhook.Options{Private: true, Logger: quiet}),
	})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(handler)
	t.Cleanup(func() {
		s.Close()
		if err := sheets.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	return &keeper{&host{t, service, s.URL}, db.State, dsn}
}

// fill makes a workspace of which each table has something, and returns its path and that of a member.
func (k *keeper) fill(name string) (ws, member string) {
	k.Helper()
	ws = k.workspace(name)
	id, err := crm.ParseID[crm.Workspace](ws[strings.LastIndex(ws, "/")+1:])
	if err != nil {
		k.Fatal(err)
	}
	made := k.call("POST", ws+"/members", `{"name":"Pam"}`, "Idempotency-Key", "k")
	var body strings.Builder
	w := multipart.NewWriter(&body)
	file, err := w.CreateFormFile("file", "plan.csv")
	if err == nil {
		_, err = io.WriteString(file, "Influencer,Platform,Campaign,Posting date,Fee,Responsible\nIda,Instagram,Sale,2026-06-01,100,Pam\n")
	}
	if err := w.Close(); err != nil {
		k.Fatal(err)
	}
	if err != nil {
		k.Fatal(err)
	}
	plan := k.call("POST", ws+"/imports/plans", body.String(), "Content-Type", w.FormDataContentType())
	if _, err := k.db.Exec(k.Context(), "keep choices", `INSERT INTO server_import_choices (workspace, header_key, choices, names, names_lost, kept_at)
		VALUES ($1, 'h', '{}', '["Pam"]', 0, 0)`, id.String()); err != nil {
		k.Fatal(err)
	}
	hook := k.call("POST", ws+"/webhooks", `{"url":"http://127.0.0.1:1/"}`)
	if made.status != 201 || plan.status != 201 || hook.status != 201 {
		k.Fatalf("%+v\n%+v\n%+v", made, plan, hook)
	}
	now := time.Now()
	if err := k.db.AddProposal(k.Context(), state.Proposal{ID: uuid.New(), Workspace: id, Steps: []byte(`["Pam"]`), ExpiresAt: now.Add(time.Hour)}, now); err != nil {
		k.Fatal(err)
	}
	if err := k.db.SaveView(k.Context(), id, "influencers", state.View{Name: "Pam's", Query: "text=pam", Searches: true}); err != nil {
		k.Fatal(err)
	}
	if _, err := k.db.Exec(k.Context(), "send", `INSERT INTO server_deliveries (id, webhook, first_seq, last_seq, kinds, state, replay, attempts, status,
		problem, created_at, begun_at, due_at, finished_at) VALUES ($1, $2, 1, 1, '', 'pending', 0, 0, 0, '', 0, 0, 0, 0)`,
		uuid.NewString(), k.field(hook, "id")); err != nil {
		k.Fatal(err)
	}
	return ws, ws + "/members/" + k.field(made, "id")
}

// rows counts the rows of all tables of the server that are about workspaces.
func (k *keeper) rows() map[string]int {
	k.Helper()
	list := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if strings.HasPrefix(k.dsn, "postgres") {
		list = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	}
	var tables []string
	if err := k.db.Select(k.Context(), "list tables", &tables, list); err != nil {
		k.Fatal(err)
	}
	rows := map[string]int{}
	for _, table := range tables {
		switch {
		case !strings.HasPrefix(table, "server_"), table == "server_migrations", table == "server_tokens", table == "server_sessions":
			continue
		}
		var n int
		if _, err := k.db.Get(k.Context(), "count", &n, "SELECT COUNT(*) FROM "+table); err != nil {
			k.Fatal(err)
		}
		rows[table] = n
	}
	return rows
}

// A deleted workspace is in no table any more, and others are in all of them as before.
func TestDeletedWorkspaceIsInNoTable(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		k := newKeeper(t, dsn)
		k.fill("South")
		want := k.rows()
		for table, n := range want {
			if n == 0 {
				t.Errorf("nothing is in %s, so this test does not see whether it is removed", table)
			}
		}
		north, _ := k.fill("North")
		if a := k.call("DELETE", north, "", "If-Match", `"1"`); a.status != 204 {
			t.Fatalf("%+v", a)
		}
		if diff := cmp.Diff(want, k.rows()); diff != "" {
			t.Errorf("rows (-want +got):\n%s", diff)
		}
		// What a call has left that failed after the deletion goes when it is sent again.
		id := north[strings.LastIndex(north, "/")+1:]
		if err := k.db.AddPlan(t.Context(), state.Plan{PlanKey: state.PlanKey{Workspace: id, ID: "left"}, ExpiresAt: 1}, 0,
			func(state.PlanSizes) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if a := k.call("DELETE", north, "", "If-Match", `"1"`); a.status != 404 {
			t.Errorf("again: %+v", a)
		}
		if diff := cmp.Diff(want, k.rows()); diff != "" {
			t.Errorf("rows after the second call (-want +got):\n%s", diff)
		}
	})
}

// An erased person is in no plan, file or proposal of the workspace any more. A preview removes nothing.
func TestErasedPersonIsInNoPlan(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, dsn string) {
		k := newKeeper(t, dsn)
		k.fill("South")
		one := k.rows()
		_, pam := k.fill("North")
		both := k.rows()
		for _, query := range []string{"?dry_run=true", "?dry_run=&dry_run=true"} {
			if a := k.call("POST", pam+"/erase"+query, "", "If-Match", `"1"`); a.status != 200 {
				t.Fatalf("%+v", a)
			}
		}
		if diff := cmp.Diff(both, k.rows()); diff != "" {
			t.Errorf("after a preview (-want +got):\n%s", diff)
		}
		if a := k.call("POST", pam+"/erase", "", "If-Match", `"1"`); a.status != 200 {
			t.Fatalf("%+v", a)
		}
		for _, table := range []string{"server_plans", "server_plan_files", "server_plan_rows", "server_proposals", "server_views"} {
			both[table] = one[table]
		}
		if diff := cmp.Diff(both, k.rows()); diff != "" {
			t.Errorf("after the erasure (-want +got):\n%s", diff)
		}
	})
}
