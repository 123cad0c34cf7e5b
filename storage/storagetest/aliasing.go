package storagetest

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

var aliasingChecks = []check{
	forEachKind("What was passed in shares no memory with the store", func(s *shop, k kind) {
		// passing writes a copy, and overwrites it while the unit of work is still open.
		passing := func(r crm.Record, write func(context.Context, crm.Tx, crm.Record) error) {
			s.update(func(ctx context.Context, tx crm.Tx) error {
				r := crm.Clone(r)
				err := write(ctx, tx, r)
				scribble(r)
				return err
			})
		}
		inserted := k.full(s)
		passing(inserted, func(ctx context.Context, tx crm.Tx, r crm.Record) error { return tx.Insert(ctx, r) })
		s.expect(inserted)
		s.check("after the inserted record was overwritten")
		updated := k.edited(s, inserted)
		passing(updated, func(ctx context.Context, tx crm.Tx, r crm.Record) error { return tx.Update(ctx, nil, r) })
		updated = backend.AtRevision(updated, 2)
		s.expect(updated)
		s.check("after the updated record was overwritten")
		late := k.edited(s, updated)
		s.change(late)
		scribble(late)
		s.check("after the record was overwritten when Update had returned")
	}),
	forEachKind("What comes back shares no memory with the store or an earlier answer", func(s *shop, k kind) {
		r := k.full(s)
		s.insert(r)
		read := func(ctx context.Context, rd crm.Reader) error {
			one, err := k.get(ctx, rd, r.Ref().ID)
			again, err2 := k.get(ctx, rd, r.Ref().ID)
			scribble(one)
			s.same("second Get after the first answer was overwritten", again, stored(r))
			some, err3 := k.getAll(ctx, rd, ids(r))
			scribble(again)
			s.same("GetAll after the answers of Get were overwritten", some, []crm.Record{stored(r)})
			scribbleAll(some)
			all, err4 := k.everything(ctx, rd)
			s.same("List after the answer of GetAll was overwritten", all, s.records(k.name))
			scribbleAll(all)
			s.returns("Get after the answer of List was overwritten", stored(r))(k.get(ctx, rd, r.Ref().ID))
			return errors.Join(err, err2, err3, err4)
		}
		s.view(read)
		s.update(func(ctx context.Context, tx crm.Tx) error { return read(ctx, tx) })
		s.check("afterwards")
	}),
	inShop("The log shares no memory with what was passed in or came back", func(s *shop) {
		s.update(func(ctx context.Context, tx crm.Tx) error {
			changes := sampleChanges(s, 3)
			err := tx.Append(ctx, changes)
			scribble(changes)
			return err
		})
		want := storedChanges(sampleChanges(s, 3))
		s.same("log after the appended changes were overwritten", s.contents().Changes, want)
		s.view(func(ctx context.Context, r crm.Reader) error {
			first, err := r.Changes(ctx, crm.ChangeFilter{}, 10)
			scribble(first)
			s.returns("log after an answer was overwritten", want)(r.Changes(ctx, crm.ChangeFilter{}, 10))
			claims, err2 := r.Claims(ctx, crm.ClaimFilter{})
			scribble(claims)
			return errors.Join(err, err2)
		})
		s.same("log afterwards", s.contents().Changes, want)
		s.check("afterwards")
	}),
	inShop("The workspace shares no memory with what was passed in or came back", func(s *shop) {
		w := fullWorkspace(s.id)
		want := backend.AtRevision(fullWorkspace(s.id), 2)
		s.must("Update", s.tryChange(w))
		scribble(w)
		s.same("after the workspace that was passed in was overwritten", s.contents().Workspace, want)
		scribble(s.contents().Workspace)
		s.same("after the one that came back was overwritten", s.contents().Workspace, want)
		scribble(s.workspaces())
		s.same("after a listed one was overwritten", s.contents().Workspace, want)
		made := &shop{env: s.env, id: crm.WorkspaceID(number(0, 50))}
		fresh, changes := fullWorkspace(made.id), sampleChanges(s, 2)
		s.must("CreateWorkspace", s.store.CreateWorkspace(s.ctx, fresh, changes))
		scribble(fresh)
		scribble(changes)
		s.same("created workspace", made.contents().Workspace, fullWorkspace(made.id))
		s.same("its log", made.contents().Changes, storedChanges(sampleChanges(s, 2)))
	}),
}

// scribbleAll overwrites the records, and then their list.
func scribbleAll(records []crm.Record) {
	for _, r := range records {
		scribble(r)
	}
	scribble(records)
}
