package storagetest

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/utm"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// shop is one workspace of the store under test, with what should be in it. It starts with two
// members, campaigns and influencers for other records to refer to, and an empty log. The first ids
// of any two shops are the same.
type shop struct {
	*env
	id          crm.WorkspaceID
	members     []crm.MemberID
	campaigns   []crm.CampaignID
	influencers []crm.InfluencerID

	made  int                    // ids made so far
	model map[crm.Ref]crm.Record // what the store should hold
}

// shop makes a workspace.
func (e *env) shop() *shop {
	e.Helper()
	e.shops++
	s := &shop{env: e, id: crm.WorkspaceID(number(0, e.shops)), model: map[crm.Ref]crm.Record{}}
	e.must("CreateWorkspace", e.store.CreateWorkspace(e.ctx, plainWorkspace(s.id), nil))
	for n := range 2 {
		m := crm.Member{ID: crm.MemberID(s.newID()), Version: 1, Name: fmt.Sprintf("Member %d", n)}
		c := crm.Campaign{ID: crm.CampaignID(s.newID()), Version: 1, Name: fmt.Sprintf("Campaign %d", n)}
		i := crm.Influencer{ID: crm.InfluencerID(s.newID()), Version: 1, Name: fmt.Sprintf("Influencer %d", n), Tags: partnerTags[n : n+2]}
		for p, platform := range platforms[n : n+2] {
			i.Profiles = append(i.Profiles, crm.Profile{ID: s.profileOf(n, p), Platform: platform})
		}
		s.members, s.campaigns, s.influencers = append(s.members, m.ID), append(s.campaigns, c.ID), append(s.influencers, i.ID)
		s.insert(m, c, i)
	}
	return s
}

// partnerTags are tags of the influencers that a shop starts with: one each, and one that both have.
var partnerTags = []string{"VIP", "Strauß", "100%"}

// profileOf is the nth profile of one of the influencers that a shop starts with.
func (s *shop) profileOf(influencer, n int) crm.ProfileID {
	return crm.ProfileID(number(7, 10*influencer+n))
}

// plainWorkspace is a workspace as most shops have it.
func plainWorkspace(id crm.WorkspaceID) crm.Workspace {
	return crm.Workspace{
		ID: id, Version: 1, Name: "Shop", Currency: "EUR", TimeZone: "Europe/Berlin", UTM: utm.Recommended(),
		Forecast:     crm.ForecastWeights{Negotiating: decimal.New(5, -1), Draft: decimal.New(1, -1)},
		IgnoredCodes: []string{}, MonthBudgets: map[budget.Month]budget.Money{},
	}
}

// newID returns an id that is larger than all before.
func (s *shop) newID() uuid.UUID {
	s.made++
	return number(1, s.made)
}

// view reads, and ends the subtest if that fails.
func (s *shop) view(fn func(context.Context, crm.Reader) error) {
	s.Helper()
	s.must("View", s.store.View(s.ctx, s.id, fn))
}

// try writes and returns what came of it.
func (s *shop) try(fn func(context.Context, crm.Tx) error) error {
	return s.store.Update(s.ctx, s.id, fn)
}

// update writes, and ends the subtest if that fails.
func (s *shop) update(fn func(context.Context, crm.Tx) error) {
	s.Helper()
	s.must("Update", s.try(fn))
}

// insert adds records to the store and to the model.
func (s *shop) insert(records ...crm.Record) {
	s.Helper()
	s.must("Insert", s.tryInsert(records...))
	for _, r := range records {
		s.model[r.Ref()] = stored(r)
	}
}

func (s *shop) tryInsert(records ...crm.Record) error {
	return s.try(func(ctx context.Context, tx crm.Tx) error { return tx.Insert(ctx, records...) })
}

// change updates a record that is there in the store and in the model.
func (s *shop) change(r crm.Record) {
	s.Helper()
	s.must("Update", s.tryChange(r))
	s.model[r.Ref()] = stored(backend.AtRevision(r, r.Revision()+1))
}

func (s *shop) tryChange(r crm.Record) error {
	return s.try(func(ctx context.Context, tx crm.Tx) error { return tx.Update(ctx, r) })
}

// remove deletes a record from the store and from the model.
func (s *shop) remove(r crm.Record) {
	s.Helper()
	s.must("Delete", s.tryRemove(r))
	delete(s.model, r.Ref())
}

func (s *shop) tryRemove(r crm.Record) error {
	return s.try(func(ctx context.Context, tx crm.Tx) error { return tx.Delete(ctx, r) })
}

// log appends changes in a unit of work of their own.
func (s *shop) log(changes ...crm.Change) {
	s.Helper()
	s.update(func(ctx context.Context, tx crm.Tx) error { return tx.Append(ctx, changes) })
}

// records returns what the model holds of a kind, by id.
func (s *shop) records(k crm.Kind) []crm.Record {
	all := []crm.Record{}
	for ref, r := range s.model {
		if ref.Kind == k {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, byID)
	return all
}

func byID(a, b crm.Record) int {
	x, y := a.Ref().ID, b.Ref().ID
	return bytes.Compare(x[:], y[:])
}

// contents is everything that a workspace holds.
type contents struct {
	Workspace crm.Workspace
	Records   map[crm.Kind][]crm.Record
	Claims    []crm.Claim
	Changes   []crm.Change
	Head      crm.Head
}

// contents reads everything in one View.
func (s *shop) contents() contents {
	s.Helper()
	var all contents
	s.view(func(ctx context.Context, r crm.Reader) (err error) {
		all, err = readAll(ctx, r)
		return err
	})
	return all
}

// readAll reads everything that a reader shows.
func readAll(ctx context.Context, r crm.Reader) (all contents, err error) {
	if all.Workspace, err = r.Workspace(ctx); err != nil {
		return all, err
	}
	all.Records = map[crm.Kind][]crm.Record{}
	for _, k := range kinds() {
		if all.Records[k.name], err = k.everything(ctx, r); err != nil {
			return all, fmt.Errorf("list of %ss: %w", k.name, err)
		}
	}
	if all.Claims, err = r.Claims(ctx, crm.ClaimFilter{}); err != nil {
		return all, err
	}
	if all.Changes, err = readLog(ctx, r, crm.ChangeFilter{}, crm.MaxPageSize); err != nil {
		return all, err
	}
	all.Head, err = r.Head(ctx)
	return all, err
}

// readLog reads all changes that a filter selects, a limited number at a time.
func readLog(ctx context.Context, r crm.Reader, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	all := []crm.Change{}
	for {
		some, err := r.Changes(ctx, f, limit)
		if err != nil || len(some) == 0 {
			return all, err
		}
		if len(some) > limit || some[0].Seq <= f.After {
			return all, fmt.Errorf("Changes after %d with limit %d returned %d from %d on", f.After, limit, len(some), some[0].Seq)
		}
		all = append(all, some...)
		f.After = some[len(some)-1].Seq
	}
}

// check compares everything that the store holds of records and claims with the model.
func (s *shop) check(what string) {
	s.Helper()
	got := s.contents()
	for _, k := range kinds() {
		s.same(fmt.Sprintf("%s: %ss", what, k.name), got.Records[k.name], s.records(k.name))
	}
	s.same(what+": claims", got.Claims, s.claims())
}
