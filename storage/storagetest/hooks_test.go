package storagetest_test

import (
	"context"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// hooked is a store whose units of work pass through hooks; those that are nil change nothing.
type hooked struct {
	wholeStore
	reader func(crm.Reader) crm.Reader // what View hands out, and what a Tx reads through
	tx     func(crm.Tx) crm.Tx
}

func (h hooked) Reader(ws crm.WorkspaceID) crm.Reader {
	return through(h.reader, h.wholeStore.Reader(ws))
}

func (h hooked) View(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Reader) error) error {
	return h.wholeStore.View(ctx, ws, func(ctx context.Context, r crm.Reader) error {
		if h.reader != nil {
			r = h.reader(r)
		}
		return fn(ctx, r)
	})
}

func (h hooked) Update(ctx context.Context, ws crm.WorkspaceID, fn func(context.Context, crm.Tx) error) error {
	return h.wholeStore.Update(ctx, ws, func(ctx context.Context, tx crm.Tx) error {
		if h.reader != nil {
			tx = readsThrough{tx, h.reader(tx)}
		}
		if h.tx != nil {
			tx = h.tx(tx)
		}
		return fn(ctx, tx)
	})
}

// onReads and onWrites make hooked stores.
func onReads(hook func(crm.Reader) crm.Reader) func(wholeStore) wholeStore {
	return func(b wholeStore) wholeStore { return hooked{wholeStore: b, reader: hook} }
}

func onWrites(hook func(crm.Tx) crm.Tx) func(wholeStore) wholeStore {
	return func(b wholeStore) wholeStore { return hooked{wholeStore: b, tx: hook} }
}

// readsThrough is a Tx that reads through another Reader.
type readsThrough struct {
	crm.Tx
	r crm.Reader
}

func (t readsThrough) Workspace(ctx context.Context) (crm.Workspace, error) {
	return t.r.Workspace(ctx)
}
func (t readsThrough) Members() crm.Records[crm.Member, crm.MemberFilter] { return t.r.Members() }
func (t readsThrough) Campaigns() crm.Records[crm.Campaign, crm.CampaignFilter] {
	return t.r.Campaigns()
}
func (t readsThrough) Influencers() crm.Records[crm.Influencer, crm.InfluencerFilter] {
	return t.r.Influencers()
}
func (t readsThrough) Cooperations() crm.Records[crm.Cooperation, crm.CooperationFilter] {
	return t.r.Cooperations()
}
func (t readsThrough) ImportRuns() crm.Records[crm.ImportRun, crm.ImportRunFilter] {
	return t.r.ImportRuns()
}
func (t readsThrough) Picture(ctx context.Context, id crm.PictureID) (crm.Picture, error) {
	return t.r.Picture(ctx, id)
}
func (t readsThrough) PictureIDs(ctx context.Context, after crm.PictureID, limit int) ([]crm.PictureID, error) {
	return t.r.PictureIDs(ctx, after, limit)
}
func (t readsThrough) PlanRows(ctx context.Context, fn func(crm.PlanRow) error) error {
	return t.r.PlanRows(ctx, fn)
}
func (t readsThrough) PlanSums(ctx context.Context, f crm.PlanSumFilter) ([]crm.PlanSum, bool, error) {
	return t.r.PlanSums(ctx, f)
}
func (t readsThrough) PlanSpans(ctx context.Context, campaigns []crm.CampaignID) (map[crm.CampaignID]budget.Period, error) {
	return t.r.PlanSpans(ctx, campaigns)
}
func (t readsThrough) Sums(ctx context.Context, f crm.CooperationFilter) ([]crm.Sum, error) {
	return t.r.Sums(ctx, f)
}
func (t readsThrough) Facets(ctx context.Context, f crm.CooperationFilter) (crm.Facets, error) {
	return t.r.Facets(ctx, f)
}
func (t readsThrough) Claims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	return t.r.Claims(ctx, f)
}
func (t readsThrough) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	return t.r.Changes(ctx, f, limit)
}
func (t readsThrough) Load(ctx context.Context, n crm.Need) (crm.Loaded, error) {
	return t.r.Load(ctx, n)
}
func (t readsThrough) Head(ctx context.Context) (crm.Head, error) { return t.r.Head(ctx) }

// spoiled is a Reader some of whose lists are spoiled.
type spoiled struct {
	crm.Reader
	members      func(crm.Records[crm.Member, crm.MemberFilter]) crm.Records[crm.Member, crm.MemberFilter]
	campaigns    func(crm.Records[crm.Campaign, crm.CampaignFilter]) crm.Records[crm.Campaign, crm.CampaignFilter]
	influencers  func(crm.Records[crm.Influencer, crm.InfluencerFilter]) crm.Records[crm.Influencer, crm.InfluencerFilter]
	cooperations func(crm.Records[crm.Cooperation, crm.CooperationFilter]) crm.Records[crm.Cooperation, crm.CooperationFilter]
	runs         func(crm.Records[crm.ImportRun, crm.ImportRunFilter]) crm.Records[crm.ImportRun, crm.ImportRunFilter]
	picture      func(context.Context, crm.PictureID) (crm.Picture, error)
	pictureIDs   func(context.Context, crm.PictureID, int) ([]crm.PictureID, error)
}

func through[T any](hook func(T) T, v T) T {
	if hook == nil {
		return v
	}
	return hook(v)
}

