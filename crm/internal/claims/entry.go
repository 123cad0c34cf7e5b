package claims

import (
	"bytes"
	"cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// ID is the id of a cooperation or an influencer.
type ID [16]byte

// Compare orders ids by their bytes.
func (id ID) Compare(other ID) int { return bytes.Compare(id[:], other[:]) }

// Kind is what an entry lays claim to: the codes that satisfy a discount rule with this match, or a set of UTM
// parameters.
type Kind string

// The kinds of entries.
const (
	Equals     = Kind(discount.Equals)
	Contains   = Kind(discount.Contains)
	StartsWith = Kind(discount.StartsWith)
	EndsWith   = Kind(discount.EndsWith)
	UTM        = Kind("utm")
)

var kinds = [...]Kind{Equals, Contains, StartsWith, EndsWith, UTM}

// patternKinds are the kinds that many codes satisfy.
var patternKinds = [...]Kind{Contains, StartsWith, EndsWith}

// canGlue reports whether rules of two kinds can conflict without one pattern satisfying the other rule.
func canGlue(a, b Kind) bool { return discount.CanGlue(discount.Match(a), discount.Match(b)) }

// Entry is the claim of one cooperation to a code, a family of codes or a UTM set.
type Entry struct {
	Cooperation ID
	Influencer  ID
	Kind        Kind
	Key         string        // the pattern in normal form, or utm.Key of the UTM set
	Days        budget.Period // when it is live; without an end it is open-ended, without a start never live
}

// Rule is the discount rule of the entry. It has no meaning for UTM.
func (e Entry) Rule() discount.Rule {
	return discount.Rule{Match: discount.Match(e.Kind), Pattern: e.Key}
}

// Compare orders entries by cooperation, kind and key.
func (e Entry) Compare(other Entry) int {
	if order := e.Cooperation.Compare(other.Cooperation); order != 0 {
		return order
	}
	return e.compareKey(other)
}

func (e Entry) compareKey(other Entry) int {
	if order := cmp.Compare(e.Kind, other.Kind); order != 0 {
		return order
	}
	return cmp.Compare(e.Key, other.Key)
}

// Meets returns the days on which two entries of different influencers and cooperations are both live, and false if
// there are none. What they claim is not compared.
func (e Entry) Meets(other Entry) (budget.Period, bool) {
	if e.Influencer == other.Influencer || e.Cooperation == other.Cooperation {
		return budget.Period{}, false
	}
	return e.Days.Overlap(other.Days)
}

// valid reports whether the entry can conflict with anything. A store may hold rules that are refused today.
func (e Entry) valid() bool { return e.Kind == UTM || e.Rule().Validate() == nil }
