package crm

import (
	"context"

	"github.com/getklar/influencercrm/utm"
)

// cooperationMove gives cooperations to an influencer who has taken over the profiles of another.
type cooperationMove struct {
	*Work
	by        Influencer
	united    map[ProfileID]ProfileID // profiles that are gone, and those in their place
	reason    string
	campaigns map[CampaignID]Campaign // that have been read
	claims    map[CooperationID][]Claim
	moved     []MovedCooperation // at most MaxPageSize
	count     int
}

// all adopts the cooperations of an influencer.
func (a *cooperationMove) all(ctx context.Context, of InfluencerID) error {
	return Each(ctx, a.Cooperations(), CooperationFilter{Influencer: of, Archive: ActiveOrNot}, func(c Cooperation) error {
		return a.one(ctx, c)
	})
}

func (a *cooperationMove) one(ctx context.Context, c Cooperation) error {
	after := c
	after.Influencer, after.Profile = a.by.ID, a.successor(c.Profile)
	for _, f := range utm.Fields() {
		after.UTMOrigins[f].Profile = a.successor(c.UTMOrigins[f].Profile)
	}
	after.RulesOrigin.Profile = a.successor(c.RulesOrigin.Profile)
	campaign, err := a.campaign(ctx, c.Campaign)
	if err != nil {
		return err
	}
	p := references{campaign: campaign, influencer: a.by}
	p.profile, _ = a.by.Profile(after.Profile)
	if after.NameMode == NameAuto && !isAutoName(after, autoName(p)) { // one that is right stays
		if err := a.name(ctx, &after, p); err != nil {
			return err
		}
	}
	if after, err = replace(ctx, a.Work, c, after, a.reason); err != nil {
		return err
	}
	if a.Work.claims != nil {
		a.claims[after.ID] = ClaimsOf(after)
	}
	if a.count++; len(a.moved) < MaxPageSize {
		a.moved = append(a.moved, MovedCooperation{ID: c.ID, Name: after.Name, Was: c.Name})
	}
	return nil
}

// heir is the profile that stands in the place of one.
func (a *cooperationMove) successor(p ProfileID) ProfileID {
	if other, gone := a.united[p]; gone {
		return other
	}
	return p
}

func (a *cooperationMove) campaign(ctx context.Context, id CampaignID) (Campaign, error) {
	if c, known := a.campaigns[id]; known {
		return c, nil
	}
	c, err := a.Campaigns().Get(ctx, id)
	a.campaigns[id] = c
	return c, err
}
