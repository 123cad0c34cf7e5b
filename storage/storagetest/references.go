package storagetest

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/crm"
)

var referenceChecks = []check{
	inShop("Insert: a reference to nothing is an ErrInvalid that names the field", func(s *shop) {
		for field, records := range s.dangling(s.influencer(), s.cooperation()) {
			for _, r := range records {
				s.wantField("Insert of a "+string(r.Ref().Kind), s.tryInsert(r), crm.ErrInvalid, field)
			}
		}
		s.check("afterwards")
	}),
	inShop("Update: a reference to nothing is an ErrInvalid that names the field", func(s *shop) {
		i, c := s.influencer("instagram", "mira"), s.cooperation()
		s.insert(i, c)
		for field, records := range s.dangling(i, c) {
			for _, r := range records {
				s.wantField("Update of a "+string(r.Ref().Kind), s.tryChange(r), crm.ErrInvalid, field)
			}
		}
		s.check("afterwards")
	}),
	inShop("Insert: adds records in order", func(s *shop) {
		m, i, c := s.member("Mira"), s.influencer(), s.cooperation()
		i.Responsible, c.Influencer = m.ID, i.ID
		s.wantErr("Insert before what is referred to", s.tryInsert(c, i, m), crm.ErrInvalid)
		s.check("after the wrong order")
		s.insert(m, i, c)
		s.insert()
		s.check("after the right order")
	}),
	inShop("Delete: one that others refer to is an ErrReferenced", func(s *shop) {
		i, c := s.influencer(), s.cooperation()
		i.Responsible, i.ArchivedOn, c.ArchivedOn = s.members[1], day0, day0
		s.insert(i, c)
		for _, ref := range []crm.Ref{
			crm.RefTo(s.members[0]), crm.RefTo(s.members[1]), crm.RefTo(s.campaigns[0]), crm.RefTo(s.influencers[0]),
		} {
			s.wantErr("Delete of a "+string(ref.Kind)+" in use", s.tryRemove(s.model[ref]), crm.ErrReferenced)
		}
		s.check("after refused deletes")
	}),
	inShop("Delete: is possible once nothing refers to it", func(s *shop) {
		i, c := s.influencer("instagram", "mira"), s.cooperation()
		i.Responsible = s.members[0]
		s.insert(i, c)
		// References move to others, and what they referred to is deleted in the same unit of work.
		i.Responsible, c.Responsible, c.Campaign, c.Influencer = crm.MemberID{}, s.members[1], s.campaigns[1], i.ID
		freed := []crm.Ref{crm.RefTo(s.members[0]), crm.RefTo(s.campaigns[0]), crm.RefTo(s.influencers[0])}
		s.update(func(ctx context.Context, tx crm.Tx) error {
			err := errors.Join(tx.Update(ctx, nil, i), tx.Update(ctx, nil, c))
			for _, ref := range freed {
				err = errors.Join(err, tx.Delete(ctx, s.model[ref]))
			}
			return err
		})
		for _, ref := range freed {
			delete(s.model, ref)
		}
		i.Version, c.Version = 2, 2
		s.expect(i, c)
		s.check("after the references moved")
		s.wantErr("Delete of the new influencer", s.tryRemove(i), crm.ErrReferenced)
		for _, ref := range []crm.Ref{c.Ref(), i.Ref(), crm.RefTo(s.members[1]), crm.RefTo(s.campaigns[1])} {
			s.remove(s.model[ref])
		}
		s.check("after all deletes")
	}),
}

// dangling makes records that name something which is not there, by the field's name.
func (s *shop) dangling(i crm.Influencer, c crm.Cooperation) map[string][]crm.Record {
	nowhere := s.newID()
	byMember, byCampaign, byInfluencer := c, c, c
	i.Responsible, byMember.Responsible = crm.MemberID(nowhere), crm.MemberID(nowhere)
	byCampaign.Campaign, byInfluencer.Influencer = crm.CampaignID(nowhere), crm.InfluencerID(nowhere)
	// An id that is there, but of another kind of record.
	otherKind := c
	otherKind.Campaign = crm.CampaignID(s.members[0])
	// Of several the error names the first: campaign, influencer, responsible.
	byAll, byTwo, byNone := byMember, byMember, c
	byAll.Campaign, byAll.Influencer, byTwo.Influencer = byCampaign.Campaign, byInfluencer.Influencer, byInfluencer.Influencer
	byNone.Campaign, byNone.Influencer = crm.CampaignID{}, crm.InfluencerID{}
	return map[string][]crm.Record{
		"responsible": {i, byMember}, "campaign": {byCampaign, otherKind, byAll, byNone}, "influencer": {byInfluencer, byTwo},
	}
}
