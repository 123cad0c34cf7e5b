package memory

import (
	"github.com/getklar/influencercrm/crm"
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
		return crm.Taken(r.Ref(), "id", r.Ref().IDString())
	}
	return s.put(r)
}

// checkRevision compares the version that was read with the stored one.
func (s *state) checkRevision(r crm.Record) error {
	current, ok := s.lookup(r.Ref())
	if !ok {
		return crm.NotFound(r.Ref())
	}
	if current.Revision() != r.Revision() {
		return crm.Stale(r.Ref(), r.Revision(), current.Revision())
	}
	return nil
}

// put writes a record over an older one, if there is one.
func (s *state) put(r crm.Record) error {
	switch r := r.(type) {
	case crm.Workspace:
		s.workspace = r
	case crm.Member:
		s.members.set(r)
	case crm.Campaign:
		if s.campaigns.takenBy(keyOf("name", crm.Fold(r.Name)), r.ID.UUID()) {
			return crm.Taken(r.Ref(), "name", r.Name)
		}
		s.campaigns.set(r)
	case crm.Influencer:
		own := map[string]bool{}
		for _, p := range r.Profiles {
			key := profileKey(p.Platform, p.Handle)
			if p.Handle != "" && (own[key] || s.influencers.takenBy(key, r.ID.UUID())) {
				return crm.Taken(r.Ref(), "profiles.handle", p.Handle)
			}
			own[key] = true
		}
		if err := s.refersTo(r, "responsible", crm.RefTo(r.Responsible)); err != nil {
			return err
		}
		s.influencers.set(r)
	case crm.Cooperation:
		return s.putCooperation(r)
	case crm.ImportRun:
		s.runs.set(r)
	default:
		return unknown(r)
	}
	return nil
}

func (s *state) putCooperation(c crm.Cooperation) error {
	if c.Campaign.IsZero() || c.Influencer.IsZero() {
		return crm.Dangling(c.Ref(), "campaign and influencer", "")
	}
	for field, ref := range map[string]crm.Ref{
		"campaign":    crm.RefTo(c.Campaign),
		"influencer":  crm.RefTo(c.Influencer),
		"responsible": crm.RefTo(c.Responsible),
	} {
		if err := s.refersTo(c, field, ref); err != nil {
			return err
		}
	}
	before, _ := s.cooperations.get(c.ID.UUID())
	s.setClaims(crm.ClaimsOf(before), crm.ClaimsOf(c))
	s.cooperations.set(c)
	return nil
}

// refersTo checks that a named record exists; the zero id names none.
func (s *state) refersTo(r crm.Record, field string, ref crm.Ref) error {
	if ref.ID == uuid.Nil {
		return nil
	}
	if _, ok := s.lookup(ref); !ok {
		return crm.Dangling(r.Ref(), field, ref.IDString())
	}
	return nil
}

func (s *state) delete(r crm.Record) error {
	id := r.Ref().ID
	switch r := r.(type) {
	case crm.Member:
		if s.refersToMember(r.ID) {
			return crm.Referenced(r.Ref())
		}
		s.members.remove(id)
	case crm.Campaign:
		if len(s.cooperations.withKey(keyOf("campaign", r.ID.String()))) > 0 {
			return crm.Referenced(r.Ref())
		}
		s.campaigns.remove(id)
	case crm.Influencer:
		if len(s.cooperations.withKey(keyOf("influencer", r.ID.String()))) > 0 {
			return crm.Referenced(r.Ref())
		}
		s.influencers.remove(id)
	case crm.Cooperation:
		current, _ := s.cooperations.get(id)
		s.setClaims(crm.ClaimsOf(current), nil)
		s.cooperations.remove(id)
	case crm.ImportRun:
		s.runs.remove(id)
	default:
		return unknown(r)
	}
	return nil
}

func (s *state) refersToMember(id crm.MemberID) bool {
	return len(s.influencers.selected(crm.InfluencerFilter{Responsible: id, Archive: crm.ActiveOrNot})) > 0 ||
		len(s.cooperations.selected(crm.CooperationFilter{Responsible: id, Archive: crm.ActiveOrNot})) > 0
}

// takenBy reports whether a record other than the one with this id has a key.
func (t *table[R, F]) takenBy(k string, except uuid.UUID) bool {
	for _, id := range t.withKey(k) {
		if id != except {
			return true
		}
	}
	return false
}
