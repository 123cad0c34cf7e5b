package crm

import (
	"context"
	"slices"
)

// preloadedTx is a transaction that has read a batch of records at once, for an operation that asks for them one by
// one. It answers from the batch until a record is written; everything else goes to the store.
type preloadedTx struct {
	Tx
	members      preloaded[Member, MemberFilter]
	campaigns    preloaded[Campaign, CampaignFilter]
	influencers  preloaded[Influencer, InfluencerFilter]
	cooperations preloaded[Cooperation, CooperationFilter]
}

// withPreloaded calls fn with records in memory, and with the campaigns and influencers of cooperations among them.
func (w *Work) withPreloaded(ctx context.Context, refs []Ref, fn func() error) error {
	a := &preloadedTx{
		Tx:           w.tx,
		members:      preloaded[Member, MemberFilter]{Records: w.Members()},
		campaigns:    preloaded[Campaign, CampaignFilter]{Records: w.Campaigns()},
		influencers:  preloaded[Influencer, InfluencerFilter]{Records: w.Influencers()},
		cooperations: preloaded[Cooperation, CooperationFilter]{Records: w.Cooperations()},
	}
	if err := a.read(ctx, refs); err != nil {
		return err
	}
	reader, tx := w.Reader, w.tx
	w.Reader, w.tx = a, a
	defer func() { w.Reader, w.tx = reader, tx }()
	return fn()
}

func (a *preloadedTx) read(ctx context.Context, refs []Ref) error {
	if err := a.cooperations.read(ctx, idsIn[Cooperation](refs)); err != nil {
		return err
	}
	campaigns, influencers := idsIn[Campaign](refs), idsIn[Influencer](refs)
	for _, c := range a.cooperations.known {
		campaigns, influencers = append(campaigns, c.Campaign), append(influencers, c.Influencer)
	}
	if err := a.campaigns.read(ctx, campaigns); err != nil {
		return err
	}
	if err := a.influencers.read(ctx, influencers); err != nil {
		return err
	}
	return a.members.read(ctx, idsIn[Member](refs))
}

// idsIn picks the ids of one kind of record.
func idsIn[R Record](refs []Ref) []ID[R] {
	var ids []ID[R]
	for _, ref := range refs {
		if id := ID[R](ref.ID); ref == RefTo(id) && !id.IsZero() {
			ids = append(ids, id)
		}
	}
	return ids
}

func (a *preloadedTx) Members() Records[Member, MemberFilter]                { return a.members }
func (a *preloadedTx) Campaigns() Records[Campaign, CampaignFilter]          { return a.campaigns }
func (a *preloadedTx) Influencers() Records[Influencer, InfluencerFilter]    { return a.influencers }
func (a *preloadedTx) Cooperations() Records[Cooperation, CooperationFilter] { return a.cooperations }

func (a *preloadedTx) Update(ctx context.Context, r Record) error {
	a.forget(r)
	return a.Tx.Update(ctx, r)
}

func (a *preloadedTx) Delete(ctx context.Context, r Record) error {
	a.forget(r)
	return a.Tx.Delete(ctx, r)
}

func (a *preloadedTx) forget(r Record) {
	switch r := r.(type) {
	case Member:
		delete(a.members.known, r.ID)
	case Campaign:
		delete(a.campaigns.known, r.ID)
	case Influencer:
		delete(a.influencers.known, r.ID)
	case Cooperation:
		delete(a.cooperations.known, r.ID)
	}
}

// preloaded holds the records of one kind that a preloadedTx has read.
type preloaded[R Record, F any] struct {
	Records[R, F]
	known map[ID[R]]R
}

func (a *preloaded[R, F]) read(ctx context.Context, ids []ID[R]) error {
	a.known = map[ID[R]]R{}
	slices.SortFunc(ids, ID[R].Compare)
	if ids = slices.Compact(ids); len(ids) == 0 {
		return nil
	}
	found, err := a.Records.GetAll(ctx, ids)
	for _, r := range found {
		a.known[ID[R](r.Ref().ID)] = r
	}
	return err
}

func (a preloaded[R, F]) Get(ctx context.Context, id ID[R]) (R, error) {
	if r, ok := a.known[id]; ok {
		return Clone(r), nil
	}
	return a.Records.Get(ctx, id)
}

// GetAll answers a request for a single record, which is how the rules of the domain read the record that a field
// names.
func (a preloaded[R, F]) GetAll(ctx context.Context, ids []ID[R]) ([]R, error) {
	if len(ids) == 1 {
		if r, ok := a.known[ids[0]]; ok {
			return []R{Clone(r)}, nil
		}
	}
	return a.Records.GetAll(ctx, ids)
}
