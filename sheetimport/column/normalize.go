package column

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// NormalizeHeader brings a header into the form in which headers are compared: NFC and lower case, without
// zero-width characters, asterisks, colons and what stands in brackets; underscores, dashes, slashes, no-break
// blanks and line breaks are blanks; single blanks only.
func NormalizeHeader(s string) string {
	if strings.ContainsAny(s, "([{") {
		s = brackets.ReplaceAllString(s, " ")
	}
	return headerWords(s)
}

var brackets = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}`)

func headerWords(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '_', '-', '/', '–', '—', '‑':
			return ' '
		case '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD', '*', ':', '(', ')', '[', ']', '{', '}', '"':
			return -1
		}
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToLower(norm.NFC.String(s)))
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "%", " % ")), " ")
	if asked := formQuestion.ReplaceAllString(s, ""); asked != s && asked != "" {
		return strings.TrimRight(asked, " ?.")
	}
	return s
}

// formQuestion is what a form says in front of what it asks for, which is the header of the answers: "What is your full name?",
// "Bitte gib deinen Instagram-Namen an", "Auf welcher Plattform?".
var formQuestion = regexp.MustCompile(`^(?:\d{1,2}[.)] )?(?:(?:please|bitte) )?(?:(?:enter|state|share|provide|tell us|nenne|nennen sie|gib) (?:us |uns )?)?` +
	`(?:(?:(?:what is|what's|what’s|what are|wie lautet|wie ist|was ist) )?(?:your|dein|deine|deinen|ihr|ihre|ihren)|` +
	`(?:(?:on|for|at|auf|für|in) )?(?:which|welche|welcher|welches|welchen|welchem)) `)

// headerKey makes the key of a header's words in headerTerms: umlauts are written out, because many exports are ASCII
// only.
var headerKey = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").Replace

// term is what a header's phrase stands for.
type term struct {
	field              Field
	weak, loose, vague bool
	faint              bool // and vague
	last               bool // and weak
}

type withinTerm struct {
	phrase string // with a blank before and after
	field  Field
}

// compact takes the blanks out of a header's words: "Posting-Datum" and "Startdate" are the headers "Postingdatum" and
// "Start date".
func compact(words string) string { return strings.ReplaceAll(words, " ", "") }

// headerTerms and withinTerms are the synonyms, made ready for looking up.
var headerTerms, withinTerms = indexSynonyms()

func indexSynonyms() (map[string]term, []withinTerm) {
	whole := map[string]term{}
	var within []withinTerm
	for _, s := range synonyms {
		for _, p := range texts.Phrases(s.en + "," + s.de) {
			whole[compact(headerKey(p))] = term{field: s.field}
		}
		for _, p := range texts.Phrases(s.weak) {
			whole[compact(headerKey(p))] = term{field: s.field, weak: true}
		}
		for _, p := range texts.Phrases(s.loose) {
			whole[compact(headerKey(p))] = term{field: s.field, loose: true}
		}
		for _, p := range texts.Phrases(s.vague) {
			whole[compact(headerKey(p))] = term{field: s.field, vague: true}
		}
		for _, p := range texts.Phrases(s.faint) {
			whole[compact(headerKey(p))] = term{field: s.field, vague: true, faint: true}
		}
		for _, p := range texts.Phrases(s.last) {
			whole[compact(headerKey(p))] = term{field: s.field, weak: true, last: true}
		}
		for _, p := range texts.Phrases(s.within) {
			within = append(within, withinTerm{" " + headerKey(p) + " ", s.field})
		}
	}
	return whole, within
}

// maxHeaderLen bounds the bytes of a text that can be a header. Every cell of a sheet's first rows is looked up as one,
// and notes may hold a hundred times as much.
const maxHeaderLen = 1_000

// lookUp finds the field of a header by its words.
func lookUp(header string) (Field, Confidence) {
	if len(header) > maxHeaderLen {
		return Custom, NoMatch
	}
	switch t := termOf(header); {
	case t.field == "" && isPlatformHeader(header): // "Instagram username" is no column of user names
		return Custom, NoMatch
	case t.field == "":
		return lookWithin(headerKey(NormalizeHeader(header)))
	case t.weak, t.vague:
		return t.field, Inferred
	default:
		return t.field, Exact
	}
}

// termOf finds a header among the phrases that are whole headers.
func termOf(header string) term {
	all, short := headerKey(headerWords(header)), headerKey(NormalizeHeader(header))
	withoutCurrency, _ := cutCurrency(all) // "Honorar (USD)", "Cost in EUR"
	for _, key := range []string{all, short, withoutCurrency} {
		if t := headerTerms[compact(key)]; t.field != "" && (key == all || key == short || t.field.IsMoney()) {
			return t
		}
	}
	// "Fee netto" and "Cost excl. VAT" are the fee and the cost, which are without tax anyway.
	if bare := strings.Join(strings.Fields(netOfTax.ReplaceAllString(" "+withoutCurrency+" ", " ")), " "); bare != withoutCurrency {
		if t := headerTerms[compact(bare)]; t.field == Cost && !t.vague {
			return t
		}
	}
	// "15% code" names codes. What they take off would have to be read from there too, so that only cells with codes prove it.
	if bare := percentInHeader.ReplaceAllString(short, ""); bare != short {
		if t := headerTerms[compact(bare)]; t.field == Code {
			return term{field: Code, vague: true}
		}
	}
	return term{}
}

// netOfTax says in a header that its amounts are without tax.
var netOfTax = regexp.MustCompile(` (?:netto|net|(?:excl|excluding|exkl|exklusive|ex|zzgl|zuzueglich|plus|ohne|without|w o)\.? ` +
	`(?:vat|gst|mwst|ust|tax|taxes|sales tax|umsatzsteuer|mehrwertsteuer)\.?) `)

// percentInHeader is a percentage before or after the other words of a header.
var percentInHeader = regexp.MustCompile(`^\d{1,2}(?:[.,]\d)? % | \d{1,2}(?:[.,]\d)? %$`)

// lookWithin finds the one field whose name stands among the words.
func lookWithin(key string) (Field, Confidence) {
	words := strings.Fields(key)
	has := func(set map[string]bool) bool {
		return slices.ContainsFunc(words, func(w string) bool { return set[w] })
	}
	var found Field
	for _, w := range withinTerms {
		if !strings.Contains(" "+key+" ", w.phrase) {
			continue
		}
		if found != "" && found != w.field {
			return Custom, NoMatch // two meanings in one header
		}
		found = w.field
	}
	if found == "" && slices.ContainsFunc(words, isFollowersWord) {
		found = Followers
	}
	isDate := found == Start || found == End
	if found == "" || has(otherMeaning) || isDate && has(campaignDates) {
		return Custom, NoMatch
	}
	return found, Contains
}

// cutCurrency takes the currency from the end of a header's words: "cost in eur" is "cost" and EUR. A sign of several
// currencies is taken off too, but means none: "cost kr" is "cost".
func cutCurrency(words string) (rest string, c budget.Currency) {
	rest, last := "", words
	if i := strings.LastIndexByte(words, ' '); i >= 0 {
		rest, last = words[:i], words[i+1:]
	}
	if c = cell.CurrencyOf(last); c == "" && cell.SharedSign(last) == nil || rest == "" {
		return words, ""
	}
	return strings.TrimSuffix(rest, " in"), c
}
