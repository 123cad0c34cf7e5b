package column

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

var (
	yearInTitle = regexp.MustCompile(`\b20\d\d\b`)
	// dayInTitle is a whole date, such as the day on which a file was saved, whose year says nothing of the plan.
	dayInTitle = regexp.MustCompile(`\b20\d\d[-./ ]?(?:0[1-9]|1[0-2])[-./ ]?[0-3]\d\b|\b\d{1,2}[-./ ]\d{1,2}[-./ ]20\d\d\b`)
)

// yearOfTitle is the only year that the rows above the header, the name of the tab and that of the file give; 0 if they
// give none, or several.
func yearOfTitle(s *sheet.Table, header int) int {
	found := map[string]bool{}
	look := func(text string) {
		const longest = 200 // bytes; more is a text about something else
		if len(text) > longest {
			return
		}
		for _, y := range yearInTitle.FindAllString(dayInTitle.ReplaceAllString(text, " "), -1) {
			found[y] = true
		}
	}
	for _, name := range []string{s.Name, s.Tab} {
		look(strings.NewReplacer("_", " ", ".", " ").Replace(name))
	}
	for _, row := range s.Rows {
		if row.Number >= header {
			break
		}
		for _, c := range row.Cells {
			look(c.Text)
		}
	}
	if len(found) != 1 {
		return 0
	}
	for y := range found {
		year, _ := strconv.Atoi(y)
		return year
	}
	return 0
}

// yearOfMonths is the year that the months of a column have where they name none: that of the title, unless a cell of the
// column has another one.
func (c Column) yearOfMonths(s *sheet.Table, header int, data []sheet.Row) int {
	year := yearOfTitle(s, header)
	if year == 0 {
		return 0
	}
	for _, r := range data {
		shown := r.Cell(c.Index)
		text := texts.Trim(shown.Text)
		if shown.Is(sheet.RawDate) {
			text = shown.Raw.Value
		}
		if named, ok := cell.ParseMonthHeader(text); ok && named.Year != 0 && named.Year != year {
			return 0
		}
		if day, err := cell.ParseDate(text, cell.DayFirst); err == nil && day != (budget.Date{}) && day.Year() != year {
			return 0
		}
	}
	return year
}

// LacksYear reports whether a cell of a column of months names none of the years, and takes that of the title.
func (c Column) LacksYear(shown sheet.Cell) bool {
	text := texts.Trim(shown.Text)
	if c.YearColumn > 0 || c.TitleYear == 0 || shown.Is(sheet.RawDate) || isNothing(text) {
		return false
	}
	named, ok := cell.ParseMonthHeader(text)
	return ok && named.Year == 0 || c.NamesMonths() && texts.IsDigits(text) && len(text) <= len("12")
}

// SaysMonth reports whether a cell is written as a month, also without its year.
func (c Column) SaysMonth(shown sheet.Cell) bool {
	return cell.IsWrittenMonth(shown) || c.LacksYear(shown)
}
