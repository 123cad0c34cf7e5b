package attribution

import (
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

// Reason is why a candidate lost.
type Reason string

// The reasons for which a cooperation cannot earn an order at all.
const (
	Cancelled  Reason = "cancelled"
	NotSigned  Reason = "not_signed"
	NoDates    Reason = "no_dates"
	TooEarly   Reason = "too_early"   // before the first day of the cooperation
	TooLate    Reason = "too_late"    // after its last day, tail days included
	Archived   Reason = "archived"    // it, its campaign or its influencer was archived before
	AfterOrder Reason = "after_order" // the visit came after the order
)

// The reasons for which a cooperation that could earn the order lost to another one, in the order in which they count.
const (
	CodeCounts     Reason = "code_counts"     // a code credits the order, so visits do not
	EarlierVisit   Reason = "earlier_visit"   // a later visit has a match
	FewerFields    Reason = "fewer_fields"    // of the UTM set
	WeakerMatch    Reason = "weaker_match"    // equals counts more than starts_with and ends_with, these more than contains, and another spelling of the code least
	ShorterPattern Reason = "shorter_pattern" // of the rule
	InheritedRule  Reason = "inherited_rule"  // the other one's rule is its own
	EarlierStart   Reason = "earlier_start"   // of the cooperation
	LaterCode      Reason = "later_code"      // in the order
	SameClaim      Reason = "same_claim"      // nothing but the id tells the two apart
	SameDeal       Reason = "same_deal"       // a visit of the winner, which has the order by a code
)

// Why says the reason for which the candidate lost; of the winner it is the zero Sentence.
func (c Candidate) Why() sentence.Sentence {
	switch c.Lost {
	case TooEarly:
		return sentence.Of("%d days before the cooperation begins", c.Days)
	case TooLate:
		return sentence.Of("%d days after the last day of the cooperation", c.Days)
	}
	return reasons[c.Lost]
}

// WhyTheCode says why a candidate has a claim by a code that does not satisfy its rule, as the workspace's shop compares
// codes; of others it is the zero Sentence.
func (c Candidate) WhyTheCode() sentence.Sentence {
	if c.Cause == "" {
		return sentence.Sentence{}
	}
	return sameCode(c.Code, c.Rule.Pattern)
}

// sameCode says that a shop takes two codes for one, and why.
func sameCode(a, b string) sentence.Sentence {
	return sentence.Of("this shop takes %q and %q for one code: they differ only by %s", a, b, crm.CauseText(discount.CauseOf(a, b)))
}

var reasons = map[Reason]sentence.Sentence{
	Cancelled:      sentence.Of("the cooperation is cancelled"),
	NotSigned:      sentence.Of("the cooperation is not signed"),
	NoDates:        sentence.Of("the cooperation has no start"),
	Archived:       sentence.Of("the cooperation, its campaign or its influencer was archived before"),
	AfterOrder:     sentence.Of("the visit came after the order"),
	CodeCounts:     sentence.Of("a code counts more than a visit"),
	EarlierVisit:   sentence.Of("a later visit has a match"),
	FewerFields:    sentence.Of("the other one's UTM set has more fields"),
	WeakerMatch:    sentence.Of("the other one's rule fits the code more closely"),
	ShorterPattern: sentence.Of("the other one's rule has a longer text"),
	InheritedRule:  sentence.Of("the other one's rule is its own, and this one is inherited"),
	EarlierStart:   sentence.Of("the other one begins later"),
	LaterCode:      sentence.Of("the other one's code comes first in the order"),
	SameClaim:      sentence.Of("nothing but the id tells the two apart"),
	SameDeal:       sentence.Of("another claim of the same cooperation counts"),
}
