package utm

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

// fieldAhead is what stands in front of a field of a query.
const fieldAhead = `utm_[A-Za-z_]+=`

var (
	escapedAmp     = regexp.MustCompile(`&(?:amp|AMP|#0*38|#[xX]0*26);(?:amp;)*`)
	escapedName    = regexp.MustCompile(`(?i)%(?:25)*(3F|26)(utm(?:_|%5F)[a-z_]+)(=|%(?:25)*3D)`)
	escapedEquals  = regexp.MustCompile(`(?i)([?&]utm_[a-z_]+)%(?:25)*3D`)
	secondQuestion = regexp.MustCompile(`(?i)\?+(` + fieldAhead + `)`)
	semicolons     = regexp.MustCompile(`(?i);(` + fieldAhead + `)`)
	blanksAhead    = regexp.MustCompile(`(?i)\s*([?&])\s+(` + fieldAhead + `)|\s+([?&])(` + fieldAhead + `)`)
	blanksBetween  = regexp.MustCompile(`(?i)\s+(` + fieldAhead + `)`)
	fieldAtStart   = regexp.MustCompile(`(?i)^` + fieldAhead + `\S*$`)
	firstAmpersand = regexp.MustCompile(`(?i)&(` + fieldAhead + `)`)
	anyName        = regexp.MustCompile(`^[A-Za-z0-9_.\-\[\]]+=`)
)

// Mend returns the link that was meant by one that was copied out of HTML, glued together or broken on its way, as far as
// one reading is left, and what was wrong with it. A link without defects comes back as it is. It looks at what stands
// around UTM fields and leaves the rest of a link alone.
func Mend(link string) (mended string, defects []Defect) {
	mended = strings.TrimSpace(link)
	if len(mended) > MaxLinkLen || !strings.Contains(strings.ToLower(mended), "utm") {
		return mended, nil
	}
	next, unclear := unescapeAmpersands(mended)
	step := func(d Defect, next string) {
		if next != mended {
			mended, defects = next, append(defects, d)
		}
	}
	step(EscapedForHTML, next)
	next = escapedName.ReplaceAllStringFunc(mended, func(s string) string {
		m := escapedName.FindStringSubmatch(s)
		sign := "&"
		if strings.EqualFold(m[1], "3F") {
			sign = "?"
		}
		return sign + unescape(m[2]) + "="
	})
	step(EscapedQuery, escapedEquals.ReplaceAllString(next, "$1="))
	next = blanksAhead.ReplaceAllString(mended, "$1$3$2$4")
	step(BrokenByBlanks, joinFields(next))
	step(OtherSeparator, semicolons.ReplaceAllString(mended, "&$1"))
	if at := firstAmpersand.FindStringIndex(mended); at != nil && !strings.ContainsAny(mended[:at[0]], "?#") && strings.Contains(mended[:at[0]], "/") {
		step(NoQuestionMark, mended[:at[0]]+"?"+mended[at[0]+1:])
	}
	step(SecondQuestionMark, mendQuestionMarks(mended))
	if original := strings.TrimSpace(link); Contradicts(mended) && !Contradicts(original) {
		return original, []Defect{Unclear} // it has the fields of a link inside the link, perhaps
	}
	if unclear {
		defects = append(defects, Unclear)
	}
	return mended, defects
}

// Contradicts reports whether a link has one of the fields twice, with different values, of which [Parse] reads the first.
func Contradicts(link string) bool {
	seen := map[Field]string{}
	for pair := range strings.SplitSeq(queryOf(link), "&") {
		f, ok := fieldOf(pair)
		_, value, _ := strings.Cut(pair, "=")
		if before, again := seen[f]; ok && again && before != value {
			return true
		}
		if ok {
			seen[f] = value
		}
	}
	return false
}

// unescapeAmpersands writes each escaped "&" that stands in front of a name as "&". One in front of anything else may be a
// part of a value, or have cut one in two.
func unescapeAmpersands(link string) (mended string, unclear bool) {
	var b strings.Builder
	for {
		at := escapedAmp.FindStringIndex(link)
		if at == nil {
			b.WriteString(link)
			return b.String(), unclear
		}
		b.WriteString(link[:at[0]])
		if rest := link[at[1]:]; rest == "" || anyName.MatchString(rest) {
			b.WriteByte('&')
		} else {
			b.WriteString(link[at[0]:at[1]])
			unclear = true
		}
		link = link[at[1]:]
	}
}

// joinFields writes the blanks between two fields of a query as "&".
func joinFields(link string) string {
	var b strings.Builder
	done, joined := 0, false // what was written, and whether a field stands at its end
	for _, m := range blanksBetween.FindAllStringSubmatchIndex(link, -1) {
		before := link[done:m[0]]
		at := strings.LastIndexAny(before, "?&")
		b.WriteString(before)
		if joined = (at >= 0 || joined) && fieldAtStart.MatchString(before[at+1:]); joined {
			b.WriteByte('&')
		} else {
			b.WriteString(link[m[0]:m[2]])
		}
		done = m[2]
	}
	b.WriteString(link[done:])
	return b.String()
}

// mendQuestionMarks makes every "?" in front of a field but the first of the link a "&".
func mendQuestionMarks(link string) string {
	at := strings.IndexByte(link, '?')
	if at < 0 {
		return link
	}
	first := at
	for first+1 < len(link) && link[first+1] == '?' {
		first++
	}
	return link[:at+1] + secondQuestion.ReplaceAllString(link[first+1:], "&$1")
}

// Unknown lists the names of a link that look like UTM fields and are none: "utm_sorce", "utm-medium". Those that
// analytics tools use beside the five are left out.
func Unknown(link string) []string {
	var names []string
	for pair := range strings.SplitSeq(queryOf(link), "&") {
		name, _, ok := strings.Cut(pair, "=")
		name = unescape(name)
		lower := strings.ToLower(name)
		if _, known := fieldOf(pair); !ok || known || !strings.HasPrefix(lower, "utm") || otherFields[lower] || len(name) > 40 {
			continue
		}
		if strings.ContainsFunc(name, unicode.IsControl) {
			continue
		}
		names = append(names, html.UnescapeString(name))
	}
	return names
}

// otherFields are UTM fields of analytics tools that no record has.
var otherFields = map[string]bool{
	"utm_id": true, "utm_source_platform": true, "utm_creative_format": true, "utm_marketing_tactic": true,
	"utm_name": true, "utm_social": true,
	"utm_social-type": true, "utm_keyword": true, "utm_adgroup": true, "utm_placement": true, "utm_device": true, "utm_matchtype": true,
	"utm_network": true, "utm_reader": true, "utm_referrer": true, "utm_brand": true, "utm_cid": true,
	"utm_viz_id": true, "utm_pubreferrer": true,
	"utm_swu": true,
}
