package crm

import (
	"cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// ClaimKind is what a claim is about: the codes that satisfy a discount rule with this match, or a set of UTM
// parameters.
type ClaimKind string

// The kinds of claims.
const (
	ClaimEquals     = ClaimKind(discount.Equals)
	ClaimContains   = ClaimKind(discount.Contains)
	ClaimStartsWith = ClaimKind(discount.StartsWith)
	ClaimEndsWith   = ClaimKind(discount.EndsWith)
	ClaimUTM        = ClaimKind("utm")
)

// Claim is one discount rule or UTM set of a cooperation with the days on which it is live. It is derived from the
// cooperation; a store keeps claims where they can be found by kind and key.
type Claim struct {
	Cooperation CooperationID
	Influencer  InfluencerID
	Kind        ClaimKind
	Key         string      // discount.Rule.Key or utm.Key
	From        budget.Date // first live day
	To          budget.Date // last live day, without tail days; zero for open-ended
	Until       budget.Date // the archive day, past which tail days do not reach; zero for none; see ClaimsOf
}

// ClaimsOf derives the claims of a cooperation. One that is cancelled or has no start is never live and claims nothing;
// one that is archived, or whose campaign or influencer is, is live up to the first of these archive days.
func ClaimsOf(c Cooperation) []Claim {
	if c.Cancellation != nil || c.Period.Start.IsZero() {
		return nil
	}
	until := c.lastClaimDay()
	if !until.IsZero() && until.Before(c.Period.Start) {
		return nil
	}
	claim := Claim{
		Cooperation: c.ID, Influencer: c.Influencer, From: c.Period.Start, To: c.Period.End, Until: until,
	}
	claims := make([]Claim, 0, len(c.Rules)+1)
	for _, rule := range c.Rules {
		claim.Kind, claim.Key = ClaimKind(rule.Match), rule.Key()
		claims = append(claims, claim)
	}
	if c.UTM.Usable() {
		claim.Kind, claim.Key = ClaimUTM, utm.Key(c.UTM)
		claims = append(claims, claim)
	}
	return claims
}

// lastClaimDay is the day past which nothing of the cooperation counts, because it, its campaign or its influencer was
// archived; zero for none.
func (c Cooperation) lastClaimDay() budget.Date { return earlierDay(c.ArchivedOn, c.ClaimsUntil) }

// LiveDays returns the days on which codes and links of the cooperation count: its period and the tail days of its
// workspace, up to the day on which it, its campaign or its influencer was archived. It says nothing of its status.
// Without a start, or if it was archived before, there are none, and the zero Period comes back.
func (c Cooperation) LiveDays(tailDays int) budget.Period {
	if c.Period.Start.IsZero() {
		return budget.Period{}
	}
	days := Claim{From: c.Period.Start, To: c.Period.End, Until: c.lastClaimDay()}.live(tailDays)
	if !days.End.IsZero() && days.End.Before(days.Start) {
		return budget.Period{}
	}
	return days
}

// earlierDay is the earlier of two days, of which either may be missing.
func earlierDay(a, b budget.Date) budget.Date {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Rule is the discount rule of the claim, with its pattern in normal form and without its benefit. It has no meaning
// for a ClaimUTM.
func (c Claim) Rule() discount.Rule {
	return discount.Rule{Match: discount.Match(c.Kind), Pattern: c.Key}
}

// Compare orders claims as Reader.Claims returns them: by start day, cooperation, kind and key.
func (c Claim) Compare(other Claim) int {
	return cmp.Or(c.From.Compare(other.From), c.Cooperation.Compare(other.Cooperation), cmp.Compare(c.Kind, other.Kind),
		cmp.Compare(c.Key, other.Key))
}

// live returns the days on which the claim is live, with tail days.
func (c Claim) live(tailDays int) budget.Period {
	p := budget.Period{Start: c.From, End: c.To}
	if !p.End.IsZero() {
		p.End = p.End.AddDays(tailDays)
	}
	if !c.Until.IsZero() && (p.End.IsZero() || c.Until.Before(p.End)) {
		p.End = c.Until
	}
	return p
}
