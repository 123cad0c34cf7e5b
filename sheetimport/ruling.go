package sheetimport

import (
	"fmt"
	"strings"
)

// ruling is how the cells of a column that have two readings are read, and why.
type ruling[V comparable] struct {
	value   V
	because string
}

// dateRuling decides the order of a column's dates: what the column itself proves, else the caller's choice, else the
// language of the sheet.
func dateRuling(texts []string, locale string, chosen DateOrder) ruling[DateOrder] {
	if order, proof := DateOrderOf(texts); order != OrderUnknown {
		return ruling[DateOrder]{order, fmt.Sprintf("%q in the same column proves %s", shorten(trim(proof)), order)}
	}
	if chosen != OrderUnknown {
		return ruling[DateOrder]{chosen, fmt.Sprintf("dates are %s by the options of the import", chosen)}
	}
	switch language, region, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(locale, "_", "-")), "-"); {
	case language == "de", language == "en" && region != "" && region != "us":
		return ruling[DateOrder]{DayFirst, "the sheet is in " + locale}
	case language == "en" && region == "us":
		return ruling[DateOrder]{MonthFirst, "the sheet is in " + locale}
	}
	return ruling[DateOrder]{}
}

// decimalRuling does the same for the decimals of a column's amounts.
func decimalRuling(texts []string, locale string, chosen DecimalStyle) ruling[DecimalStyle] {
	if style := DecimalStyleOf(texts); style != StyleUnknown {
		return ruling[DecimalStyle]{style, fmt.Sprintf("other amounts of the column prove decimals with a %s", style)}
	}
	if chosen != StyleUnknown {
		return ruling[DecimalStyle]{chosen, fmt.Sprintf("decimals have a %s by the options of the import", chosen)}
	}
	switch language, region, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(locale, "_", "-")), "-"); {
	case language == "de" && region != "ch" && region != "li":
		return ruling[DecimalStyle]{CommaDecimals, "the sheet is in " + locale}
	case language == "en":
		return ruling[DecimalStyle]{PointDecimals, "the sheet is in " + locale}
	}
	return ruling[DecimalStyle]{}
}
