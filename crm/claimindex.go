package crm

import (
	"cmp"
	"iter"
	"slices"
	"unicode/utf8"

	"github.com/getklar/influencercrm/discount"
)

// ClaimIndex holds claims in memory, to find the conflicts of many cooperations without asking the
// store for each.
type ClaimIndex struct {
	of    map[CooperationID][]Claim
	byKey map[claimKey][]Claim
	// before holds, while a unit of work is open, the claims that it found of each cooperation that
	// it changed, so that revert can put them back.
	before map[CooperationID][]Claim
}

type claimKey struct {
	kind ClaimKind
	key  string
}

// NewClaimIndex returns an index of claims.
func NewClaimIndex(claims []Claim) *ClaimIndex {
	x := &ClaimIndex{of: map[CooperationID][]Claim{}, byKey: map[claimKey][]Claim{}}
	for _, c := range claims {
		x.add(c)
	}
	return x
}

func (x *ClaimIndex) add(c Claim) {
	x.of[c.Cooperation] = append(x.of[c.Cooperation], c)
	key := claimKey{c.Kind, c.Key}
	x.byKey[key] = append(x.byKey[key], c)
}

// set replaces the claims of a cooperation by those of its present state.
func (x *ClaimIndex) set(c Cooperation) { x.replace(c.ID, ClaimsOf(c)) }

func (x *ClaimIndex) replace(id CooperationID, claims []Claim) {
	if !slices.Equal(x.of[id], claims) {
		x.replaceAll(map[CooperationID][]Claim{id: claims})
	}
}

// replaceAll is replace for many, and goes only once through those who share a key.
func (x *ClaimIndex) replaceAll(claims map[CooperationID][]Claim) {
	keys := map[claimKey]bool{}
	for id := range claims {
		if _, known := x.before[id]; x.before != nil && !known {
			x.before[id] = x.of[id]
		}
		for _, c := range x.of[id] {
			keys[claimKey{c.Kind, c.Key}] = true
		}
		delete(x.of, id)
	}
	for key := range keys {
		rest := slices.DeleteFunc(x.byKey[key], func(c Claim) bool { _, replaced := claims[c.Cooperation]; return replaced })
		if len(rest) == 0 {
			delete(x.byKey, key)
		} else {
			x.byKey[key] = rest
		}
	}
	for _, each := range claims {
		for _, c := range each {
			x.add(c)
		}
	}
}

// Conflicts finds what a cooperation conflicts with: the blocking and certain conflicts, worst
// first, and the number of possible ones. Tail days extend both sides. OtherName is left empty.
func (x *ClaimIndex) Conflicts(c Cooperation, tailDays int) (found []Conflict, possible int) {
	found = []Conflict{}
	for _, mine := range ClaimsOf(c) {
		for conflict := range x.against(mine, tailDays) {
			if conflict.Severity == discount.Possible {
				possible++
			} else {
				found = append(found, conflict)
			}
		}
	}
	slices.SortFunc(found, func(a, b Conflict) int {
		return cmp.Or(-cmp.Compare(a.Severity, b.Severity), a.Other.Compare(b.Other), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.OtherRule, b.OtherRule))
	})
	return found, possible
}

// against yields the conflicts of one claim with those of other influencers.
func (x *ClaimIndex) against(mine Claim, tailDays int) iter.Seq[Conflict] {
	return func(yield func(Conflict) bool) {
		for group := range x.candidates(mine) {
			for _, other := range group {
				if conflict, found := compareClaims(mine, other, tailDays); found && !yield(conflict) {
					return
				}
			}
		}
	}
}

// blocks reports whether an obstacle is in the way of a cooperation.
func (x *ClaimIndex) blocks(c Cooperation, o obstacle, tailDays int) bool {
	for _, mine := range ClaimsOf(c) {
		for _, other := range x.of[o.other] {
			if found, ok := compareClaims(mine, other, tailDays); ok && found.Severity == discount.Blocking && found.Witness == o.code {
				return true
			}
		}
	}
	return false
}

// compareClaims proves the conflict of two claims, if there is one.
func compareClaims(mine, other Claim, tailDays int) (Conflict, bool) {
	if other.Influencer == mine.Influencer || other.Cooperation == mine.Cooperation {
		return Conflict{}, false
	}
	days, live := mine.live(tailDays).Overlap(other.live(tailDays))
	if !live {
		return Conflict{}, false
	}
	conflict := Conflict{Severity: discount.Certain, Kind: mine.Kind, Other: other.Cooperation, OtherInfluencer: other.Influencer, During: days}
	if mine.Kind == ClaimUTM {
		return conflict, true
	}
	if other.Kind == ClaimEquals && !mine.Rule().MatchesKey(other.Key) {
		return Conflict{}, false // most pairs by far end here
	}
	proof := discount.Compare(mine.Rule(), other.Rule())
	if proof.Severity == discount.NoConflict {
		return Conflict{}, false
	}
	conflict.Severity, conflict.Witness = proof.Severity, proof.Witness
	conflict.Rule, conflict.OtherRule = mine.Rule().String(), other.Rule().String()
	return conflict, true
}

// candidates yields, in groups of one key, the claims that may conflict with one. For a whole code
// and for a UTM set that takes a few look-ups, however many claims there are: the patterns that a
// code satisfies are pieces of the code. A pattern is held against every rule there is.
func (x *ClaimIndex) candidates(mine Claim) iter.Seq[[]Claim] {
	return func(yield func([]Claim) bool) {
		if mine.Kind != ClaimUTM && mine.Kind != ClaimEquals {
			for key, group := range x.byKey {
				if key.kind != ClaimUTM && !yield(group) {
					return
				}
			}
			return
		}
		if !yield(x.byKey[claimKey{mine.Kind, mine.Key}]) || mine.Kind == ClaimUTM {
			return
		}
		for piece := range pieces(mine.Key) {
			if !yield(x.byKey[piece]) {
				return
			}
		}
	}
}

// pieces yields the patterns that a code satisfies, each once: every piece of it as contains, those
// at its ends as starts_with and ends_with too.
func pieces(code string) iter.Seq[claimKey] {
	return func(yield func(claimKey) bool) {
		contained := map[string]bool{}
		for from := 0; from < len(code); from += runeLen(code[from:]) {
			for to := from + runeLen(code[from:]); ; to += runeLen(code[to:]) {
				piece := code[from:to]
				if !contained[piece] && !yield(claimKey{ClaimContains, piece}) ||
					from == 0 && !yield(claimKey{ClaimStartsWith, piece}) ||
					to == len(code) && !yield(claimKey{ClaimEndsWith, piece}) {
					return
				}
				contained[piece] = true
				if to == len(code) {
					break
				}
			}
		}
	}
}

func runeLen(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	return size
}
