package cell

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// between are the signs and words between the two days of a range. A dash or slash without blanks around it may belong to
// a date, so it only counts where exactly one cut leaves two dates.
var between = regexp.MustCompile(`(?i)\s*(?:–|—|→|⇒|->|=>|➔|➜|\.\.\.|…)\s*|\s+(?:-|−|to|until|till|through|thru|bis(?: zum)?|/)\s+|-|−|/`)

// before are the words before a range.
var before = regexp.MustCompile(`(?i)^(?:from|vom|von|between|zwischen|ab)\s+`)

// rangeEnds are the two parts of a text that is a range of dates, or the text itself.
func rangeEnds(t string) []string {
	const shortest = len("1.-9.6.2026")
	if len(t) < shortest {
		return []string{t}
	}
	if _, err := budget.ParseDate(t); err == nil {
		return []string{t}
	}
	if start, end, ok := splitRange(t); ok {
		return []string{start, end}
	}
	return []string{t}
}

// ParseDateRange reads a cell with a start and an end: "01.06. – 14.06.2026", "June 1, 2026 → June 14, 2026", "1.–14. Juni
// 2026", "June 1-14, 2026", "2026-06-01 to 2026-06-14". What the start lacks, a month or a year, is that of the end; of "28.12.
// – 05.01.2027", over New Year, it is the year before. It is false for a text that is no range; see [ParseDate] for the rest.
func ParseDateRange(text string, o DateOrder) (start, end budget.Date, found bool, err error) {
	t := texts.Trim(text)
	if IsBlank(t) {
		return start, end, false, nil
	}
	if _, err := ParseDate(t, o); err == nil {
		return start, end, false, nil
	}
	from, to, found := splitRange(t)
	if !found {
		return start, end, false, nil
	}
	fail := func(err error) (budget.Date, budget.Date, bool, error) {
		return budget.Date{}, budget.Date{}, true, err
	}
	if start, err = ParseDate(from, o); err != nil {
		return fail(err)
	}
	if end, err = ParseDate(to, o); err != nil {
		return fail(err)
	}
	if end.Before(start) && !strings.Contains(t, from) { // the year of the start is not in the cell
		start = overNewYear(start, end)
	}
	if end.Before(start) {
		return fail(NewError("not_a_date", t, sentence.Of("is a range that ends before it starts"), wantDate))
	}
	return start, end, true, nil
}

// longestOverNewYear is how many days a range may have whose start is taken to be in the year before its end.
const longestOverNewYear = 100

// overNewYear is the start a year earlier, if the range then is no longer than one that people mean.
func overNewYear(start, end budget.Date) budget.Date {
	earlier := start.AddDays(-365)
	if earlier.Day() != start.Day() {
		earlier = start.AddDays(-366) // over a leap day
	}
	if start.Month() == end.Month() || earlier.AddDays(longestOverNewYear).Before(end) {
		return start
	}
	return earlier
}

// splitRange cuts a range into the texts of two whole dates. It is false unless there is one way to do so.
func splitRange(t string) (from, to string, ok bool) {
	const longest = 120
	if len(t) > longest {
		return "", "", false
	}
	t = before.ReplaceAllString(t, "")
	isDate := func(s string) bool {
		for _, o := range []DateOrder{DayFirst, MonthFirst} {
			if _, err := ParseDate(s, o); err == nil && !IsBlank(texts.Trim(s)) {
				return true
			}
		}
		return false
	}
	for _, at := range between.FindAllStringIndex(t, -1) {
		first, second := texts.Trim(t[:at[0]]), texts.Trim(t[at[1]:])
		for _, whole := range completed(first, second) {
			if !isDate(whole[0]) || !isDate(whole[1]) {
				continue
			}
			if whole[0] != first && strings.TrimSpace(t[at[0]:at[1]]) == "/" {
				continue // which also stands between two days of which one is meant
			}
			if ok && (from != whole[0] || to != whole[1]) {
				return "", "", false
			}
			from, to, ok = whole[0], whole[1], true
			break
		}
	}
	return from, to, ok
}

var (
	dayMonthYear  = regexp.MustCompile(`^\d{1,2}\.\s?(\d{1,2}\.\s?\d{2,4})$`)                                        // 14.06.2026
	yearAtEnd     = regexp.MustCompile(`\D\d{4}$|\.\d{2}$`)                                                          // any with its year last
	dayWordYear   = regexp.MustCompile(`^\d{1,2}(?:st|nd|rd|th)?\.?\s+(\pL+\.?,?\s+\d{4})$`)                         // 14. Juni 2026
	wordDay       = regexp.MustCompile(`^(\pL+\.?)\s+\d{1,2}(?:st|nd|rd|th)?$`)                                      // June 1
	dayYear       = regexp.MustCompile(`^\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}$`)                                        // 14, 2026
	dayAlone      = regexp.MustCompile(`^\d{1,2}(?:st|nd|rd|th)?\.?$`)                                               // 1.
	dayMonthAlone = regexp.MustCompile(`^\d{1,2}\.\s?\d{1,2}\.?$`)                                                   // 01.06.
	dayWordAlone  = regexp.MustCompile(`^\d{1,2}(?:st|nd|rd|th)?\.?\s+\pL+\.?$|^\pL+\.?\s+\d{1,2}(?:st|nd|rd|th)?$`) // 1. Juni, June 1
)

// completed are the ways to complete the two parts of a range to whole dates, the likeliest first.
func completed(first, second string) [][2]string {
	ways := [][2]string{{first, second}}
	year := ""
	if end := yearAtEnd.FindString(second); end != "" {
		year = strings.TrimLeftFunc(end, func(r rune) bool { return !unicode.IsDigit(r) })
	}
	switch {
	case dayAlone.MatchString(first) && dayMonthYear.MatchString(second): // 1.–14.06.2026
		ways = append(ways, [2]string{strings.TrimRight(first, ".") + "." + dayMonthYear.FindStringSubmatch(second)[1], second})
	case dayAlone.MatchString(first) && dayWordYear.MatchString(second): // 1.–14. Juni 2026
		ways = append(ways, [2]string{strings.TrimRight(first, ".") + " " + dayWordYear.FindStringSubmatch(second)[1], second})
	case dayMonthAlone.MatchString(first) && year != "": // 01.06. – 14.06.2026
		ways = append(ways, [2]string{strings.TrimRight(first, ".") + "." + year, second})
	case wordDay.MatchString(first) && dayYear.MatchString(second): // June 1-14, 2026
		ways = append(ways, [2]string{first + ", " + year, wordDay.FindStringSubmatch(first)[1] + " " + second})
	case dayWordAlone.MatchString(first) && year != "": // 1. Juni – 14. Juli 2026, Jun 1 – Jul 5, 2026
		ways = append(ways, [2]string{first + " " + year, second})
	}
	return ways
}

// openEnds say that there is no last day, in the form of PlainWords.
var openEnds = indexPhrases(`open end, open ended, no end, no end date, ongoing, unlimited, indefinite, evergreen, always on, permanent, until further notice,
	offenes ende, unbegrenzt, unbefristet, laufend, fortlaufend, dauerhaft, bis auf weiteres, ∞`)

// IsOpenEnd reports whether a cell for the last day says that there is none: "ongoing", "unbefristet".
func IsOpenEnd(text string) bool { return openEnds[texts.PlainWords(texts.Trim(text))] }
