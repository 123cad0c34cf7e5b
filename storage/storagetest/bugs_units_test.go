package storagetest_test

import (
	"context"
	"errors"
	"sync"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// unitBugs break units of work: rollback, snapshots, nesting, concurrency, versions, references.
func unitBugs() []bug {
	return []bug{
		{name: "commits although fn failed", category: storagetest.Units, subtest: "Update: otherwise nothing is, and the error is fn's",
			spoil: func(b wholeStore) wholeStore { return swallowsRollback{b} }},
		{name: "commits although fn panicked", category: storagetest.Units,
			subtest: "Update: a panic in fn writes nothing and leaves the store usable",
			spoil:   func(b wholeStore) wholeStore { return commitsPanic{b} }},
		{name: "forgets a failed write", category: storagetest.Units,
			subtest: "Update: after a write inside fn has failed the transaction is doomed",
			spoil:   func(b wholeStore) wholeStore { return notDoomed{b} }},
		{name: "reads after the callback", category: storagetest.Units, subtest: "View: a Reader is valid until its callback returns",
			spoil: func(b wholeStore) wholeStore { return live{b} }},
		{name: "does not see its own writes", category: storagetest.Units, subtest: "Tx: a Reader that sees its own writes",
			spoil: func(b wholeStore) wholeStore { return blind{b} }},
		{name: "sees what others write", category: storagetest.Snapshots, subtest: "View: one consistent snapshot while writers commit",
			spoil: func(b wholeStore) wholeStore { return live{b} }},
		{name: "readers meet a lock", category: storagetest.Snapshots, subtest: "View: does not wait for a writer and sees nothing of it",
			spoil: func(b wholeStore) wholeStore { return &locked{wholeStore: b} }},
		{name: "nested View in View", category: storagetest.Nesting, subtest: "View in View returns ErrNestedTx at once",
			spoil: func(b wholeStore) wholeStore { return nests{b} }},
		{name: "nested Update in Update", category: storagetest.Nesting, subtest: "Update in Update returns ErrNestedTx at once",
			spoil: func(b wholeStore) wholeStore { return nests{b} }},
		{name: "writers are sent away", category: storagetest.Concurrency, subtest: "Update: a long one holds up its workspace's other writers",
			spoil: func(b wholeStore) wholeStore { return &impatient{wholeStore: b} }},
		{name: "no transaction", category: storagetest.Snapshots, subtest: "View: does not wait for a writer and sees nothing of it",
			spoil: func(b wholeStore) wholeStore { return autocommit{b} }},
		{name: "last writer wins", category: storagetest.Concurrency,
			subtest: "Update: two writers on one record: one wins, the other gets ErrConflict, nothing is lost", spoil: onWrites(lastWriterWins)},
		{name: "ignores the version", category: storagetest.Versions, subtest: "Update: if another version is stored it is an ErrConflict",
			spoil: onWrites(lastWriterWins)},
		{name: "starts every record at version 1", category: storagetest.Versions,
			subtest: "Insert: records are written as they are, with the version they carry", spoil: onWrites(startsAtOne)},
		{name: "invents what is referred to", category: storagetest.References,
			subtest: "Insert: a reference to nothing is an ErrInvalid that names the field", spoil: onWrites(inventsMembers)},
		{name: "commits after the context has ended", category: storagetest.Lifecycle,
			subtest: "A context that ends within fn ends the Update, even if fn returns nil, and nothing is written",
			spoil:   func(b wholeStore) wholeStore { return deaf{b} }},
	}
}

type updateFunc = func(context.Context, crm.Tx) error
type viewFunc = func(context.Context, crm.Reader) error

type swallowsRollback struct{ wholeStore }

func (s swallowsRollback) Update(ctx context.Context, ws crm.WorkspaceID, fn updateFunc) error {
	var own error
	err := s.wholeStore.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error {
		own = fn(ctx, tx)
		return nil
	})
	return errors.Join(own, err)
}

type commitsPanic struct{ wholeStore }

func (s commitsPanic) Update(ctx context.Context, ws crm.WorkspaceID, fn updateFunc) error {
	var panicked any
	err := s.wholeStore.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error {
		defer func() { panicked = recover() }()
		return fn(ctx, tx)
	})
	if panicked != nil {
		panic(panicked)
	}
	return err
}

type notDoomed struct{ wholeStore }

func (s notDoomed) Update(ctx context.Context, ws crm.WorkspaceID, fn updateFunc) error {
	succeeded := false
	err := s.wholeStore.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error {
		err := fn(ctx, tx)
		succeeded = err == nil
		return err
	})
	if succeeded {
		return nil
	}
	return err
}

// live shows the log's end as it is at the moment of the call.
type live struct{ wholeStore }

func (s live) View(ctx context.Context, ws crm.WorkspaceID, fn viewFunc) error {
	return s.wholeStore.View(ctx, ws, func(ctx context.Context, r crm.Reader) error { return fn(ctx, liveHead{r, s.wholeStore, ws}) })
}

type liveHead struct {
	crm.Reader
	store wholeStore
	ws    crm.WorkspaceID
}

func (l liveHead) Head(context.Context) (h crm.Head, err error) {
	err = l.store.View(context.Background(), l.ws, func(ctx context.Context, r crm.Reader) (err error) {
		h, err = r.Head(ctx)
		return err
	})
	return h, err
}

// blind reads campaigns as they were before the unit of work.
type blind struct{ wholeStore }

