package storagetest

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/crm"
)

func referenceChecks() []check {
	return []check{
		{"Insert: a reference to nothing is an ErrInvalid that names the field", checkDanglingInsert},
		{"Update: a reference to nothing is an ErrInvalid that names the field", checkDanglingUpdate},
		{"Insert: adds records in order", checkOrder},
		{"Delete: one that others refer to is an ErrReferenced", checkReferenced},
		{"Delete: is possible once nothing refers to it", checkUnreferenced},
	}
}

// dangling makes the records that name something which is not there, by the field's name.
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

// wantField reports an error of another family than the wanted one, or about another field.
func (e *env) wantField(what string, err, want error, field string) {
	e.Helper()
	e.wantErr(what, err, want)
	if detail := (*crm.Error)(nil); !errors.As(err, &detail) || detail.Field != field {
		e.Errorf("%s: no *crm.Error with field %q in %v", what, field, err)
	}
}

func (s *shop) cooperation() crm.Cooperation {
	return crm.Cooperation{ID: crm.CooperationID(s.newID()), Version: 1, Campaign: s.campaigns[0], Influencer: s.influencers[0], Responsible: s.members[0]}
}

func checkDanglingInsert(e *env) {
	s := e.shop()
	for field, records := range s.dangling(s.influencer(), s.cooperation()) {
		for _, r := range records {
			e.wantField("Insert of a "+string(r.Ref().Kind), s.tryInsert(r), crm.ErrInvalid, field)
		}
	}
	s.check("afterwards")
}

func checkDanglingUpdate(e *env) {
	s := e.shop()
	i, c := s.influencer("instagram", "mira"), s.cooperation()
	s.insert(i, c)
	for field, records := range s.dangling(i, c) {
		for _, r := range records {
			e.wantField("Update of a "+string(r.Ref().Kind), s.tryChange(r), crm.ErrInvalid, field)
		}
	}
	s.check("afterwards")
}

func checkOrder(e *env) {
	s := e.shop()
	m := crm.Member{ID: crm.MemberID(s.newID()), Version: 1, Name: "Mira"}
	i := s.influencer()
	i.Responsible = m.ID
	c := crm.Cooperation{ID: crm.CooperationID(s.newID()), Version: 1, Campaign: s.campaigns[0], Influencer: i.ID}
	e.wantErr("Insert before what is referred to", s.tryInsert(c, i, m), crm.ErrInvalid)
	s.check("after the wrong order")
	s.insert(m, i, c)
	s.insert()
	s.check("after the right order")
}

func checkReferenced(e *env) {
	s := e.shop()
	i := s.influencer()
	i.Responsible = s.members[1]
	i.ArchivedOn = day0
	c := s.cooperation()
	c.ArchivedOn = day0
	s.insert(i, c)
	for _, ref := range []crm.Ref{crm.RefTo(s.members[0]), crm.RefTo(s.members[1]), crm.RefTo(s.campaigns[0]), crm.RefTo(s.influencers[0])} {
		e.wantErr("Delete of a "+string(ref.Kind)+" in use", s.tryRemove(s.model[ref]), crm.ErrReferenced)
	}
	s.check("after refused deletes")
}

func checkUnreferenced(e *env) {
	s := e.shop()
	i, c := s.influencer("instagram", "mira"), s.cooperation()
	i.Responsible = s.members[0]
	s.insert(i, c)
	// References move to others, which may go in the same unit of work.
	i.Responsible, c.Responsible, c.Campaign, c.Influencer = crm.MemberID{}, s.members[1], s.campaigns[1], i.ID
	freed := []crm.Ref{crm.RefTo(s.members[0]), crm.RefTo(s.campaigns[0]), crm.RefTo(s.influencers[0])}
	s.update(func(ctx context.Context, tx crm.Tx) error {
		err := errors.Join(tx.Update(ctx, i), tx.Update(ctx, c))
		for _, ref := range freed {
			err = errors.Join(err, tx.Delete(ctx, s.model[ref]))
		}
		return err
	})
	for _, ref := range freed {
		delete(s.model, ref)
	}
	i.Version, c.Version = 2, 2
	s.model[i.Ref()], s.model[c.Ref()] = stored(i), stored(c)
	s.check("after the references moved")
	e.wantErr("Delete of the new influencer", s.tryRemove(i), crm.ErrReferenced)
	s.remove(c)
	s.remove(i)
	s.remove(s.model[crm.RefTo(s.members[1])])
	s.remove(s.model[crm.RefTo(s.campaigns[1])])
	s.check("after all deletes")
}
