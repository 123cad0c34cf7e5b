package claims

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/getklar/influencercrm/discount"
)

// Satisfied returns the entries whose discount rule a code satisfies, ordered by cooperation, kind and key. The code is
// taken as the customer typed it and may be longer than [discount.MaxCodeLen]. Days are not looked at: whether an entry
// counts on the day of an order, and which of several does, is for the caller to decide. A rule that
// [discount.Rule.Validate] refuses is satisfied by nothing, although [discount.Rule.Matches] may say otherwise.
func (x *Index) Satisfied(code string) []Entry {
	code = discount.Normalize(code)
	found := []Entry{}
	take := func(g *group) {
		for _, block := range g.blocks {
			for n := range block {
				found = append(found, block[n].entry(g.term))
			}
		}
	}
	if g := x.group(Equals, x.hash(Equals, code), code); g != nil {
		take(g)
	}
	for g := range x.patternsOf(code) {
		take(g)
	}
	slices.SortFunc(found, Entry.Compare)
	return found
}

// candidates yields the groups whose entries conflict with an entry wherever they meet, the worst conflicts first: those
// that say the same, the codes that the shop takes for the same, the patterns that its key satisfies, the keys that satisfy
// it, and last the codes that only other shops take for the same.
func (x *Index) candidates(mine *Entry) iter.Seq2[*group, discount.Severity] {
	return func(yield func(*group, discount.Severity) bool) {
		same := discount.Certain
		if mine.Kind == Equals {
			same = discount.Blocking
		}
		if x.patterns[mine.Kind] == nil {
			if g := x.group(mine.Kind, x.hash(mine.Kind, mine.Key), mine.Key); g != nil && !yield(g, same) {
				return
			}
		}
		if mine.Kind == UTM {
			return
		}
		loose := x.looseGroups(mine)
		for len(loose) > 0 && loose[0].severity == discount.Blocking {
			if !yield(loose[0].group, discount.Blocking) {
				return
			}
			loose = loose[1:]
		}
		for g := range x.patternsOf(mine.Key) {
			if !yield(g, discount.Certain) {
				return
			}
		}
		for t := range x.suffixes.satisfying(mine.Kind, mine.Key) {
			seen := t.key == mine.Key && t.kind != Equals // a pattern that its own key satisfies
			if !seen && !yield(x.group(t.kind, t.hash, t.key), discount.Certain) {
				return
			}
		}
		for _, g := range loose {
			if !yield(g.group, g.severity) {
				return
			}
		}
	}
}

// patternsOf yields the patterns that a code in normal form satisfies, each once: every piece of the code as contains,
// the pieces at its ends as starts_with and ends_with too. Lengths that no pattern has are skipped.
func (x *Index) patternsOf(code string) iter.Seq[*group] {
	contains, startsWith, endsWith := x.patterns[Contains], x.patterns[StartsWith], x.patterns[EndsWith]
	return func(yield func(*group) bool) {
		find := func(kind Kind, piece string) bool {
			g := x.group(kind, x.hash(kind, piece), piece)
			return g == nil || yield(g)
		}
		at := append(characters(code), len(code))
		for length := 1; length < len(at) && length <= discount.MaxCodeLen; length++ {
			last := len(at) - 1 - length // where the last piece of this length begins
			if startsWith.has(length) && !find(StartsWith, code[:at[length]]) ||
				endsWith.has(length) && !find(EndsWith, code[at[last]:]) {
				return
			}
			for n := 0; n <= last && contains.has(length); n++ {
				piece := code[at[n]:at[n+length]]
				if strings.Index(code, piece) == at[n] && !find(Contains, piece) {
					return
				}
			}
		}
	}
}

// characters returns where the characters of a text begin.
func characters(text string) []int {
	at := make([]int, 0, utf8.RuneCountInString(text)+1)
	for n := range text {
		at = append(at, n)
	}
	return at
}
