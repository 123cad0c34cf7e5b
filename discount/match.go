package discount

import "strings"

// Match is the way a rule compares its pattern with a code.
type Match string

// The four ways to compare.
const (
	Equals     Match = "equals"
	Contains   Match = "contains"
	StartsWith Match = "starts_with"
	EndsWith   Match = "ends_with"
)

// Matches returns all ways to compare, in the order of the constants.
func Matches() []Match {
	return []Match{Equals, Contains, StartsWith, EndsWith}
}

// ParseMatch reads the name of a match. Upper and lower case are the same, and
// the two words of "starts with" and "ends with" may be joined by a space, an
// underscore, a dash or nothing. The error is a [*RuleError] with the field
// "match" and matches [ErrInvalid].
func ParseMatch(s string) (Match, error) {
	switch strings.ToLower(strings.Join(strings.Fields(s), " ")) {
	case "equals":
		return Equals, nil
	case "contains":
		return Contains, nil
	case "starts_with", "starts with", "starts-with", "startswith":
		return StartsWith, nil
	case "ends_with", "ends with", "ends-with", "endswith":
		return EndsWith, nil
	}
	return "", invalid("match", s, unknownMatch)
}

const unknownMatch = "is not known; use equals, contains, starts_with or ends_with"

func (m Match) known() bool {
	switch m {
	case Equals, Contains, StartsWith, EndsWith:
		return true
	}
	return false
}

// words returns the match as it stands in a sentence.
func (m Match) words() string {
	return strings.ReplaceAll(string(m), "_", " ")
}

// holds reports whether a code satisfies the match with a pattern, both given
// in normal form. An empty pattern is satisfied by nothing.
func (m Match) holds(code, pattern string) bool {
	if pattern == "" {
		return false
	}
	switch m {
	case Equals:
		return code == pattern
	case Contains:
		return strings.Contains(code, pattern)
	case StartsWith:
		return strings.HasPrefix(code, pattern)
	case EndsWith:
		return strings.HasSuffix(code, pattern)
	}
	return false
}
