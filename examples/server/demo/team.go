package demo

import (
	"context"
	"math/rand/v2"

	"github.com/getklar/influencercrm/crm"
)

// hire makes the two members.
func (f *filling) hire(ctx context.Context) error {
	for _, m := range []crm.Member{{Name: "Mira Falk", Email: "mira@shop.example"}, {Name: "Jon Behrens", Email: "jon@shop.example"}} {
		made, err := f.crm.CreateMember(ctx, Workspace, m)
		if err != nil {
			return err
		}
		f.members = append(f.members, made)
	}
	return nil
}

// share makes each member responsible for half of the influencers, and for their cooperations.
func (f *filling) share(ctx context.Context) error {
	return f.update(ctx, func(ctx context.Context, w *crm.Work, _ *rand.Rand) error {
		of := map[crm.InfluencerID]crm.MemberID{}
		err := crm.Each(ctx, w.Influencers(), crm.InfluencerFilter{}, func(i crm.Influencer) error {
			i.Responsible = f.members[len(of)%len(f.members)].ID
			of[i.ID] = i.Responsible
			_, err := w.UpdateInfluencer(ctx, i, "the team has shared its work")
			return err
		})
		if err != nil {
			return err
		}
		return crm.Each(ctx, w.Cooperations(), crm.CooperationFilter{}, func(c crm.Cooperation) error {
			c.Responsible = of[c.Influencer]
			_, err := w.UpdateCooperation(ctx, c, "the team has shared its work")
			return err
		})
	})
}
