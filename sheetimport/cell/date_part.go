package cell

import (
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// ParseDayOfMonth reads a cell that is a day of a month named elsewhere: "12", "12.", "12th", "Mon 12".
func ParseDayOfMonth(text string) (day int, ok bool) {
	const last = 31
	t, _ := cutWeekday(texts.Trim(text))
	t = cutOrdinal(strings.TrimSuffix(texts.Trim(t), "."))
	if !texts.IsDigits(t) || len(t) > len("31") {
		return 0, false
	}
	day, err := strconv.Atoi(t)
	return day, err == nil && day >= 1 && day <= last
}

// ParseYear reads a cell that is a year of this century.
func ParseYear(text string) (year int, ok bool) {
	t := texts.Trim(text)
	if !texts.IsDigits(t) || len(t) != len("2026") {
		return 0, false
	}
	year, err := strconv.Atoi(t)
	return year, err == nil && year >= 2000 && year < 2100
}
