package crm

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// candidates yields the groups whose claims conflict with one, if the days and the influencers are
// so: those that say the same, the patterns that its key satisfies, and the keys that satisfy it.
func (x *ClaimIndex) candidates(mine Claim) iter.Seq[*claimGroup] {
	return func(yield func(*claimGroup) bool) {
		if x.patterns[mine.Kind] == nil {
			if g, known := x.byKey[claimKey{mine.Kind, mine.Key}]; known && !yield(&x.groups[g]) {
				return
			}
		}
		if mine.Kind == ClaimUTM {
			return
		}
		for pattern := range x.patternsOf(mine.Key) {
			if g, known := x.byKey[pattern]; known && !yield(&x.groups[g]) {
				return
			}
		}
		for g := range x.texts.satisfying(claimKey{mine.Kind, mine.Key}) {
			group := &x.groups[g]
			twice := group.key == mine.Key && group.kind != ClaimEquals // the pattern that is one's key
			if !twice && !yield(group) {
				return
			}
		}
	}
}

// patternsOf yields the patterns that a code satisfies, each once and only as long as the patterns
// that there are: every piece of it as contains, those at its ends as starts_with and ends_with too.
func (x *ClaimIndex) patternsOf(code string) iter.Seq[claimKey] {
	return func(yield func(claimKey) bool) {
		at := append(characters(code), len(code))
		for length := 1; length < len(at); length++ {
			last := len(at) - 1 - length // where the last piece begins
			if x.patterns[ClaimStartsWith].has(length) && !yield(claimKey{ClaimStartsWith, code[:at[length]]}) ||
				x.patterns[ClaimEndsWith].has(length) && !yield(claimKey{ClaimEndsWith, code[at[last]:]}) {
				return
			}
			for n := 0; n <= last && x.patterns[ClaimContains].has(length); n++ {
				piece := code[at[n]:at[n+length]]
				if strings.Index(code, piece) == at[n] && !yield(claimKey{ClaimContains, piece}) {
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
