package texts

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/crm/sentence"
)

const maxShownLen = 60 // characters of a value in a message

// Shorten makes a text fit for a message: one that is too long is cut and ends in "…".
func Shorten(s string) string {
	if len(s) <= maxShownLen {
		return s
	}
	n := 0
	for i := range s {
		if n == maxShownLen-1 {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// Trim removes what cannot be seen at the ends of a cell: white space with the no-break kinds, zero-width
// characters and byte order marks. Inside the text they stay: U+200D holds an emoji together.
func Trim(s string) string {
	if s == "" || visible(s[0]) && visible(s[len(s)-1]) {
		return s
	}
	return strings.TrimFunc(s, invisible)
}

func visible(c byte) bool { return c > ' ' && c < 0x7F }

func invisible(r rune) bool {
	switch r {
	case '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD', '\u200E', '\u200F':
		return true
	}
	return unicode.IsSpace(r) || unicode.IsControl(r)
}

// Set makes a set of the words of a list that is separated by white space.
func Set(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

// Phrases splits a list of phrases at its commas, with single blanks in them.
func Phrases(list string) []string {
	var out []string
	for p := range strings.SplitSeq(list, ",") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// IsDigits reports whether a text is digits and nothing else.
func IsDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// PlainWords brings a word or phrase that stands for one of a few meanings into one form: lower case, with single
// blanks for blanks, underscores and dashes.
func PlainWords(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == '_' || r == '-' || unicode.IsSpace(r)
	}), " ")
}

// maxNamed is how many columns one note names.
const maxNamed = 40

// Listed reads "A, B, C", with no more than maxNamed names.
func Listed(names []string) sentence.Sentence {
	if more := len(names) - maxNamed; more > 0 {
		return sentence.Of("%s, and %d more", strings.Join(names[:maxNamed], ", "), more)
	}
	return sentence.Of("%s", strings.Join(names, ", "))
}

// Cut shortens a text to at most so many characters.
func Cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// Plain makes a text from a sheet fit for a terminal: control characters are shown, not sent.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7F && r < 0xA0 {
			return '\uFFFD'
		}
		return r
	}, s)
}

// Numbered reads "row 5" or "rows 5, 9-12, 20", with no more than ten numbers or spans.
func Numbered(rows []int) sentence.Sentence {
	const most = 10
	if len(rows) == 1 {
		return sentence.Of("row %s", strconv.Itoa(rows[0]))
	}
	var spans []string
	i := 0
	for i < len(rows) && len(spans) < most {
		j := i
		for j+1 < len(rows) && rows[j+1] == rows[j]+1 {
			j++
		}
		span := fmt.Sprint(rows[i])
		switch {
		case j == i+1: // two neighbours are not worth a span
			j = i
		case j > i:
			span = fmt.Sprintf("%d-%d", rows[i], rows[j])
		}
		spans = append(spans, span)
		i = j + 1
	}
	if i < len(rows) {
		return sentence.Of("rows %s, and %d more", strings.Join(spans, ", "), len(rows)-i)
	}
	return sentence.Of("rows %s", strings.Join(spans, ", "))
}
