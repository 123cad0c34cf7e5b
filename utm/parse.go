package utm

import "strings"

// MaxLinkLen is the greatest length of a link that [Parse] reads and [Build] makes, in bytes. Common web
// servers refuse longer ones.
const MaxLinkLen = 8192

// Parse reads the UTM fields of a link ("https://shop.example/?utm_source=x") or of a bare query
// ("?utm_source=x", "utm_source=x&utm_medium=y"). Space around it is ignored.
//
// The names are read in any case. If one occurs more than once, its first value that is not empty counts.
// A name without a value (utm_term= or utm_term) is explicitly empty. Escapes are decoded, + is a space,
// and escapes that are malformed stay as they are.
//
// Parse reports what a link says and does not judge it: see [Params.Validate]. A link without UTM fields
// gives the zero Params and no error. What follows a # never reaches a shop and is not read; to find
// misplaced fields there, call Parse with the part after the #. The only error is for a text longer than
// [MaxLinkLen]; it is a *[LinkError]. What a link loses before anybody can read it, [ValidateLink] finds.
func Parse(link string) (Params, error) {
	link = strings.TrimSpace(link)
	if err := checkLinkLen(link); err != nil {
		return Params{}, err
	}
	var p Params
	for pair := range strings.SplitSeq(queryOf(link), "&") {
		f, ok := fieldOf(pair)
		if !ok || p.Get(f).String() != "" {
			continue
		}
		_, value, _ := strings.Cut(pair, "=")
		p = p.With(f, Of(unescape(strings.ReplaceAll(value, "+", " "))))
	}
	return p, nil
}

// queryOf returns the query of a link, or the whole text if it is a bare query.
func queryOf(link string) string {
	link, _, _ = strings.Cut(link, "#")
	beforeQuery, query, _ := strings.Cut(link, "?")

	// In a bare query a name and its = come first; in a link, the = of a path comes after a slash. Only
	// then may a ? be part of a value, as in "ref=https://blog.example/?p=1&utm_source=x".
	if i := strings.IndexAny(beforeQuery, "=/"); i >= 0 && beforeQuery[i] == '=' {
		return link
	}
	return query
}

// fieldOf tells which UTM field a "name=value" pair of a query sets, if any.
func fieldOf(pair string) (Field, bool) {
	name, _, _ := strings.Cut(pair, "=")
	name = unescape(name)
	for _, f := range Fields() {
		// The lengths are compared because folding would also take letters such as ſ for s.
		if key := f.Key(); len(name) == len(key) && strings.EqualFold(name, key) {
			return f, true
		}
	}
	return 0, false
}

func checkLinkLen(link string) error {
	if len(link) > MaxLinkLen {
		return linkError(TooLong, link, "%d bytes are too many; at most %d work everywhere", len(link), MaxLinkLen)
	}
	return nil
}

// unescape decodes %XX and leaves every malformed escape as it is.
func unescape(s string) string {
	next := strings.IndexByte(s, '%')
	if next < 0 {
		return s
	}
	decoded := make([]byte, 0, len(s))
	for next >= 0 {
		decoded = append(decoded, s[:next]...)
		s = s[next:]
		if b, ok := unescapeByte(s); ok {
			decoded = append(decoded, b)
			s = s[len("%XX"):]
		} else {
			decoded = append(decoded, '%')
			s = s[len("%"):]
		}
		next = strings.IndexByte(s, '%')
	}
	return string(append(decoded, s...))
}

// unescapeByte decodes the escape at the start of s.
func unescapeByte(s string) (byte, bool) {
	if len(s) < len("%XX") {
		return 0, false
	}
	high, ok1 := unhex(s[1])
	low, ok2 := unhex(s[2])
	return high<<4 | low, ok1 && ok2
}

func unhex(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}
