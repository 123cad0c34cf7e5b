package cell

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// monthNames are the months in English and German, with their abbreviations.
var monthNames = indexMonths([12]string{
	"january, jan, januar, jänner, jän",
	"february, feb, februar, feber",
	"march, mar, märz, mär, mrz, maerz",
	"april, apr",
	"may, mai",
	"june, jun, juni",
	"july, jul, juli",
	"august, aug",
	"september, sep, sept",
	"october, oct, oktober, okt",
	"november, nov",
	"december, dec, dezember, dez",
})

func indexMonths(names [12]string) map[string]string {
	index := map[string]string{}
	for i, list := range names {
		for _, name := range texts.Phrases(list) {
			index[name] = strconv.Itoa(i + 1)
		}
	}
	return index
}

// monthWord is the name of a month as a word of a sentence.
func monthWord(m int) sentence.Sentence { return sentence.Of(time.Month(m).String()) }

var (
	noDate        = sentence.Of("is not a date")
	wantWholeDate = sentence.Of("is not a whole date: it needs a day, a month and a year")
)

// monthOf returns the number of a month's name, "" if it is none.
func monthOf(word string) string { return monthNames[strings.ToLower(word)] }

// secondDay matches a day and a month with two digits behind a dash or slash that stands nowhere else: "June 12-26", "12. Juni -
// 26". They may be the last day of a range as well as a year; in "12-Jun-26" they are the year.
var secondDay = regexp.MustCompile(`^(?:\pL+\.?[\s,]+\d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?\.?\s*\pL+)\.?\s*[-/]\s*\d{2}\.?$`)

// parseMonthName reads a date with the name of its month: "1. Juni 2026", "June 1st, 2026", "5-Sep-26". If there is
// none, it says in words why.
func parseMonthName(t string) (d budget.Date, problem sentence.Sentence) {
	words := strings.FieldsFunc(t, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(".,-/'’", r)
	})
	month, at := "", -1
	for i, w := range words {
		if m := monthOf(w); m != "" {
			if month != "" {
				return d, sentence.Of("is more than one date")
			}
			month, at = m, i
		}
	}
	if month == "" {
		return d, whyNoDate(t, words)
	}
	rest := append(append([]string{}, words[:at]...), words[at+1:]...)
	switch {
	case len(rest) < 2, secondDay.MatchString(t):
		return d, wantWholeDate
	case len(rest) > 2:
		return d, sentence.Of("is not one date")
	}
	day, year := rest[0], rest[1]
	if at == 1 && len(day) == 4 { // 2026-Jun-01
		day, year = year, day
	}
	if at == 2 {
		return d, noDate
	}
	day = cutOrdinal(day)
	if !isShort(day) || !texts.IsDigits(year) || len(year) != 4 && len(year) != 2 {
		return d, noDate
	}
	return newDate(year, month, day)
}

// cutOrdinal cuts the ending of 1st, 2nd, 3rd and 4th.
func cutOrdinal(s string) string {
	for _, end := range []string{"st", "nd", "rd", "th"} {
		if n, ok := strings.CutSuffix(strings.ToLower(s), end); ok {
			return n
		}
	}
	return s
}

// whyNoDate says why a text is not a date, as far as that is known.
func whyNoDate(t string, words []string) sentence.Sentence {
	numbers := 0
	for _, w := range words {
		if texts.IsDigits(w) {
			numbers++
		}
	}
	switch {
	case len(words) > 0 && (strings.EqualFold(words[0], "KW") || strings.EqualFold(words[0], "CW") || strings.EqualFold(words[0], "week")):
		return sentence.Of("is a calendar week, not a date")
	case numbers == len(words) && numbers == 2:
		return wantWholeDate
	case numbers == len(words) && numbers > 3, numbers > 3 && strings.ContainsAny(t, "-–—"):
		return sentence.Of("is more than one date")
	}
	return noDate
}
