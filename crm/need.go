package crm

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm/internal/fieldpath"
)

// Need is what an operation needs to read, for Reader.Load. Asking for nothing reads nothing.
type Need struct {
	// Refs are the records to read, at most MaxNeed. Kinds other than members, campaigns, influencers and cooperations
	// are an ErrInvalid, and so is a zero id.
	Refs []Ref
	// Parents adds the campaigns and influencers of the cooperations among Refs.
	Parents bool
	// Names are questions about names of cooperations, at most MaxNeed.
	Names []NameProbe
	// Handles are accounts whose influencers are wanted, at most MaxNeed.
	Handles []Handle
	// CampaignNames and InfluencerNames add all records with these names, compared folded, archived ones too; Links add the
	// influencers with a profile whose link leads where one of these does, compared as account.LinkTarget. Blank texts find
	// nothing. At most MaxNeed of each.
	CampaignNames, InfluencerNames, Links []string
	// ImportKeys add the cooperations that imports made under these keys, with Parents their campaigns and influencers
	// as well. At most MaxNeed.
	ImportKeys []string
	// Identities add the influencers that have one of these identity keys: of each key the first MaxSharers by id that
	// Archive selects. Blank texts find nothing. At most MaxNeed.
	Identities []IdentityKey
	Archive    Archive
}

// MaxNeed is how many records, names and handles a Need has at most, of each.
const MaxNeed = 1_000

// NameProbe asks for the names of a campaign's cooperations that begin with a text.
type NameProbe struct {
	Campaign CampaignID
	// Prefix is folded, see Fold. If it is empty, Influencer says the prefix.
	Prefix string
	// Influencer makes the prefix "{campaign} - {influencer}" of the stored names, with which every auto name of the two
	// begins. So the question can be asked before these names are read.
	Influencer InfluencerID
}

// MaxNames is how many names a NameProbe finds at most.
const MaxNames = 100

// Names are the cooperations that a NameProbe has found: the longest names first, then the greatest by bytes, then by
// id, so that the highest of several numbers at the end of one name comes first.
type Names struct {
	Found []NameKey
	More  bool // there are more than MaxNames
}

// NameKey is the folded name of a cooperation.
type NameKey struct {
	ID  CooperationID
	Key string
}

// Handle is an account of a platform.
type Handle struct {
	Platform string // as it is stored; see account.ParsePlatform
	Handle   string // compared folded
}

// Loaded is what Reader.Load has found. Records that do not exist are not in it. Those of a kind are in the order of
// Refs, each once, and then, with Parents, the others in the order of the cooperations that name them. What only names,
// links or keys have found comes last, by id.
type Loaded struct {
	Members      []Member
	Campaigns    []Campaign
	Influencers  []Influencer
	Cooperations []Cooperation
	Names        []Names        // of each probe, in their order
	Owners       []InfluencerID // of each handle, in their order; zero if nobody has it
}

// Records are all records that were found.
func (l Loaded) Records() []Record {
	return slices.Concat(records(l.Members), records(l.Campaigns), records(l.Influencers), records(l.Cooperations))
}

func records[R Record](all []R) []Record {
	as := make([]Record, len(all))
	for n, r := range all {
		as[n] = r
	}
	return as
}

// Check is an ErrInvalid for a need that is too large, or for records that Load does not read. Stores call it first.
func (n Need) Check() error {
	p := &problems{}
	p.tooMany("refs", len(n.Refs), MaxNeed, "records")
	p.tooMany("names", len(n.Names), MaxNeed, "names")
	p.tooMany("handles", len(n.Handles), MaxNeed, "handles")
	p.tooMany("campaign_names", len(n.CampaignNames), MaxNeed, "names")
	p.tooMany("influencer_names", len(n.InfluencerNames), MaxNeed, "names")
	p.tooMany("links", len(n.Links), MaxNeed, "links")
	p.tooMany("import_keys", len(n.ImportKeys), MaxNeed, "keys")
	p.tooMany("identities", len(n.Identities), MaxNeed, "keys")
	for at, ref := range n.Refs {
		p.loadable(at, ref.Kind)
		if ref.ID == uuid.Nil {
			p.add(fieldpath.Index("refs", at, "id"), ref.String(), "names no record; leave it out, or give its id")
		}
	}
	p.selection(KindInfluencer, n.Archive)
	return p.result()
}

// loadable adds a problem if Load does not read records of a kind.
func (p *problems) loadable(at int, k Kind) {
	if !loadable(k) {
		p.add(fieldpath.Index("refs", at, "kind"), string(k),
			"is not a kind that is read like this; use member, campaign, influencer or cooperation")
	}
}

func loadable(k Kind) bool {
	switch k {
	case KindMember, KindCampaign, KindInfluencer, KindCooperation:
		return true
	}
	return false
}

