package cell

import (
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/discount"
)

// isEmoji reports whether a character is a picture, and not a tick, which says something else of a code.
func isEmoji(r rune) bool {
	const arrows, zeroWidthJoiner, pictures = 0x2190, 0x200D, 0xFE0F // the last makes a picture of the sign before it
	return r == zeroWidthJoiner || r == pictures || r >= arrows && (unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk,
		r)) && !strings.ContainsRune(codeMarks, r)
}

// keycap makes a key of the digit before it.
const keycap = 0x20E3

// WithoutEmoji takes the pictures from around the codes of a cell: "🔥KIM10🔥". Those inside one stay, and so does a cell
// of nothing else, and a rule such as "equals 🔥KIM10".
func WithoutEmoji(text string) string {
	if !strings.ContainsFunc(text, isEmoji) || saysHow(text) {
		return text
	}
	runes := []rune(text)
	inside := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	var kept []rune
	for n := 0; n < len(runes); n++ {
		if !isEmoji(runes[n]) {
			kept = append(kept, runes[n])
			continue
		}
		end := n
		for end < len(runes) && isEmoji(runes[end]) {
			end++
		}
		if end < len(runes) && runes[end] == keycap { // "1️⃣", which is a digit
			kept = append(kept, runes[n:end]...)
			n = end - 1
			continue
		}
		if n > 0 && end < len(runes) && inside(runes[n-1]) && inside(runes[end]) {
			kept = append(kept, runes[n:end]...)
		}
		n = end - 1
	}
	if rest := strings.TrimSpace(string(kept)); rest != "" {
		return rest
	}
	return text
}

// saysHow reports whether a text is a rule that says how its code is compared.
func saysHow(text string) bool {
	if _, _, german := cutGermanMatch(strings.TrimSpace(text)); german {
		return true
	}
	rule, err := discount.ParseRule(strings.TrimSpace(text))
	return err == nil && rule.Pattern != strings.TrimSpace(text)
}