func (s spoiled) Members() crm.Records[crm.Member, crm.MemberFilter] {
	return through(s.members, s.Reader.Members())
}
func (s spoiled) Campaigns() crm.Records[crm.Campaign, crm.CampaignFilter] {
	return through(s.campaigns, s.Reader.Campaigns())
}
func (s spoiled) Influencers() crm.Records[crm.Influencer, crm.InfluencerFilter] {
	return through(s.influencers, s.Reader.Influencers())
}
func (s spoiled) Cooperations() crm.Records[crm.Cooperation, crm.CooperationFilter] {
	return through(s.cooperations, s.Reader.Cooperations())
}
func (s spoiled) ImportRuns() crm.Records[crm.ImportRun, crm.ImportRunFilter] {
	return through(s.runs, s.Reader.ImportRuns())
}

func (s spoiled) Picture(ctx context.Context, id crm.PictureID) (crm.Picture, error) {
	if s.picture == nil {
		return s.Reader.Picture(ctx, id)
	}
	return s.picture(ctx, id)
}

func (s spoiled) PictureIDs(ctx context.Context, after crm.PictureID, limit int) ([]crm.PictureID, error) {
	if s.pictureIDs == nil {
		return s.Reader.PictureIDs(ctx, after, limit)
	}
	return s.pictureIDs(ctx, after, limit)
}

// list is a Records with some calls replaced.
type list[R crm.Record, F any] struct {
	crm.Records[R, F]
	get    func(context.Context, crm.ID[R]) (R, error)
	getAll func(context.Context, []crm.ID[R]) ([]R, error)
	list   func(context.Context, F, crm.ListOptions) (crm.Page[R], error)
	count  func(context.Context, F) (int, error)
}

func (l list[R, F]) Get(ctx context.Context, id crm.ID[R]) (R, error) {
	if l.get == nil {
		return l.Records.Get(ctx, id)
	}
	return l.get(ctx, id)
}

func (l list[R, F]) GetAll(ctx context.Context, ids []crm.ID[R]) ([]R, error) {
	if l.getAll == nil {
		return l.Records.GetAll(ctx, ids)
	}
	return l.getAll(ctx, ids)
}

func (l list[R, F]) List(ctx context.Context, f F, o crm.ListOptions) (crm.Page[R], error) {
	if l.list == nil {
		return l.Records.List(ctx, f, o)
	}
	return l.list(ctx, f, o)
}

func (l list[R, F]) Count(ctx context.Context, f F) (int, error) {
	if l.count == nil {
		return l.Records.Count(ctx, f)
	}
	return l.count(ctx, f)
}

// edited spoils each record that a list returns.
func edited[R crm.Record, F any](edit func(*R)) func(crm.Records[R, F]) crm.Records[R, F] {
	return func(good crm.Records[R, F]) crm.Records[R, F] {
		return list[R, F]{
			Records: good,
			get: func(ctx context.Context, id crm.ID[R]) (R, error) {
				r, err := good.Get(ctx, id)
				edit(&r)
				return r, err
			},
			getAll: func(ctx context.Context, ids []crm.ID[R]) ([]R, error) {
				all, err := good.GetAll(ctx, ids)
				for n := range all {
					edit(&all[n])
				}
				return all, err
			},
			list: func(ctx context.Context, f F, o crm.ListOptions) (crm.Page[R], error) {
				page, err := good.List(ctx, f, o)
				for n := range page.Items {
					edit(&page.Items[n])
				}
				return page, err
			},
		}
	}
}

// writes is a Tx with some calls replaced.
type writes struct {
	crm.Tx
	insert func(context.Context, ...crm.Record) error
	update func(ctx context.Context, before, after crm.Record) error
	append func(context.Context, []crm.Change) error
	add    func(context.Context, crm.Picture) error
	clear  func(context.Context, crm.InfluencerID) error
	redact func(context.Context, []crm.Change) error

	rebuild func(context.Context) error
}

func (w writes) Redact(ctx context.Context, changes []crm.Change) error {
	if w.redact == nil {
		return w.Tx.Redact(ctx, changes)
	}
	return w.redact(ctx, changes)
}

func (w writes) RebuildPlanSums(ctx context.Context) error {
	if w.rebuild == nil {
		return w.Tx.RebuildPlanSums(ctx)
	}
	return w.rebuild(ctx)
}

func (w writes) Insert(ctx context.Context, records ...crm.Record) error {
	if w.insert == nil {
		return w.Tx.Insert(ctx, records...)
	}
	return w.insert(ctx, records...)
}

func (w writes) Update(ctx context.Context, before, after crm.Record) error {
	if w.update == nil {
		return w.Tx.Update(ctx, before, after)
	}
	return w.update(ctx, before, after)
}

func (w writes) Append(ctx context.Context, changes []crm.Change) error {
	if w.append == nil {
		return w.Tx.Append(ctx, changes)
	}
	return w.append(ctx, changes)
}

func (w writes) DeletePictures(ctx context.Context, id crm.InfluencerID) error {
	if w.clear == nil {
		return w.Tx.DeletePictures(ctx, id)
	}
	return w.clear(ctx, id)
}

func (w writes) AddPicture(ctx context.Context, p crm.Picture) error {
	if w.add == nil {
		return w.Tx.AddPicture(ctx, p)
	}
	return w.add(ctx, p)
}
