package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

const (
	joiner     = '\u200d' // glues emoji into one picture
	emojiStyle = '\ufe0f' // asks for the picture of the character before
)

// visible returns a label in which every character can be seen: control
// characters become their pictures (␊ for a line feed), other invisible
// characters and broken UTF-8 become �.
func visible(label string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return '␀' + r
		case r == 0x7f:
			return '␡'
		case r == joiner:
			return r
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			return utf8.RuneError
		}
		return r
	}, label)
}

// meter counts the columns of a terminal that a text takes: two for characters of
// Chinese, Japanese and Korean and for emoji, none for accents that join the
// letter before, and two for emoji that are glued into one.
type meter struct {
	total  int
	last   int // columns of the last character that takes any
	joined bool
}

func (m *meter) add(r rune) {
	w := runeColumns(r)
	switch {
	case r == emojiStyle:
		if m.last == 1 {
			m.total, m.last = m.total+1, 2
		}
		return
	case m.joined, isSkinTone(r) && m.last == 2:
		w = 0
	}
	m.joined = r == joiner
	m.total += w
	if w > 0 {
		m.last = w
	}
}

func columnsOf(label string) int {
	var m meter
	for _, r := range label {
		m.add(r)
	}
	return m.total
}

func runeColumns(r rune) int {
	if r == joiner || unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

func isSkinTone(r rune) bool { return r >= 0x1f3fb && r <= 0x1f3ff }

// fit shortens a label to a number of columns, with … where something is missing.
func fit(label string, most int) string {
	var m meter
	cut := 0 // the longest beginning that leaves a column for …
	for i, r := range label {
		if m.total < most {
			cut = i
		}
		if m.add(r); m.total > most {
			return label[:cut] + "…"
		}
	}
	return label
}

// left and right pad a label with spaces to a number of columns.
func left(label string, to int) string {
	return label + strings.Repeat(" ", max(to-columnsOf(label), 0))
}

func right(label string, to int) string {
	return strings.Repeat(" ", max(to-columnsOf(label), 0)) + label
}
