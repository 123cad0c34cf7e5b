package crm

import (
	"context"
	"slices"

	"github.com/google/uuid"
)

// unitCache is a transaction that remembers the records that a unit of work has read or written by their ids, so that an
// operation may ask for them as its rules need them. Nobody else writes in the workspace meanwhile. Lists and counts are
// asked of the store.
type unitCache struct {
	Tx
	members      remembered[Member, MemberFilter]
	campaigns    remembered[Campaign, CampaignFilter]
	influencers  remembered[Influencer, InfluencerFilter]
	cooperations remembered[Cooperation, CooperationFilter]
	names        nameKnowledge
	owners       handleOwners
}

// unitBounds are how much a unit of work remembers at most, so that one of any length needs little memory. When a bound
// is reached everything of its kind is forgotten, and read again when it is needed.
type unitBounds struct {
	records int // of each kind
	names   int // of cooperations: four entries or so for each
	handles int
}

func newUnitCache(tx Tx, most unitBounds) *unitCache {
	return &unitCache{
		Tx:           tx,
		members:      remember(tx.Members(), most.records),
		campaigns:    remember(tx.Campaigns(), most.records),
		influencers:  remember(tx.Influencers(), most.records),
		cooperations: remember(tx.Cooperations(), most.records),
		names:        newNameKnowledge(most.names),
		owners:       handleOwners{most.handles, map[Handle]InfluencerID{}},
	}
}

// Members implements Reader.
func (u *unitCache) Members() Records[Member, MemberFilter] { return u.members }

// Campaigns implements Reader.
func (u *unitCache) Campaigns() Records[Campaign, CampaignFilter] { return u.campaigns }

// Influencers implements Reader.
func (u *unitCache) Influencers() Records[Influencer, InfluencerFilter] { return u.influencers }

// Cooperations implements Reader.
func (u *unitCache) Cooperations() Records[Cooperation, CooperationFilter] { return u.cooperations }

// Load implements Reader, and remembers what it finds.
func (u *unitCache) Load(ctx context.Context, n Need) (Loaded, error) {
	found, err := u.Tx.Load(ctx, n)
	if err != nil {
		return found, err
	}
	for _, ref := range n.Refs {
		u.forget(ref) // as not there, unless it comes now
	}
	u.members.keep(found.Members...)
	u.campaigns.keep(found.Campaigns...)
	u.influencers.keep(found.Influencers...)
	u.cooperations.keep(found.Cooperations...)
	for at, probe := range n.Names {
		if probe, ok := u.byPrefix(probe); ok {
			u.names.learn(probe, found.Names[at])
		}
	}
	u.owners.makeRoom(len(n.Handles))
	for at, h := range n.Handles {
		u.owners.of[h.folded()] = found.Owners[at]
	}
	return found, nil
}

// prepare loads what of a need is not known yet, in parts if it is large. It leaves out what Load does not read: records
// of other kinds, and zero ids.
func (u *unitCache) prepare(ctx context.Context, n Need) error {
	u.makeRoom(n)
	n.Refs = unknown(n.Refs, func(ref Ref) bool { return !loadable(ref.Kind) || ref.ID == uuid.Nil || u.knows(ref) })
	n.Names = unknown(n.Names, func(p NameProbe) bool {
		p, ok := u.byPrefix(p)
		return u.names.complete[p.Campaign] || ok && u.names.hasAsked(p)
	})
	n.Handles = unknown(n.Handles, func(h Handle) bool {
		_, known := u.owners.of[h.folded()]
		return known || h.folded().Handle == ""
	})
	for len(n.Refs)+len(n.Names)+len(n.Handles) > 0 {
		part := Need{Parents: n.Parents}
		part.Refs, n.Refs = cut(n.Refs)
		part.Names, n.Names = cut(n.Names)
		part.Handles, n.Handles = cut(n.Handles)
		if _, err := u.Load(ctx, part); err != nil {
			return err
		}
	}
	return nil
}

// makeRoom forgets records first if there is no room for those of a need, so that loading some of them does not make
// the unit forget the others.
func (u *unitCache) makeRoom(n Need) {
	of := map[Kind]int{}
	for _, ref := range n.Refs {
		of[ref.Kind]++
	}
	if n.Parents {
		of[KindCampaign] += of[KindCooperation]
		of[KindInfluencer] += of[KindCooperation]
	}
	u.members.makeRoom(of[KindMember])
	u.campaigns.makeRoom(of[KindCampaign])
	u.influencers.makeRoom(of[KindInfluencer])
	u.cooperations.makeRoom(of[KindCooperation])
}

// unknown returns the questions to which the answer is not known, each once.
func unknown[Q comparable](all []Q, known func(Q) bool) []Q {
	seen := make(map[Q]bool, len(all))
	return slices.DeleteFunc(slices.Clone(all), func(q Q) bool {
		if seen[q] || known(q) {
			return true
		}
		seen[q] = true
		return false
	})
}

// byPrefix is a probe with the prefix that the store takes for it, if the names are known that it is made of.
func (u *unitCache) byPrefix(p NameProbe) (NameProbe, bool) {
	if p.Prefix != "" {
		return p, true
	}
	campaign, influencer := u.campaigns.known[p.Campaign], u.influencers.known[p.Influencer]
	if campaign == nil || influencer == nil {
		return p, false
	}
	return NameProbe{Campaign: p.Campaign, Prefix: namePrefix(campaign.Name, influencer.Name)}, true
}

// cut takes as many items from the beginning as a Need may have.
func cut[T any](all []T) (first, rest []T) {
	n := min(len(all), MaxNeed)
	return all[:n], all[n:]
}

