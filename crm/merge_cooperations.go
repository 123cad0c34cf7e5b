package crm

import (
	"context"

	"github.com/getklar/influencercrm/utm"
)

// cooperationMove moves cooperations to an influencer who has the profiles of their former one.
type cooperationMove struct {
	*Work
	to       Influencer
	replaced map[ProfileID]ProfileID // from a profile that is gone to the one that replaces it
	reason   string
	claims   map[CooperationID][]Claim
	moved    []MovedCooperation // at most MaxPageSize
	count    int
}

// moveAll moves the cooperations of an influencer.
func (m *cooperationMove) moveAll(ctx context.Context, of InfluencerID) error {
	all := CooperationFilter{Influencer: of, Archive: ActiveOrNot}
	return EachPage(ctx, m.Cooperations(), all, bulkBatch, func(page []Cooperation) error {
		if err := m.prepare(ctx, page); err != nil {
			return err
		}
		for _, c := range page {
			if err := m.moveOne(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

// prepare reads the campaigns of cooperations at once, and then the names that those could get.
func (m *cooperationMove) prepare(ctx context.Context, page []Cooperation) error {
	var need Need
	for _, c := range page {
		need.Refs = append(need.Refs, RefTo(c.Campaign))
	}
	if err := m.cache.prepare(ctx, need); err != nil {
		return err
	}
	need = Need{}
	for _, c := range page {
		campaign, err := m.Campaigns().Get(ctx, c.Campaign)
		if err != nil {
			return err
		}
		if c.NameMode == NameAuto {
			need.Names = append(need.Names, references{campaign: campaign, influencer: m.to}.nameProbe(campaign.ID))
		}
	}
	return m.cache.prepare(ctx, need)
}

func (m *cooperationMove) moveOne(ctx context.Context, c Cooperation) error {
	after := c
	after.Influencer, after.Profile = m.to.ID, m.successor(c.Profile)
	for _, f := range utm.Fields() {
		after.UTMOrigins[f].Profile = m.successor(c.UTMOrigins[f].Profile)
	}
	after.RulesOrigin.Profile = m.successor(c.RulesOrigin.Profile)
	campaign, err := m.Campaigns().Get(ctx, c.Campaign)
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
	after.fillPending(p)
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
