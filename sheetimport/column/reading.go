package column

import (
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// Reading is how the cells of a column that have two readings are read, and why.
type Reading[V comparable] struct {
	Value   V
	Because string
}

// DateReading decides the order of a column's dates: what the column itself proves, else the caller's choice, else the
// language of the sheet.
func DateReading(all []string, locale string, chosen cell.DateOrder) Reading[cell.DateOrder] {
	if order, proof := cell.DateOrderOf(all); order != cell.OrderUnknown {
		return Reading[cell.DateOrder]{order, fmt.Sprintf("%q in the same column proves %s", texts.Shorten(texts.Trim(proof)), order)}
	}
	if chosen != cell.OrderUnknown {
		return Reading[cell.DateOrder]{chosen, fmt.Sprintf("dates are %s by the options of the import", chosen)}
	}
	switch language, region, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(locale, "_", "-")), "-"); {
	case language == "de", language == "en" && region != "" && region != "us":
		return Reading[cell.DateOrder]{cell.DayFirst, "the sheet is in " + locale}
	case language == "en" && region == "us":
		return Reading[cell.DateOrder]{cell.MonthFirst, "the sheet is in " + locale}
	}
	return Reading[cell.DateOrder]{}
}

// DecimalReading does the same for the decimals of a column's amounts.
func DecimalReading(texts []string, locale string, chosen cell.DecimalStyle) Reading[cell.DecimalStyle] {
	if style := cell.DecimalStyleOf(texts); style != cell.StyleUnknown {
		return Reading[cell.DecimalStyle]{style, fmt.Sprintf("other amounts of the column prove decimals with a %s", style)}
	}
	if chosen != cell.StyleUnknown {
		return Reading[cell.DecimalStyle]{chosen, fmt.Sprintf("decimals have a %s by the options of the import", chosen)}
	}
	switch language, region, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(locale, "_", "-")), "-"); {
	case language == "de" && region != "ch" && region != "li":
		return Reading[cell.DecimalStyle]{cell.CommaDecimals, "the sheet is in " + locale}
	case language == "en":
		return Reading[cell.DecimalStyle]{cell.PointDecimals, "the sheet is in " + locale}
	}
	return Reading[cell.DecimalStyle]{}
}
