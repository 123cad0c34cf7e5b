package assistant_test

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/api"
	"github.com/getklar/influencercrm/examples/server/assistant"
	"github.com/getklar/influencercrm/examples/server/database"
	"github.com/getklar/influencercrm/examples/server/internal/testdb"
)

// What one process has proposed, another one applies; and if both do, it is done once.
func TestProcesses(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		testProcesses(t, filepath.Join(t.TempDir(), "crm.db"))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		testProcesses(t, testdb.Schema(t))
	})
}

func testProcesses(t *testing.T, dsn string) {
	t.Helper()
	var clients [2]client
	var s *shop
	for n := range clients {
		db := must(database.Open(t.Context(), dsn, slog.New(slog.DiscardHandler)))(t)
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		if n == 0 {
			s = newShopOn(t, db.Store, nil)
		}
		process := &shop{T: t, crm: crm.New(db.Store, &crm.Options{Now: s.crm.Now}), admin: s.admin}
		o := s.options(api.Write)
		o.Proposals = assistant.Proposals(db.State)
		clients[n] = process.connect(o)
	}
	propose := func() args {
		r := s.ask(clients[0], "propose_change", args{"steps": []args{
			{"op": "create", "kind": "campaign", "fields": args{"name": uuid.NewString()}},
		}})
		return args{"workspace": s.ws.ID.String(), "proposal": r.at("proposal"), "digest": r.at("digest")}
	}
	for range 5 {
		agreed, before := propose(), head(t, s)
		replies := make(chan reply, len(clients))
		for _, c := range clients {
			go func() { replies <- c.ask("apply_proposal", agreed) }()
		}
		units := map[uuid.UUID]bool{}
		for range clients {
			if r := <-replies; !r.refused {
				units[r.id(t, "unit")] = true
			}
		}
		if after := head(t, s); len(units) != 1 || after != before+1 {
			t.Errorf("%d units, and the log went from %d to %d", len(units), before, after)
		}
		if r := clients[1].ask("apply_proposal", agreed); r.refused || !units[r.id(t, "unit")] {
			t.Errorf("once more: %s", r.text)
		}
	}
	agreed := propose()
	agreed["workspace"] = s.other.ID.String()
	if r := clients[1].ask("apply_proposal", agreed); !r.refused || !strings.Contains(r.text, "no such proposal") {
		t.Errorf("from another workspace: %s", r.text)
	}
}
