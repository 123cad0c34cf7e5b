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

// monthInTitle are the beginnings of the names of months.
const monthInTitle = `(?:jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)\pL*`

var (
	yearInTitle = regexp.MustCompile(`\b20\d\d\b`)
	// noYearInTitle is what holds the digits of a year that says nothing of the plan: a whole date, such as the day on which a
	// file was saved, when the sheet was as it is ("Stand Dezember 2025"), and an amount.
	noYearInTitle = regexp.MustCompile(`(?i)\b20\d\d[-./ ]?(?:0[1-9]|1[0-2])[-./ ]?[0-3]\d\b|\b\d{1,2}[-./ ]\d{1,2}[-./ ]20\d\d\b|` +
		`\b\d{1,2}(?:st|nd|rd|th)?[-./ ]+` + monthInTitle + `[-./, ]*20\d\d\b|\b` + monthInTitle + ` \d{1,2}(?:st|nd|rd|th)?,? 20\d\d\b|` +
		`\b(?:stand|as of|status of|exported(?: on)?|last updated?|updated(?: on)?|aktualisiert(?: am)?)\b[^\d]{0,20}20\d\d\b|` +
		`(?:[€$£]|\b(?:eur|usd|gbp|chf)) ?20\d\d\b|\b20\d\d(?:,\d\d\b|\.00\b| ?(?:[€$£%]|(?:eur|usd|gbp|chf|euro)\b))`)
	// amountInTitle is a cell after which a number in the next one is an amount, and no year.
	amountInTitle = regexp.MustCompile(`(?i)^[^\d]*(?:budget|total|gesamt|summe|fees?|honorare?|kosten|costs?|spend|follower|reichweite|reach)[^\d]*$`)
)

// YearOfTitle is the only year that the rows above the header, the name of the tab and that of the file give; 0 if they
// give none, or several.
func YearOfTitle(s *sheet.Table, header int) int {
	found := map[string]bool{}
	look := func(text string) {
		for _, y := range yearInTitle.FindAllString(noYearInTitle.ReplaceAllString(text, " "), -1) {
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
		before := ""
		for _, c := range row.Cells {
			const longest = 200 // bytes; more is a text about something else
			isAmount := amountInTitle.MatchString(before) && texts.IsDigits(texts.Trim(c.Text))
			if len(c.Text) <= longest && !isAmount {
				look(c.Text)
			}
			before = c.Text
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
	year := YearOfTitle(s, header)
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

// countsMonths are headers under which a plain number may be one of months and not that of a month.
var countsMonths = texts.Set(`months monate`)

// LacksYear reports whether a cell of a column of months names none of the years, and takes that of the title.
func (c Column) LacksYear(shown sheet.Cell) bool {
	text := texts.Trim(shown.Text)
	if c.YearColumn > 0 || c.TitleYear == 0 || shown.Is(sheet.RawDate) || isNothing(text) {
		return false
	}
	named, ok := cell.ParseMonthHeader(text)
	isNumber := texts.IsDigits(text) && len(text) <= len("12")
	return ok && named.Year == 0 || isNumber && c.NamesMonths() && !countsMonths[strings.ToLower(texts.Trim(c.Header))]
}

// SaysMonth reports whether a cell is written as a month, also without its year.
func (c Column) SaysMonth(shown sheet.Cell) bool {
	return cell.IsWrittenMonth(shown) || c.LacksYear(shown)
}
