package storagetest

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/crm"
)

var isolationChecks = []check{
	inTwoShops("A unit of work cannot see another workspace, of equal ids and names even", func(a, b *shop) {
		fillAlike(a, b)
		a.check("first workspace")
		b.check("second workspace")
		first, second := a.contents(), b.contents()
		a.same("log of the first", first.Changes, storedChanges(sampleChanges(a, 4)))
		a.same("log of the second", second.Changes, storedChanges(append(sampleChanges(b, 7)[3:], sampleChanges(b, 1)...)))
		a.same("head of the first", first.Head.Seq, crm.Seq(4))
		a.same("head of the second", second.Head.Seq, crm.Seq(5))
		for _, k := range kinds {
			only := k.sample(a, 50)
			a.insert(only)
			b.view(func(ctx context.Context, r crm.Reader) error {
				b.fails("Get of another workspace's "+string(k.name), crm.ErrNotFound)(k.get(ctx, r, only.Ref().ID))
				b.returns("GetAll of another workspace's records", []crm.Record{})(k.getAll(ctx, r, ids(only)))
				b.returns("count", len(b.records(k.name)))(k.count(ctx, r, k.all))
				return nil
			})
		}
	}),
	inTwoShops("A unit of work cannot change another workspace, of equal ids even", func(a, b *shop) {
		fillAlike(a, b)
		before := a.contents()
		for _, k := range kinds {
			for _, r := range b.records(k.name) {
				if r.Ref().ID == b.members[0].UUID() || b.inUse(r) {
					continue
				}
				b.change(k.edited(b, r))
				b.remove(b.model[r.Ref()])
			}
		}
		b.log(sampleChanges(b, 3)...)
		a.same("first workspace after all writes to the second", a.contents(), before)
		b.check("second workspace")
		for _, k := range kinds {
			only := k.sample(a, 50)
			a.insert(only)
			b.wantErr("Update of another workspace's "+string(k.name), b.tryChange(only), crm.ErrNotFound)
			b.wantErr("Delete of another workspace's "+string(k.name), b.tryRemove(only), crm.ErrNotFound)
			a.check("first workspace")
		}
	}),
	inTwoShops("A unit of work cannot refer to another workspace's records", func(a, b *shop) {
		m, c, i := a.member("Only here"), a.campaign("Only here"), a.influencer()
		a.insert(m, c, i)
		b.made = a.made
		influencer := b.influencer()
		influencer.Responsible = m.ID
		byMember, byCampaign, byInfluencer := b.cooperation(), b.cooperation(), b.cooperation()
		byMember.Responsible, byCampaign.Campaign, byInfluencer.Influencer = m.ID, c.ID, i.ID
		for field, r := range map[string]crm.Record{
			"influencer's responsible": influencer, "cooperation's responsible": byMember,
			"cooperation's campaign": byCampaign, "cooperation's influencer": byInfluencer,
		} {
			b.wantErr("a "+field+" of another workspace", b.tryInsert(r), crm.ErrInvalid)
		}
		b.check("afterwards")
		// The other way round: what one workspace refers to can be deleted in the other.
		b.insert(b.cooperation())
		for _, ref := range []crm.Ref{crm.RefTo(a.members[0]), crm.RefTo(a.campaigns[0]), crm.RefTo(a.influencers[0])} {
			a.remove(a.model[ref])
		}
		a.check("first workspace")
		b.check("second workspace")
	}),
	inTwoShops("A unit of work reads and writes no other workspace's settings", func(a, b *shop) {
		w := fullWorkspace(a.id)
		a.must("Update", a.tryChange(w))
		unchanged := func() {
			a.Helper()
			a.same("own workspace", a.contents().Workspace, crm.AtRevision(w, 2))
			a.same("other workspace", b.contents().Workspace, plainWorkspace(b.id))
		}
		unchanged()
		for what, err := range map[string]error{
			"Update of another workspace": a.tryChange(fullWorkspace(b.id)),
			"Delete of another workspace": a.tryRemove(plainWorkspace(b.id)),
			"Insert of a workspace":       a.tryInsert(plainWorkspace(crm.WorkspaceID(number(0, 99)))),
			"Delete of its own workspace": a.tryRemove(crm.AtRevision(w, 2)),
		} {
			if err == nil {
				a.Errorf("%s in a unit of work succeeded", what)
			}
		}
		unchanged()
		a.same("workspaces", len(a.workspaces()), 2)
	}),
	inTwoShops("A failed unit of work leaves other workspaces alone", func(a, b *shop) {
		fillAlike(a, b)
		before := b.contents()
		for n := range 5 {
			r := members.sample(a, n)
			a.wantErr("Update", a.try(failing(func(ctx context.Context, tx crm.Tx) error {
				return errors.Join(tx.Insert(ctx, r), tx.Append(ctx, sampleChanges(a, 5)))
			})), errOwn)
		}
		a.same("the other workspace", b.contents(), before)
		a.check("the failed one")
	}),
}

// fillAlike gives two shops records of equal ids and, where they are unique in a workspace, equal names and profiles;
// all else differs.
func fillAlike(a, b *shop) {
	a.Helper()
	for _, k := range kinds {
		for n := range 12 {
			r := k.sample(a, n)
			a.insert(r)
			b.insert(r)
			switch n % 3 {
			case 0:
				b.change(k.edited(b, r))
			case 1:
				b.remove(r)
			}
		}
		b.made = a.made
	}
	a.log(sampleChanges(a, 4)...)
	b.log(sampleChanges(b, 7)[3:]...)
	b.log(sampleChanges(b, 1)...)
}

// workspaces are the first page of all workspaces of the store.
func (e *env) workspaces() []crm.Workspace {
	e.Helper()
	page, err := e.store.Workspaces(e.ctx, crm.ListOptions{})
	e.must("Workspaces", err)
	return page.Items
}
