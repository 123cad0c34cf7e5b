package column

import (
	"regexp"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

var (
	emailAddress = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)
	plainNumber  = regexp.MustCompile(`^\d[\d.,' ]*$`)
)

// holdsValues reports whether a cell of a row is a value that no header is, as those below it are: a whole date, a number, a
// link, an e-mail address. Words such as "Instagram" and "Influencer" stand in rows of data too, and there they name no
// columns. A header may be a date or a number over something else.
func holdsValues(row sheet.Row, below []sheet.Row) bool {
	const enough = 100 // rows show what stands in a column
	below = below[:min(len(below), enough)]
	for i, c := range row.Cells {
		kind := kindOfValue(c)
		isSame := func(r sheet.Row) bool { return kindOfValue(r.Cell(i)) == kind }
		if kind != "" && (len(below) == 0 || slices.ContainsFunc(below, isSame)) {
			return true
		}
	}
	return false
}

// kindOfValue tells what kind of value a cell is, "" if it may be a header.
func kindOfValue(c sheet.Cell) string {
	text := texts.Trim(c.Text)
	switch {
	case text == "" || c.Is(sheet.RawDate): // a month in a header may be stored as its first day
		return ""
	case strings.Contains(text, "://"):
		return "link"
	case emailAddress.MatchString(text):
		return "e-mail"
	case plainNumber.MatchString(text):
		if _, isYear := cell.ParseYear(text); isYear {
			return ""
		}
		if _, err := cell.ParseDate(text, cell.DayFirst); err != nil {
			return "number"
		}
	}
	if day, err := cell.ParseDate(text, cell.DayFirst); err == nil && !day.IsZero() {
		return "date"
	}
	return ""
}
