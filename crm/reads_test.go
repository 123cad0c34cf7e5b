package crm_test

import (
	"context"

	"github.com/getklar/influencercrm/crm"
)

// readStore counts what units of work read, by the name of the call. It is used by one goroutine.
type readStore struct {
	crm.Store
	reads map[string]int
}

// watchReads replaces the shop's Service by one whose units are counted.
func (s *shop) watchReads() *readStore {
	counted := &readStore{Store: s.store, reads: map[string]int{}}
	s.crm = s.crm.WithStore(counted)
	return counted
}

// during returns what fn reads, in all and by call.
func (s *readStore) during(fn func()) (all int, by map[string]int) {
	s.reads = map[string]int{}
	fn()
	for _, n := range s.reads {
		all += n
	}
	return all, s.reads
}

func (s *readStore) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return s.Store.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error { return fn(ctx, readTx{tx, s}) })
}

type readTx struct {
	crm.Tx
	store *readStore
}

func (t readTx) Members() crm.Records[crm.Member, crm.MemberFilter] {
	return readRecords[crm.Member, crm.MemberFilter]{t.Tx.Members(), t.store}
}

func (t readTx) Campaigns() crm.Records[crm.Campaign, crm.CampaignFilter] {
	return readRecords[crm.Campaign, crm.CampaignFilter]{t.Tx.Campaigns(), t.store}
}

func (t readTx) Influencers() crm.Records[crm.Influencer, crm.InfluencerFilter] {
	return readRecords[crm.Influencer, crm.InfluencerFilter]{t.Tx.Influencers(), t.store}
}

func (t readTx) Cooperations() crm.Records[crm.Cooperation, crm.CooperationFilter] {
	return readRecords[crm.Cooperation, crm.CooperationFilter]{t.Tx.Cooperations(), t.store}
}

func (t readTx) Load(ctx context.Context, n crm.Need) (crm.Loaded, error) {
	t.store.reads["load"]++
	return t.Tx.Load(ctx, n)
}

func (t readTx) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	t.store.reads["changes"]++
	return t.Tx.Changes(ctx, f, limit)
}

type readRecords[R crm.Record, F any] struct {
	crm.Records[R, F]
	store *readStore
}

func (c readRecords[R, F]) Get(ctx context.Context, id crm.ID[R]) (R, error) {
	c.store.reads["get"]++
	return c.Records.Get(ctx, id)
}

func (c readRecords[R, F]) GetAll(ctx context.Context, ids []crm.ID[R]) ([]R, error) {
	c.store.reads["get"]++
	return c.Records.GetAll(ctx, ids)
}

func (c readRecords[R, F]) List(ctx context.Context, f F, o crm.ListOptions) (crm.Page[R], error) {
	c.store.reads["list"]++
	return c.Records.List(ctx, f, o)
}

func (c readRecords[R, F]) Count(ctx context.Context, f F) (int, error) {
	c.store.reads["count"]++
	return c.Records.Count(ctx, f)
}