func (s blind) Update(ctx context.Context, ws crm.WorkspaceID, fn updateFunc) error {
	return s.wholeStore.View(ctx, ws, func(_ context.Context, before crm.Reader) error {
		return s.wholeStore.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error {
			return fn(ctx,
				readsThrough{tx,
					spoiled{Reader: tx,
						campaigns: func(crm.Records[crm.Campaign, crm.CampaignFilter]) crm.Records[crm.Campaign, crm.CampaignFilter] {
							return before.Campaigns()
						}}})
		})
	})
}

// locked sends readers away while somebody writes.
type locked struct {
	wholeStore
	mu sync.RWMutex
}

func (s *locked) View(ctx context.Context, ws crm.WorkspaceID, fn viewFunc) error {
	if !s.mu.TryRLock() {
		return crm.ErrBusy
	}
	defer s.mu.RUnlock()
	return s.wholeStore.View(ctx, ws, fn)
}

func (s *locked) Update(ctx context.Context, ws crm.WorkspaceID, fn updateFunc) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.wholeStore.Update(ctx, ws, fn)
}

// nests does not know its own callbacks' contexts.
type nests struct{ wholeStore }

func (s nests) View(ctx context.Context, ws crm.WorkspaceID, fn viewFunc) error {
	return s.wholeStore.View(ctx, ws, func(_ context.Context, r crm.Reader) error { return fn(ctx, r) })
}

func (s nests) Update(ctx context.Context, ws crm.WorkspaceID, fn updateFunc) error {
	return s.wholeStore.Update(ctx, ws, func(_ context.Context, tx crm.Tx) error { return fn(ctx, tx) })
}

// impatient never lets a writer wait.
type impatient struct {
	wholeStore
	mu sync.Mutex
}

func (s *impatient) Update(ctx context.Context, ws crm.WorkspaceID, fn updateFunc) error {
	if !s.mu.TryLock() {
		return crm.ErrBusy
	}
	defer s.mu.Unlock()
	return s.wholeStore.Update(ctx, ws, fn)
}

// autocommit writes each record and change by itself.
type autocommit struct{ wholeStore }

func (s autocommit) Update(ctx context.Context, ws crm.WorkspaceID, fn updateFunc) error {
	return s.wholeStore.View(ctx, ws, func(_ context.Context, r crm.Reader) error {
		return fn(ctx, singly{Reader: r, do: func(one updateFunc) error { return s.wholeStore.Update(ctx, ws, one) }})
	})
}

type singly struct {
	crm.Reader
	do func(updateFunc) error
}

func (s singly) Insert(_ context.Context, records ...crm.Record) error {
	return s.do(func(ctx context.Context, tx crm.Tx) error { return tx.Insert(ctx, records...) })
}

func (s singly) Update(_ context.Context, _, r crm.Record) error {
	return s.do(func(ctx context.Context, tx crm.Tx) error { return tx.Update(ctx, nil, r) })
}

func (s singly) Delete(_ context.Context, r crm.Record) error {
	return s.do(func(ctx context.Context, tx crm.Tx) error { return tx.Delete(ctx, r) })
}

func (s singly) AddPicture(_ context.Context, p crm.Picture) error {
	return s.do(func(ctx context.Context, tx crm.Tx) error { return tx.AddPicture(ctx, p) })
}

func (s singly) DeletePictures(_ context.Context, id crm.InfluencerID) error {
	return s.do(func(ctx context.Context, tx crm.Tx) error { return tx.DeletePictures(ctx, id) })
}

func (s singly) Append(_ context.Context, changes []crm.Change) error {
	return s.do(func(ctx context.Context, tx crm.Tx) error { return tx.Append(ctx, changes) })
}

func (s singly) Redact(_ context.Context, changes []crm.Change) error {
	return s.do(func(ctx context.Context, tx crm.Tx) error { return tx.Redact(ctx, changes) })
}

func (s singly) RebuildPlanSums(context.Context) error {
	return s.do(func(ctx context.Context, tx crm.Tx) error { return tx.RebuildPlanSums(ctx) })
}

// lastWriterWins takes over whatever version of a member is stored.
func lastWriterWins(tx crm.Tx) crm.Tx {
	return writes{Tx: tx, update: func(ctx context.Context, before, r crm.Record) error {
		if m, ok := r.(crm.Member); ok {
			if current, err := tx.Members().Get(ctx, m.ID); err == nil {
				m.Version = current.Version
			}
			r = m
		}
		return tx.Update(ctx, before, r)
	}}
}

func startsAtOne(tx crm.Tx) crm.Tx {
	return writes{Tx: tx, insert: func(ctx context.Context, records ...crm.Record) error {
		for _, r := range records {
			if err := tx.Insert(ctx, backend.AtRevision(r, 1)); err != nil {
				return err
			}
		}
		return nil
	}}
}

// inventsMembers makes the responsible member of an influencer where there is none.
func inventsMembers(tx crm.Tx) crm.Tx {
	return writes{Tx: tx, insert: func(ctx context.Context, records ...crm.Record) error {
		for _, r := range records {
			if i, ok := r.(crm.Influencer); ok && !i.Responsible.IsZero() {
				if _, err := tx.Members().Get(ctx, i.Responsible); errors.Is(err, crm.ErrNotFound) {
					if err := tx.Insert(ctx, crm.Member{ID: i.Responsible, Version: 1}); err != nil {
						return err
					}
				}
			}
		}
		return tx.Insert(ctx, records...)
	}}
}

// deaf does not hear that a context has ended.
type deaf struct{ wholeStore }

func (s deaf) Update(ctx context.Context, ws crm.WorkspaceID, fn updateFunc) error {
	return s.wholeStore.Update(context.WithoutCancel(ctx), ws, fn)
}
