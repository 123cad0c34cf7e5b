package crm

import "slices"

// ClaimIndex holds claims in memory, to find the conflicts of many cooperations without asking the
// store for each. It finds them by look-ups, for patterns too: the time follows from the length of a
// rule and from how many conflicts it has, not from how many claims there are. It takes some 400
// bytes a claim.
type ClaimIndex struct {
	tailDays int
	size     int // claims in all
	of       map[CooperationID][]Claim
	groups   []claimGroup // by number; those of free numbers are empty
	free     []uint32
	byKey    map[claimKey]uint32 // numbers of groups
	texts    *claimTexts
	patterns map[ClaimKind]*patternClaims
	own      map[InfluencerID][]*Claim // the patterns of each influencer
}

// claimGroup are the claims of all cooperations that say the same.
type claimGroup struct {
	claimKey
	claims []*Claim
}

type claimKey struct {
	kind ClaimKind
	key  string
}

// NewClaimIndex returns an index of claims in a workspace with so many tail days.
func NewClaimIndex(claims []Claim, tailDays int) *ClaimIndex {
	x := &ClaimIndex{
		tailDays: tailDays, of: map[CooperationID][]Claim{}, byKey: map[claimKey]uint32{},
		patterns: map[ClaimKind]*patternClaims{}, own: map[InfluencerID][]*Claim{},
	}
	for _, kind := range patternKinds {
		x.patterns[kind] = newPatternClaims()
	}
	for _, c := range claims {
		x.of[c.Cooperation] = append(x.of[c.Cooperation], c)
	}
	for id := range x.of {
		x.enter(x.of[id])
	}
	x.texts = newClaimTexts(x)
	return x
}

// replace sets the claims of a cooperation.
func (x *ClaimIndex) replace(id CooperationID, claims []Claim) {
	if slices.Equal(x.of[id], claims) {
		return
	}
	x.leave(x.of[id])
	delete(x.of, id)
	if len(claims) > 0 {
		x.of[id] = slices.Clone(claims)
		x.enter(x.of[id])
	}
}

// enter makes claims findable. A rule that is not valid conflicts with nothing, so it is not.
func (x *ClaimIndex) enter(claims []Claim) {
	x.size += len(claims)
	for n := range claims {
		c := &claims[n]
		if !c.valid() {
			continue
		}
		g, known := x.byKey[claimKey{c.Kind, c.Key}]
		if !known {
			g = x.newGroup(claimKey{c.Kind, c.Key})
		}
		x.groups[g].claims = append(x.groups[g].claims, c)
		if p := x.patterns[c.Kind]; p != nil {
			p.enter(g, c, x.tailDays)
			x.own[c.Influencer] = append(x.own[c.Influencer], c)
		}
	}
}

// leave is the reverse of enter.
func (x *ClaimIndex) leave(claims []Claim) {
	x.size -= len(claims)
	for n := range claims {
		c := &claims[n]
		if !c.valid() {
			continue
		}
		g := x.byKey[claimKey{c.Kind, c.Key}]
		rest := withoutClaim(x.groups[g].claims, c)
		x.groups[g].claims = rest
		if p := x.patterns[c.Kind]; p != nil {
			p.leave(g, c, x.tailDays, len(rest) == 0)
			if x.own[c.Influencer] = withoutClaim(x.own[c.Influencer], c); len(x.own[c.Influencer]) == 0 {
				delete(x.own, c.Influencer)
			}
		}
		if len(rest) == 0 {
			x.dropGroup(g)
		}
	}
}

func withoutClaim(claims []*Claim, c *Claim) []*Claim {
	return slices.DeleteFunc(claims, func(other *Claim) bool { return other == c })
}

func (x *ClaimIndex) newGroup(key claimKey) uint32 {
	g := uint32(len(x.groups))
	if n := len(x.free); n > 0 {
		g, x.free = x.free[n-1], x.free[:n-1]
		x.groups[g].claimKey = key
	} else {
		x.groups = append(x.groups, claimGroup{claimKey: key})
	}
	x.byKey[key] = g
	if x.texts != nil {
		x.texts.enter(g)
	}
	return g
}

func (x *ClaimIndex) dropGroup(g uint32) {
	x.texts.leave(g)
	delete(x.byKey, x.groups[g].claimKey)
	x.groups[g] = claimGroup{}
	x.free = append(x.free, g)
}

// Conflicts finds what a cooperation conflicts with. OtherName is left empty.
func (x *ClaimIndex) Conflicts(c Cooperation) Conflicts {
	worst, possible := x.clashes(c, maxConflicts, nil)
	found := Conflicts{List: worst.conflicts(), Possible: possible}
	found.More = worst.total - len(found.List)
	return found
}

// clashes finds the blocking and certain conflicts of a cooperation, of which it keeps the worst, and
// counts the possible ones. Of those with cooperations to leave out it keeps none, but counts them.
func (x *ClaimIndex) clashes(c Cooperation, limit int, leaveOut map[CooperationID][]Claim) (worst clashes, possible int) {
	worst.limit = limit
	for _, mine := range ClaimsOf(c) {
		if !mine.valid() {
			continue
		}
		certain := 0 // of the rules that could be glued
		for group := range x.candidates(mine) {
			for _, other := range group.claims {
				if found, ok := x.meet(mine, *other); ok {
					if _, out := leaveOut[other.Cooperation]; !out {
						worst.add(found)
					}
					if canGlue(mine.Kind, other.Kind) {
						certain++
					}
				}
			}
		}
		possible += x.countGluing(mine) - certain
	}
	return worst, possible
}
