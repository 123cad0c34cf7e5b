package sheetimport

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
)

// meanwhile is what others have written into the workspace since a plan was made. It tells which rows the plan no longer
// holds for, without making the plan again: between two pieces that would take longer than to write one.
//
// It errs on the side of leaving a row: whatever changed about an influencer leaves the rows of that influencer.
type meanwhile struct {
	own    map[uuid.UUID]bool // the units of work of the import itself
	erased bool               // somebody's personal data were erased

	touched     map[crm.Ref]bool
	members     map[crm.MemberID]crm.Member // of those touched, what is there now
	campaigns   map[crm.CampaignID]crm.Campaign
	influencers map[crm.InfluencerID]crm.Influencer

	memberNames   map[string]crm.MemberID // folded, without archived ones
	campaignNames map[string]crm.CampaignID
	names         map[string]crm.InfluencerID    // any one of the name
	handles       map[[2]string]crm.InfluencerID // by platform and account.Account.Name
	links         map[string]crm.InfluencerID    // by account.Account.Identity
}

func newMeanwhile() *meanwhile {
	return &meanwhile{own: map[uuid.UUID]bool{}, touched: map[crm.Ref]bool{}, members: map[crm.MemberID]crm.Member{},
		campaigns: map[crm.CampaignID]crm.Campaign{}, influencers: map[crm.InfluencerID]crm.Influencer{}}
}

// read adds what the log has after a seq.
func (m *meanwhile) read(ctx context.Context, r crm.Reader, after crm.Seq) error {
	fresh := map[crm.Ref]bool{}
	f := crm.ChangeFilter{After: after}
	for {
		changes, err := r.Changes(ctx, f, crm.MaxPageSize)
		if err != nil {
			return err
		}
		for _, c := range changes {
			f.After = c.Seq
			if !m.own[c.Unit] {
				fresh[c.Record], m.touched[c.Record] = true, true
				m.erased = m.erased || c.Kind == crm.Erased
			}
		}
		if len(changes) < crm.MaxPageSize {
			break
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	err := reload(ctx, r.Members(), m.members, fresh)
	if err == nil {
		err = reload(ctx, r.Campaigns(), m.campaigns, fresh)
	}
	if err == nil {
		err = reload(ctx, r.Influencers(), m.influencers, fresh)
	}
	m.index()
	return err
}

// reload reads those of the touched records that are of one kind.
func reload[R crm.Record, F any](
	ctx context.Context, records crm.Records[R, F], into map[crm.ID[R]]R, touched map[crm.Ref]bool,
) error {
	var ids []crm.ID[R]
	for ref := range touched {
		if id := crm.ID[R](ref.ID); crm.RefTo(id) == ref {
			ids = append(ids, id)
			delete(into, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	list, err := records.GetAll(ctx, ids)
	for _, r := range list {
		into[crm.ID[R](r.Ref().ID)] = r
	}
	return err
}

// index indexes what was touched by what rows find it by.
func (m *meanwhile) index() {
	m.memberNames, m.campaignNames = map[string]crm.MemberID{}, map[string]crm.CampaignID{}
	m.names, m.links = map[string]crm.InfluencerID{}, map[string]crm.InfluencerID{}
	m.handles = map[[2]string]crm.InfluencerID{}
	for id, member := range m.members {
		if member.ArchivedOn.IsZero() {
			m.memberNames[crm.Fold(member.Name)] = id
		}
	}
	for id, campaign := range m.campaigns {
		m.campaignNames[crm.Fold(campaign.Name)] = id
	}
	for id, one := range m.influencers {
		m.names[crm.Fold(one.Name)] = id
		for _, p := range one.Profiles {
			a := p.Account()
			if name := a.Name(); name != "" {
				m.handles[[2]string{a.Platform, name}] = id
			}
			if identity := a.Identity(); identity != "" {
				m.links[identity] = id
			}
		}
	}
}

// changed says what changed that a row rests on; nothing if nothing did. The influencer is given if the row would write it
// too, with the profiles of all its rows, and the campaign if the row would fill in what it lacks.
func (m *meanwhile) changed(r *rowWrite, influencer *crm.Influencer, campaign *crm.Campaign) sentence.Sentence {
	switch {
	case len(m.touched) == 0:
		return sentence.Sentence{}
	case r.cooperation != nil && m.touched[r.cooperation.Ref()]:
		return sentence.Of("somebody changed the cooperation")
	case m.touched[crm.RefTo(r.influencer)]:
		return sentence.Of("somebody changed the influencer")
	case m.otherInfluencer(r, influencer):
		return sentence.Of("another influencer got the name, handle or link of the row")
	case m.otherCampaign(r):
		return sentence.Of("somebody added, renamed, archived or deleted the campaign")
	case campaign != nil && m.touched[campaign.Ref()]:
		return sentence.Of("somebody changed the campaign")
	case m.otherMember(r):
		return sentence.Of("somebody added, renamed, archived or deleted the responsible member")
	}
	return sentence.Sentence{}
}

// otherInfluencer reports whether the row could be somebody else's by now.
func (m *meanwhile) otherInfluencer(r *rowWrite, influencer *crm.Influencer) bool {
	e := &r.entry
	if _, named := m.names[e.influencer]; named && r.isNew {
		return true
	}
	if m.hasAccount(e.account) {
		return true
	}
	return influencer != nil && slices.ContainsFunc(influencer.Profiles, func(p crm.Profile) bool { return m.hasAccount(p.Account()) })
}

// hasAccount reports whether somebody who was touched has an account, as people.find would find it.
func (m *meanwhile) hasAccount(a account.Account) bool {
	_, handled := m.handles[[2]string{a.Platform, a.Name()}]
	_, linked := m.links[a.Identity()]
	return handled || linked
}

func (m *meanwhile) otherCampaign(r *rowWrite) bool {
	if r.campaign.IsZero() {
		return false
	}
	if m.touched[crm.RefTo(r.campaign)] {
		now, ok := m.campaigns[r.campaign]
		return !ok || !now.ArchivedOn.IsZero() || crm.Fold(now.Name) != r.entry.campaign
	}
	_, taken := m.campaignNames[r.entry.campaign]
	return taken
}

func (m *meanwhile) otherMember(r *rowWrite) bool {
	if r.member.IsZero() {
		return false
	}
	if m.touched[crm.RefTo(r.member)] {
		now, ok := m.members[r.member]
		return !ok || !now.ArchivedOn.IsZero() || crm.Fold(now.Name) != r.entry.member
	}
	_, taken := m.memberNames[r.entry.member]
	return taken
}
