package storagetest_test

import (
	"context"
	"sync"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// planBugs break the rows of the plan.
func planBugs() []bug {
	const each = "PlanRows: is the PlanRowOf each cooperation, archived ones too, and its influencer"
	return []bug{
		{name: "plans without what is cancelled", category: storagetest.Plan, subtest: each,
			spoil: planRows(func(row crm.PlanRow, fn func(crm.PlanRow) error) error {
				if row.Cancellation != nil {
					return nil
				}
				return fn(row)
			})},
		{name: "plans with the reason of a cancellation", category: storagetest.Plan, subtest: each,
			spoil: planRows(func(row crm.PlanRow, fn func(crm.PlanRow) error) error {
				if row.Cancellation != nil {
					row.Cancellation.Reason = "left out"
				}
				return fn(row)
			})},
		{name: "plans without the names of influencers", category: storagetest.Plan, subtest: each,
			spoil: planRows(func(row crm.PlanRow, fn func(crm.PlanRow) error) error {
				row.InfluencerName = ""
				return fn(row)
			})},
		{name: "plans with old tags", category: storagetest.Plan,
			subtest: "PlanRows: name, category, tags and platform are those that the influencer has now", spoil: keepsTags},
		{name: "plans on, whatever fn says", category: storagetest.Plan, subtest: "PlanRows: an error of fn ends it and is returned",
			spoil: planRows(func(row crm.PlanRow, fn func(crm.PlanRow) error) error {
				_ = fn(row)
				return nil
			})},
		{name: "plans with a platform of nobody", category: storagetest.Plan, subtest: "PlanRows: a profile without an id is nobody's",
			spoil: planRows(func(row crm.PlanRow, fn func(crm.PlanRow) error) error {
				if row.Profile.IsZero() {
					row.Platform = "instagram"
				}
				return fn(row)
			})},
		{name: "plans what it has found since with influencers that it knows", category: storagetest.Plan,
			subtest: "PlanRows: outside of units of work the rows and their influencers are of one state",
			spoil:   func(b wholeStore) wholeStore { return firstInfluencer{b} }},
		{name: "plans with its own memory", category: storagetest.Plan,
			subtest: "PlanRows: what comes back shares no memory with the store or an earlier answer", spoil: keepsRows},
		{name: "adds up the cost of what is cancelled", category: storagetest.Sums,
			subtest: "Sums: adds up the cooperations that a filter selects, by status, currency and whether they are cancelled",
			spoil:   sums(func(f *crm.CooperationFilter) { f.Cancelled = crm.NotCancelled })},
		{name: "adds up what is archived", category: storagetest.Sums,
			subtest: "Sums: adds up the cooperations that a filter selects, by status, currency and whether they are cancelled",
			spoil:   sums(func(f *crm.CooperationFilter) { f.Archive = crm.ActiveOrNot })},
		{name: "adds up under any filter", category: storagetest.Sums, subtest: "Sums: a bad filter is an ErrInvalid",
			spoil: sums(func(f *crm.CooperationFilter) {
				if f.State != "" && f.On.IsZero() {
					f.State = ""
				}
			})},
		{name: "adds up floating", category: storagetest.Sums,
			subtest: "Sums: a sum up to the largest amount is exact, and a larger one an ErrInvalid",
			spoil: onReads(func(r crm.Reader) crm.Reader {
				return sumsThrough{r, func(ctx context.Context, f crm.CooperationFilter) ([]crm.Sum, error) {
					all, err := r.Sums(ctx, f)
					for n, s := range all {
						all[n].Amount = budget.FromMinor(int64(float64(s.Amount.Minor())*0.999), s.Amount.Currency())
					}
					return all, err
				}}
			})},
	}
}

// sumsThrough is a Reader with other sums.
type sumsThrough struct {
	crm.Reader
	hook func(context.Context, crm.CooperationFilter) ([]crm.Sum, error)
}

func (s sumsThrough) Sums(ctx context.Context, f crm.CooperationFilter) ([]crm.Sum, error) {
	return s.hook(ctx, f)
}

func sums(spoil func(*crm.CooperationFilter)) func(wholeStore) wholeStore {
	return onReads(func(r crm.Reader) crm.Reader {
		return sumsThrough{r, func(ctx context.Context, f crm.CooperationFilter) ([]crm.Sum, error) {
			spoil(&f)
			return r.Sums(ctx, f)
		}}
	})
}

// rowsThrough is a Reader whose rows of the plan go through a hook.
type rowsThrough struct {
	crm.Reader
	hook func(row crm.PlanRow, fn func(crm.PlanRow) error) error
}

func (r rowsThrough) PlanRows(ctx context.Context, fn func(crm.PlanRow) error) error {
	return r.Reader.PlanRows(ctx, func(row crm.PlanRow) error { return r.hook(row, fn) })
}

func planRows(hook func(crm.PlanRow, func(crm.PlanRow) error) error) func(wholeStore) wholeStore {
	return onReads(func(r crm.Reader) crm.Reader { return rowsThrough{r, hook} })
}

// keepsTags gives the tags that an influencer had when it was first read.
func keepsTags(good wholeStore) wholeStore {
	var first sync.Map
	return planRows(func(row crm.PlanRow, fn func(crm.PlanRow) error) error {
		tags, _ := first.LoadOrStore(row.Influencer, row.Tags)
		row.Tags = tags.([]string)
		return fn(row)
	})(good)
}

// keepsRows gives the first row of a cooperation again, as long as it should be the same.
func keepsRows(good wholeStore) wholeStore {
	var first sync.Map
	return planRows(func(row crm.PlanRow, fn func(crm.PlanRow) error) error {
		if row.Cancellation == nil {
			return fn(row)
		}
		kept, _ := first.LoadOrStore(row.Cooperation, row.Cancellation)
		row.Cancellation = kept.(*crm.Cancellation)
		return fn(row)
	})(good)
}

// firstInfluencer plans with the influencer of its first row and knows no others.
type firstInfluencer struct{ wholeStore }

func (f firstInfluencer) Reader(ws crm.WorkspaceID) crm.Reader {
	var known crm.InfluencerID
	return rowsThrough{f.wholeStore.Reader(ws), func(row crm.PlanRow, fn func(crm.PlanRow) error) error {
		if known.IsZero() {
			known = row.Influencer
		}
		if row.Influencer != known {
			row.Category, row.Platform, row.Tags = "", "", []string{}
		}
		return fn(row)
	}}
}
