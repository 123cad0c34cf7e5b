package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/width"
)

// textWidth is how much room a text needs, at most, in letters of a size. A drawing does not know which font its
// reader has: the widths are those of a wide one.
func textWidth(s string, size int) px {
	thousandths := 0
	for _, r := range s {
		thousandths += letterWidth(r)
	}
	return (px(thousandths)*px(size)*pixel + 999) / 1000
}

// letterWidth is in thousandths of the size.
func letterWidth(r rune) int {
	switch {
	case isJoined(r):
		return 0
	case strings.ContainsRune("ijl.,:;'|! ()[]-·rtf", r):
		return 410
	case strings.ContainsRune("mwMW@%", r):
		return 990
	case r < utf8.RuneSelf && unicode.IsUpper(r):
		return 760
	case r < utf8.RuneSelf:
		return 640
	case r >= 0x1f000:
		return 1300 // emoji
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 1050
	}
	return 800
}

// isJoined reports whether a character belongs to the one before it.
func isJoined(r rune) bool {
	return r == joiner || r == emojiStyle || isSkinTone(r) || unicode.In(r, unicode.Mn, unicode.Me)
}

// fitWidth shortens a text until it has room, with … where something is missing.
func fitWidth(s string, size int, room px) string {
	if textWidth(s, size) <= room {
		return s
	}
	room -= textWidth("…", size)
	cut, used, last := 0, 0, ' '
	for i, r := range s {
		if !isJoined(r) && last != joiner && px(used)*px(size)*pixel <= room*1000 {
			cut = i
		}
		used += letterWidth(r)
		last = r
	}
	return strings.TrimSpace(s[:cut]) + "…"
}

// drawn returns a label as XML can carry it, with every character visible.
func drawn(label string) string {
	return strings.Map(func(r rune) rune {
		if r == '\ufffe' || r == '\uffff' {
			return utf8.RuneError
		}
		return r
	}, visible(label))
}

// isolated returns a name that does not turn the sentence around it, if it is written from right to left.
func isolated(name string) string {
	for _, r := range name {
		p, _ := bidi.LookupRune(r)
		if c := p.Class(); c == bidi.R || c == bidi.AL {
			return "\u2068" + name + "\u2069"
		}
	}
	return name
}
