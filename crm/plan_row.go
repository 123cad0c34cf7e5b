package crm

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/budget"
)

// PlanRow is the part of a cooperation and of its influencer that a planning report reads.
type PlanRow struct {
	Cooperation CooperationID
	Campaign    CampaignID
	Influencer  InfluencerID
	Profile     ProfileID
	Responsible MemberID

	Name         string
	Status       Status
	Period       budget.Period
	Cost         budget.Money
	Spread       budget.Spread
	Cancellation *Cancellation // without its reason

	InfluencerName string

	Platform string   // of the profile; "" if the cooperation names none, or one that the influencer does not have
	Category string   // of the influencer
	Tags     []string // of the influencer; rows of one influencer may share them
}

// PlanRowOf is the row of a cooperation of an influencer.
func PlanRowOf(c Cooperation, i Influencer) PlanRow {
	row := PlanRow{
		Cooperation: c.ID, Campaign: c.Campaign, Influencer: c.Influencer, Profile: c.Profile, Responsible: c.Responsible,
		Name: c.Name, Status: c.Status, Period: c.Period, Cost: c.Cost, Spread: c.Spread,
	}
	if c.Cancellation != nil {
		row.Cancellation = &Cancellation{On: c.Cancellation.On, Fee: c.Cancellation.Fee, Status: c.Cancellation.Status}
	}
	row.setInfluencer(i)
	return row
}

// setInfluencer replaces what the row has of its influencer.
func (row *PlanRow) setInfluencer(i Influencer) {
	row.InfluencerName, row.Platform, row.Category, row.Tags = i.Name, "", i.Category, cloneSlice(i.Tags)
	if profile, found := i.Profile(row.Profile); found && !row.Profile.IsZero() {
		row.Platform = profile.Platform
	}
}

// PlanRows implements Reader. It takes today's rows and replaces what has changed since in them.
func (a *asOfReader) PlanRows(ctx context.Context, fn func(PlanRow) error) error {
	err := a.Reader.PlanRows(ctx, func(row PlanRow) error {
		if a.cooperations.changed[row.Cooperation.UUID()] {
			return nil
		}
		if a.influencers.changed[row.Influencer.UUID()] {
			row.setInfluencer(a.influencers.then[row.Influencer.UUID()])
		}
		return fn(row)
	})
	if err != nil {
		return err
	}
	changed := make([]Cooperation, 0, len(a.cooperations.then))
	for _, c := range a.cooperations.then {
		changed = append(changed, c)
	}
	for some := range slices.Chunk(changed, MaxPageSize) {
		if err := a.changedPlanRows(ctx, some, fn); err != nil {
			return err
		}
	}
	return nil
}

func (a *asOfReader) changedPlanRows(ctx context.Context, some []Cooperation, fn func(PlanRow) error) error {
	ids := make([]InfluencerID, len(some))
	for n, c := range some {
		ids[n] = c.Influencer
	}
	found, err := a.influencers.withoutTimes().GetAll(ctx, ids)
	if err != nil {
		return err
	}
	influencers := make(map[InfluencerID]Influencer, len(found))
	for _, i := range found {
		influencers[i.ID] = i
	}
	for _, c := range some {
		if err := fn(PlanRowOf(c, influencers[c.Influencer])); err != nil {
			return err
		}
	}
	return nil
}
