package discount

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// ErrInvalid is matched by every error of this package. A [*RuleError] carries
// the detail.
var ErrInvalid = errors.New("invalid discount rule")

// RuleError says what is wrong with one field of a rule.
type RuleError struct {
	Field   string // "match", "pattern", "benefit.kind", "benefit.value"; "code" or "rule" for a text that is no part of a Rule
	Value   string // what was given, shortened
	Problem string // what is wrong and what would be right, to be read after field and value

	// Format and Args are the Problem as a format of package fmt and its values, for who translates it.
	Format string
	Args   []any
}

// Error returns the field, the value and the problem as one sentence.
func (e *RuleError) Error() string {
	return fmt.Sprintf("%s %q %s", e.Field, e.Value, e.Problem)
}

// Unwrap returns [ErrInvalid].
func (e *RuleError) Unwrap() error { return ErrInvalid }

func invalid(field, value, format string, args ...any) error {
	return problem{format, args}.in(field, value)
}

func (p problem) in(field, value string) error {
	return &RuleError{Field: field, Value: shorten(value), Problem: p.String(), Format: p.format, Args: p.args}
}

// maxShown is how many characters of a faulty value an error repeats.
const maxShown = 40

func shorten(s string) string {
	n := 0
	for i := range s {
		if n == maxShown {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// The lengths of a contains pattern, in characters of its normal form: shorter
// than minContains is an error, shorter than safeContains a warning.
const (
	minContains  = 2
	safeContains = 4
)

// Rule says which codes are meant: those that compare with the pattern in the
// way of the match. The zero Rule is not valid and matches nothing.
type Rule struct {
	Match   Match   `json:"match"`
	Pattern string  `json:"pattern"` // as typed
	Benefit Benefit `json:"benefit,omitzero"`
}

// Key returns the normal form of the pattern.
func (r Rule) Key() string { return Normalize(r.Pattern) }

// Matches reports whether a code satisfies the rule. The code need not be in
// normal form.
func (r Rule) Matches(code string) bool { return r.MatchesKey(Normalize(code)) }

// MatchesKey is like [Rule.Matches] for a code that is in normal form already.
func (r Rule) MatchesKey(key string) bool { return r.Match.holds(key, r.Key()) }

// MatchesAny reports whether a code satisfies at least one of the rules. An
// empty list matches nothing.
func MatchesAny(rules []Rule, code string) bool {
	key := Normalize(code)
	for _, r := range rules {
		if r.MatchesKey(key) {
			return true
		}
	}
	return false
}

// Equal reports whether two rules are identical as stored: the same match, the
// same pattern byte for byte, and equal benefits. Rules that mean the same codes
// but are typed differently ("PAM", "pam") are not Equal.
func (r Rule) Equal(o Rule) bool {
	return r.Match == o.Match && r.Pattern == o.Pattern && r.Benefit.Equal(o.Benefit)
}

// Validate returns all faults of the rule, joined: each a [*RuleError] that
// matches [ErrInvalid]. A pattern must be a valid code, see [ValidateCode], must
// not begin with a combining character, and with [Contains] must have at least 2
// characters.
func (r Rule) Validate() error {
	var matchErr, patternErr error
	if !r.Match.known() {
		matchErr = invalid("match", string(r.Match), unknownMatch)
	}
	if _, wrong := r.checkPattern(); !wrong.isZero() {
		patternErr = wrong.in("pattern", r.Pattern)
	}
	return errors.Join(matchErr, patternErr, r.Benefit.Validate())
}

// checkPattern returns the normal form of the pattern, and what is wrong with
// the pattern, if anything is.
func (r Rule) checkPattern() (key string, wrong problem) {
	key, wrong = checkCode(r.Pattern)
	switch {
	case !wrong.isZero():
		return "", wrong
	case !norm.NFKC.PropertiesString(key).BoundaryBefore():
		return "", problemf("begins with an accent or another combining character; put the letter that it belongs to in front")
	case r.Match == Contains && utf8.RuneCountInString(key) < minContains:
		return "", problemf("is too short for contains: nearly every code would match; write at least 2 characters, better 4")
	}
	return key, problem{}
}

// Warnings returns what is allowed but probably not meant, as sentences for
// people: a contains pattern of fewer than 4 characters, a pattern with an
// asterisk, which stands for itself, and a pattern whose characters are not
// what they look like. It is meant for rules that are valid.
func (r Rule) Warnings() []Warning {
	var warnings []Warning
	key := r.Key()
	if r.Match == Contains && utf8.RuneCountInString(key) < safeContains {
		warnings = append(warnings, Warning{BroadRule,
			"the rule \"contains %s\" is short: it matches all codes with that text in them, other people's too; write 4 characters or more",
			[]any{shorten(r.Pattern)}})
	}
	if strings.Contains(key, "*") {
		warnings = append(warnings, Warning{BroadRule,
			"the * in %q stands for itself, not for any text; use starts with, ends with or contains for a family of codes",
			[]any{shorten(r.Pattern)}})
	}
	if odd := oddCharacters(r.Pattern); odd != "" {
		warnings = append(warnings, Warning{OddCharacters, odd, []any{shorten(r.Pattern)}})
	}
	return warnings
}
