package sidebyside_test

import (
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// TestMain halves the number of cases that rapid tries if it is not told otherwise by -rapid.checks: each of them compares
// whole workspaces, several times.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "50"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// Whatever is done through Service, over memory and over a database, gives the same answers, the same
// errors and the same workspace, and the workspace never contradicts itself.
func TestStoresSideBySide(t *testing.T) {
	t.Parallel()
	for name, other := range stores(t) {
		if name == "memory" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inMemory, n := inMemory(), 0
			rapid.Check(t, func(t *rapid.T) {
				n++
				p := newPair(t, n, inMemory, other)
				p.begin()
				for range rapid.IntRange(1, 5).Draw(t, "units") {
					p.work()
					p.compare()
				}
				p.comparePast()
				p.end()
			})
		})
	}
}

// pair is one workspace in two stores. Both sides have the same clock and make the same ids.
type pair struct {
	*rapid.T
	ctx  context.Context
	now  time.Time
	a, b side
}

// side is the workspace in one of the stores.
type side struct {
	admin *crm.Admin
	crm   *crm.Service
	ws    crm.WorkspaceID
}

type actorKey struct{}

func newPair(t *rapid.T, n int, a, b storagetest.Backend) *pair {
	p := &pair{T: t, ctx: context.Background(), now: time.Date(2026, 5, 20, 10, 0, 0, 123456789, time.UTC)}
	p.a, p.b = p.open(n, a), p.open(n, b)
	return p
}

// open makes the nth workspace of a store.
func (p *pair) open(n int, store storagetest.Backend) side {
	options := p.options()
	s := side{admin: crm.NewAdmin(store, options), crm: crm.New(store, options)}
	w, err := s.admin.CreateWorkspace(p.ctx, crm.Workspace{ID: crm.WorkspaceID(numbered(uint32(n))), Name: "Shop",
		Currency: "EUR", TimeZone: "Europe/Berlin"})
	if err != nil {
		p.Fatalf("%v", err)
	}
	s.ws = w.ID
	return s
}

// options are a clock and ids of a side's own.
func (p *pair) options() *crm.Options {
	return &crm.Options{
		Now:   func() time.Time { return p.now },
		NewID: scatteredIDs(),
		Actor: func(ctx context.Context) string { actor, _ := ctx.Value(actorKey{}).(string); return actor },
	}
}

// begin gives the workspaces something to work on.
func (p *pair) begin() {
	june := budget.Period{Start: budget.MustParseDate("2026-06-01"), End: budget.MustParseDate("2026-06-30")}
	p.both("beginning", func(s side) (any, error) {
		return nil, s.crm.Update(p.ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
			mira, err := w.CreateMember(ctx, crm.Member{Name: "Mira"})
			if err != nil {
				return err
			}
			var campaigns []crm.Campaign
			for _, name := range []string{"June 2026", "Summer"} {
				c, err := w.CreateCampaign(ctx, crm.Campaign{Name: name, Budget: budget.FromMinor(500_00, "EUR"), Period: june})
				if err != nil {
					return err
				}
				campaigns = append(campaigns, c)
			}
			for n, name := range []string{"Pam", "Emma", "Straße"} {
				i, err := w.CreateInfluencer(ctx, crm.Influencer{Name: name, Responsible: mira.ID, Profiles: []crm.Profile{
					{Platform: "Instagram", Handle: name, Rules: []discount.Rule{{Match: discount.Equals, Pattern: goodCodes[n+2]}}},
				}})
				if err != nil {
					return err
				}
				_, err = w.CreateCooperation(ctx, crm.Cooperation{
					Campaign: campaigns[n%2].ID, Influencer: i.ID, Profile: i.Profiles[0].ID, Period: june, Cost: budget.FromMinor(100_00, "EUR"),
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// end takes the workspaces away, so that the stores stay small.
func (p *pair) end() {
	for _, s := range []side{p.a, p.b} {
		if err := s.admin.DeleteWorkspace(p.ctx, s.ws); err != nil {
			p.Fatalf("%v", err)
		}
	}
}

// scatteredIDs makes ids whose order is not that of their making.
func scatteredIDs() func() uuid.UUID {
	n := uint32(0)
	return func() uuid.UUID {
		n++
		return numbered(n * 2654435761)
	}
}

func numbered(n uint32) uuid.UUID {
	id := uuid.UUID{0: 1, 6: 0x70, 8: 0x80}
	binary.BigEndian.PutUint32(id[12:], n)
	return id
}

// work does a few things in one unit of work, on both sides.
func (p *pair) work() {
	p.now = p.now.Add(time.Duration(rapid.Int64Range(-1, 40*24).Draw(p.T, "hours")) * time.Hour)
	p.ctx = context.WithValue(p.ctx, actorKey{}, rapid.SampledFrom([]string{"", "mira", "Jörg <j@shop.example>"}).Draw(p.T, "actor"))
	g := p.generator()
	var operations []operation
	for range rapid.IntRange(1, 5).Draw(p.T, "operations") {
		operations = append(operations, g.operation())
	}
	dry := rapid.IntRange(0, 5).Draw(p.T, "dry run") == 0
	var giveUp error
	if rapid.IntRange(0, 9).Draw(p.T, "gives up") == 0 {
		giveUp = errors.New("the host changes its mind")
	}
	var done [2][]outcome
	var errs [2]error
	for n, s := range []side{p.a, p.b} {
		service, before := s.crm, p.head(s)
		if dry {
			service = service.DryRun()
		}
		errs[n] = service.Update(p.ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
			done[n] = nil
			for _, op := range operations {
				result, err := op.do(ctx, w)
				done[n] = append(done[n], outcome{op.name, result, err})
			}
			return giveUp
		})
		if after := p.head(s); dry && after != before {
			p.Errorf("a dry run brought the log from %+v to %+v", before, after)
		}
	}
	// A store that keeps writes back may find a taken id later than with the write, and fail a later operation with it, or
	// none. From there on the unit is doomed on both sides.
	until := min(untilTakenID(done[0]), untilTakenID(done[1]))
	p.same("unit of work", outcome{"unit of work", done[0][:until], errs[0]}, outcome{"unit of work", done[1][:until], errs[1]})
}

func (p *pair) head(s side) (head crm.Head) {
	err := s.crm.View(p.ctx, s.ws, func(ctx context.Context, r crm.Reader) (err error) {
		head, err = r.Head(ctx)
		return err
	})
	if err != nil {
		p.Fatalf("%v", err)
	}
	return head
}

// untilTakenID is how many outcomes come before the first that is a taken id.
func untilTakenID(done []outcome) int {
	for n, o := range done {
		var e *crm.Error
		if errors.As(o.Err, &e) && errors.Is(e, crm.ErrAlreadyExists) && (e.Field == "id" || e.Field == "profiles.id") {
			return n
		}
	}
	return len(done)
}

// outcome is what came of one operation.
type outcome struct {
	Operation string
	Result    any
	Err       error
}

// both does something on both sides and compares the answers.
func (p *pair) both(what string, do func(side) (any, error)) {
	a, errA := do(p.a)
	b, errB := do(p.b)
	p.same(what, outcome{what, a, errA}, outcome{what, b, errB})
}
