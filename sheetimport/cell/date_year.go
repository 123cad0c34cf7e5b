package cell

import (
	"regexp"
	"strconv"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

var (
	// yearInDate is what a day without its year has nothing of.
	yearInDate = regexp.MustCompile(`\d{3,}`)
	// monthAndYear is a month with a year in two digits as well as a day and a month: "06/26", "June 26".
	monthAndYear = regexp.MustCompile(`(?:^\d{1,2}/|^\pL+\.?\s+['’]?)[2-9]\d$`)
)

// WithYear completes a day, or a range of days, that lacks its year with one: "15.06.", "3. Juli", "June 3", "1.–14.07.". It
// is false for any other text, and for a range that would not lie in that year.
func WithYear(text string, year int) (string, bool) {
	const longest = 60 // bytes; more is a text about something else
	t := texts.Trim(text)
	if t == "" || len(t) > longest || yearInDate.MatchString(t) || monthAndYear.MatchString(t) {
		return "", false
	}
	number := strconv.Itoa(year)
	for _, between := range []string{"", " ", ", ", ".", "/"} {
		whole := t + between + number
		start, end, found, err := ParseDateRange(whole, DayFirst)
		if found && err == nil && start.Year() == year && end.Year() == year {
			return whole, true
		}
		for _, o := range []DateOrder{DayFirst, MonthFirst} {
			if d, err := ParseDate(whole, o); !found && err == nil && d != (budget.Date{}) && d.Year() == year {
				return whole, true
			}
		}
	}
	return "", false
}
