package sentence

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/budget/written"
)

// Sentence is a sentence, or a part of one, with the values in it. The zero Sentence says nothing.
type Sentence struct {
	format string
	args   []any
}

// Of returns the sentence of a format in English, as of package fmt, and its values. Without values the format is the
// sentence, and a percent sign in it stands for itself. Values that are Sentences are translated with it, and amounts,
// days, months, stages and discount rules of packages budget and discount are written as the language does.
func Of(format string, args ...any) Sentence { return Sentence{format, args} }

// IsZero reports whether the sentence says nothing.
func (s Sentence) IsZero() bool { return s.format == "" }

// String returns the sentence in English.
func (s Sentence) String() string { return s.english(s.args) }

func (s Sentence) english(args []any) string {
	if len(args) == 0 {
		return s.format
	}
	format := s.format
	if e, ok := catalogue().entries[format]; ok && e.isOne(s.args) {
		format = e.EnglishOne
	}
	return fmt.Sprintf(format, args...)
}

// Spoken returns the sentence as a page for people says it. That is In, but for English, where In has amounts, days and
// months as programs read them, 3200.00 EUR and 2026-06-01, and this has 3,200.00 EUR and 1 Jun 2026.
func (s Sentence) Spoken(lang language.Tag) string {
	if !catalogue().isEnglish(lang) {
		return s.In(lang)
	}
	args := make([]any, len(s.args))
	for i, arg := range s.args {
		args[i] = inEnglish(arg)
	}
	return s.english(args)
}

// In returns the sentence in the language of the catalogue that fits best: German for de-AT, English for fr. What the
// catalogue lacks stays English.
func (s Sentence) In(lang language.Tag) string {
	c := catalogue()
	e, ok := c.entries[s.format]
	if !ok && len(s.args) == 0 || c.isEnglish(lang) {
		return s.String()
	}
	if len(s.args) == 0 {
		return e.German
	}
	quoted := e.quoted
	if !ok {
		quoted = written.QuotedArgs(s.format)
	}
	args := make([]any, len(s.args))
	for i, arg := range s.args {
		if quoted[i] {
			args[i] = inGermanQuoted(arg)
		} else {
			args[i] = inGerman(arg)
		}
	}
	if !ok {
		return c.german.Sprintf(written.WithoutQuotes(s.format), args...)
	}
	return c.german.Sprintf(s.format, args...)
}

// Code returns the stable code of the sentence, in snake case, or that of the first sentence in it if it has none of
// its own. A sentence that is not in the catalogue has no code, "".
func (s Sentence) Code() string {
	if code := catalogue().entries[s.format].Code; code != "" {
		return code
	}
	for _, arg := range s.args {
		parts, _ := arg.(List)
		if part, ok := arg.(Sentence); ok {
			parts = List{part}
		}
		for _, part := range parts {
			if code := part.Code(); code != "" {
				return code
			}
		}
	}
	return ""
}

// Values returns the values of the sentence in order, as they stand in the English one: the parameters of its code.
func (s Sentence) Values() []string {
	values := make([]string, len(s.args))
	for i, arg := range s.args {
		values[i] = fmt.Sprint(arg)
	}
	return values
}

// Equal reports whether two sentences read the same in English.
func (s Sentence) Equal(o Sentence) bool { return s.String() == o.String() }

// MarshalText returns the sentence in English.
func (s Sentence) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText makes a sentence of a text as it is. It has no code, and is the same in every language.
func (s *Sentence) UnmarshalText(text []byte) error {
	*s = Of("%s", string(text))
	return nil
}

// List is a value of a sentence: several of them, with semicolons between.
type List []Sentence

// String returns the parts in English.
func (l List) String() string { return l.In(language.English) }

// In returns the parts in a language; see Sentence.In.
func (l List) In(lang language.Tag) string {
	parts := make([]string, len(l))
	for i, part := range l {
		parts[i] = part.In(lang)
	}
	return strings.Join(parts, "; ")
}
