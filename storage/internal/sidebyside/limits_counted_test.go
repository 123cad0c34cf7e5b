package sidebyside_test

import (
	"context"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// counted is a store that counts what its units of work read and write of records: the size of an
// operation in a measure that no machine changes.
type counted struct {
	storagetest.Backend
	calls int
}

func (s *counted) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	return s.Backend.View(ctx, ws, func(ctx context.Context, r crm.Reader) error { return fn(ctx, countedReader{r, &s.calls}) })
}

func (s *counted) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return s.Backend.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error { return fn(ctx, countedTx{tx, &s.calls}) })
}

type countedReader struct {
	crm.Reader
	calls *int
}

func (r countedReader) Members() crm.Records[crm.Member, crm.MemberFilter] {
	return countedRecords[crm.Member, crm.MemberFilter]{r.Reader.Members(), r.calls}
}

func (r countedReader) Campaigns() crm.Records[crm.Campaign, crm.CampaignFilter] {
	return countedRecords[crm.Campaign, crm.CampaignFilter]{r.Reader.Campaigns(), r.calls}
}

func (r countedReader) Influencers() crm.Records[crm.Influencer, crm.InfluencerFilter] {
	return countedRecords[crm.Influencer, crm.InfluencerFilter]{r.Reader.Influencers(), r.calls}
}

func (r countedReader) Cooperations() crm.Records[crm.Cooperation, crm.CooperationFilter] {
	return countedRecords[crm.Cooperation, crm.CooperationFilter]{r.Reader.Cooperations(), r.calls}
}

type countedTx struct {
	crm.Tx
	calls *int
}

func (t countedTx) Members() crm.Records[crm.Member, crm.MemberFilter] {
	return countedReader{t.Tx, t.calls}.Members()
}

func (t countedTx) Campaigns() crm.Records[crm.Campaign, crm.CampaignFilter] {
	return countedReader{t.Tx, t.calls}.Campaigns()
}

func (t countedTx) Influencers() crm.Records[crm.Influencer, crm.InfluencerFilter] {
	return countedReader{t.Tx, t.calls}.Influencers()
}

func (t countedTx) Cooperations() crm.Records[crm.Cooperation, crm.CooperationFilter] {
	return countedReader{t.Tx, t.calls}.Cooperations()
}

func (t countedTx) Insert(ctx context.Context, records ...crm.Record) error {
	*t.calls += len(records)
	return t.Tx.Insert(ctx, records...)
}

func (t countedTx) Update(ctx context.Context, before, after crm.Record) error {
	*t.calls++
	return t.Tx.Update(ctx, before, after)
}

type countedRecords[R crm.Record, F any] struct {
	crm.Records[R, F]
	calls *int
}

func (r countedRecords[R, F]) Get(ctx context.Context, id crm.ID[R]) (R, error) {
	*r.calls++
	return r.Records.Get(ctx, id)
}

func (r countedRecords[R, F]) GetAll(ctx context.Context, ids []crm.ID[R]) ([]R, error) {
	*r.calls++
	return r.Records.GetAll(ctx, ids)
}

func (r countedRecords[R, F]) List(ctx context.Context, f F, o crm.ListOptions) (crm.Page[R], error) {
	*r.calls++
	return r.Records.List(ctx, f, o)
}
