package storagetest

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

func isolationChecks() []check {
	return []check{
		{"A unit of work cannot see another workspace, of equal ids and names even", checkCannotSee},
		{"A unit of work cannot change another workspace, of equal ids even", checkCannotChange},
		{"A unit of work cannot refer to another workspace's records", checkCannotRefer},
		{"A unit of work reads and writes no other workspace's settings", checkOwnSettings},
		{"A failed unit of work leaves other workspaces alone", checkFailedAlone},
	}
}

// filledShops are two shops with records of equal ids and, where they are unique in a workspace,
// equal names and profiles; all else differs.
func filledShops(e *env) (a, b *shop) {
	a, b = e.shop(), e.shop()
	for _, k := range kinds() {
		for n := range 12 {
			r := k.sample(a, n)
			a.insert(r)
			b.insert(r)
			if n%3 == 0 {
				b.change(k.edited(b, r))
			}
			if n%3 == 1 {
				b.remove(r)
			}
		}
		b.made = a.made
	}
	a.log(sampleChanges(a, 4)...)
	b.log(sampleChanges(b, 7)[3:]...)
	b.log(sampleChanges(b, 1)...)
	return a, b
}

func checkCannotSee(e *env) {
	a, b := filledShops(e)
	a.check("first workspace")
	b.check("second workspace")
	e.same("log of the first", a.contents().Changes, storedChanges(sampleChanges(a, 4)))
	e.same("log of the second", b.contents().Changes, storedChanges(append(sampleChanges(b, 7)[3:], sampleChanges(b, 1)...)))
	e.same("head of the first", a.contents().Head.Seq, crm.Seq(4))
	e.same("head of the second", b.contents().Head.Seq, crm.Seq(5))
	for _, k := range kinds() {
		only := k.sample(a, 50)
		a.insert(only)
		b.view(func(ctx context.Context, r crm.Reader) error {
			_, err := k.get(ctx, r, only.Ref().ID)
			e.wantErr("Get of another workspace's "+string(k.name), err, crm.ErrNotFound)
			some, err := k.getAll(ctx, r, ids(only))
			e.same("GetAll of another workspace's records", some, []crm.Record{})
			n, err2 := k.count(ctx, r, k.all)
			e.same("count", n, len(b.records(k.name)))
			return errors.Join(err, err2)
		})
	}
}

func checkCannotChange(e *env) {
	a, b := filledShops(e)
	before := a.contents()
	for _, k := range kinds() {
		for _, r := range b.records(k.name) {
			if r.Ref().ID == b.members[0].UUID() || b.inUse(r) {
				continue
			}
			b.change(k.edited(b, r))
			b.remove(b.model[r.Ref()])
		}
	}
	b.log(sampleChanges(b, 3)...)
	e.same("first workspace after all writes to the second", a.contents(), before)
	b.check("second workspace")
	for _, k := range kinds() {
		only := k.sample(a, 50)
		a.insert(only)
		e.wantErr("Update of another workspace's "+string(k.name), b.tryChange(only), crm.ErrNotFound)
		e.wantErr("Delete of another workspace's "+string(k.name), b.tryRemove(only), crm.ErrNotFound)
		a.check("first workspace")
	}
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
			if crm.RefTo(each.Responsible) == r.Ref() || crm.RefTo(each.Campaign) == r.Ref() || crm.RefTo(each.Influencer) == r.Ref() {
				return true
			}
		}
	}
	return false
}

func checkCannotRefer(e *env) {
	a, b := e.shop(), e.shop()
	m := crm.Member{ID: crm.MemberID(a.newID()), Version: 1, Name: "Only here"}
	c := crm.Campaign{ID: crm.CampaignID(a.newID()), Version: 1, Name: "Only here"}
	i := crm.Influencer{ID: crm.InfluencerID(a.newID()), Version: 1, Name: "Only here"}
	a.insert(m, c, i)
	b.made = a.made
	for field, r := range map[string]crm.Record{
		"influencer's responsible":  crm.Influencer{ID: crm.InfluencerID(b.newID()), Version: 1, Responsible: m.ID},
		"cooperation's responsible": crm.Cooperation{ID: crm.CooperationID(b.newID()), Version: 1, Campaign: b.campaigns[0], Influencer: b.influencers[0], Responsible: m.ID},
		"cooperation's campaign":    crm.Cooperation{ID: crm.CooperationID(b.newID()), Version: 1, Campaign: c.ID, Influencer: b.influencers[0]},
		"cooperation's influencer":  crm.Cooperation{ID: crm.CooperationID(b.newID()), Version: 1, Campaign: b.campaigns[0], Influencer: i.ID},
	} {
		e.wantErr("a "+field+" of another workspace", b.tryInsert(r), crm.ErrInvalid)
	}
	b.check("afterwards")
	// The other way round: what one workspace refers to can be deleted in the other.
	b.insert(crm.Cooperation{ID: crm.CooperationID(b.newID()), Version: 1, Campaign: b.campaigns[0], Influencer: b.influencers[0], Responsible: b.members[0]})
	a.remove(a.model[crm.RefTo(a.members[0])])
	a.remove(a.model[crm.RefTo(a.campaigns[0])])
	a.remove(a.model[crm.RefTo(a.influencers[0])])
	a.check("first workspace")
	b.check("second workspace")
}

func checkOwnSettings(e *env) {
	a, b := e.shop(), e.shop()
	w := fullWorkspace(a.id)
	e.must("Update", a.tryChange(w))
	e.same("own workspace", a.contents().Workspace, backend.AtRevision(w, 2))
	e.same("other workspace", b.contents().Workspace, plainWorkspace(b.id))
	for what, err := range map[string]error{
		"Update of another workspace": a.tryChange(fullWorkspace(b.id)),
		"Delete of another workspace": a.tryRemove(plainWorkspace(b.id)),
		"Insert of a workspace":       a.tryInsert(plainWorkspace(crm.WorkspaceID(number(0, 99)))),
		"Delete of its own workspace": a.tryRemove(backend.AtRevision(w, 2)),
	} {
		if err == nil {
			e.Errorf("%s in a unit of work succeeded", what)
		}
	}
	e.same("other workspace", b.contents().Workspace, plainWorkspace(b.id))
	e.same("own workspace", a.contents().Workspace, backend.AtRevision(w, 2))
	page, err := e.store.Workspaces(e.ctx, crm.ListOptions{})
	e.must("Workspaces", err)
	e.same("workspaces", len(page.Items), 2)
}

func checkFailedAlone(e *env) {
	a, b := filledShops(e)
	before := b.contents()
	for n := range 5 {
		r := kinds()[0].sample(a, n)
		e.wantErr("Update", a.try(failing(func(ctx context.Context, tx crm.Tx) error {
			return errors.Join(tx.Insert(ctx, r), tx.Append(ctx, sampleChanges(a, 5)))
		})), errOwn)
	}
	e.same("the other workspace", b.contents(), before)
	a.check("the failed one")
}
