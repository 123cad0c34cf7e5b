package backend

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// Direct makes the Reader of crm.Store.Reader: each of its calls is a run of its own. Run gives read something to read
// with, and returns its error. If read reports that it found nothing, or returns an ErrNotFound, and the workspace does
// not exist, the error is that of the workspace.
func Direct(run func(ctx context.Context, read func(crm.Reader) (found bool, err error)) error) crm.Reader {
	return direct{run}
}

type direct struct {
	run func(context.Context, func(crm.Reader) (bool, error)) error
}

// directly runs one read. Found says of its result whether something was found.
func directly[T any](ctx context.Context, d direct, read func(crm.Reader) (T, error), found func(T) bool) (T, error) {
	var result T
	err := d.run(ctx, func(r crm.Reader) (bool, error) {
		var err error
		result, err = read(r)
		return err == nil && found(result), err
	})
	if err != nil {
		var none T
		return none, err
	}
	return result, nil
}

func always[T any](T) bool { return true }

func some[T any](all []T) bool { return len(all) > 0 }

// Workspace implements crm.Reader.
func (d direct) Workspace(ctx context.Context) (crm.Workspace, error) {
	return directly(ctx, d, func(r crm.Reader) (crm.Workspace, error) { return r.Workspace(ctx) }, always)
}

// Members implements crm.Reader.
func (d direct) Members() crm.Records[crm.Member, crm.MemberFilter] {
	return directRecords[crm.Member, crm.MemberFilter]{d, crm.Reader.Members}
}

// Campaigns implements crm.Reader.
func (d direct) Campaigns() crm.Records[crm.Campaign, crm.CampaignFilter] {
	return directRecords[crm.Campaign, crm.CampaignFilter]{d, crm.Reader.Campaigns}
}

// Influencers implements crm.Reader.
func (d direct) Influencers() crm.Records[crm.Influencer, crm.InfluencerFilter] {
	return directRecords[crm.Influencer, crm.InfluencerFilter]{d, crm.Reader.Influencers}
}

// Cooperations implements crm.Reader.
func (d direct) Cooperations() crm.Records[crm.Cooperation, crm.CooperationFilter] {
	return directRecords[crm.Cooperation, crm.CooperationFilter]{d, crm.Reader.Cooperations}
}

// ImportRuns implements crm.Reader.
func (d direct) ImportRuns() crm.Records[crm.ImportRun, crm.ImportRunFilter] {
	return directRecords[crm.ImportRun, crm.ImportRunFilter]{d, crm.Reader.ImportRuns}
}

// Picture implements crm.Reader.
func (d direct) Picture(ctx context.Context, id crm.PictureID) (crm.Picture, error) {
	return directly(ctx, d, func(r crm.Reader) (crm.Picture, error) { return r.Picture(ctx, id) }, always)
}

// PictureIDs implements crm.Reader.
func (d direct) PictureIDs(ctx context.Context, after crm.PictureID, limit int) ([]crm.PictureID, error) {
	return directly(ctx, d, func(r crm.Reader) ([]crm.PictureID, error) { return r.PictureIDs(ctx, after, limit) }, some)
}

// Claims implements crm.Reader.
func (d direct) Claims(ctx context.Context, f crm.ClaimFilter) ([]crm.Claim, error) {
	return directly(ctx, d, func(r crm.Reader) ([]crm.Claim, error) { return r.Claims(ctx, f) }, some)
}

// Sums implements crm.Reader.
func (d direct) Sums(ctx context.Context, f crm.CooperationFilter) ([]crm.Sum, error) {
	return directly(ctx, d, func(r crm.Reader) ([]crm.Sum, error) { return r.Sums(ctx, f) }, some)
}

// Facets implements crm.Reader. It may be several statements, which are no snapshot.
func (d direct) Facets(ctx context.Context, f crm.CooperationFilter) (crm.Facets, error) {
	return directly(ctx, d, func(r crm.Reader) (crm.Facets, error) { return r.Facets(ctx, f) }, func(f crm.Facets) bool {
		return some(f.Tags.Values) || some(f.Categories.Values) || some(f.Platforms.Values) || some(f.Months.Values)
	})
}

