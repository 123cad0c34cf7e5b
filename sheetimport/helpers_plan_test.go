package sheetimport_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/sqlite"
)

// failer is what the helpers need of testing.TB and rapid.T.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// counter makes the ids 1, 2, 3 … in a range of its own.
func counter(first byte) func() uuid.UUID {
	var n atomic.Uint64
	return func() uuid.UUID {
		id := uuid.UUID{first, 6: 0x70, 8: 0x80}
		binary.BigEndian.PutUint64(id[8:], 0x8000000000000000|n.Add(1))
		return id
	}
}

// wholeStore is what the tests need of a backend.
type wholeStore interface {
	crm.Store
	crm.AdminStore
}

// shop is a workspace with a service and an importer whose clock stands still and whose ids count up.
type shop struct {
	t       failer
	ctx     context.Context
	ws      crm.WorkspaceID
	service *crm.Service
	store   wholeStore
	options sheetimport.Options
}

func newShop(t failer, store wholeStore, o *sheetimport.Options) *shop {
	t.Helper()
	ctx := context.Background()
	environment := &crm.Options{
		Now:   func() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) },
		NewID: counter(0xC0),
		Actor: func(context.Context) string { return "mira" },
	}
	ws, err := crm.NewAdmin(store, environment).CreateWorkspace(ctx, crm.Workspace{Name: "Klar & Co", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{t: t, ctx: ctx, ws: ws.ID, service: crm.New(store, environment), store: store}
	if o != nil {
		s.options = *o
	}
	s.options.NewID = counter(0xA0)
	s.options.Reimport = true
	return s
}

// memoryShop is a shop in memory.
func memoryShop(t failer, o *sheetimport.Options) *shop {
	t.Helper()
	return newShop(t, memory.New(nil), o)
}

// backends are the stores on which the golden sheets must come out alike.
var backends = map[string]func(*testing.T) wholeStore{
	"memory": func(*testing.T) wholeStore { return memory.New(nil) },
	"sqlite": func(t *testing.T) wholeStore {
		store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "crm.db"), nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := store.Close(); err != nil {
				t.Error(err)
			}
		})
		return store
	},
}

func (s *shop) importer() *sheetimport.Importer { return sheetimport.New(s.service, &s.options) }

// plan plans a sheet in CSV.
func (s *shop) plan(csv string) *sheetimport.Plan {
	s.t.Helper()
	return s.planNamed("plan.csv", csv)
}

func (s *shop) planNamed(name, csv string) *sheetimport.Plan {
	s.t.Helper()
	plan, err := s.importer().Plan(s.ctx, s.ws, csvfile.New(name, strings.NewReader(csv), nil))
	if err != nil {
		s.t.Fatal(err)
	}
	return plan
}

// bring plans a sheet and applies the plan.
func (s *shop) bring(csv string) *sheetimport.Plan {
	s.t.Helper()
	plan := s.plan(csv)
	if _, err := s.importer().Apply(s.ctx, plan); err != nil {
		s.t.Fatal(err)
	}
	return plan
}

// contents is everything that a workspace holds.
type contents struct {
	Members      []crm.Member
	Campaigns    []crm.Campaign
	Influencers  []crm.Influencer
	Cooperations []crm.Cooperation
	Runs         []crm.ImportRun
	Head         crm.Head
}

// done fails the test unless a call went well.
func (s *shop) done(_ any, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) contents() contents {
	s.t.Helper()
	var c contents
	err := s.service.View(s.ctx, s.ws, func(ctx context.Context, r crm.Reader) (err error) {
		c.Members = all(ctx, s.t, r.Members(), crm.MemberFilter{Archive: crm.ActiveOrNot})
		c.Campaigns = all(ctx, s.t, r.Campaigns(), crm.CampaignFilter{Archive: crm.ActiveOrNot})
		c.Influencers = all(ctx, s.t, r.Influencers(), crm.InfluencerFilter{Archive: crm.ActiveOrNot})
		c.Cooperations = all(ctx, s.t, r.Cooperations(), crm.CooperationFilter{Archive: crm.ActiveOrNot})
		c.Runs = all(ctx, s.t, r.ImportRuns(), crm.ImportRunFilter{})
		c.Head, err = r.Head(ctx)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func all[R crm.Record, F any](ctx context.Context, t failer, records crm.Records[R, F], f F) []R {
	t.Helper()
	var list []R
	o := crm.ListOptions{Size: crm.MaxPageSize}
	for {
		page, err := records.List(ctx, f, o)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, page.Items...)
		if page.Next == "" {
			return list
		}
		o.Token = page.Next
	}
}

// edit changes a cooperation as a person would.
func (s *shop) edit(c crm.Cooperation, change func(*crm.Cooperation)) {
	s.t.Helper()
	change(&c)
	if _, err := s.service.UpdateCooperation(s.ctx, s.ws, c, "by hand"); err != nil {
		s.t.Fatal(err)
	}
}

// account is a plan in short: "4 created: no_cost(K) -> …".
func account(p *sheetimport.Plan) []string {
	var lines []string
	for _, r := range p.Rows {
		line := fmt.Sprintf("%d %s", r.Row, r.Verdict)
		if r.Of != 0 {
			line += fmt.Sprintf(" of %d", r.Of)
		}
		for _, m := range r.Problems {
			line += " !" + m.Code + at(m.Column)
		}
		for _, m := range r.Notices {
			line += " ?" + m.Code + at(m.Column)
		}
		lines = append(lines, line)
	}
	return lines
}

func at(column string) string {
	if column == "" {
		return ""
	}
	return "@" + column
}

// checkCounts reports counts that do not add up to the rows.
func checkCounts(t failer, p *sheetimport.Plan) {
	t.Helper()
	sum := 0
	counted := map[sheetimport.Verdict]int{}
	for _, r := range p.Rows {
		counted[r.Verdict]++
	}
	for v, n := range p.Counts {
		if sum += n; counted[v] != n {
			t.Fatalf("%d rows are %s, but the count says %d", counted[v], v, n)
		}
	}
	if sum != len(p.Rows) {
		t.Fatalf("the counts add up to %d, but the sheet has %d rows", sum, len(p.Rows))
	}
}

// sorted sorts a copy.
func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}
