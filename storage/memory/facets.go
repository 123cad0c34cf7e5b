package memory

import (
	"context"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// Facets implements crm.Reader.
func (u *unit) Facets(ctx context.Context, f crm.CooperationFilter) (crm.Facets, error) {
	if err := u.check(ctx); err != nil {
		return crm.Facets{}, err
	}
	f, err := crm.CheckFilter(f)
	if err != nil {
		return crm.Facets{}, err
	}
	return crm.FacetsOf(func(add func(crm.Cooperation, crm.Influencer)) error {
		u.state.cooperations.ascend(u.state, f, uuid.Nil, func(c crm.Cooperation) bool {
			i, _ := u.state.influencers.get(c.Influencer.UUID())
			add(c, i)
			return true
		})
		return nil
	})
}