// loadFrom answers a need by the lists of a reader, for readers of a state that no store has.
func loadFrom(ctx context.Context, r Reader, n Need) (l Loaded, err error) {
	if err := n.Check(); err != nil {
		return Loaded{}, err
	}
	l = Loaded{Names: make([]Names, len(n.Names)), Owners: make([]InfluencerID, len(n.Handles))}
	if l.Members, err = r.Members().GetAll(ctx, idsIn[Member](n.Refs)); err != nil {
		return Loaded{}, err
	}
	imported, err := idsNamed(ctx, r.Cooperations(), n.ImportKeys, func(key string) CooperationFilter {
		return CooperationFilter{ImportKey: key, Archive: ActiveOrNot}
	})
	if err != nil {
		return Loaded{}, err
	}
	ids := append(idsIn[Cooperation](n.Refs), imported...)
	if l.Cooperations, err = r.Cooperations().GetAll(ctx, ids); err != nil {
		return Loaded{}, err
	}
	campaigns, influencers := idsIn[Campaign](n.Refs), idsIn[Influencer](n.Refs)
	if n.Parents {
		for _, c := range l.Cooperations {
			campaigns, influencers = append(campaigns, c.Campaign), append(influencers, c.Influencer)
		}
	}
	namedCampaigns, err := idsNamed(ctx, r.Campaigns(), foldedTexts(n.CampaignNames), func(name string) CampaignFilter {
		return CampaignFilter{Name: name, Archive: ActiveOrNot}
	})
	if err != nil {
		return Loaded{}, err
	}
	namedInfluencers, err := influencersNamed(ctx, r, n)
	if err != nil {
		return Loaded{}, err
	}
	campaigns, influencers = append(campaigns, namedCampaigns...), append(influencers, namedInfluencers...)
	if l.Campaigns, err = r.Campaigns().GetAll(ctx, campaigns); err != nil {
		return Loaded{}, err
	}
	if l.Influencers, err = r.Influencers().GetAll(ctx, influencers); err != nil {
		return Loaded{}, err
	}
	for at, probe := range n.Names {
		if l.Names[at], err = namesFrom(ctx, r, probe); err != nil {
			return Loaded{}, err
		}
	}
	for at, h := range n.Handles {
		if Fold(h.Handle) == "" {
			continue
		}
		if l.Owners[at], err = ownerFrom(ctx, r, h); err != nil {
			return Loaded{}, err
		}
	}
	return l, nil
}

// ownerFrom finds who has an account. It does not filter by the platform: a filter takes other spellings of it too, and
// has none for a platform that account.ParsePlatform does not know.
func ownerFrom(ctx context.Context, r Reader, h Handle) (owner InfluencerID, err error) {
	err = Each(ctx, r.Influencers(), InfluencerFilter{Handle: h.Handle, Archive: ActiveOrNot}, func(i Influencer) error {
		for _, p := range i.Profiles {
			if (Handle{p.Platform, p.Handle}).folded() == h.folded() {
				owner = i.ID
			}
		}
		return nil
	})
	return owner, err
}

func namesFrom(ctx context.Context, r Reader, p NameProbe) (Names, error) {
	found := Names{Found: []NameKey{}}
	prefix := p.Prefix
	if prefix == "" {
		campaigns, err := r.Campaigns().GetAll(ctx, []CampaignID{p.Campaign})
		if err != nil {
			return found, err
		}
		influencers, err := r.Influencers().GetAll(ctx, []InfluencerID{p.Influencer})
		if err != nil || len(campaigns) == 0 || len(influencers) == 0 {
			return found, err
		}
		prefix = Fold(campaigns[0].Name) + " - " + Fold(influencers[0].Name)
	}
	err := Each(ctx, r.Cooperations(), CooperationFilter{Campaigns: []CampaignID{p.Campaign}, Archive: ActiveOrNot},
		func(c Cooperation) error {
			if key := Fold(c.Name); strings.HasPrefix(key, prefix) {
				found.Found = append(found.Found, NameKey{c.ID, key})
			}
			return nil
		})
	return NewNames(found.Found), err
}

// NewNames puts names into their order and cuts them to MaxNames, for stores that sort in memory.
func NewNames(found []NameKey) Names {
	slices.SortFunc(found, func(a, b NameKey) int {
		return cmp.Or(cmp.Compare(len(b.Key), len(a.Key)), cmp.Compare(b.Key, a.Key), a.ID.Compare(b.ID))
	})
	n := Names{Found: found, More: len(found) > MaxNames}
	if n.More {
		n.Found = found[:MaxNames:MaxNames]
	}
	return n
}

// idsNamed are the ids of the records under the filters of some texts, in order.
func idsNamed[R Record, F any](ctx context.Context, records Records[R, F], texts []string, filter func(string) F) ([]ID[R], error) {
	var ids []ID[R]
	for _, text := range texts {
		if text == "" {
			continue
		}
		err := Each(ctx, records, filter(text), func(r R) error {
			ids = append(ids, ID[R](r.Ref().ID))
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(ids, ID[R].Compare)
	return ids, nil
}

// influencersNamed are the ids of the influencers that a need asks for by name, link or identity key.
func influencersNamed(ctx context.Context, r Reader, n Need) ([]InfluencerID, error) {
	named, err := idsNamed(ctx, r.Influencers(), foldedTexts(n.InfluencerNames), func(name string) InfluencerFilter {
		return InfluencerFilter{Name: name, Archive: ActiveOrNot}
	})
	if err != nil {
		return nil, err
	}
	linked, err := idsNamed(ctx, r.Influencers(), foldedTexts(n.Links), func(link string) InfluencerFilter {
		return InfluencerFilter{Link: link, Archive: ActiveOrNot}
	})
	if err != nil {
		return nil, err
	}
	all := slices.Concat(named, linked)
	if len(n.Identities) > 0 {
		sharers, err := n.SharersIn(ctx, r.Influencers())
		if err != nil {
			return nil, err
		}
		for _, i := range sharers {
			all = append(all, i.ID)
		}
	}
	slices.SortFunc(all, InfluencerID.Compare)
	return all, nil
}

func foldedTexts(texts []string) []string {
	folded := make([]string, len(texts))
	for n, text := range texts {
		folded[n] = Fold(text)
	}
	return folded
}