func (u *unitCache) knows(ref Ref) (known bool) {
	switch ref.Kind {
	case KindMember:
		_, known = u.members.known[MemberID(ref.ID)]
	case KindCampaign:
		_, known = u.campaigns.known[CampaignID(ref.ID)]
	case KindInfluencer:
		_, known = u.influencers.known[InfluencerID(ref.ID)]
	case KindCooperation:
		_, known = u.cooperations.known[CooperationID(ref.ID)]
	}
	return known
}

// forget remembers that a record is not there.
func (u *unitCache) forget(ref Ref) {
	switch ref.Kind {
	case KindMember:
		u.members.forget(MemberID(ref.ID))
	case KindCampaign:
		u.campaigns.forget(CampaignID(ref.ID))
	case KindInfluencer:
		u.influencers.forget(InfluencerID(ref.ID))
	case KindCooperation:
		u.cooperations.forget(CooperationID(ref.ID))
	}
}

// keep remembers a record that was written. Before is the one that it replaced, nil if there was none or if it is not
// known; added says which.
func (u *unitCache) keep(before, after Record, added bool) {
	switch r := after.(type) {
	case Member:
		u.members.keep(r)
	case Campaign:
		u.campaigns.keep(r)
		if added {
			u.names.makeRoom(1)
			u.names.complete[r.ID] = true
		}
	case Influencer:
		u.influencers.keep(r)
		u.owners.replace(before, r, added)
	case Cooperation:
		u.cooperations.keep(r)
		u.names.replace(before, r, added)
	}
}

// Insert implements Tx.
func (u *unitCache) Insert(ctx context.Context, records ...Record) error {
	err := u.Tx.Insert(ctx, records...)
	for _, r := range records {
		if err == nil {
			u.keep(nil, r, true)
		}
	}
	return err
}

// Update implements Tx.
func (u *unitCache) Update(ctx context.Context, before, after Record) error {
	err := u.Tx.Update(ctx, before, after)
	if err == nil {
		u.keep(before, after.AtRevision(after.Revision()+1), false)
	}
	return err
}

// Delete implements Tx.
func (u *unitCache) Delete(ctx context.Context, r Record) error {
	if err := u.Tx.Delete(ctx, r); err != nil {
		return err
	}
	u.forget(r.Ref())
	switch r := r.(type) {
	case Influencer:
		u.owners.replace(r, nil, false)
	case Cooperation:
		u.names.replace(r, nil, false)
	}
	return nil
}

// remembered are the records of one kind. A nil one is not there.
type remembered[R Record, F any] struct {
	Records[R, F]
	max   int
	known map[ID[R]]*R
}

func remember[R Record, F any](from Records[R, F], most int) remembered[R, F] {
	return remembered[R, F]{from, most, map[ID[R]]*R{}}
}

func (m remembered[R, F]) makeRoom(more int) {
	if len(m.known)+more > m.max {
		clear(m.known)
	}
}

func (m remembered[R, F]) keep(records ...R) {
	more := 0
	for _, r := range records {
		if _, known := m.known[ID[R](r.Ref().ID)]; !known {
			more++
		}
	}
	m.makeRoom(more)
	for _, r := range records {
		r = Clone(r)
		m.known[ID[R](r.Ref().ID)] = &r
	}
}

// forget remembers that a record is not there.
func (m remembered[R, F]) forget(id ID[R]) {
	m.makeRoom(1)
	m.known[id] = nil
}

// Get implements Records.
func (m remembered[R, F]) Get(ctx context.Context, id ID[R]) (R, error) {
	found, err := m.GetAll(ctx, []ID[R]{id})
	if err == nil && len(found) == 0 {
		err = RefTo(id).NotFound()
	}
	if err != nil {
		var none R
		return none, err
	}
	return found[0], nil
}

// GetAll implements Records.
func (m remembered[R, F]) GetAll(ctx context.Context, ids []ID[R]) ([]R, error) {
	for _, id := range ids {
		if _, known := m.known[id]; !known {
			found, err := m.Records.GetAll(ctx, ids)
			if err == nil {
				m.keep(found...)
			}
			return found, err
		}
	}
	all, seen := []R{}, map[ID[R]]bool{}
	for _, id := range ids {
		if r := m.known[id]; r != nil && !seen[id] {
			seen[id] = true
			all = append(all, Clone(*r))
		}
	}
	return all, ctx.Err()
}

// handleOwners says who has an account, of those that were asked about; zero is nobody. Handles are folded.
type handleOwners struct {
	max int
	of  map[Handle]InfluencerID
}

func (h Handle) folded() Handle { return Handle{h.Platform, Fold(h.Handle)} }

// ownerOf returns who has an account; zero is nobody.
func (u *unitCache) ownerOf(ctx context.Context, h Handle) (InfluencerID, error) {
	if _, known := u.owners.of[h.folded()]; !known {
		if err := u.prepare(ctx, Need{Handles: []Handle{h}}); err != nil {
			return InfluencerID{}, err
		}
	}
	return u.owners.of[h.folded()], nil
}

func (o handleOwners) makeRoom(more int) {
	if len(o.of)+more > o.max {
		clear(o.of)
	}
}

// replace takes the accounts of one state of an influencer out and those of another in. If the former state is not
// known nothing is known any more, unless the influencer was added.
func (o handleOwners) replace(before, after Record, added bool) {
	was, replaced := before.(Influencer)
	is, there := after.(Influencer)
	o.makeRoom(len(was.Profiles) + len(is.Profiles))
	if !replaced && !added {
		clear(o.of)
	}
	for _, p := range was.Profiles {
		o.of[Handle{p.Platform, p.Handle}.folded()] = InfluencerID{}
	}
	if there {
		for _, p := range is.Profiles {
			o.of[Handle{p.Platform, p.Handle}.folded()] = is.ID
		}
	}
}
