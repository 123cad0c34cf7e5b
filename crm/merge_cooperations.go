package crm

import (
	"context"

	"github.com/getklar/influencercrm/utm"
)

// cooperationMove moves cooperations to an influencer who has the profiles of their former one.
type cooperationMove struct {
	*Work
	to        Influencer
	replaced  map[ProfileID]ProfileID // from a profile that is gone to the one that replaces it
	reason    string
	campaigns map[CampaignID]Campaign // that have been read
	claims    map[CooperationID][]Claim
	moved     []MovedCooperation // at most MaxPageSize
	count     int
}

// moveAll moves the cooperations of an influencer.
func (m *cooperationMove) moveAll(ctx context.Context, of InfluencerID) error {
	return Each(ctx, m.Cooperations(), CooperationFilter{Influencer: of, Archive: ActiveOrNot}, func(c Cooperation) error {
		return m.moveOne(ctx, c)
	})
}

func (m *cooperationMove) moveOne(ctx context.Context, c Cooperation) error {
	after := c
	after.Influencer, after.Profile = m.to.ID, m.successor(c.Profile)
	for _, f := range utm.Fields() {
		after.UTMOrigins[f].Profile = m.successor(c.UTMOrigins[f].Profile)
	}
	after.RulesOrigin.Profile = m.successor(c.RulesOrigin.Profile)
	campaign, err := m.campaign(ctx, c.Campaign)
	if err != nil {
		return err
	}
	p := references{campaign: campaign, influencer: m.to}
	p.profile, _ = m.to.Profile(after.Profile)
	if after.NameMode == NameAuto && !isAutoName(after, autoName(p)) { // a name that is still right stays
		if err := m.setAutoName(ctx, &after, p); err != nil {
			return err
		}
	}
	if after, err = replace(ctx, m.Work, c, after, m.reason); err != nil {
		return err
	}
	if m.Work.claims != nil {
		m.claims[after.ID] = ClaimsOf(after)
	}
	if m.count++; len(m.moved) < MaxPageSize {
		m.moved = append(m.moved, MovedCooperation{ID: c.ID, Name: after.Name, Was: c.Name})
	}
	return nil
}

// successor returns the profile that replaces p, or p.
func (m *cooperationMove) successor(p ProfileID) ProfileID {
	if other, gone := m.replaced[p]; gone {
		return other
	}
	return p
}

func (m *cooperationMove) campaign(ctx context.Context, id CampaignID) (Campaign, error) {
	if c, known := m.campaigns[id]; known {
		return c, nil
	}
	c, err := m.Campaigns().Get(ctx, id)
	m.campaigns[id] = c
	return c, err
}
