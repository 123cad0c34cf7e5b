package storagetest_test

import (
	"context"
	"testing"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// adminBugs break the calls that serve no tenant, and the store's own life.
func adminBugs() []bug {
	return []bug{
		{name: "deletes all workspaces", category: storagetest.Admin,
			subtest: "DeleteWorkspace: removes a workspace with everything in it, and nothing else", spoil: func(b storagetest.Backend) storagetest.Backend { return deletesAll{b} }},
		{name: "creates without a log", category: storagetest.Admin, subtest: "CreateWorkspace: adds a workspace with the first changes of its log",
			spoil: func(b storagetest.Backend) storagetest.Backend { return forgetsChanges{b} }},
		{name: "goes on with the log of a deleted workspace", category: storagetest.Admin,
			subtest: "DeleteWorkspace: the log of the next workspace with its id begins at seq 1, and its units are others", spoil: goesOn},
		{name: "heads from an id on", category: storagetest.Admin, subtest: "Heads: the log heads of at most limit workspaces after an id, by id",
			spoil: func(b storagetest.Backend) storagetest.Backend { return inclusiveHeads{b} }},
		{name: "works after Close", category: storagetest.Lifecycle, subtest: "After Close every call returns ErrClosed",
			spoil: func(b storagetest.Backend) storagetest.Backend { return immortal{b} }},
		{name: "closes under open units of work", category: storagetest.Lifecycle, subtest: "Close: waits for an open View",
			spoil: func(b storagetest.Backend) storagetest.Backend { return hasty{b} }},
		{name: "forgets when it closes", category: storagetest.Durability, subtest: "Everything written is there after the store was opened again",
			spoil: good, options: &storagetest.Options{Reopen: func(*testing.T, storagetest.Backend) storagetest.Backend { return memory.New(nil) }}},
	}
}

type deletesAll struct{ storagetest.Backend }

func (d deletesAll) DeleteWorkspace(ctx context.Context, id crm.WorkspaceID) error {
	if err := d.Backend.DeleteWorkspace(ctx, id); err != nil {
		return err
	}
	return others(d.Backend, id, func(other crm.WorkspaceID) error { return d.Backend.DeleteWorkspace(ctx, other) })
}

type forgetsChanges struct{ storagetest.Backend }

func (f forgetsChanges) CreateWorkspace(ctx context.Context, w crm.Workspace, _ []crm.Change) error {
	return f.Backend.CreateWorkspace(ctx, w, nil)
}

// goesOn counts the changes of a workspace on from where the last workspace with its id ended.
func goesOn(b storagetest.Backend) storagetest.Backend {
	g := &logKeeper{Backend: b, ends: map[crm.WorkspaceID]crm.Seq{}}
	return hooked{Backend: g, reader: func(r crm.Reader) crm.Reader { return lateLog{r, g} }}
}

type logKeeper struct {
	storagetest.Backend
	ends map[crm.WorkspaceID]crm.Seq // of deleted workspaces
}

func (k *logKeeper) DeleteWorkspace(ctx context.Context, id crm.WorkspaceID) error {
	err := k.Backend.View(ctx, id, func(ctx context.Context, r crm.Reader) error {
		head, err := r.Head(ctx)
		k.ends[id] = head.Seq
		return err
	})
	if err != nil {
		return err
	}
	return k.Backend.DeleteWorkspace(ctx, id)
}

type lateLog struct {
	crm.Reader
	keeper *logKeeper
}

func (l lateLog) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	head, err := l.Reader.Head(ctx)
	if err != nil {
		return nil, err
	}
	end := l.keeper.ends[head.Workspace]
	f.After -= end
	changes, err := l.Reader.Changes(ctx, f, limit)
	for n := range changes {
		changes[n].Seq += end
	}
	return changes, err
}

func (l lateLog) Head(ctx context.Context) (crm.Head, error) {
	head, err := l.Reader.Head(ctx)
	head.Seq += l.keeper.ends[head.Workspace]
	return head, err
}

type inclusiveHeads struct{ storagetest.Backend }

func (i inclusiveHeads) Heads(ctx context.Context, after crm.WorkspaceID, limit int) ([]crm.Head, error) {
	if !after.IsZero() {
		after[15]--
	}
	return i.Backend.Heads(ctx, after, limit)
}

type immortal struct{ storagetest.Backend }

func (immortal) Close() error { return nil }

type hasty struct{ storagetest.Backend }

func (h hasty) Close() error {
	go func() { _ = h.Backend.Close() }()
	return nil
}
