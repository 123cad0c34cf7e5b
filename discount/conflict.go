package discount

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Severity says how likely it is that a code meets two rules.
type Severity uint8

// The severities, mildest first.
const (
	NoConflict Severity = iota // no code satisfies both rules
	Loose                      // two codes that some shops take for one; only [Comparison.Compare] finds it
	Possible                   // only a code glued of both patterns does, such as AB for starts with A, ends with B
	Certain                    // one pattern, taken as a code, satisfies the other rule
	Blocking                   // both rules claim exactly the same one code
)

var severityNames = [...]string{
	NoConflict: "none",
	Loose:      "loose",
	Possible:   "possible",
	Certain:    "certain",
	Blocking:   "blocking",
}

// String returns "none", "loose", "possible", "certain" or "blocking".
func (s Severity) String() string {
	if int(s) < len(severityNames) {
		return severityNames[s]
	}
	return fmt.Sprintf("severity(%d)", uint8(s))
}

// MarshalText returns the text of [Severity.String]. A severity that is none of
// the five is an error that matches [ErrInvalid].
func (s Severity) MarshalText() ([]byte, error) {
	if int(s) >= len(severityNames) {
		return nil, invalid("severity", s.String(), "is not known")
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *Severity) UnmarshalText(text []byte) error {
	for i, name := range severityNames {
		if string(text) == name {
			*s = Severity(i)
			return nil
		}
	}
	return invalid("severity", string(text), "is not known; use none, loose, possible, certain or blocking")
}

// Conflict is the answer of [Compare] and of [Comparison.Compare].
type Conflict struct {
	Severity Severity `json:"severity"`
	// Witness is a code in normal form that both rules match; "" without conflict. With a Cause it is the one of the two
	// codes that is lower as a text, which a shop may take for the other one.
	Witness string `json:"witness,omitzero"`
	// Cause is why a shop takes two codes for one, "" where the normal forms of the rules collide.
	Cause Cause `json:"cause,omitzero"`
}

// Compare decides whether any code satisfies both rules, for any two valid
// rules. The order of the rules does not matter. The witness is as short as
// possible: with [Certain] it is the pattern that satisfies the other rule, with
// [Possible] the two patterns written one after the other, sharing as many
// characters as they can.
//
// [NoConflict] is a proof about normal forms: no text in normal form of 1 to
// [MaxCodeLen] characters satisfies both. It is none about the database of a
// shop, which may take two normal forms for one; see [Comparison]. A rule whose match or pattern is not valid
// conflicts with nothing. Benefits do not matter, valid or not.
//
// Why the search is complete. Take any normal code that satisfies both rules,
// and in it one place where each pattern stands. If one of the places lies
// within the other, then the longer pattern alone satisfies both rules, anchors
// included: it begins (ends) where the code does if one of the patterns has to.
// Else one place begins and ends before the other; cut the code down to the text
// from the first place to the last, and close the gap between them or lengthen
// the overlap as far as the letters allow. What remains is the first pattern
// without the part it shares with the second, followed by the second: exactly
// what glue returns. It is no longer than the code, so if it does not fit into
// MaxCodeLen, no code does.
//
// And it is a normal form itself. Every pattern is one and begins with a
// character that does not combine with what stands before it (Validate sees to
// that), so composition, reordering of accents and folding never reach across
// the seam, and trimming finds no space at the ends.
func Compare(a, b Rule) Conflict {
	aKey, ok := a.validKey()
	if !ok {
		return Conflict{}
	}
	bKey, ok := b.validKey()
	if !ok {
		return Conflict{}
	}

	switch {
	case a.Match == Equals && b.Match == Equals && aKey == bKey:
		return Conflict{Severity: Blocking, Witness: aKey}
	case b.Match.holds(aKey, bKey):
		return Conflict{Severity: Certain, Witness: aKey}
	case a.Match.holds(bKey, aKey):
		return Conflict{Severity: Certain, Witness: bKey}
	}

	// The pattern in front must be free to be followed by more, and the one
	// behind to be preceded by something.
	var found string
	if a.Match.allowsSuffix() && b.Match.allowsPrefix() {
		found = shorter(found, glue(aKey, bKey))
	}
	if b.Match.allowsSuffix() && a.Match.allowsPrefix() {
		found = shorter(found, glue(bKey, aKey))
	}
	if found == "" {
		return Conflict{}
	}
	return Conflict{Severity: Possible, Witness: found}
}

// CanGlue reports whether two patterns with these matches can be glued into one
// code. If so, [Compare] finds a conflict of any two valid rules with these
// matches whose patterns have at most [MaxCodeLen] characters together, and if
// not, no conflict of theirs is only [Possible]. So possible conflicts can be
// counted without comparing rules, but for very long ones.
func CanGlue(a, b Match) bool {
	return a.allowsSuffix() && b.allowsPrefix() || a.allowsPrefix() && b.allowsSuffix()
}

// validKey returns the normal form of the pattern, and whether match and
// pattern are valid.
func (r Rule) validKey() (key string, ok bool) {
	if !r.Match.known() {
		return "", false
	}
	key, wrong := r.checkPattern()
	return key, wrong.isZero()
}

// allowsSuffix reports whether a code may go on after the pattern.
func (m Match) allowsSuffix() bool { return m == StartsWith || m == Contains }

// allowsPrefix reports whether a code may have something before the pattern.
func (m Match) allowsPrefix() bool { return m == EndsWith || m == Contains }

// glue returns the shortest text that begins with front and ends with back,
// neither of which contains the other in those places, or "" if it is longer
// than a code can be. Comparing bytes is enough: back is valid UTF-8, so what it
// shares with the end of front begins and ends between two characters.
func glue(front, back string) string {
	shared := min(len(front), len(back))
	for !strings.HasSuffix(front, back[:shared]) {
		shared--
	}
	glued := front + back[shared:]
	if utf8.RuneCountInString(glued) > MaxCodeLen {
		return ""
	}
	return glued
}

// shorter returns the text with fewer characters, of equally long ones the lower
// so that the order of the arguments does not matter. "" stands for no text.
func shorter(a, b string) string {
	if a == "" {
		return b
	}
	if b == "" {
		return a
	}
	order := cmp.Or(
		cmp.Compare(utf8.RuneCountInString(a), utf8.RuneCountInString(b)),
		cmp.Compare(a, b),
	)
	if order <= 0 {
		return a
	}
	return b
}
