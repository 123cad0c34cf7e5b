package cell

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// HeaderMonth is the month that a header names. Year is 0 if it names none.
type HeaderMonth struct {
	Year  int
	Month time.Month
}

// Days returns the first and the last day of the month, as 2026-06-01.
func (m HeaderMonth) Days() (first, last string) {
	day := time.Date(m.Year, m.Month, 1, 0, 0, 0, 0, time.UTC)
	return day.Format(time.DateOnly), day.AddDate(0, 1, -1).Format(time.DateOnly)
}

// besideMonth are words beside the month in the header of an amount: "Fee June 2026", "Juni 26 (EUR)".
var besideMonth = texts.Set(`fee fees cost costs budget spend amount honorar kosten betrag vergütung netto gage in eur usd gbp chf euro € $ £ kr
	planned plan geplant monat month`)

var gluedYear = regexp.MustCompile(`^(\pL+)(\d{2}|\d{4})$`)

// ParseMonthHeader reads a header that is a month and nothing else, in English or German, with or without its year: "June 2026",
// "Juni 26", "2026-06", "06/2026", "Dez".
func ParseMonthHeader(header string) (m HeaderMonth, ok bool) {
	words := strings.FieldsFunc(strings.ToLower(texts.Trim(header)), func(r rune) bool {
		return strings.ContainsRune(" \t\n\u00A0.,-/_–'’()[]:", r)
	})
	var rest []string
	for _, w := range words {
		if glued := gluedYear.FindStringSubmatch(w); glued != nil && monthOf(glued[1]) != "" {
			rest = append(rest, glued[1:]...)
		} else if !besideMonth[w] {
			rest = append(rest, w)
		}
	}
	const most = 2 // the month and the year
	if len(rest) == 0 || len(rest) > most {
		return m, false
	}
	for _, w := range rest {
		n, err := strconv.Atoi(w)
		switch name := monthOf(w); {
		case name != "" && m.Month == 0:
			number, _ := strconv.Atoi(name)
			m.Month = time.Month(number)
		case err != nil || m.Year != 0 && len(w) > 2:
			return m, false
		case len(w) == 4 && n >= 2000 && n < 2100:
			m.Year = n
		case len(w) == 2 && n >= 20 && n < 50 && m.Month != 0 && m.Year == 0:
			m.Year = 2000 + n
		case len(w) <= 2 && n >= 1 && n <= 12 && m.Month == 0 && len(rest) == most:
			m.Month = time.Month(n)
		default:
			return m, false
		}
	}
	return m, m.Month != 0
}
