package export

import (
	"context"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/internal/records"
)

// relatedRecords are the campaigns, influencers and members that the cooperations of a page name.
type relatedRecords struct {
	campaigns   map[crm.CampaignID]crm.Campaign
	influencers map[crm.InfluencerID]crm.Influencer
	members     map[crm.MemberID]string
}

func (a relatedRecords) row(c crm.Cooperation) records.Row {
	one := a.influencers[c.Influencer]
	profile, _ := one.Profile(c.Profile)
	return records.Row{Cooperation: c, CampaignRecord: a.campaigns[c.Campaign], Person: one, PersonProfile: profile,
		ResponsibleName: a.members[c.Responsible]}
}

// related reads the records that the cooperations of a page name.
func (x *exporter) related(ctx context.Context, page []crm.Cooperation) (relatedRecords, error) {
	a := relatedRecords{map[crm.CampaignID]crm.Campaign{}, map[crm.InfluencerID]crm.Influencer{}, map[crm.MemberID]string{}}
	campaigns, err := x.reader.Campaigns().GetAll(ctx, idsOf(page, func(c crm.Cooperation) crm.CampaignID { return c.Campaign }))
	if err != nil {
		return a, err
	}
	for _, c := range campaigns {
		a.campaigns[c.ID] = c
	}
	influencers, err := x.reader.Influencers().GetAll(ctx, idsOf(page, func(c crm.Cooperation) crm.InfluencerID { return c.Influencer }))
	if err != nil {
		return a, err
	}
	for _, i := range influencers {
		a.influencers[i.ID] = i
	}
	members, err := x.reader.Members().GetAll(ctx, idsOf(page, func(c crm.Cooperation) crm.MemberID { return c.Responsible }))
	if err != nil {
		return a, err
	}
	for _, m := range members {
		a.members[m.ID] = m.Name
	}
	return a, nil
}

// idsOf lists the ids that the cooperations of a page name, each once.
func idsOf[R any](page []crm.Cooperation, of func(crm.Cooperation) crm.ID[R]) []crm.ID[R] {
	seen := map[crm.ID[R]]bool{}
	var ids []crm.ID[R]
	for _, c := range page {
		if id := of(c); !id.IsZero() && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}
