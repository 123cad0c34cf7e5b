package attribution

import (
	"context"

	"github.com/getklar/influencercrm/crm"
)

// Snapshot has the records of a workspace as they were at one time. All cooperations belong to it: those that are drafts,
// cancelled or archived explain why an order was not credited.
type Snapshot struct {
	Workspace    crm.Workspace
	Seq          crm.Seq // of the last change that the records include, for Index.Apply
	Campaigns    []crm.Campaign
	Influencers  []crm.Influencer
	Cooperations []crm.Cooperation
}

// ReadSnapshot reads the records of a workspace. Give it the Reader of one View, so that they fit together.
func ReadSnapshot(ctx context.Context, r crm.Reader) (s Snapshot, err error) {
	if s.Workspace, err = r.Workspace(ctx); err != nil {
		return Snapshot{}, err
	}
	head, err := r.Head(ctx)
	if err != nil {
		return Snapshot{}, err
	}
	s.Seq = head.Seq
	err = crm.Each(ctx, r.Campaigns(), crm.CampaignFilter{Archive: crm.ActiveOrNot}, func(c crm.Campaign) error {
		s.Campaigns = append(s.Campaigns, c)
		return nil
	})
	if err == nil {
		err = crm.Each(ctx, r.Influencers(), crm.InfluencerFilter{Archive: crm.ActiveOrNot}, func(i crm.Influencer) error {
			s.Influencers = append(s.Influencers, i)
			return nil
		})
	}
	if err == nil {
		err = crm.Each(ctx, r.Cooperations(), crm.CooperationFilter{Archive: crm.ActiveOrNot}, func(c crm.Cooperation) error {
			s.Cooperations = append(s.Cooperations, c)
			return nil
		})
	}
	if err != nil {
		return Snapshot{}, err
	}
	return s, nil
}
