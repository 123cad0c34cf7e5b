package memory

import (
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/google/uuid"
)

// lookup finds the stored record that a Ref names.
func (s *state) lookup(ref crm.Ref) (crm.Record, bool) {
	switch ref.Kind {
	case crm.KindWorkspace:
		return s.workspace, s.workspace.Ref() == ref
	case crm.KindMember:
		return found(s.members, ref.ID)
	case crm.KindCampaign:
		return found(s.campaigns, ref.ID)
	case crm.KindInfluencer:
		return found(s.influencers, ref.ID)
	case crm.KindCooperation:
		return found(s.cooperations, ref.ID)
	case crm.KindImportRun:
		return found(s.runs, ref.ID)
	}
	return nil, false
}

func found[R crm.Record, F any](t *table[R, F], id uuid.UUID) (crm.Record, bool) {
	r, ok := t.get(id)
	return r, ok
}

func (s *state) insert(r crm.Record) error {
	if _, workspace := r.(crm.Workspace); workspace {
		return unknown(r) // workspaces are made by CreateWorkspace
	}
	if _, taken := s.lookup(r.Ref()); taken {
		return backend.Taken(r.Ref(), "id", r.Ref().IDString())
	}
	return s.put(r)
}

// checkRevision compares the version that was read with the stored one.
func (s *state) checkRevision(r crm.Record) error {
	current, ok := s.lookup(r.Ref())
	if !ok {
		return r.Ref().NotFound()
	}
	if current.Revision() != r.Revision() {
		return r.Ref().Stale(r.Revision(), current.Revision())
	}
	return nil
}

// put stores a record, in place of an older one if there is one.
func (s *state) put(r crm.Record) error {
	switch r := r.(type) {
	case crm.Workspace:
		s.workspace = r
	case crm.Member:
		s.members.set(r)
	case crm.Campaign:
		if s.campaigns.takenByOther(keyOf("name", crm.Fold(r.Name)), r.ID.UUID()) {
			return backend.Taken(r.Ref(), "name", r.Name)
		}
		s.campaigns.set(r)
	case crm.Influencer:
		return s.putInfluencer(r)
	case crm.Cooperation:
		return s.putCooperation(r)
	case crm.ImportRun:
		s.runs.set(r)
	default:
		return unknown(r)
	}
	return nil
}

func (s *state) putInfluencer(i crm.Influencer) error {
	if err := s.checkReferences(i, responsible(i.Responsible)); err != nil {
		return err
	}
	own := map[string]bool{}
	for _, p := range i.Profiles {
		for _, key := range profileKeys(p) {
			if !own[key] && !s.influencers.takenByOther(key, i.ID.UUID()) {
				own[key] = true
				continue
			}
			if key == profileIDKey(p.ID) {
				return backend.Taken(i.Ref(), "profiles.id", p.ID.String())
			}
			return backend.Taken(i.Ref(), "profiles.handle", p.Handle)
		}
	}
	s.influencers.set(i)
	return nil
}

func (s *state) putCooperation(c crm.Cooperation) error {
	if err := s.checkReferences(c,
		reference{"campaign", crm.RefTo(c.Campaign)},
		reference{"influencer", crm.RefTo(c.Influencer)},
		responsible(c.Responsible),
	); err != nil {
		return err
	}
	before, replaces := s.cooperations.get(c.ID.UUID())
	s.setClaims(crm.ClaimsOf(before), crm.ClaimsOf(c))
	var plan crm.PlanTally
	if replaces {
		plan.Remove(before)
	}
	plan.Add(c)
	s.addToPlan(&plan)
	s.cooperations.set(c)
	return nil
}

// reference is a field that names a record, which must exist.
type reference struct {
	field string
	to    crm.Ref // zero if the field is empty
}

// responsible is the one reference that may be left out.
func responsible(id crm.MemberID) reference {
	if id.IsZero() {
		return reference{}
	}
	return reference{"responsible", crm.RefTo(id)}
}

// checkReferences checks, in their order, that the records which a record names exist.
func (s *state) checkReferences(r crm.Record, references ...reference) error {
	for _, ref := range references {
		if ref == (reference{}) {
			continue
		}
		if _, ok := s.lookup(ref.to); !ok {
			return backend.Dangling(r.Ref(), ref.field, ref.to.IDString())
		}
	}
	return nil
}

func (s *state) delete(r crm.Record) error {
	id := r.Ref().ID
	switch r := r.(type) {
	case crm.Member:
		if s.memberIsReferenced(r.ID) {
			return backend.Referenced(r.Ref())
		}
		s.members.remove(id)
	case crm.Campaign:
		if len(s.cooperations.withKey(keyOf("campaign", r.ID.String()))) > 0 {
			return backend.Referenced(r.Ref())
		}
		s.campaigns.remove(id)
	case crm.Influencer:
		if len(s.cooperations.withKey(keyOf("influencer", r.ID.String()))) > 0 {
			return backend.Referenced(r.Ref())
		}
		s.influencers.remove(id)
	case crm.Cooperation:
		current, _ := s.cooperations.get(id)
		s.setClaims(crm.ClaimsOf(current), nil)
		var plan crm.PlanTally
		plan.Remove(current)
		s.addToPlan(&plan)
		s.cooperations.remove(id)
	case crm.ImportRun:
		s.runs.remove(id)
	default:
		return unknown(r)
	}
	return nil
}

func (s *state) memberIsReferenced(id crm.MemberID) bool {
	return len(s.influencers.selected(s, crm.InfluencerFilter{Responsibles: []crm.MemberID{id}, Archive: crm.ActiveOrNot})) > 0 ||
		len(s.cooperations.selected(s, crm.CooperationFilter{Responsibles: []crm.MemberID{id}, Archive: crm.ActiveOrNot})) > 0
}
