package cell

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// weekdayNames are the days of the week in English and German, with their abbreviations.
var weekdayNames = indexWeekdays([7]string{
	"sunday, sun, sonntag, so",
	"monday, mon, montag, mo",
	"tuesday, tue, tues, dienstag, di",
	"wednesday, wed, weds, mittwoch, mi",
	"thursday, thu, thur, thurs, donnerstag, do",
	"friday, fri, freitag, fr",
	"saturday, sat, samstag, sonnabend, sa",
})

func indexWeekdays(names [7]string) map[string]time.Weekday {
	index := map[string]time.Weekday{}
	for day, list := range names {
		for _, name := range texts.Phrases(list) {
			index[name] = time.Weekday(day)
		}
	}
	return index
}

// cutWeekday takes the name of a day of the week off the beginning or the end of a date: "Mo, 15.06.2026", "June 15, 2026
// (Monday)". The name is in lower case, "" if there is none.
func cutWeekday(t string) (day, name string) {
	notLetter := func(r rune) bool { return !unicode.IsLetter(r) }
	if start := strings.IndexFunc(t, notLetter); start > 0 && isWeekday(strings.ToLower(t[:start])) {
		return strings.TrimLeft(t[start:], " .,:-–\u00A0"), strings.ToLower(t[:start])
	}
	rest := strings.TrimRight(t, " .)")
	word := rest
	if at := strings.LastIndexFunc(rest, notLetter); at >= 0 {
		_, size := utf8.DecodeRuneInString(rest[at:])
		word = rest[at+size:]
	}
	if name = strings.ToLower(word); word != rest && isWeekday(name) {
		return strings.TrimRight(rest[:len(rest)-len(word)], " ,(\u00A0"), name
	}
	return t, ""
}

func isWeekday(word string) bool {
	_, ok := weekdayNames[word]
	return ok
}

// clock matches a time of day after a date, as people and programs write it, with its zone: "T23:30:00.000-07:00",
// " 2:30 p.m.", ", 14:30 Uhr", " um 14.30 Uhr", " 00:00:00 +0200", " 00:00:00 GMT+0200 (Central European Summer Time)".
var clock = regexp.MustCompile(`(?i)(?:T|[\s\x{A0}\x{202F},]+(?:(?:at|um|@)[\s\x{A0}]+)?)` +
	`(?:\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?|\d{1,2}[.h]\d{2}(?:[\s\x{A0}\x{202F}]*(?:uhr|[ap]\.?[\s\x{A0}]?m\.?))|\d{1,2}(?:[\s\x{A0}\x{202F}]*(?:uhr|[ap]\.?[\s\x{A0}]?m\.?))|\d{1,2}h\d{2})` +
	`(?:[\s\x{A0}\x{202F}]*(?:uhr|h|[ap]\.?[\s\x{A0}]?m\.?))?` +
	`(?:[\s\x{A0}]*(?:(?:UTC|GMT)?[+\-−]\d{1,2}(?::?\d{2})?|Z|[A-Z]{2,5}(?:/[A-Za-z_]+)?))?(?:[\s\x{A0}]*\([^()]*\))?$`)

// cutTime cuts a time of day, with its zone, from the end of a date. Where none stands there the text stays as it is.
func cutTime(t string) string {
	if strings.IndexByte(t, ':') < 0 && !strings.ContainsFunc(t, unicode.IsLetter) {
		return t
	}
	at := clock.FindStringIndex(t)
	if at == nil || at[0] == 0 || !validClock(t[at[0]:]) {
		return cutUnixTime(t)
	}
	return texts.Trim(strings.TrimRight(t[:at[0]], ", "))
}

// validClock reports whether hours, minutes and seconds are such.
func validClock(text string) bool {
	limits := []int{24, 59, 59}
	numbers := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) })
	for n, digits := range numbers[:min(len(numbers), len(limits))] {
		if len(digits) > 2 {
			break // a fraction or a zone
		}
		if value := int(digits[0]-'0')*10*(len(digits)-1) + int(digits[len(digits)-1]-'0'); value > limits[n] {
			return false
		}
		if n == 0 && !strings.ContainsAny(text, ":.h") {
			break
		}
	}
	return len(numbers) > 0
}

// cutUnixTime takes the time out of "Mon Jun  1 00:00:00 2026" and "Mon Jun 1 00:00:00 CEST 2026".
func cutUnixTime(t string) string {
	words := strings.Fields(t)
	at := slices.IndexFunc(words, func(w string) bool { return strings.Count(w, ":") == 2 })
	if at < 2 || at >= len(words)-1 || len(words)-at > 3 {
		return t
	}
	if _, err := time.Parse(time.TimeOnly, words[at]); err != nil {
		return t
	}
	return strings.Join(append(slices.Clone(words[:at]), words[len(words)-1]), " ")
}

// MinuteOf is the time of day of a text with a date, in minutes after midnight; false if it has none.
func MinuteOf(text string) (minute int, ok bool) {
	t := texts.Trim(text)
	at := clock.FindStringIndex(t)
	if at == nil || at[0] == 0 {
		return 0, false
	}
	hm := strings.FieldsFunc(t[at[0]:], func(r rune) bool { return !unicode.IsDigit(r) })
	if len(hm) < 2 || len(hm[0]) > 2 || len(hm[1]) != 2 || strings.ContainsAny(t[at[0]:], "pP") {
		return 0, false
	}
	at24, err := time.Parse("15 04", hm[0]+" "+hm[1])
	return at24.Hour()*60 + at24.Minute(), err == nil
}
