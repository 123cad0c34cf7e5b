package cell

import (
	"strconv"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// ParseMilliseconds reads the time of a program: the milliseconds since 1970, in the 13 digits that they have from 2001 to
// 2286, of which a plan is about the years 2010 to 2049. It returns the day in a time zone. Midnight in UTC may be a day
// without a time; where that is another day in the zone, nobody can tell which is meant, and it is false.
func ParseMilliseconds(text string, zone *time.Location) (budget.Date, bool) {
	const digits, earliest, latest = 13, 2010, 2049
	t := texts.Trim(text)
	if len(t) != digits || !texts.IsDigits(t) {
		return budget.Date{}, false
	}
	n, err := strconv.ParseInt(t, 10, 64)
	if err != nil {
		return budget.Date{}, false
	}
	at := time.UnixMilli(n).UTC()
	there := at.In(zone)
	atMidnight := at.Equal(at.Truncate(24 * time.Hour))
	if atMidnight && there.Day() != at.Day() || there.Year() < earliest || there.Year() > latest {
		return budget.Date{}, false
	}
	d, err := budget.NewDate(there.Year(), there.Month(), there.Day())
	return d, err == nil
}
