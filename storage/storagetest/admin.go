package storagetest

import (
	"fmt"
	"slices"

	"github.com/getklar/influencercrm/crm"
)

var adminChecks = []check{
	{"CreateWorkspace: adds a workspace with the first changes of its log", func(e *env) {
		s := &shop{env: e, id: crm.WorkspaceID(number(0, 9)), members: []crm.MemberID{crm.MemberID(number(1, 1))}}
		w, changes := crm.AtRevision(fullWorkspace(s.id), 4), sampleChanges(s, 5)
		e.must("CreateWorkspace", e.store.CreateWorkspace(e.ctx, w, changes))
		got := s.contents()
		e.same("workspace", got.Workspace, w)
		e.same("changes", got.Changes, storedChanges(changes))
		e.same("head", got.Head, headAfter(s, changes))
		e.same("claims", got.Claims, []crm.Claim{})
		for _, k := range kinds {
			e.same(string(k.name), got.Records[k.name], []crm.Record{})
		}
		s.log(changes...)
		e.same("changes", s.contents().Changes, storedChanges(slices.Concat(changes, changes)))

		bare := &shop{env: e, id: crm.WorkspaceID(number(0, 8))}
		e.must("CreateWorkspace", e.store.CreateWorkspace(e.ctx, crm.Workspace{ID: bare.id, Version: 1}, nil))
		e.same("bare workspace", bare.contents().Workspace, crm.Clone(crm.Workspace{ID: bare.id, Version: 1}))
		e.same("its head", bare.contents().Head, headAfter(bare, nil))
	}},
	inShop("CreateWorkspace: an id that is taken is an ErrAlreadyExists", func(s *shop) {
		s.log(sampleChanges(s, 2)...)
		before := s.contents()
		err := s.store.CreateWorkspace(s.ctx, fullWorkspace(s.id), sampleChanges(s, 3))
		s.wantErr("CreateWorkspace", err, crm.ErrAlreadyExists)
		s.same("contents", s.contents(), before)
		// Names need not be unique: every shop of this suite has the same.
		s.shop()
	}),
	{"Workspaces: lists all workspaces in every order, page by page", func(e *env) {
		none := crm.Page[crm.Workspace]{Items: []crm.Workspace{}}
		e.returns("workspaces of an empty store", none)(e.store.Workspaces(e.ctx, crm.ListOptions{}))
		var all []crm.Record
		for n := range 15 {
			w := fullWorkspace(crm.WorkspaceID(number(0, 100+n*7%15)))
			w.Name = words[n/2]
			e.must("CreateWorkspace", e.store.CreateWorkspace(e.ctx, w, nil))
			all = append(all, w)
		}
		for _, o := range []crm.ListOptions{{}, {Desc: true}, {Sort: crm.SortName}, {Sort: crm.SortName, Desc: true}} {
			for _, o.Size = range []int{1, 2, 4, 15, crm.MaxPageSize} {
				got := []crm.Record{}
				for o.Token = ""; ; {
					page, err := e.store.Workspaces(e.ctx, o)
					e.must("Workspaces", err)
					got = append(got, untyped(page.Items)...)
					if o.Token = page.Next; page.Next == "" || len(got) > len(all) {
						break
					}
				}
				e.same(fmt.Sprintf("workspaces with %+v", o), got, ordered(all, o.Sort, o.Desc))
			}
		}
	}},
	inShop("Workspaces: bad options are an ErrInvalid", func(s *shop) {
		token := s.page(members, crm.ListOptions{Size: 1}).Next // of another list
		for _, o := range []crm.ListOptions{
			{Size: -1}, {Size: crm.MaxPageSize + 1}, {Sort: crm.SortStart}, {Sort: "x"}, {Token: "x"}, {Token: token},
		} {
			s.fails(fmt.Sprintf("Workspaces with %+v", o), crm.ErrInvalid)(s.store.Workspaces(s.ctx, o))
		}
	}),
	inTwoShops("DeleteWorkspace: removes a workspace with everything in it, and nothing else", func(a, b *shop) {
		fillAlike(a, b)
		before := b.contents()
		a.must("DeleteWorkspace", a.store.DeleteWorkspace(a.ctx, a.id))
		a.same("the other workspace", b.contents(), before)
		a.wantErr("View of a deleted workspace", a.run(a.ctx, a.id, false, nil), crm.ErrNotFound)
		a.wantErr("Update of a deleted workspace", a.run(a.ctx, a.id, true, nil), crm.ErrNotFound)
		a.wantErr("second DeleteWorkspace", a.store.DeleteWorkspace(a.ctx, a.id), crm.ErrNotFound)
		a.same("workspaces", a.workspaces(), []crm.Workspace{plainWorkspace(b.id)})
		a.returns("heads", []crm.Head{before.Head})(a.store.Heads(a.ctx, crm.WorkspaceID{}, 10))
		a.must("DeleteWorkspace", a.store.DeleteWorkspace(a.ctx, b.id))
	}),
	inTwoShops("DeleteWorkspace: its id may be used again", func(a, b *shop) {
		fillAlike(a, b)
		a.must("DeleteWorkspace", a.store.DeleteWorkspace(a.ctx, a.id))
		a.must("CreateWorkspace", a.store.CreateWorkspace(a.ctx, plainWorkspace(a.id), sampleChanges(a, 1)))
		got := a.contents()
		a.same("workspace", got.Workspace, plainWorkspace(a.id))
		a.same("changes", got.Changes, storedChanges(sampleChanges(a, 1)))
		old := a.model
		a.model = map[crm.Ref]crm.Record{}
		a.check("the workspace that was made again")
		for _, k := range kinds {
			for ref, r := range old {
				if ref.Kind == k.name {
					a.insert(r)
				}
			}
		}
		a.check("with the old records")
	}),
	inTwoShops("DeleteWorkspace: the log of the next workspace with its id begins at seq 1, and its units are others", func(a, b *shop) {
		fillAlike(a, b)
		old, other := a.contents(), b.contents()
		a.must("DeleteWorkspace", a.store.DeleteWorkspace(a.ctx, a.id))
		changes := sampleChanges(a, 3)
		for n := range changes {
			changes[n].Seq, changes[n].Unit = old.Head.Seq+1, number(8, n)
		}
		a.must("CreateWorkspace", a.store.CreateWorkspace(a.ctx, plainWorkspace(a.id), changes[:1]))
		a.same("head after CreateWorkspace", a.contents().Head, headAfter(a, changes[:1]))
		a.log(changes[1:]...)
		got := a.contents()
		a.same("changes", got.Changes, storedChanges(changes))
		a.same("head", got.Head, headAfter(a, changes))
		for _, c := range got.Changes {
			if slices.ContainsFunc(old.Changes, func(o crm.Change) bool { return o.Unit == c.Unit }) {
				a.Errorf("unit %s of the old log is in the new one", c.Unit)
			}
		}
		a.returns("heads", []crm.Head{got.Head, other.Head})(a.store.Heads(a.ctx, crm.WorkspaceID{}, 10))
		a.same("the other workspace", b.contents(), other)
	}),
	{"Heads: the log heads of at most limit workspaces after an id, by id", func(e *env) {
		e.returns("heads of an empty store", []crm.Head{})(e.store.Heads(e.ctx, crm.WorkspaceID{}, 1))
		var want []crm.Head
		for n := range 7 {
			s := e.shop()
			changes := sampleChanges(s, n)
			s.log(changes...)
			want = append(want, headAfter(s, changes))
		}
		for n, head := range want {
			for _, limit := range []int{1, 2, 7, crm.MaxPageSize} {
				rest := append([]crm.Head{}, want[n+1:min(len(want), n+1+limit)]...)
				e.returns(fmt.Sprintf("heads after %s, limit %d", head.Workspace, limit), rest)(e.store.Heads(e.ctx, head.Workspace, limit))
			}
		}
		e.returns("all heads", want)(e.store.Heads(e.ctx, crm.WorkspaceID{}, crm.MaxPageSize))
	}},
}
