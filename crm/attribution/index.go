package attribution

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// Options are the choices of an index.
type Options struct {
	// StrictUTM compares UTM values byte by byte, as utm.Params.Matches does if it is told so.
	StrictUTM bool
}

// Index decides whom orders are credited to. It does not change, and is safe for use by several goroutines. It keeps the
// records of its snapshot, which must not change either.
type Index struct {
	snapshot  Snapshot
	options   Options
	zone      *time.Location
	ignored   map[string]bool // by normal form
	campaigns map[crm.CampaignID]*crm.Campaign
	people    map[crm.InfluencerID]*crm.Influencer
	deals     []deal
	byID      map[crm.CooperationID]*deal
	codes     *discount.Index // of the patterns; several rules have one
	byPattern groups
	sets      *utm.Index // of the UTM sets; several cooperations have one
	bySet     groups
	near      func() *neighbours // for orders that nobody earned
}

// deal is a cooperation with what decisions ask of it.
type deal struct {
	*crm.Cooperation
	number   int32 // among the deals
	live     budget.Period
	end      budget.Date // of its period with tail days, whether or not it was archived; zero for open-ended
	patterns []int       // lengths of its rules' patterns, in characters
	fields   int         // of its UTM set
}

// NewIndex makes the index of a snapshot. A time zone that nobody knows is a crm.ErrInvalid.
func NewIndex(s Snapshot, o *Options) (*Index, error) {
	if o == nil {
		o = &Options{}
	}
	zone, err := time.LoadLocation(s.Workspace.TimeZone)
	if err != nil {
		return nil, &crm.Error{Family: crm.ErrInvalid, Record: s.Workspace.Ref(), Field: "time_zone", Value: s.Workspace.TimeZone, Problem: noZone}
	}
	x := &Index{
		snapshot: s, options: *o, zone: zone, ignored: map[string]bool{},
		campaigns: make(map[crm.CampaignID]*crm.Campaign, len(s.Campaigns)),
		byID:      make(map[crm.CooperationID]*deal, len(s.Cooperations)),
		people:    make(map[crm.InfluencerID]*crm.Influencer, len(s.Influencers)),
	}
	for _, code := range s.Workspace.IgnoredCodes {
		x.ignored[discount.Normalize(code)] = true
	}
	for n := range s.Campaigns {
		x.campaigns[s.Campaigns[n].ID] = &s.Campaigns[n]
	}
	for n := range s.Influencers {
		x.people[s.Influencers[n].ID] = &s.Influencers[n]
	}
	x.addDeals()
	x.near = sync.OnceValue(x.makeNeighbours)
	return x, nil
}

func (x *Index) addDeals() {
	rules, sets := newGrouping[discount.Rule](), newGrouping[utm.Params]()
	x.deals = make([]deal, len(x.snapshot.Cooperations))
	for n := range x.snapshot.Cooperations {
		c := &x.snapshot.Cooperations[n]
		x.byID[c.ID] = &x.deals[n]
		x.deals[n] = deal{Cooperation: c, number: int32(n), live: c.LiveDays(x.snapshot.Workspace.TailDays), fields: c.UTM.Specificity()}
		if !c.Period.End.IsZero() {
			x.deals[n].end = c.Period.End.AddDays(x.snapshot.Workspace.TailDays)
		}
		for at, r := range c.Rules {
			key := r.Key()
			x.deals[n].patterns = append(x.deals[n].patterns, len([]rune(key)))
			rules.add(string(r.Match)+" "+key, discount.Rule{Match: r.Match, Pattern: key}, member{deal: int32(n), rule: int32(at)})
		}
		if c.UTM.Usable() {
			sets.add(x.setKey(c.UTM), c.UTM, member{deal: int32(n)})
		}
	}
	x.codes, x.byPattern = discount.NewIndex(rules.heads), rules.groups()
	x.sets, x.bySet = utm.NewIndex(sets.heads, x.options.StrictUTM), sets.groups()
}

// setKey tells UTM sets apart that the index tells apart.
func (x *Index) setKey(p utm.Params) string {
	if !x.options.StrictUTM {
		return utm.Key(p)
	}
	var b strings.Builder
	for _, f := range utm.Fields() {
		fmt.Fprintf(&b, "%q", p.Get(f).String())
	}
	return b.String()
}

// member is a rule of a cooperation, or its UTM set.
type member struct{ deal, rule int32 }

// groups are lists of members that have one pattern or one UTM set, one behind the other.
type groups struct {
	members []member
	ends    []int32 // of each group
}

func (g *groups) of(n int) []member {
	from := int32(0)
	if n > 0 {
		from = g.ends[n-1]
	}
	return g.members[from:g.ends[n]]
}

// grouping puts members with one key together.
type grouping[T any] struct {
	byKey   map[string]int32
	heads   []T
	members []grouped
}

type grouped struct {
	group int32
	member
}

func newGrouping[T any]() *grouping[T] { return &grouping[T]{byKey: map[string]int32{}} }

func (g *grouping[T]) add(key string, head T, m member) {
	n, ok := g.byKey[key]
	if !ok {
		n = int32(len(g.heads))
		g.byKey[key] = n
		g.heads = append(g.heads, head)
	}
	g.members = append(g.members, grouped{n, m})
}

func (g *grouping[T]) groups() groups {
	slices.SortStableFunc(g.members, func(a, b grouped) int { return int(a.group - b.group) })
	all := groups{make([]member, len(g.members)), make([]int32, len(g.heads))}
	for n, m := range g.members {
		all.members[n] = m.member
		all.ends[m.group] = int32(n + 1)
	}
	return all
}

// platform is that of a cooperation's profile, or "".
func (x *Index) platform(d *deal) string {
	if i := x.people[d.Influencer]; i != nil {
		for _, p := range i.Profiles {
			if p.ID == d.Profile {
				return p.Platform
			}
		}
	}
	return ""
}

// Workspace returns the workspace of the index.
func (x *Index) Workspace() crm.Workspace { return x.snapshot.Workspace }

// Name returns the name of a record of the index, "" if it has none.
func (x *Index) Name(ref crm.Ref) string {
	switch ref.Kind {
	case crm.KindWorkspace:
		return x.snapshot.Workspace.Name
	case crm.KindCampaign:
		if c := x.campaigns[crm.CampaignID(ref.ID)]; c != nil {
			return c.Name
		}
	case crm.KindInfluencer:
		if i := x.people[crm.InfluencerID(ref.ID)]; i != nil {
			return i.Name
		}
	case crm.KindCooperation:
		if c := x.byID[crm.CooperationID(ref.ID)]; c != nil {
			return c.Name
		}
	}
	return ""
}
