package discount

import (
	"strconv"
	"strings"
	"unicode"
)

// maxRuleText is the greatest length in bytes of a text that ParseRule reads.
// The longest rule, a quoted pattern of escapes only, needs fewer.
const maxRuleText = 1024

// String returns the rule in words, without its benefit: "equals CR9",
// "starts with PAM", "ends with 10", "contains PAM". A pattern that would not
// be read back as it is, because it begins with a quotation mark or has space
// around it, is quoted as in Go. [ParseRule] reads the result back.
func (r Rule) String() string {
	pattern := r.Pattern
	if strings.HasPrefix(pattern, `"`) || strings.TrimSpace(pattern) != pattern {
		pattern = strconv.Quote(pattern)
	}
	return r.Match.words() + " " + pattern
}

// ParseRule reads a rule as people write it. The rule has no benefit.
//
//	rule    = [ "code" ] match pattern        code starts with PAM
//	        | pattern                         equals the pattern
//	        | text "*"                        starts with the text
//	        | "*" text                        ends with the text
//	        | "*" text "*"                    contains the text
//	match   = "equals" | "contains" | "starts with" | "ends with"
//	pattern = text | quoted
//
// The words before the pattern may be in upper or lower case, with the spellings
// of [ParseMatch]. Only the first match is read as such: "equals contains x" is
// the code "contains x". After a match, and in quotes, an asterisk stands for
// itself. A quoted pattern is a Go string literal in double quotes, which is
// needed only for a text that begins with a quotation mark or has space around
// it, and is another way to write a code that looks like a match: `"contains
// x"`.
//
// What could mean two things is refused: a match without a pattern, an asterisk
// in the middle, and "code" followed by something that is no match. The error
// matches [ErrInvalid] and says how to write either meaning. A rule that is
// returned without error is valid, see [Rule.Validate].
func ParseRule(s string) (Rule, error) {
	if len(s) > maxRuleText {
		return Rule{}, invalid("rule", s, "is too long: a code has at most %d characters", MaxCodeLen)
	}
	r, err := parseRule(strings.TrimSpace(s))
	if err != nil {
		return Rule{}, err
	}
	if err := r.Validate(); err != nil {
		return Rule{}, err
	}
	return r, nil
}

func parseRule(s string) (Rule, error) {
	if m, rest, ok := cutMatch(s); ok {
		return parseWords(s, m, rest)
	}
	if word, rest := cutWord(s); strings.EqualFold(word, "code") && rest != "" {
		m, rest, ok := cutMatch(rest)
		if !ok {
			return Rule{}, invalid("rule", s, `needs one of equals, contains, starts with or ends with after "code"; `+
				`if the code itself begins with that word, put equals in front`)
		}
		return parseWords(s, m, rest)
	}
	if strings.HasPrefix(s, `"`) {
		return parseWords(s, Equals, s)
	}
	return parseWildcards(s)
}

// parseWords reads the pattern after a match.
func parseWords(s string, m Match, pattern string) (Rule, error) {
	if pattern == "" {
		return Rule{}, invalid("rule", s, "has no pattern after %q; if that is the code itself, write equals in front", m.words())
	}
	if strings.HasPrefix(pattern, `"`) {
		unquoted, err := strconv.Unquote(pattern)
		if err != nil {
			return Rule{},
				invalid("rule", s,
					`begins a quoted pattern that does not end well; close the quotation mark at the end, or write \" for one that belongs to the code`)
		}
		pattern = unquoted
	}
	return Rule{Match: m, Pattern: pattern}, nil
}

// parseWildcards reads a pattern without a match, in which asterisks at the ends tell
// the match.
func parseWildcards(s string) (Rule, error) {
	text, tail := strings.CutSuffix(s, "*")
	text, head := strings.CutPrefix(text, "*")
	if strings.Contains(text, "*") {
		return Rule{},
			invalid("rule", s,
				"has an asterisk that is not the first or last character; if it belongs to the code, write equals in front")
	}
	text = strings.TrimSpace(text)
	if text == "" && (head || tail) {
		return Rule{}, invalid("rule", s, "would match every code; write the text that the codes share, such as PAM*")
	}
	switch {
	case head && tail:
		return Rule{Match: Contains, Pattern: text}, nil
	case head:
		return Rule{Match: EndsWith, Pattern: text}, nil
	case tail:
		return Rule{Match: StartsWith, Pattern: text}, nil
	}
	return Rule{Match: Equals, Pattern: text}, nil
}

// cutMatch cuts a match of one or two words off the front of s.
func cutMatch(s string) (m Match, rest string, ok bool) {
	first, rest := cutWord(s)
	if m, err := ParseMatch(first); err == nil {
		return m, rest, true
	}
	second, rest := cutWord(rest)
	if m, err := ParseMatch(first + " " + second); err == nil {
		return m, rest, true
	}
	return "", s, false
}

// cutWord cuts the first word and the space after it off the front of s.
func cutWord(s string) (word, rest string) {
	end := strings.IndexFunc(s, unicode.IsSpace)
	if end < 0 {
		return s, ""
	}
	return s[:end], strings.TrimSpace(s[end:])
}
