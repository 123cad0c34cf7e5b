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
			subtest: "DeleteWorkspace: removes a workspace with everything in it, and nothing else",
			spoil:   func(b wholeStore) wholeStore { return deletesAll{b} }},
		{name: "creates without a log", category: storagetest.Admin,
			subtest: "CreateWorkspace: adds a workspace with the first changes of its log",
			spoil:   func(b wholeStore) wholeStore { return forgetsChanges{b} }},
		{name: "goes on with the log of a deleted workspace", category: storagetest.Admin,
			subtest: "DeleteWorkspace: the log of the next workspace with its id begins at seq 1, and its units are others", spoil: goesOn},
		{name: "heads from an id on", category: storagetest.Admin, subtest: "Heads: the log heads of at most limit workspaces after an id, by id",
			spoil: func(b wholeStore) wholeStore { return inclusiveHeads{b} }},
		{name: "works after Close", category: storagetest.Lifecycle, subtest: "After Close every call returns ErrClosed",
			spoil: func(b wholeStore) wholeStore { return immortal{b} }},
		{name: "closes under open units of work", category: storagetest.Lifecycle, subtest: "Close: waits for an open View",
			spoil: func(b wholeStore) wholeStore { return hasty{b} }},
		{name: "forgets when it closes", category: storagetest.Durability,
			subtest: "Everything written is there after the store was opened again",
			spoil:   good, options: &storagetest.Options{Reopen: func(*testing.T, wholeStore) wholeStore { return memory.New(nil) }}},
	}
}

type deletesAll struct{ wholeStore }

func (d deletesAll) DeleteWorkspace(ctx context.Context, id crm.WorkspaceID) error {
	if err := d.wholeStore.DeleteWorkspace(ctx, id); err != nil {
		return err
	}
	return others(d.wholeStore, id, func(other crm.WorkspaceID) error { return d.wholeStore.DeleteWorkspace(ctx, other) })
}

type forgetsChanges struct{ wholeStore }

func (f forgetsChanges) CreateWorkspace(ctx context.Context, w crm.Workspace, _ []crm.Change) error {
	return f.wholeStore.CreateWorkspace(ctx, w, nil)
}

// goesOn counts the changes of a workspace on from where the last workspace with its id ended.
func goesOn(b wholeStore) wholeStore {
	g := &logKeeper{wholeStore: b, ends: map[crm.WorkspaceID]crm.Seq{}}
	return hooked{wholeStore: g, reader: func(r crm.Reader) crm.Reader { return lateLog{r, g} }}
}

type logKeeper struct {
	wholeStore
	ends map[crm.WorkspaceID]crm.Seq // of deleted workspaces
}

func (k *logKeeper) DeleteWorkspace(ctx context.Context, id crm.WorkspaceID) error {
	err := k.wholeStore.View(ctx, id, func(ctx context.Context, r crm.Reader) error {
		head, err := r.Head(ctx)
		k.ends[id] = head.Seq
		return err
	})
	if err != nil {
		return err
	}
	return k.wholeStore.DeleteWorkspace(ctx, id)
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

type inclusiveHeads struct{ wholeStore }

func (i inclusiveHeads) Heads(ctx context.Context, after crm.WorkspaceID, limit int) ([]crm.Head, error) {
	if !after.IsZero() {
		after[15]--
	}
	return i.wholeStore.Heads(ctx, after, limit)
}

type immortal struct{ wholeStore }

func (immortal) Close() error { return nil }

type hasty struct{ wholeStore }

func (h hasty) Close() error {
	go func() { _ = h.wholeStore.Close() }()
	return nil
}
