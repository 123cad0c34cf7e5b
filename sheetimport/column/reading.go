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
}

// DateReading decides the order of a column's dates: what the column itself proves, else the caller's choice, else the
// language of the sheet.
func DateReading(all []string, locale string, chosen cell.DateOrder) Reading[cell.DateOrder] {
	if order, proof := cell.DateOrderOf(all); order != cell.OrderUnknown {
		return Reading[cell.DateOrder]{order, sentence.Of("%q in the same column proves %s", texts.Shorten(texts.Trim(proof)), sentence.Of(order.String()))}
	}
	if chosen != cell.OrderUnknown {
		return Reading[cell.DateOrder]{chosen, sentence.Of("dates are %s by the options of the import", sentence.Of(chosen.String()))}
	}
	switch language, region, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(locale, "_", "-")), "-"); {
	case language == "de", language == "en" && region != "" && region != "us":
		return Reading[cell.DateOrder]{cell.DayFirst, sentence.Of("the sheet is in %s", locale)}
	case language == "en" && region == "us":
		return Reading[cell.DateOrder]{cell.MonthFirst, sentence.Of("the sheet is in %s", locale)}
	}
	return Reading[cell.DateOrder]{}
}

// DecimalReading does the same for the decimals of a column's amounts.
func DecimalReading(all []string, locale string, chosen cell.DecimalStyle) Reading[cell.DecimalStyle] {
	style, proofs := cell.DecimalStyleOf(all)
	if style != cell.StyleUnknown {
		return Reading[cell.DecimalStyle]{style, sentence.Of("%q in the same column proves decimals with a %s", texts.Shorten(proofs[0]), sentence.Of(style.String()))}
	}
	if chosen != cell.StyleUnknown {
		return Reading[cell.DecimalStyle]{chosen, sentence.Of("decimals have a %s by the options of the import", sentence.Of(chosen.String()))}
	}
	switch language, region, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(locale, "_", "-")), "-"); {
	case language == "de" && region != "ch" && region != "li":
		return Reading[cell.DecimalStyle]{cell.CommaDecimals, sentence.Of("the sheet is in %s", locale)}
	case language == "en":
		return Reading[cell.DecimalStyle]{cell.PointDecimals, sentence.Of("the sheet is in %s", locale)}
	}
	return Reading[cell.DecimalStyle]{}
}
