package storagetest

import (
	"context"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

func versionChecks() []check {
	return []check{
		{"Insert: records are written as they are, with the version they carry", checkInsertVersion},
		{"Update: raises a record's version by one", checkUpdateVersion},
		{"Update: if another version is stored it is an ErrConflict", checkUpdateStale},
		{"Update: if nothing is stored it is an ErrNotFound", checkUpdateMissing},
		{"Update: replaces the workspace under the same rules", checkWorkspaceVersion},
		{"Delete: removes a record", checkDelete},
		{"Delete: of another version is an ErrConflict, of nothing an ErrNotFound", checkDeleteStale},
	}
}

func checkInsertVersion(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		s.insert(k.sample(s, 1), backend.AtRevision(k.sample(s, 2), 7), backend.AtRevision(k.sample(s, 3), 1<<40))
		s.check("after Insert")
	}
}

func checkUpdateVersion(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		r, bystander := k.full(s), k.sample(s, 1)
		s.insert(r, bystander)
		for n := range int64(3) {
			s.change(k.edited(s, backend.AtRevision(r, n+1)))
			s.check(fmt.Sprintf("after Update %d", n+1))
		}
		// Twice in one unit of work: each raises the version.
		again := k.edited(s, backend.AtRevision(r, 4))
		s.update(func(ctx context.Context, tx crm.Tx) error {
			if err := tx.Update(ctx, again); err != nil {
				return err
			}
			return tx.Update(ctx, backend.AtRevision(again, 5))
		})
		s.model[r.Ref()] = stored(backend.AtRevision(again, 6))
		s.check("after two updates in one unit of work")
		// From a late version on.
		late := backend.AtRevision(k.sample(s, 2), 41)
		s.insert(late)
		s.change(k.edited(s, late))
		s.check("after Update of version 41")
	}
}

func checkUpdateStale(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		r := k.sample(s, 1)
		s.insert(r)
		s.change(k.edited(s, r))
		for _, version := range []int64{1, 3, 0, -1} {
			err := s.tryChange(backend.AtRevision(k.edited(s, r), version))
			e.wantErr(fmt.Sprintf("Update of a %s at version %d, stored is 2", k.name, version), err, crm.ErrConflict)
		}
		s.check("after stale updates")
	}
}

func checkUpdateMissing(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		r := k.sample(s, 1)
		e.wantErr("Update of a missing "+string(k.name), s.tryChange(r), crm.ErrNotFound)
		s.check("after Update of nothing")
		s.insert(r)
		s.remove(r)
		e.wantErr("Update of a deleted "+string(k.name), s.tryChange(r), crm.ErrNotFound)
		s.check("after Update of what was deleted")
	}
}

func checkWorkspaceVersion(e *env) {
	s := e.shop()
	w := fullWorkspace(s.id)
	for version := range int64(3) {
		w.TailDays, w.Version = int(version), version+1
		e.must("Update", s.tryChange(w))
		e.same("workspace", s.contents().Workspace, backend.AtRevision(w, version+2))
		e.wantErr("Update of a stale workspace", s.tryChange(w), crm.ErrConflict)
		e.same("workspace", s.contents().Workspace, backend.AtRevision(w, version+2))
	}
}

func checkDelete(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		r, bystander := k.full(s), k.sample(s, 1)
		s.insert(r, bystander)
		s.remove(r)
		s.check("after Delete")
		s.view(func(ctx context.Context, rd crm.Reader) error {
			_, err := k.get(ctx, rd, r.Ref().ID)
			e.wantErr("Get of a deleted "+string(k.name), err, crm.ErrNotFound)
			return nil
		})
		e.wantErr("second Delete", s.tryRemove(r), crm.ErrNotFound)
		s.insert(r)
		s.check("after a second Insert")
	}
}

func checkDeleteStale(e *env) {
	for _, k := range kinds() {
		s := e.shop()
		r := k.sample(s, 1)
		e.wantErr("Delete of a missing "+string(k.name), s.tryRemove(r), crm.ErrNotFound)
		s.insert(r)
		s.change(k.edited(s, r))
		e.wantErr("Delete of a stale "+string(k.name), s.tryRemove(r), crm.ErrConflict)
		e.wantErr("Delete of a future "+string(k.name), s.tryRemove(backend.AtRevision(r, 3)), crm.ErrConflict)
		s.check("after stale deletes")
		// The version decides, not the content.
		e.must("Delete", s.tryRemove(backend.AtRevision(r, 2)))
		delete(s.model, r.Ref())
		s.check("after Delete")
	}
}
