package memory

import (
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/tidwall/btree"
)

// state is a workspace at one moment. A state that a reader may have is never changed.
type state struct {
	workspace    crm.Workspace
	members      *table[crm.Member, crm.MemberFilter]
	campaigns    *table[crm.Campaign, crm.CampaignFilter]
	influencers  *table[crm.Influencer, crm.InfluencerFilter]
	cooperations *table[crm.Cooperation, crm.CooperationFilter]
	runs         *table[crm.ImportRun, crm.ImportRunFilter]
	claims       *btree.BTreeG[crm.Claim]
	plan         *btree.BTreeG[crm.PlanSum]
	pictures     *btree.BTreeG[crm.Picture]
	// log only grows at its end, so states share it, each with its own length. redact copies it.
	log []crm.Change
}

func newState(w crm.Workspace) *state {
	return &state{
		workspace:    w,
		members:      newTable(memberKeys, withoutState(crm.MemberFilter.Matches), memberLookup),
		campaigns:    newTable(campaignKeys, withoutState(crm.CampaignFilter.Matches), campaignLookup),
		influencers:  newTable(influencerKeys, withoutState(crm.InfluencerFilter.Matches), influencerLookup),
		cooperations: newTable(cooperationKeys, cooperationMatches, cooperationLookup),
		runs:         newTable(runKeys, withoutState(crm.ImportRunFilter.Matches), runLookup),
		claims:       btree.NewBTreeG(claimBefore),
		plan:         btree.NewBTreeG(planSumBefore),
		pictures:     btree.NewBTreeG(pictureBefore),
	}
}

func (s *state) copy() *state {
	c := *s
	c.members = s.members.copy()
	c.campaigns = s.campaigns.copy()
	c.influencers = s.influencers.copy()
	c.cooperations = s.cooperations.copy()
	c.runs = s.runs.copy()
	c.claims = s.claims.Copy()
	c.plan = s.plan.Copy()
	c.pictures = s.pictures.Copy()
	return &c
}

func (s *state) head() crm.Head {
	h := crm.Head{Workspace: s.workspace.ID, Seq: crm.Seq(len(s.log))}
	if len(s.log) > 0 {
		last := s.log[len(s.log)-1]
		h.At, h.Unit = last.At, last.Unit
	}
	return h
}

// append numbers and adds changes to the log.
func (s *state) append(changes []crm.Change) {
	for _, c := range changes {
		c = cloneChange(c)
		c.Seq = crm.Seq(len(s.log) + 1)
		s.log = append(s.log, c)
	}
}

// redact replaces fields and reasons of changes, in a copy of the log: other states keep theirs.
func (s *state) redact(changes []crm.Change) error {
	s.log = slices.Clone(s.log)
	for _, c := range changes {
		if c.Seq < 1 || int(c.Seq) > len(s.log) {
			return backend.NotInLog(c)
		}
		at := &s.log[c.Seq-1]
		if at.Unit != c.Unit || at.Record != c.Record || at.Kind != c.Kind {
			return backend.NotInLog(c)
		}
		c = cloneChange(c)
		at.Fields, at.Reason = c.Fields, c.Reason
	}
	return nil
}

// cloneChange copies a change in the form in which it is stored.
func cloneChange(c crm.Change) crm.Change {
	c.At = backend.StoredTime(c.At)
	fields := make([]crm.FieldChange, len(c.Fields))
	for n, f := range c.Fields {
		fields[n] = crm.FieldChange{Field: f.Field, Before: slices.Clone(f.Before), After: slices.Clone(f.After)}
	}
	c.Fields = fields
	return c
}

// setClaims replaces the claims of a cooperation.
func (s *state) setClaims(before, after []crm.Claim) {
	for _, c := range before {
		s.claims.Delete(c)
	}
	for _, c := range after {
		s.claims.Set(c)
	}
}

func claimBefore(a, b crm.Claim) bool { return a.Compare(b) < 0 }

// stored is the form in which a record is kept: a copy, with times as backend.StoredTime.
func stored(r crm.Record) crm.Record {
	if r, ok := r.(crm.ImportRun); ok {
		r = crm.Clone(r)
		r.At, r.UndoneAt = backend.StoredTime(r.At), backend.StoredTime(r.UndoneAt)
		return r
	}
	return backend.AtStoredTimes(crm.Clone(r))
}

func pictureBefore(a, b crm.Picture) bool { return a.ID.Compare(b.ID) < 0 }

// clonePicture copies a picture; its bytes are never nil.
func clonePicture(p crm.Picture) crm.Picture {
	p.Data = append([]byte{}, p.Data...)
	return p
}
