package storagetest_test

import (
	"context"
	"sync"

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
	}
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
