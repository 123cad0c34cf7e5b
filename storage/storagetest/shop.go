package storagetest

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
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
		m, c, i := s.member(fmt.Sprintf("Member %d", n)), s.campaign(fmt.Sprintf("Campaign %d", n)), s.influencer()
		i.Name, i.Tags = fmt.Sprintf("Influencer %d", n), partnerTags[n:n+2]
		i.Category = partnerCategories[n]
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

// partnerCategories are the categories of the influencers that a shop starts with.
var partnerCategories = []string{"Beauty", "Ünderground"}

// profileOf is the nth profile of one of the influencers that a shop starts with.
func (s *shop) profileOf(influencer, n int) crm.ProfileID {
	return crm.ProfileID(number(7, 10*influencer+n))
}

// isBase reports whether a record is one that the shop started with.
func (s *shop) isBase(r crm.Record) bool {
	id := r.Ref().ID
	return slices.Contains(s.members, crm.MemberID(id)) || slices.Contains(s.campaigns, crm.CampaignID(id)) ||
		slices.Contains(s.influencers, crm.InfluencerID(id))
}

// newID returns an id that is larger than all before.
func (s *shop) newID() uuid.UUID {
	s.made++
	return number(1, s.made)
}

// member, campaign, influencer, cooperation and importRun are new records with as little in them as possible.
func (s *shop) member(name string) crm.Member {
	return crm.Member{ID: crm.MemberID(s.newID()), Version: 1, Name: name}
}

func (s *shop) campaign(name string) crm.Campaign {
	return crm.Campaign{ID: crm.CampaignID(s.newID()), Version: 1, Name: name}
}

// influencer has one profile for each platform and handle.
func (s *shop) influencer(platformsAndHandles ...string) crm.Influencer {
	i := crm.Influencer{ID: crm.InfluencerID(s.newID()), Version: 1, Name: "Mira"}
	for pair := range slices.Chunk(platformsAndHandles, 2) {
		i.Profiles = append(i.Profiles, crm.Profile{ID: crm.ProfileID(s.newID()), Platform: pair[0], Handle: pair[1]})
	}
	return i
}

func (s *shop) cooperation() crm.Cooperation {
	return crm.Cooperation{
		ID: crm.CooperationID(s.newID()), Version: 1,
		Campaign: s.campaigns[0], Influencer: s.influencers[0], Responsible: s.members[0],
	}
}

func (s *shop) importRun(source string) crm.ImportRun {
	return crm.ImportRun{ID: crm.ImportRunID(s.newID()), Version: 1, Source: source}
}

// withRecords inserts records of a kind so that their ids are in no order, and some sort keys are equal.
func (s *shop) withRecords(k kind, n int) *shop {
	s.Helper()
	all := make([]crm.Record, n)
	for i := range all {
		all[i] = k.sample(s, i)
	}
	d := newDraw(s, 7)
	d.Shuffle(n, func(i, j int) { all[i], all[j] = all[j], all[i] })
	s.insert(all...)
	return s
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

// expect notes in the model what the store should hold.
func (s *shop) expect(records ...crm.Record) {
	for _, r := range records {
		s.model[r.Ref()] = stored(r)
	}
}

// insert adds records to the store and to the model.
func (s *shop) insert(records ...crm.Record) {
	s.Helper()
	s.must("Insert", s.tryInsert(records...))
	s.expect(records...)
}

func (s *shop) tryInsert(records ...crm.Record) error {
	return s.try(func(ctx context.Context, tx crm.Tx) error { return tx.Insert(ctx, records...) })
}

// change updates a record that is there in the store and in the model.
func (s *shop) change(r crm.Record) {
	s.Helper()
	s.must("Update", s.tryChange(r))
	s.expect(backend.AtRevision(r, r.Revision()+1))
}

func (s *shop) tryChange(r crm.Record) error {
	return s.try(func(ctx context.Context, tx crm.Tx) error { return tx.Update(ctx, nil, r) })
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

func ids(records ...crm.Record) []uuid.UUID {
	all := make([]uuid.UUID, len(records))
	for n, r := range records {
		all[n] = r.Ref().ID
	}
	return all
}

// inUse reports whether the model has a reference to a record.
func (s *shop) inUse(r crm.Record) bool {
	for _, each := range s.model {
		switch each := each.(type) {
		case crm.Influencer:
			if crm.RefTo(each.Responsible) == r.Ref() {
				return true
			}
		case crm.Cooperation:
			if slices.Contains([]crm.Ref{crm.RefTo(each.Responsible), crm.RefTo(each.Campaign), crm.RefTo(each.Influencer)}, r.Ref()) {
				return true
			}
		}
	}
	return false
}

// claims derives from the model what the store should return.
func (s *shop) claims() []crm.Claim {
	all := []crm.Claim{}
	for _, r := range s.records(crm.KindCooperation) {
		all = append(all, crm.ClaimsOf(r.(crm.Cooperation))...)
	}
	slices.SortFunc(all, func(a, b crm.Claim) int {
		return cmp.Or(a.From.Compare(b.From), a.Cooperation.Compare(b.Cooperation), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	return all
}

// planRows derives from the model what the store should return, by cooperation.
func (s *shop) planRows() []crm.PlanRow {
	all := []crm.PlanRow{}
	for _, r := range s.records(crm.KindCooperation) {
		c := r.(crm.Cooperation)
		all = append(all, crm.PlanRowOf(c, s.model[crm.RefTo(c.Influencer)].(crm.Influencer)))
	}
	return all
}

// contents is everything that a workspace holds.
type contents struct {
	Workspace crm.Workspace
	Records   map[crm.Kind][]crm.Record
	Claims    []crm.Claim
	PlanRows  []crm.PlanRow // by cooperation
	PlanSums  []crm.PlanSum
	Changes   []crm.Change
	Head      crm.Head
}

// contents reads everything in one View.
func (s *shop) contents() (all contents) {
	s.Helper()
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
	for _, k := range kinds {
		if all.Records[k.name], err = k.everything(ctx, r); err != nil {
			return all, fmt.Errorf("list of %ss: %w", k.name, err)
		}
	}
	if all.Claims, err = r.Claims(ctx, crm.ClaimFilter{}); err != nil {
		return all, err
	}
	if all.PlanRows, err = readPlan(ctx, r); err != nil {
		return all, err
	}
	if all.PlanSums, err = readPlanSums(ctx, r, crm.PlanSumFilter{}); err != nil {
		return all, err
	}
	if all.Changes, err = readLog(ctx, r, crm.ChangeFilter{}, crm.MaxPageSize); err != nil {
		return all, err
	}
	all.Head, err = r.Head(ctx)
	return all, err
}

// readPlan reads all rows of the plan, and sorts them by cooperation.
func readPlan(ctx context.Context, r crm.Reader) ([]crm.PlanRow, error) {
	all := []crm.PlanRow{}
	err := r.PlanRows(ctx, func(row crm.PlanRow) error {
		all = append(all, row)
		return nil
	})
	slices.SortFunc(all, func(a, b crm.PlanRow) int { return a.Cooperation.Compare(b.Cooperation) })
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

// check compares everything that the store holds of records, claims, and rows and sums of the plan with the model.
func (s *shop) check(what string) {
	s.Helper()
	got := s.contents()
	for _, k := range kinds {
		s.same(fmt.Sprintf("%s: %ss", what, k.name), got.Records[k.name], s.records(k.name))
	}
	s.same(what+": claims", got.Claims, s.claims())
	s.same(what+": rows of the plan", got.PlanRows, s.planRows())
	s.same(what+": sums of the plan", got.PlanSums, s.planSums())
}