// InfluencerFacets implements crm.Reader. It may be several statements, which are no snapshot.
func (d direct) InfluencerFacets(ctx context.Context, f crm.InfluencerFilter) (crm.InfluencerFacets, error) {
	read := func(r crm.Reader) (crm.InfluencerFacets, error) { return r.InfluencerFacets(ctx, f) }
	return directly(ctx, d, read, func(f crm.InfluencerFacets) bool {
		return some(f.Tags.Values) || some(f.Categories.Values) || some(f.Platforms.Values) || some(f.Responsibles.Values)
	})
}

// Changes implements crm.Reader.
func (d direct) Changes(ctx context.Context, f crm.ChangeFilter, limit int) ([]crm.Change, error) {
	return directly(ctx, d, func(r crm.Reader) ([]crm.Change, error) { return r.Changes(ctx, f, limit) }, some)
}

// PlanRows implements crm.Reader. A run that is repeated after fn has had rows reads nothing more, and ends with the
// error of the first.
func (d direct) PlanRows(ctx context.Context, fn func(crm.PlanRow) error) error {
	given := false
	var failed error
	return d.run(ctx, func(r crm.Reader) (bool, error) {
		if !given {
			failed = r.PlanRows(ctx, func(row crm.PlanRow) error {
				given = true
				return fn(row)
			})
		}
		return given, failed
	})
}

// PlanSums implements crm.Reader.
func (d direct) PlanSums(ctx context.Context, f crm.PlanSumFilter) ([]crm.PlanSum, bool, error) {
	kept := false
	sums, err := directly(ctx, d, func(r crm.Reader) (sums []crm.PlanSum, err error) {
		sums, kept, err = r.PlanSums(ctx, f)
		return sums, err
	}, some)
	return sums, kept && err == nil, err
}

// PlanSpans implements crm.Reader.
func (d direct) PlanSpans(ctx context.Context, campaigns []crm.CampaignID) (map[crm.CampaignID]budget.Period, error) {
	return directly(ctx, d, func(r crm.Reader) (map[crm.CampaignID]budget.Period, error) {
		return r.PlanSpans(ctx, campaigns)
	}, func(spans map[crm.CampaignID]budget.Period) bool { return len(spans) > 0 })
}

// Head implements crm.Reader.
func (d direct) Head(ctx context.Context) (crm.Head, error) {
	return directly(ctx, d, func(r crm.Reader) (crm.Head, error) { return r.Head(ctx) }, always)
}

// Load implements crm.Reader. It may be several statements, which are no snapshot.
func (d direct) Load(ctx context.Context, n crm.Need) (crm.Loaded, error) {
	return directly(ctx, d, func(r crm.Reader) (crm.Loaded, error) { return r.Load(ctx, n) }, func(l crm.Loaded) bool {
		return some(l.Members) || some(l.Campaigns) || some(l.Influencers) || some(l.Cooperations) ||
			slices.ContainsFunc(l.Names, func(n crm.Names) bool { return some(n.Found) }) ||
			slices.ContainsFunc(l.Owners, func(owner crm.InfluencerID) bool { return !owner.IsZero() })
	})
}

// directRecords reads the records of one kind. It implements crm.Records.
type directRecords[R crm.Record, F any] struct {
	direct
	of func(crm.Reader) crm.Records[R, F]
}

// Get implements crm.Records.
func (d directRecords[R, F]) Get(ctx context.Context, id crm.ID[R]) (R, error) {
	return directly(ctx, d.direct, func(r crm.Reader) (R, error) { return d.of(r).Get(ctx, id) }, always)
}

// GetAll implements crm.Records.
func (d directRecords[R, F]) GetAll(ctx context.Context, ids []crm.ID[R]) ([]R, error) {
	return directly(ctx, d.direct, func(r crm.Reader) ([]R, error) { return d.of(r).GetAll(ctx, ids) }, some)
}

// List implements crm.Records.
func (d directRecords[R, F]) List(ctx context.Context, f F, o crm.ListOptions) (crm.Page[R], error) {
	return directly(ctx, d.direct, func(r crm.Reader) (crm.Page[R], error) { return d.of(r).List(ctx, f, o) },
		func(p crm.Page[R]) bool { return some(p.Items) })
}

// Count implements crm.Records.
func (d directRecords[R, F]) Count(ctx context.Context, f F) (int, error) {
	return directly(ctx, d.direct, func(r crm.Reader) (int, error) { return d.of(r).Count(ctx, f) },
		func(n int) bool { return n > 0 })
}
