package column

import (
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// Reading is how the cells of a column that have two readings are read, and why.
type Reading[V comparable] struct {
	Value   V
	Because sentence.Sentence
	// Both are two texts of the column that prove opposite readings, so that neither the column nor the language of the
	// sheet decides.
	Both []string
}

// DateReading decides the order of a column's dates: what the column itself proves, else the caller's choice, else the
// language of the sheet.
func DateReading(all []string, locale string, chosen cell.DateOrder) Reading[cell.DateOrder] {
	order, proofs := cell.DateOrderOf(all)
	if order != cell.OrderUnknown {
		return Reading[cell.DateOrder]{Value: order,
			Because: sentence.Of("%q in the same column proves %s", texts.Shorten(proofs[0]), sentence.Of(order.String()))}
	}
	if chosen != cell.OrderUnknown {
		return Reading[cell.DateOrder]{Value: chosen, Because: sentence.Of("dates are %s by the options of the import",
			sentence.Of(chosen.String()))}
	}
	if len(proofs) > 0 {
		return Reading[cell.DateOrder]{Both: proofs}
	}
	switch language, region, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(locale, "_", "-")), "-"); {
	case language == "de", language == "en" && region != "" && region != "us":
		return Reading[cell.DateOrder]{Value: cell.DayFirst, Because: sentence.Of("the sheet is in %s", locale)}
	case language == "en" && region == "us":
		return Reading[cell.DateOrder]{Value: cell.MonthFirst, Because: sentence.Of("the sheet is in %s", locale)}
	}
	return Reading[cell.DateOrder]{}
}

// DecimalReading does the same for the decimals of a column's amounts.
func DecimalReading(all []string, locale string, chosen cell.DecimalStyle) Reading[cell.DecimalStyle] {
	style, proofs := cell.DecimalStyleOf(all)
	if style != cell.StyleUnknown {
		return Reading[cell.DecimalStyle]{Value: style,
			Because: sentence.Of("%q in the same column proves decimals with a %s", texts.Shorten(proofs[0]),
				sentence.Of(style.String()))}
	}
	if chosen != cell.StyleUnknown {
		return Reading[cell.DecimalStyle]{Value: chosen,
			Because: sentence.Of("decimals have a %s by the options of the import", sentence.Of(chosen.String()))}
	}
	if len(proofs) > 0 {
		return Reading[cell.DecimalStyle]{Both: proofs}
	}
	switch language, region, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(locale, "_", "-")), "-"); {
	case language == "de" && region != "ch" && region != "li":
		return Reading[cell.DecimalStyle]{Value: cell.CommaDecimals, Because: sentence.Of("the sheet is in %s", locale)}
	case language == "en":
		return Reading[cell.DecimalStyle]{Value: cell.PointDecimals, Because: sentence.Of("the sheet is in %s", locale)}
	}
	return Reading[cell.DecimalStyle]{}
}
