package attribution

import (
	"iter"
	"time"

	"github.com/getklar/influencercrm/crm"
)

// Options are the choices of an index.
type Options struct {
	// StrictUTM compares UTM values byte by byte, as utm.Params.Matches does if it is told so.
	StrictUTM bool
	// Other has the records of the workspace's other data source, such as a sheet beside the CRM that is active. Nobody there
	// is credited; Diagnose finds orders there that a cooperation would earn if it stood in the active source. It may be nil.
	Other *Index
	// Remember is how many orders and refunds of a stream DecideAll and Impact remember at least, so that refunds find their
	// orders and nothing counts twice; DefaultRemember if it is not above 0.
	Remember int
}

// Index decides whom orders are credited to. It does not change, and is safe for use by several goroutines. It keeps the
// records of its snapshot, which must not change either.
type Index struct {
	workspace crm.Workspace
	seq       crm.Seq
	options   Options
	zone      *time.Location
	ignored   ignoredCodes
	base      *layer
	// top has the records that were changed since base was made, and gone those that were deleted: they stand in the place of
	// what base has. nil for none.
	top  *layer
	gone map[crm.Ref]bool
}

// NewIndex makes the index of a snapshot. A time zone that nobody knows is a crm.ErrInvalid.
func NewIndex(s Snapshot, o *Options) (*Index, error) {
	if o == nil {
		o = &Options{}
	}
	x := &Index{seq: s.Seq, options: *o}
	if err := x.setWorkspace(s.Workspace); err != nil {
		return nil, err
	}
	x.base = newLayer(records{s.Campaigns, s.Influencers, s.Cooperations}, 0, s.Workspace, o.StrictUTM)
	return x, nil
}

func (x *Index) setWorkspace(ws crm.Workspace) error {
	zone, err := time.LoadLocation(ws.TimeZone)
	if err != nil {
		return &crm.Error{Family: crm.ErrInvalid, Record: ws.Ref(), Field: "time_zone", Value: ws.TimeZone, Problem: noZone}
	}
	x.workspace, x.zone, x.ignored = ws, zone, newIgnoredCodes(ws)
	return nil
}

// Workspace returns the workspace of the index.
func (x *Index) Workspace() crm.Workspace { return x.workspace }

// Seq returns the last change that the records of the index include: that of its snapshot, or the last one that Apply was
// given.
func (x *Index) Seq() crm.Seq { return x.seq }

// Len returns the number of cooperations, by which the memory of an index grows.
func (x *Index) Len() (n int) {
	for range x.deals() {
		n++
	}
	return n
}

// layers yields the layers, base first.
func (x *Index) layers() iter.Seq[*layer] {
	return func(yield func(*layer) bool) {
		if yield(x.base) && x.top != nil {
			yield(x.top)
		}
	}
}

// replaced reports whether a deal of a layer is not the cooperation any more: it was changed since, or deleted.
func (x *Index) replaced(l *layer, d *deal) bool {
	return x.top != nil && l == x.base && (x.top.byID[d.ID] != nil || x.gone[d.Ref()])
}

// deals yields all cooperations.
func (x *Index) deals() iter.Seq[*deal] {
	return func(yield func(*deal) bool) {
		for l := range x.layers() {
			for n := range l.deals {
				if d := &l.deals[n]; !x.replaced(l, d) && !yield(d) {
					return
				}
			}
		}
	}
}

// members yields the cooperations of some groups of a layer, each with the number of the rule that is meant.
func (x *Index) members(l *layer, g *groups, numbers []int) iter.Seq2[*deal, int] {
	return func(yield func(*deal, int) bool) {
		for _, n := range numbers {
			for d, rule := range x.membersOf(l, g, n) {
				if !yield(d, rule) {
					return
				}
			}
		}
	}
}

// membersOf yields the cooperations of one group of a layer.
func (x *Index) membersOf(l *layer, g *groups, n int) iter.Seq2[*deal, int] {
	return func(yield func(*deal, int) bool) {
		for _, m := range g.of(n) {
			if d := &l.deals[m.deal]; !x.replaced(l, d) && !yield(d, int(m.rule)) {
				return
			}
		}
	}
}

// numbered returns a deal by its number.
func (x *Index) numbered(n int32) *deal {
	if below := int32(len(x.base.deals)); n >= below {
		return &x.top.deals[n-below]
	}
	return &x.base.deals[n]
}

func (x *Index) deal(id crm.CooperationID) *deal {
	return lookUp(x, id, crm.RefTo(id), func(l *layer) map[crm.CooperationID]*deal { return l.byID })
}

func (x *Index) campaign(id crm.CampaignID) *crm.Campaign {
	return lookUp(x, id, crm.RefTo(id), func(l *layer) map[crm.CampaignID]*crm.Campaign { return l.campaigns })
}

func (x *Index) person(id crm.InfluencerID) *crm.Influencer {
	return lookUp(x, id, crm.RefTo(id), func(l *layer) map[crm.InfluencerID]*crm.Influencer { return l.people })
}

// lookUp finds a record as it is now, nil if there is none.
func lookUp[K comparable, V any](x *Index, id K, ref crm.Ref, in func(*layer) map[K]*V) *V {
	if x.top != nil {
		if found := in(x.top)[id]; found != nil {
			return found
		}
		if x.gone[ref] {
			return nil
		}
	}
	return in(x.base)[id]
}

// platform is that of a cooperation's profile, or "".
func (x *Index) platform(d *deal) string {
	if i := x.person(d.Influencer); i != nil {
		for _, p := range i.Profiles {
			if p.ID == d.Profile {
				return p.Platform
			}
		}
	}
	return ""
}

// Name returns the name of a record of the index or of Options.Other, "" if they have none.
func (x *Index) Name(ref crm.Ref) string {
	switch ref.Kind {
	case crm.KindWorkspace:
		return x.workspace.Name
	case crm.KindCampaign:
		if c := x.campaign(crm.CampaignID(ref.ID)); c != nil {
			return c.Name
		}
	case crm.KindInfluencer:
		if i := x.person(crm.InfluencerID(ref.ID)); i != nil {
			return i.Name
		}
	case crm.KindCooperation:
		if d := x.deal(crm.CooperationID(ref.ID)); d != nil {
			return d.Name
		}
	}
	if x.options.Other != nil {
		return x.options.Other.Name(ref)
	}
	return ""
}
