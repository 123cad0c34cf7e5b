package utm

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxValueLen is the greatest length of a value, in characters (runes).
const MaxValueLen = 255

var (
	// ErrInvalid is wrapped by every error of this package.
	ErrInvalid = errors.New("invalid")

	// ErrLink is wrapped by the errors that are about a link and not about a field. It wraps [ErrInvalid].
	ErrLink = fmt.Errorf("%w link", ErrInvalid)
)

// FieldError tells what is wrong with one field's value. It wraps [ErrInvalid].
type FieldError struct {
	Field   Field
	Value   string // whole, as given
	Problem string // what is wrong and what would be right

	// Format and Args are the Problem as a format of package fmt and its values, for who translates it.
	Format string
	Args   []any
}

// Error names the field, the value (shortened) and the problem:
//
//	utm_source "insta#gram": a # cuts off the rest of the link; leave it out
func (e *FieldError) Error() string {
	return fmt.Sprintf("%s %q: %s", e.Field.Key(), shorten(e.Value), e.Problem)
}

// Unwrap returns [ErrInvalid].
func (e *FieldError) Unwrap() error { return ErrInvalid }

// Validate returns every problem of every field, joined (see [errors.Join]), each a *[FieldError]; nil if
// there is none. Refused are
//   - text that is not UTF-8,
//   - more than [MaxValueLen] characters,
//   - control characters,
//   - the character #, which cuts off the rest of a link wherever somebody pastes the value unescaped,
//   - placeholders that were not filled in, such as {campaign}, and single braces.
//
// Whether the set is good enough for matching is another question: see [Params.Usable].
func (p Params) Validate() error {
	return p.check(func(text string) []problem {
		problems := textProblems(text)
		segments, alone := splitPlaceholders(text)
		if alone != "" {
			return append(problems, problem{"the brace %s stands alone; leave it out", []any{alone}})
		}
		for _, segment := range segments {
			if segment.isPlaceholder {
				problems = append(problems, problem{"the placeholder {%s} was not filled in; write the value itself", []any{shorten(segment.text)}})
			}
		}
		return problems
	})
}

// check joins what the given function finds wrong with the text of each field that is set.
func (p Params) check(problemsOf func(text string) []problem) error {
	var errs []error
	for _, f := range Fields() {
		text, ok := p.Get(f).Get()
		if !ok {
			continue
		}
		for _, problem := range problemsOf(text) {
			errs = append(errs, &FieldError{f, text, problem.String(), problem.format, problem.args})
		}
	}
	return errors.Join(errs...)
}

// problem is what is wrong with a text: a format and its values. Without values the format is the text.
type problem struct {
	format string
	args   []any
}

func (p problem) String() string {
	if len(p.args) == 0 {
		return p.format
	}
	return fmt.Sprintf(p.format, p.args...)
}

// textProblems finds what neither a value nor a template may hold.
func textProblems(text string) []problem {
	if !utf8.ValidString(text) {
		return []problem{{"the text is damaged (not UTF-8); type it again", nil}}
	}
	var problems []problem
	if n := utf8.RuneCountInString(text); n > MaxValueLen {
		problems = append(problems, problem{"%d characters are too many; use at most %d", []any{n, MaxValueLen}})
	}
	if i := strings.IndexFunc(text, unicode.IsControl); i >= 0 {
		r, _ := utf8.DecodeRuneInString(text[i:])
		problems = append(problems,
			problem{"the control character %U (a line break, a tab or the like) cannot be part of a value; leave it out", []any{r}})
	}
	if strings.Contains(text, "#") {
		problems = append(problems, problem{"a # cuts off the rest of the link; leave it out", nil})
	}
	return problems
}

// shorten keeps error messages readable, whatever was pasted.
func shorten(s string) string {
	const maxRunes = 60
	n := 0
	for i := range s {
		if n == maxRunes {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
