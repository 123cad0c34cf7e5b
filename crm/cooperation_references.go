package crm

import (
	"context"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/utm"
)

// references are the records that a cooperation names.
type references struct {
	campaign   Campaign
	influencer Influencer
	profile    Profile // zero for none
}

// vars returns the values of a template's placeholders. A value that is not known yet is empty.
func (p references) vars(start budget.Date) utm.Vars {
	v := utm.Vars{
		Campaign:   p.campaign.Name,
		Influencer: p.influencer.Name,
		Handle:     p.profile.Handle,
		Platform:   account.PlatformName(p.profile.Platform),
	}
	if !start.IsZero() {
		v.Month = start.Month().String()
	}
	return v
}

// references reads the records that a cooperation names.
func (w *Work) references(ctx context.Context, c Cooperation) (references, error) {
	var p references
	var err error
	if p.campaign, err = named(ctx, w.Campaigns(), c.Ref(), "campaign", c.Campaign); err != nil {
		return p, err
	}
	if p.influencer, err = named(ctx, w.Influencers(), c.Ref(), "influencer", c.Influencer); err != nil {
		return p, err
	}
	if c.Profile.IsZero() {
		return p, nil
	}
	profile, ok := p.influencer.Profile(c.Profile)
	if !ok {
		return p, &Error{Family: ErrInvalid, Record: c.Ref(), Field: "profile", Value: c.Profile.String(),
			Problem: sentence.Of("%q has no such profile; choose one of the influencer's own", p.influencer.Name)}
	}
	p.profile = profile
	return p, nil
}

// checkArchivedReferences refuses a campaign or influencer that is newly chosen and archived.
func checkArchivedReferences(before, c Cooperation, p references) error {
	problems := &problems{record: c.Ref()}
	if c.Campaign != before.Campaign && !p.campaign.ArchivedOn.IsZero() {
		problems.add("campaign", p.campaign.Name, "is archived and takes no new cooperations; restore it first")
	}
	if c.Influencer != before.Influencer && !p.influencer.ArchivedOn.IsZero() {
		problems.add("influencer", p.influencer.Name, "is archived and takes no new cooperations; restore it first")
	}
	return problems.result()
}
