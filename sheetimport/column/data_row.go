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

// holdsValues reports whether a cell of a row is a value that no header is: a whole date, a number, a link, an e-mail address.
// Words such as "Instagram" and "Influencer" stand in rows of data too, and there they name no columns.
func holdsValues(row sheet.Row) bool {
	return slices.ContainsFunc(row.Cells, func(c sheet.Cell) bool {
		text := texts.Trim(c.Text)
		switch {
		case text == "" || c.Is(sheet.RawDate): // a month in a header may be stored as its first day
			return false
		case strings.Contains(text, "://"), emailAddress.MatchString(text):
			return true
		case plainNumber.MatchString(text):
			_, isYear := cell.ParseYear(text)
			return !isYear
		}
		day, err := cell.ParseDate(text, cell.DayFirst)
		return err == nil && !day.IsZero()
	})
}
