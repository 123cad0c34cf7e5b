package crm_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/utm"
)

// tester is what *testing.T, *testing.B and *rapid.T have in common.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// shop is a workspace in a store of its own. Its clock stands still unless a test moves it, and its
// ids are counted, so that everything in it is the same in every run.
type shop struct {
	tester
	crm   *crm.Service
	admin *crm.Admin
	store *memory.Store
	ws    crm.WorkspaceID
	now   time.Time
}

type actorKey struct{}

// as returns a context in which somebody acts.
func as(actor string) context.Context {
	return context.WithValue(context.Background(), actorKey{}, actor)
}

var ctx = as("mira@shop.example")

// newShop opens a shop that counts in EUR and lives in Berlin, at noon on 20 May 2026.
func newShop(t tester) *shop {
	t.Helper()
	s := &shop{tester: t, store: memory.New(nil), now: time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC)}
	options := &crm.Options{
		Now:   func() time.Time { return s.now },
		NewID: countIDs(),
		Actor: func(ctx context.Context) string { actor, _ := ctx.Value(actorKey{}).(string); return actor },
	}
	s.crm, s.admin = crm.New(s.store, options), crm.NewAdmin(s.store, options)
	w := must(s.admin.CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR", TimeZone: "Europe/Berlin"}))(t)
	s.ws = w.ID
	return s
}

func countIDs() func() uuid.UUID {
	var n atomic.Int64
	return func() uuid.UUID {
		return uuid.MustParse(fmt.Sprintf("018f8f5e-0000-7000-8000-%012d", n.Add(1)))
	}
}

// must returns v, or ends the test with err.
func must[T any](v T, err error) func(tester) T {
	return func(t tester) T {
		t.Helper()
		if err != nil {
			t.Fatalf("%v", err)
		}
		return v
	}
}

func (s *shop) ok(err error) {
	s.Helper()
	if err != nil {
		s.Fatalf("%v", err)
	}
}

func (s *shop) workspace() crm.Workspace {
	s.Helper()
	return must(s.crm.Workspace(ctx, s.ws))(s)
}

func (s *shop) setWorkspace(edit func(*crm.Workspace)) crm.Workspace {
	s.Helper()
	w := s.workspace()
	edit(&w)
	return must(s.crm.UpdateWorkspace(ctx, s.ws, w, ""))(s)
}

func (s *shop) member(name string) crm.Member {
	s.Helper()
	return must(s.crm.CreateMember(ctx, s.ws, crm.Member{Name: name}))(s)
}

func (s *shop) campaign(name string) crm.Campaign {
	s.Helper()
	return must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: name}))(s)
}

func (s *shop) influencer(name string, profiles ...crm.Profile) crm.Influencer {
	s.Helper()
	return must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: name, Profiles: profiles}))(s)
}

// book creates a cooperation.
func (s *shop) book(c crm.Cooperation) crm.Cooperation {
	s.Helper()
	return must(s.crm.CreateCooperation(ctx, s.ws, c))(s).Cooperation
}

// load adds a cooperation as an import does.
func (s *shop) load(c crm.Cooperation) crm.Cooperation {
	s.Helper()
	s.ok(s.crm.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) (err error) {
		c, err = w.ImportCooperation(ctx, c)
		return err
	}))
	return c
}

// edit changes a cooperation from its stored state.
func (s *shop) edit(id crm.CooperationID, reason string, change func(*crm.Cooperation)) (crm.Saved, error) {
	s.Helper()
	c := s.cooperation(id)
	change(&c)
	return s.crm.UpdateCooperation(ctx, s.ws, c, reason)
}

func (s *shop) cooperation(id crm.CooperationID) crm.Cooperation {
	s.Helper()
	return must(s.crm.Cooperation(ctx, s.ws, id))(s)
}

func (s *shop) changes() []crm.Change {
	s.Helper()
	return must(s.crm.Changes(ctx, s.ws, 0, crm.MaxPageSize))(s)
}

func (s *shop) head() crm.Head {
	s.Helper()
	var head crm.Head
	s.ok(s.crm.View(ctx, s.ws, func(ctx context.Context, r crm.Reader) (err error) {
		head, err = r.Head(ctx)
		return err
	}))
	return head
}

// values tells go-cmp which types are compared with ==.
var values = cmpopts.EquateComparable(budget.Date{}, budget.Month{}, budget.Money{})

// Short ways to write values.

var day = budget.MustParseDate

func days(start, end string) budget.Period {
	var p budget.Period
	if start != "" {
		p.Start = day(start)
	}
	if end != "" {
		p.End = day(end)
	}
	return p
}

func eur(cents int64) budget.Money { return budget.FromMinor(cents, "EUR") }

func equals(code string) discount.Rule {
	return discount.Rule{Match: discount.Equals, Pattern: code}
}

func rule(match discount.Match, pattern string) discount.Rule {
	return discount.Rule{Match: match, Pattern: pattern}
}

func template(p utm.Params) utm.Template {
	t, err := utm.ParseTemplate(p)
	if err != nil {
		panic(err)
	}
	return t
}

var _ tester = testing.TB(nil)

// work runs a unit of work.
func (s *shop) work(fn func(*crm.Work) error) error {
	s.Helper()
	return s.crm.Update(ctx, s.ws, func(_ context.Context, w *crm.Work) error { return fn(w) })
}
