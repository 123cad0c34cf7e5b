package memory

import (
	"context"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// InfluencerFacets implements crm.Reader.
func (u *unit) InfluencerFacets(ctx context.Context, f crm.InfluencerFilter) (crm.InfluencerFacets, error) {
	if err := u.check(ctx); err != nil {
		return crm.InfluencerFacets{}, err
	}
	f, err := crm.CheckFilter(f)
	if err != nil {
		return crm.InfluencerFacets{}, err
	}
	return crm.InfluencerFacetsOf(func(add func(crm.Influencer, string)) error {
		u.state.influencers.ascend(u.state, f, uuid.Nil, func(i crm.Influencer) bool {
			responsible, _ := u.state.members.get(i.Responsible.UUID())
			add(i, responsible.Name)
			return true
		})
		return nil
	})
}
