package cell

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// splitCodes splits a cell at what separates codes: a comma, a semicolon, a bar, a line break, a slash between blanks. What
// stands in quotation marks separates nothing, and a link is one part. Another slash, an "&", a "+", the words "and" and
// "und" and blanks may belong to a code, so they separate only codes that have letters and digits each: "ANA10/ANA15",
// "IDA10 & IDA20", "X10 und Y10", "CR9 CR10".
func splitCodes(t string) []string {
	var parts []string
	for t != "" {
		at, length := separator(t)
		if part := listMark.ReplaceAllString(texts.Trim(t[:at]), ""); part != "" {
			parts = append(parts, splitJoined(part)...)
		}
		t = t[at+length:]
	}
	return parts
}

// listMark stands in front of a code in a list of lines.
var listMark = regexp.MustCompile(`^[-–—]\s+`)

// linkAhead matches a link at the beginning of a text, up to a blank or what separates it from the next part.
var linkAhead = regexp.MustCompile(`^(?i:https?://|www\.)[^\s;|]+|^(?i:[a-z0-9-]+\.)+[a-z]{2,}/[^\s;|]+`)

// separator finds where the first code of a cell ends, and how long what separates it from the next one is.
func separator(t string) (at, length int) {
	for n := 0; n < len(t); n++ {
		starts := n == 0 || strings.IndexByte(" \n\t", t[n-1]) >= 0
		switch {
		case strings.IndexByte(",;|\n\r", t[n]) >= 0:
			return n, 1
		case strings.HasPrefix(t[n:], "•"), strings.HasPrefix(t[n:], "∙"):
			return n, len("•")
		case strings.HasPrefix(t[n:], " / "):
			return n, len(" / ")
		case t[n] == '"' && (n == 0 || t[n-1] == ' '):
			if quoted, err := strconv.QuotedPrefix(t[n:]); err == nil {
				n += len(quoted) - 1
			}
		case starts:
			link := linkAhead.FindString(t[n:])
			if comma := strings.Index(link, ",http"); comma > 0 {
				link = link[:comma]
			}
			link = strings.TrimRight(link, ",")
			switch end := n + len(link); {
			case link == "":
			case n > 0:
				return n, 0
			case end < len(t) && t[end] == ' ':
				return end, 1
			default:
				n = end - 1
			}
		}
	}
	return len(t), 0
}

// joiners stand between two codes that are written in one line.
var joiners = regexp.MustCompile(`(?i)\s+(?:and|und|or|oder|&|\+)\s+|\s*[&+/\\·‧]\s*|[\s\x{A0}]+`)

// wholeCode matches what can be nothing but a code by itself: one word with letters and digits.
var wholeCode = regexp.MustCompile(`^\pL[\pL\pN_-]*$`)

// splitJoined splits a part of a list where every word of it can be nothing but a code.
func splitJoined(part string) []string {
	words := joiners.Split(part, -1)
	if len(words) < 2 || slices.ContainsFunc(words, func(w string) bool {
		return !wholeCode.MatchString(w) || !strings.ContainsFunc(w, unicode.IsDigit) || !hasTwoLetters(w) || isJoiner(w)
	}) {
		return []string{part}
	}
	if damaged(part) { // 10 Mar 2026
		return []string{part}
	}
	return words
}

// CodesStand says where the codes of a cell stand, if not each by itself between separators.
type CodesStand uint8

// How codes stand in a cell.
const (
	Apart  CodesStand = iota
	Joined            // by words, blanks or signs that may belong to a code
	InLink
)

// HowCodesStand says how the codes of a cell stand.
func HowCodesStand(text string) CodesStand {
	how := Apart
	for t := texts.Trim(text); t != ""; {
		at, length := separator(t)
		switch part := texts.Trim(t[:at]); {
		case IsLink(part):
			return InLink
		case len(splitJoined(part)) > 1:
			how = Joined
		}
		t = t[at+length:]
	}
	return how
}

// LooksLikeCode reports whether a text may be a discount code, and not a word about one such as "active".
func LooksLikeCode(text string) bool {
	t := texts.Trim(text)
	if IsLink(t) {
		return len(CodesOfLink(t)) > 0
	}
	return strings.ContainsFunc(t, unicode.IsLetter) && (strings.ContainsFunc(t, unicode.IsDigit) || len(t) > 2 && t == strings.ToUpper(t))
}

func hasTwoLetters(w string) bool {
	n := 0
	for _, r := range w {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n > 1 || n == 1 && len(w) > 2 // X10
}

func isJoiner(w string) bool {
	switch strings.ToLower(w) {
	case "and", "und", "or", "oder":
		return true
	}
	return false
}
