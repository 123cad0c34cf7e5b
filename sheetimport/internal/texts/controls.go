package texts

import "strings"

// WithoutControls removes what cannot be seen from a text: controls of the direction of writing wherever they stand, and
// characters without width inside it. Joiners stay, because they hold emoji and letters together.
func WithoutControls(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii || !strings.ContainsFunc(s, isControl) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return -1
		}
		return r
	}, s)
}

func isControl(r rune) bool {
	return IsDirection(r) || r == '\u200B' || r == '\u2060' || r == '\uFEFF' || r == '\u00AD'
}

// IsDirection reports whether a character only sets the direction in which a text is written.
func IsDirection(r rune) bool {
	return r == '\u061C' || r == '\u200E' || r == '\u200F' || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}
