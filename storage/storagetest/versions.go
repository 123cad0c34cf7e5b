package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

var versionChecks = []check{
	forEachKind("Insert: records are written as they are, with the version they carry", func(s *shop, k kind) {
		s.insert(k.sample(s, 1), backend.AtRevision(k.sample(s, 2), 7), backend.AtRevision(k.sample(s, 3), 1<<40))
		s.check("after Insert")
	}),
	forEachKind("Update: raises a record's version by one", func(s *shop, k kind) {
		r, bystander := k.full(s), k.sample(s, 1)
		s.insert(r, bystander)
		for n := range int64(3) {
			s.change(k.edited(s, backend.AtRevision(r, n+1)))
			s.check(fmt.Sprintf("after Update %d", n+1))
		}
		// Twice in one unit of work: each raises the version.
		again := k.edited(s, backend.AtRevision(r, 4))
		s.update(func(ctx context.Context, tx crm.Tx) error {
			return errors.Join(tx.Update(ctx, nil, again), tx.Update(ctx, nil, backend.AtRevision(again, 5)))
		})
		s.expect(backend.AtRevision(again, 6))
		s.check("after two updates in one unit of work")
		// From a late version on.
		late := backend.AtRevision(k.sample(s, 2), 41)
		s.insert(late)
		s.change(k.edited(s, late))
		s.check("after Update of version 41")
	}),
	forEachKind("Update: if another version is stored it is an ErrConflict", func(s *shop, k kind) {
		r := k.sample(s, 1)
		s.insert(r)
		s.change(k.edited(s, r))
		for _, version := range []int64{1, 3, 0, -1} {
			what := fmt.Sprintf("Update of a %s at version %d, stored is 2", k.name, version)
			s.wantErr(what, s.tryChange(backend.AtRevision(k.edited(s, r), version)), crm.ErrConflict)
		}
		s.check("after stale updates")
	}),
	forEachKind("Update: if nothing is stored it is an ErrNotFound", func(s *shop, k kind) {
		r := k.sample(s, 1)
		s.wantErr("Update of a missing "+string(k.name), s.tryChange(r), crm.ErrNotFound)
		s.check("after Update of nothing")
		s.insert(r)
		s.remove(r)
		s.wantErr("Update of a deleted "+string(k.name), s.tryChange(r), crm.ErrNotFound)
		s.check("after Update of what was deleted")
	}),
	inShop("Update: replaces the workspace under the same rules", func(s *shop) {
		w := fullWorkspace(s.id)
		for version := range int64(3) {
			w.TailDays, w.Version = int(version), version+1
			s.must("Update", s.tryChange(w))
			s.same("workspace", s.contents().Workspace, backend.AtRevision(w, version+2))
			s.wantErr("Update of a stale workspace", s.tryChange(w), crm.ErrConflict)
			s.same("workspace", s.contents().Workspace, backend.AtRevision(w, version+2))
		}
	}),
	forEachKind("Delete: removes a record", func(s *shop, k kind) {
		r, bystander := k.full(s), k.sample(s, 1)
		s.insert(r, bystander)
		s.remove(r)
		s.check("after Delete")
		s.view(func(ctx context.Context, rd crm.Reader) error {
			s.fails("Get of a deleted "+string(k.name), crm.ErrNotFound)(k.get(ctx, rd, r.Ref().ID))
			return nil
		})
		s.wantErr("second Delete", s.tryRemove(r), crm.ErrNotFound)
		s.insert(r)
		s.check("after a second Insert")
	}),
	forEachKind("Delete: of another version is an ErrConflict, of nothing an ErrNotFound", func(s *shop, k kind) {
		r := k.sample(s, 1)
		s.wantErr("Delete of a missing "+string(k.name), s.tryRemove(r), crm.ErrNotFound)
		s.insert(r)
		edited := k.edited(s, r)
		s.change(edited)
		s.wantErr("Delete of a stale "+string(k.name), s.tryRemove(r), crm.ErrConflict)
		s.wantErr("Delete of a future "+string(k.name), s.tryRemove(backend.AtRevision(r, 3)), crm.ErrConflict)
		s.check("after stale deletes")
		s.remove(backend.AtRevision(edited, 2))
		s.check("after Delete")
	}),
}
