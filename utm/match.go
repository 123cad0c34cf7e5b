package utm

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Matches reports whether p describes a touchpoint: each non-empty field of p equals the touchpoint's,
// and empty or unset fields of p match anything. Values are compared percent-decoded, folded (NFKC and
// case) and trimmed; strict compares their bytes.
//
// A set without any non-empty field matches every touchpoint, so ask [Params.Usable] first.
func (p Params) Matches(touch Params, strict bool) bool {
	for _, f := range Fields() {
		want := p.Get(f)
		if isEmpty(want) {
			continue
		}
		got := touch.Get(f)
		if want.text == got.text {
			continue
		}
		if strict || canonical(want.text) != canonical(got.text) {
			return false
		}
	}
	return true
}

// Specificity returns the number of non-empty fields, 0 to [NumFields]. Of two sets that match one
// touchpoint, the more specific one wins.
func (p Params) Specificity() int {
	n := 0
	for _, f := range Fields() {
		if !isEmpty(p.Get(f)) {
			n++
		}
	}
	return n
}

// Usable reports whether the set may be used for matching: campaign, term or content must be non-empty.
// Source and medium alone would claim the visitors of a whole platform.
func (p Params) Usable() bool {
	return !isEmpty(p.Campaign) || !isEmpty(p.Term) || !isEmpty(p.Content)
}

// Key returns the non-empty fields in the form in which they are compared, such as
// "source=instagram&campaign=summer%20sale". Two sets have the same key if and only if they match (not
// strictly) the same touchpoints. The key of a set without non-empty fields is "". A key has at most
// [MaxKeyLen] bytes, so that databases can index it: a longer one is cut and ends in a hash of the whole.
func Key(p Params) string {
	var b strings.Builder
	for _, f := range Fields() {
		text := canonical(p.Get(f).text)
		if text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(f.String())
		b.WriteByte('=')
		b.WriteString(escape(text)) // keeps & and = inside a value apart from those between values
	}
	if b.Len() <= MaxKeyLen {
		return b.String()
	}
	sum := sha256.Sum256([]byte(b.String()))
	end := "&" + hex.EncodeToString(sum[:]) // no field begins like this
	return b.String()[:MaxKeyLen-len(end)] + end
}

// MaxKeyLen is the greatest length of a [Key], in bytes, all of them ASCII.
const MaxKeyLen = 1_000

func isEmpty(v Value) bool { return canonical(v.text) == "" }

// canonical is the form in which values are compared: percent-decoded once, NFKC, case folded, trimmed.
// Text that is not UTF-8 is only compared with itself.
func canonical(text string) string {
	if isCanonicalASCII(text) {
		return text
	}
	if decoded := unescape(text); utf8.ValidString(decoded) {
		text = decoded
	}
	switch {
	case isASCII(text):
		text = strings.ToLower(text)
	case utf8.ValidString(text):
		// Folding may leave text that is not normal any more, hence the second round.
		text = norm.NFKC.String(cases.Fold().String(norm.NFKC.String(text)))
	}
	return strings.TrimSpace(text)
}

// isCanonicalASCII recognises what needs no work, which is nearly every value: printable ASCII without
// capitals, spaces and escapes.
func isCanonicalASCII(text string) bool {
	for i := range len(text) {
		c := text[i]
		if c <= ' ' || c == '%' || 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
