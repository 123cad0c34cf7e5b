package sheetimport

import (
	"context"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/internal/records"
)

// resolver finds the records that rows name, and plans those that the workspace does not have. What one row adds, the
// next row finds.
type resolver struct {
	newID idMaker

	members       map[string]*crm.Member // by folded name, without archived ones
	memberNames   map[crm.MemberID]string
	campaigns     map[string]*crm.Campaign // by folded name
	campaignNames map[crm.CampaignID]string
	people        *people

	newMembers   []crm.Member
	newCampaigns []*crm.Campaign
	newProfiles  map[crm.ProfileID][]*entry // with the rows that use them

	namesakes map[string]bool // folded names that do not tell influencers apart; only for ids made of keys
}

func newResolver(newID idMaker) *resolver {
	return &resolver{
		newID: newID, members: map[string]*crm.Member{}, memberNames: map[crm.MemberID]string{},
		campaigns: map[string]*crm.Campaign{}, campaignNames: map[crm.CampaignID]string{},
		people: newPeople(), newProfiles: map[crm.ProfileID][]*entry{},
	}
}

// load reads the records that rows can name.
func (r *resolver) load(ctx context.Context, reader crm.Reader) error {
	err := records.Each(ctx, reader.Members(), crm.MemberFilter{Archive: crm.ActiveOrNot}, func(m crm.Member) {
		r.memberNames[m.ID] = m.Name
		if m.ArchivedOn.IsZero() {
			r.members[crm.Fold(m.Name)] = &m
		}
	})
	if err != nil {
		return err
	}
	err = records.Each(ctx, reader.Campaigns(), crm.CampaignFilter{Archive: crm.ActiveOrNot}, func(c crm.Campaign) {
		r.campaigns[crm.Fold(c.Name)], r.campaignNames[c.ID] = &c, c.Name
	})
	if err != nil {
		return err
	}
	return records.Each(ctx, reader.Influencers(), crm.InfluencerFilter{Archive: crm.ActiveOrNot}, func(i crm.Influencer) {
		r.people.add(&person{Influencer: i})
	})
}
