package sheetimport

import (
	"slices"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// maxInfluencersListed is how many influencers may share a code, a pattern or a UTM set before they are only counted:
// to list each with each would take the square of their number, as where all rows carry nothing but the campaign's name
// as UTM.
const maxInfluencersListed = 50

// maxClaimsListed is the same for the cooperations of fewer influencers.
const maxClaimsListed = 500

// sharedKey is a code, a pattern or a set of UTM fields.
type sharedKey struct {
	kind crm.ClaimKind
	key  string
}

func keyOf(c crm.Claim) sharedKey { return sharedKey{c.Kind, c.Key} }

func isPattern(c crm.Claim) bool { return c.Kind != crm.ClaimEquals && c.Kind != crm.ClaimUTM }

// claimsAfter are all claims as they will be.
func (p *planner) claimsAfter() []crm.Claim {
	changed := map[crm.CooperationID]bool{}
	for _, o := range p.planned {
		changed[o.result().ID] = true
	}
	var claims []crm.Claim
	for _, c := range p.claims {
		if !changed[c.Cooperation] {
			claims = append(claims, c)
		}
	}
	for _, o := range p.planned {
		claims = append(claims, crm.ClaimsOf(*o.result())...)
	}
	return claims
}

// widelyShared counts the influencers of the claims that so many share that they are only counted.
func widelyShared(claims []crm.Claim) map[sharedKey]int {
	influencers, count := map[sharedKey]map[crm.InfluencerID]bool{}, map[sharedKey]int{}
	for _, c := range claims {
		key := keyOf(c)
		if influencers[key] == nil {
			influencers[key] = map[crm.InfluencerID]bool{}
		}
		influencers[key][c.Influencer] = true
		count[key]++
	}
	shared := map[sharedKey]int{}
	for key, who := range influencers {
		if n := len(who); n > maxInfluencersListed || n > 1 && count[key] > maxClaimsListed {
			shared[key] = n
		}
	}
	return shared
}

// splitWidelyShared returns the claims that are not widely shared, and for each widely shared pattern one claim of
// nobody over all its days, so that a code still finds the pattern.
func splitWidelyShared(claims []crm.Claim, shared map[sharedKey]int) (few, stand []crm.Claim) {
	at := map[sharedKey]int{}
	for _, c := range claims {
		if shared[keyOf(c)] == 0 {
			few = append(few, c)
			continue
		}
		if !isPattern(c) {
			continue
		}
		n, known := at[keyOf(c)]
		if !known {
			at[keyOf(c)] = len(stand)
			stand = append(stand, crm.Claim{Kind: c.Kind, Key: c.Key, From: c.From, To: c.To})
			continue
		}
		if c.From.Before(stand[n].From) {
			stand[n].From = c.From
		}
		if c.To.IsZero() || !stand[n].To.IsZero() && stand[n].To.Before(c.To) {
			stand[n].To = c.To
		}
	}
	return few, stand
}

// withoutPatterns is a cooperation with only its whole codes and UTM fields.
func withoutPatterns(c crm.Cooperation) crm.Cooperation {
	c.Rules = slices.DeleteFunc(slices.Clone(c.Rules), func(r discount.Rule) bool { return r.Match != discount.Equals })
	return c
}

// withoutWidelyShared is a cooperation without its widely shared patterns.
func withoutWidelyShared(c crm.Cooperation, shared map[sharedKey]int) crm.Cooperation {
	c.Rules = slices.DeleteFunc(slices.Clone(c.Rules), func(r discount.Rule) bool {
		return r.Match != discount.Equals && shared[sharedKey{crm.ClaimKind(r.Match), r.Key()}] > 0
	})
	return c
}
