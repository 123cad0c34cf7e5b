package memory

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/backend"
)

// Load implements crm.Reader.
func (u *unit) Load(ctx context.Context, n crm.Need) (crm.Loaded, error) {
	if err := u.check(ctx); err != nil {
		return crm.Loaded{}, err
	}
	if err := n.Check(); err != nil {
		return crm.Loaded{}, err
	}
	s := u.state
	ids := map[crm.Kind][]uuid.UUID{}
	for _, ref := range n.Refs {
		ids[ref.Kind] = append(ids[ref.Kind], ref.ID)
	}
	cooperations := slices.Concat(ids[crm.KindCooperation], s.cooperations.withKeys("import", n.ImportKeys))
	l := crm.Loaded{
		Members: s.members.all(ids[crm.KindMember]), Cooperations: s.cooperations.all(cooperations),
		Names: make([]crm.Names, len(n.Names)), Owners: make([]crm.InfluencerID, len(n.Handles)),
	}
	campaigns, influencers := ids[crm.KindCampaign], ids[crm.KindInfluencer]
	if n.Parents {
		for _, c := range l.Cooperations {
			campaigns, influencers = append(campaigns, c.Campaign.UUID()), append(influencers, c.Influencer.UUID())
		}
	}
	campaigns = append(campaigns, s.campaigns.withKeys("name", backend.Folded(n.CampaignNames))...)
	named := slices.Concat(s.influencers.withKeys("name", backend.Folded(n.InfluencerNames)),
		s.influencers.withKeys("link", targets(n.Links)), s.sharers(n))
	slices.SortFunc(named, compareIDs)
	influencers = append(influencers, named...)
	l.Campaigns, l.Influencers = s.campaigns.all(campaigns), s.influencers.all(influencers)
	for at, probe := range n.Names {
		l.Names[at] = s.names(probe)
	}
	for at, h := range n.Handles {
		if handle := crm.Fold(h.Handle); handle != "" {
			for _, id := range s.influencers.withKey(handleKey(h.Platform, handle)) {
				l.Owners[at] = crm.InfluencerID(id)
			}
		}
	}
	return l, nil
}

// all returns copies of the records with ids, each once.
func (t *table[R, F]) all(ids []uuid.UUID) []R {
	found := []R{}
	seen := map[uuid.UUID]bool{}
	for _, id := range ids {
		if r, ok := t.get(id); ok && !seen[id] {
			seen[id] = true
			found = append(found, crm.Clone(r))
		}
	}
	return found
}

// withKeys returns the ids of the records with one of some look-up keys of a sort, in order. Blank texts find nothing.
func (t *table[R, F]) withKeys(sort string, texts []string) []uuid.UUID {
	var ids []uuid.UUID
	for _, text := range texts {
		if text != "" {
			ids = append(ids, t.withKey(keyOf(sort, text))...)
		}
	}
	slices.SortFunc(ids, compareIDs)
	return ids
}

func compareIDs(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }

// sharers returns the ids of the influencers that the identity keys of a need ask for.
func (s *state) sharers(n crm.Need) []uuid.UUID {
	var ids []uuid.UUID
	for _, wanted := range n.Identities {
		text, left := identityKey(wanted), crm.MaxSharers
		if wanted.Text == "" {
			continue
		}
		s.influencers.keys.Ascend(key{text: text}, func(k key) bool {
			if k.text != text || left == 0 {
				return false
			}
			if i, _ := s.influencers.get(k.id); n.Archive.Selects(i.ArchivedOn) {
				ids = append(ids, k.id)
				left--
			}
			return true
		})
	}
	return ids
}

// targets are where links lead.
func targets(links []string) []string {
	all := make([]string, len(links))
	for n, link := range links {
		all[n] = account.LinkTarget(link)
	}
	return all
}

func (s *state) names(p crm.NameProbe) crm.Names {
	names := crm.Names{Found: []crm.NameKey{}}
	prefix := p.Prefix
	if prefix == "" {
		campaign, ok := s.campaigns.get(p.Campaign.UUID())
		influencer, also := s.influencers.get(p.Influencer.UUID())
		if !ok || !also {
			return names
		}
		prefix = crm.Fold(campaign.Name) + " - " + crm.Fold(influencer.Name)
	}
	s.cooperations.keys.Ascend(key{text: keyOf("name", prefix)}, func(k key) bool {
		if !strings.HasPrefix(k.text, keyOf("name", prefix)) {
			return false
		}
		if c, _ := s.cooperations.get(k.id); c.Campaign == p.Campaign {
			names.Found = append(names.Found, crm.NameKey{ID: c.ID, Key: crm.Fold(c.Name)})
		}
		return true
	})
	return crm.NewNames(names.Found)
}
