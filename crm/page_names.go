package crm

import "context"

// PageNames are the names of the records that other records refer to, archived ones too: of cooperations the campaign,
// the influencer and the responsible member, of influencers the responsible member. Other records refer to none. The
// maps are never nil.
type PageNames struct {
	Campaigns   map[CampaignID]string   `json:"campaigns"`
	Influencers map[InfluencerID]string `json:"influencers"`
	Members     map[MemberID]string     `json:"members"`
}

// NewPageNames makes PageNames without any.
func NewPageNames() *PageNames {
	return &PageNames{Campaigns: map[CampaignID]string{}, Influencers: map[InfluencerID]string{}, Members: map[MemberID]string{}}
}

// NamesOf reads the names that records refer to. A list has them on request, which is cheaper: see ListOptions.
func NamesOf[R Record](ctx context.Context, r Reader, records []R) (*PageNames, error) {
	mustBeGiven(r != nil, "NamesOf", "a Reader")
	names := NewPageNames()
	for _, record := range records {
		switch record := any(record).(type) {
		case Influencer:
			names.Members[record.Responsible] = ""
		case Cooperation:
			names.Campaigns[record.Campaign] = ""
			names.Influencers[record.Influencer] = ""
			names.Members[record.Responsible] = ""
		}
	}
	delete(names.Members, MemberID{})
	if err := readNames(ctx, r.Campaigns(), names.Campaigns, func(c Campaign) string { return c.Name }); err != nil {
		return nil, err
	}
	if err := readNames(ctx, r.Influencers(), names.Influencers, func(i Influencer) string { return i.Name }); err != nil {
		return nil, err
	}
	if err := readNames(ctx, r.Members(), names.Members, func(m Member) string { return m.Name }); err != nil {
		return nil, err
	}
	return names, nil
}

// readNames fills in the names of the records whose ids are there.
func readNames[R Record, F any](
	ctx context.Context, records Records[R, F], names map[ID[R]]string, nameOf func(R) string,
) error {
	if len(names) == 0 {
		return nil
	}
	ids := make([]ID[R], 0, len(names))
	for id := range names {
		ids = append(ids, id)
	}
	clear(names)
	found, err := records.GetAll(ctx, ids)
	for _, r := range found {
		names[ID[R](r.Ref().ID)] = nameOf(r)
	}
	return err
}
