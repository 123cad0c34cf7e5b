package storagetest

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

func aliasingChecks() []check {
	return []check{
		{"What was passed in shares no memory with the store", checkPassedIn},
		{"What comes back shares no memory with the store or an earlier answer", checkCameBack},
		{"The log shares no memory with what was passed in or came back", checkLogMemory},
		{"The workspace shares no memory with what was passed in or came back", checkWorkspaceMemory},
	}
}

func checkPassedIn(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		inserted := k.full(s)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			r := crm.Clone(inserted)
			err := tx.Insert(ctx, r)
			scribble(r)
			return err
		})
		s.model[inserted.Ref()] = stored(inserted)
		s.check("after the inserted record was overwritten")
		updated := k.edited(s, inserted)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			r := crm.Clone(updated)
			err := tx.Update(ctx, r)
			scribble(r)
			return err
		})
		s.model[updated.Ref()] = stored(backend.AtRevision(updated, 2))
		s.check("after the updated record was overwritten")
		late := crm.Clone(k.edited(s, backend.AtRevision(updated, 2)))
		s.change(late)
		scribble(late)
		s.check("after the record was overwritten when Update had returned")
	}
}

func checkCameBack(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		r := k.full(s)
		s.insert(r)
		read := func(ctx context.Context, rd crm.Reader) error {
			one, err := k.get(ctx, rd, r.Ref().ID)
			again, err2 := k.get(ctx, rd, r.Ref().ID)
			scribble(one)
			e.same("second Get after the first answer was overwritten", again, stored(r))
			some, err3 := k.getAll(ctx, rd, ids(r))
			scribble(again)
			e.same("GetAll after the answers of Get were overwritten", some, []crm.Record{stored(r)})
			scribbleAll(some)
			all, err4 := k.everything(ctx, rd)
			e.same("List after the answer of GetAll was overwritten", all, s.records(k.name))
			scribbleAll(all)
			one, err5 := k.get(ctx, rd, r.Ref().ID)
			e.same("Get after the answer of List was overwritten", one, stored(r))
			return errors.Join(err, err2, err3, err4, err5)
		}
		s.view(read)
		s.update(func(ctx context.Context, tx crm.Tx) error { return read(ctx, tx) })
		s.check("afterwards")
	}
}

// scribbleAll overwrites the records, and then their list.
func scribbleAll(records []crm.Record) {
	for _, r := range records {
		scribble(r)
	}
	scribble(records)
}

func checkLogMemory(e *env) {
	s := e.shop()
	s.update(func(ctx context.Context, tx crm.Tx) error {
		changes := sampleChanges(s, 3)
		err := tx.Append(ctx, changes)
		scribble(changes)
		return err
	})
	want := storedChanges(sampleChanges(s, 3))
	e.same("log after the appended changes were overwritten", s.contents().Changes, want)
	s.view(func(ctx context.Context, r crm.Reader) error {
		first, err := r.Changes(ctx, crm.ChangeFilter{}, 10)
		scribble(first)
		second, err2 := r.Changes(ctx, crm.ChangeFilter{}, 10)
		e.same("log after an answer was overwritten", second, want)
		claims, err3 := r.Claims(ctx, crm.ClaimFilter{})
		scribble(claims)
		return errors.Join(err, err2, err3)
	})
	e.same("log afterwards", s.contents().Changes, want)
	s.check("afterwards")
}

func checkWorkspaceMemory(e *env) {
	s := e.shop()
	w := fullWorkspace(s.id)
	want := backend.AtRevision(fullWorkspace(s.id), 2)
	e.must("Update", s.tryChange(w))
	scribble(w)
	e.same("after the workspace that was passed in was overwritten", s.contents().Workspace, want)
	scribble(s.contents().Workspace)
	e.same("after the one that came back was overwritten", s.contents().Workspace, want)
	page, err := e.store.Workspaces(e.ctx, crm.ListOptions{})
	e.must("Workspaces", err)
	scribble(page.Items)
	e.same("after a listed one was overwritten", s.contents().Workspace, want)
	fresh := fullWorkspace(crm.WorkspaceID(number(0, 50)))
	changes := sampleChanges(s, 2)
	e.must("CreateWorkspace", e.store.CreateWorkspace(e.ctx, fresh, changes))
	scribble(fresh)
	scribble(changes)
	made := &shop{env: e, id: crm.WorkspaceID(number(0, 50))}
	e.same("created workspace", made.contents().Workspace, fullWorkspace(made.id))
	e.same("its log", made.contents().Changes, storedChanges(sampleChanges(s, 2)))
}
