package cell

import (
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// yesNo are the answers that a yes/no column may hold: words, and what programs write for a box that is ticked or not.
var yesNo = map[string]bool{
	"yes": true, "y": true, "true": true, "1": true, "x": true, "ja": true, "j": true, "wahr": true, "checked": true, "ticked": true,
	"selected": true, "on": true, "enabled": true, "an": true, "angehakt": true, "aktiviert": true, "ausgewählt": true, "[x]": true,
	"✓": true, "✔": true, "☑": true, "✅": true, "🗹": true, "👍": true, "☒": true, "🟢": true, "•": true, "●": true,
	"jawohl": true, "jep": true, "yep": true,
	"no": false, "n": false, "false": false, "0": false, "nein": false, "falsch": false, "unchecked": false, "not checked": false,
	"unticked": false, "off": false, "disabled": false, "aus": false, "nicht angehakt": false, "deaktiviert": false, "[]": false,
	"[ ]": false, "☐": false, "✗": false, "✘": false, "❌": false, "✖": false, "❎": false, "👎": false, "🔴": false,
	"○": false, "nope": false, "nö": false,
}

// ParseYesNo reads a yes/no cell or a checkbox, in English or German. A word counts without the sign beside it: "Yes ✅". A
// blank cell means no.
func ParseYesNo(text string) (bool, error) {
	t, err := ParseText(text)
	if err != nil {
		return false, err
	}
	if IsBlank(t) {
		return false, nil
	}
	plain := strings.ToLower(strings.ReplaceAll(t, "\uFE0F", "")) // which only makes a sign colourful
	if yes, ok := yesNo[plain]; ok {
		return yes, nil
	}
	word := texts.PlainWords(strings.TrimFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '?' }))
	sign := strings.TrimSpace(strings.Replace(plain, word, "", 1))
	yes, ok := yesNo[word]
	signYes, signed := yesNo[sign]
	if !ok || signed && signYes != yes {
		return false, NewError("not_yes_or_no", t, sentence.Of("is neither yes nor no"), sentence.Of("write yes or no"))
	}
	return yes, nil
}
