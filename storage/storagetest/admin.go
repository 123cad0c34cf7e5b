package storagetest

import (
	"context"
	"fmt"
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

func adminChecks() []check {
	return []check{
		{"CreateWorkspace: adds a workspace with the first changes of its log", checkCreate},
		{"CreateWorkspace: an id that is taken is an ErrAlreadyExists", checkCreateTwice},
		{"Workspaces: lists all workspaces in every order, page by page", checkWorkspaces},
		{"Workspaces: bad options are an ErrInvalid", checkWorkspacesBad},
		{"DeleteWorkspace: removes a workspace with everything in it, and nothing else", checkDeleteWorkspace},
		{"DeleteWorkspace: its id may be used again", checkReuse},
		{"DeleteWorkspace: the log of the next workspace with its id begins at seq 1, and its units are others", checkNewLog},
		{"Heads: the log heads of at most limit workspaces after an id, by id", checkHeads},
	}
}

func checkCreate(e *env) {
	s := &shop{env: e, id: crm.WorkspaceID(number(0, 9)), members: []crm.MemberID{crm.MemberID(number(1, 1))}}
	w, changes := backend.AtRevision(fullWorkspace(s.id), 4), sampleChanges(s, 5)
	e.must("CreateWorkspace", e.store.CreateWorkspace(e.ctx, w, changes))
	got := s.contents()
	e.same("workspace", got.Workspace, w)
	e.same("changes", got.Changes, storedChanges(changes))
	e.same("head", got.Head, crm.Head{Workspace: s.id, Seq: 5, At: backend.StoredTime(changes[4].At)})
	e.same("claims", got.Claims, []crm.Claim{})
	for _, k := range kinds() {
		e.same(string(k.name), got.Records[k.name], []crm.Record{})
	}
	s.log(changes...)
	e.same("changes", s.contents().Changes, storedChanges(slices.Concat(changes, changes)))

	bare := &shop{env: e, id: crm.WorkspaceID(number(0, 8))}
	e.must("CreateWorkspace", e.store.CreateWorkspace(e.ctx, crm.Workspace{ID: bare.id, Version: 1}, nil))
	e.same("bare workspace", bare.contents().Workspace, crm.Clone(crm.Workspace{ID: bare.id, Version: 1}))
	e.same("its head", bare.contents().Head, crm.Head{Workspace: bare.id})
}

func checkCreateTwice(e *env) {
	s := e.shop()
	s.log(sampleChanges(s, 2)...)
	before := s.contents()
	e.wantErr("CreateWorkspace", e.store.CreateWorkspace(e.ctx, fullWorkspace(s.id), sampleChanges(s, 3)), crm.ErrAlreadyExists)
	e.same("contents", s.contents(), before)
	// Names need not be unique: every shop of this suite has the same.
	e.shop()
}

func checkWorkspaces(e *env) {
	page, err := e.store.Workspaces(e.ctx, crm.ListOptions{})
	e.same("workspaces of an empty store", page, crm.Page[crm.Workspace]{Items: []crm.Workspace{}})
	e.must("Workspaces", err)
	var all []crm.Record
	for n := range 15 {
		w := fullWorkspace(crm.WorkspaceID(number(0, 100+n*7%15)))
		w.Name = words[n/2]
		e.must("CreateWorkspace", e.store.CreateWorkspace(e.ctx, w, nil))
		all = append(all, w)
	}
	for _, o := range []crm.ListOptions{{}, {Desc: true}, {Sort: crm.SortName}, {Sort: crm.SortName, Desc: true}} {
		want := ordered(all, o.Sort, o.Desc)
		for _, o.Size = range []int{1, 2, 4, 15, crm.MaxPageSize} {
			got := []crm.Record{}
			o.Token = ""
			for {
				page, err := e.store.Workspaces(e.ctx, o)
				e.must("Workspaces", err)
				got = append(got, untyped(page.Items)...)
				if o.Token = page.Next; page.Next == "" || len(got) > len(all) {
					break
				}
			}
			e.same(fmt.Sprintf("workspaces with %+v", o), got, want)
		}
	}
}

func checkWorkspacesBad(e *env) {
	s := e.shop()
	s.insert(kinds()[0].sample(s, 1))
	var token string
	s.view(func(ctx context.Context, r crm.Reader) error {
		page, err := r.Members().List(ctx, crm.MemberFilter{}, crm.ListOptions{Size: 1})
		token = page.Next
		return err
	})
	for _, o := range []crm.ListOptions{{Size: -1}, {Size: crm.MaxPageSize + 1}, {Sort: crm.SortStart}, {Sort: "x"}, {Token: "x"}, {Token: token}} {
		_, err := e.store.Workspaces(e.ctx, o)
		e.wantErr(fmt.Sprintf("Workspaces with %+v", o), err, crm.ErrInvalid)
	}
}

func checkDeleteWorkspace(e *env) {
	a, b := filledShops(e)
	before := b.contents()
	e.must("DeleteWorkspace", e.store.DeleteWorkspace(e.ctx, a.id))
	e.same("the other workspace", b.contents(), before)
	e.wantErr("View of a deleted workspace", a.run(e.ctx, a.id, false, nil), crm.ErrNotFound)
	e.wantErr("Update of a deleted workspace", a.run(e.ctx, a.id, true, nil), crm.ErrNotFound)
	e.wantErr("second DeleteWorkspace", e.store.DeleteWorkspace(e.ctx, a.id), crm.ErrNotFound)
	page, err := e.store.Workspaces(e.ctx, crm.ListOptions{})
	e.must("Workspaces", err)
	e.same("workspaces", page.Items, []crm.Workspace{plainWorkspace(b.id)})
	heads, err := e.store.Heads(e.ctx, crm.WorkspaceID{}, 10)
	e.must("Heads", err)
	e.same("heads", heads, []crm.Head{before.Head})
	e.must("DeleteWorkspace", e.store.DeleteWorkspace(e.ctx, b.id))
}

func checkReuse(e *env) {
	a, _ := filledShops(e)
	e.must("DeleteWorkspace", e.store.DeleteWorkspace(e.ctx, a.id))
	e.must("CreateWorkspace", e.store.CreateWorkspace(e.ctx, plainWorkspace(a.id), sampleChanges(a, 1)))
	got := a.contents()
	e.same("workspace", got.Workspace, plainWorkspace(a.id))
	e.same("changes", got.Changes, storedChanges(sampleChanges(a, 1)))
	old := a.model
	a.model = map[crm.Ref]crm.Record{}
	a.check("the workspace that was made again")
	for _, k := range kinds() {
		for ref, r := range old {
			if ref.Kind == k.name {
				a.insert(r)
			}
		}
	}
	a.check("with the old records")
}

func checkNewLog(e *env) {
	a, b := filledShops(e)
	old, other := a.contents(), b.contents()
	e.must("DeleteWorkspace", e.store.DeleteWorkspace(e.ctx, a.id))
	changes := sampleChanges(a, 3)
	for n := range changes {
		changes[n].Seq, changes[n].Unit = old.Head.Seq+1, number(8, n)
	}
	e.must("CreateWorkspace", e.store.CreateWorkspace(e.ctx, plainWorkspace(a.id), changes[:1]))
	e.same("head after CreateWorkspace", a.contents().Head, crm.Head{Workspace: a.id, Seq: 1, At: backend.StoredTime(changes[0].At)})
	a.log(changes[1:]...)
	got := a.contents()
	e.same("changes", got.Changes, storedChanges(changes))
	e.same("head", got.Head, crm.Head{Workspace: a.id, Seq: 3, At: backend.StoredTime(changes[2].At)})
	for _, c := range got.Changes {
		if slices.ContainsFunc(old.Changes, func(o crm.Change) bool { return o.Unit == c.Unit }) {
			e.Errorf("unit %s of the old log is in the new one", c.Unit)
		}
	}
	heads, err := e.store.Heads(e.ctx, crm.WorkspaceID{}, 10)
	e.must("Heads", err)
	e.same("heads", heads, []crm.Head{got.Head, other.Head})
	e.same("the other workspace", b.contents(), other)
}

func checkHeads(e *env) {
	heads, err := e.store.Heads(e.ctx, crm.WorkspaceID{}, 1)
	e.same("heads of an empty store", heads, []crm.Head{})
	e.must("Heads", err)
	var want []crm.Head
	for n := range 7 {
		s := e.shop()
		changes := sampleChanges(s, n)
		s.log(changes...)
		head := crm.Head{Workspace: s.id, Seq: crm.Seq(n)}
		if n > 0 {
			head.At = backend.StoredTime(changes[n-1].At)
		}
		want = append(want, head)
	}
	for n := range want {
		for _, limit := range []int{1, 2, 7, crm.MaxPageSize} {
			got, err := e.store.Heads(e.ctx, want[n].Workspace, limit)
			e.same(fmt.Sprintf("heads after %s, limit %d", want[n].Workspace, limit), got, append([]crm.Head{}, want[n+1:min(len(want), n+1+limit)]...))
			e.same("error", err, nil)
		}
	}
	heads, err = e.store.Heads(e.ctx, crm.WorkspaceID{}, crm.MaxPageSize)
	e.same("all heads", heads, want)
	e.must("Heads", err)
}
