package cell

import (
	"cmp"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// AmountText is the number behind an amount, with the currency that its cell shows.
func AmountText(r sheet.RawValue, shown string) string {
	unit := cmp.Or(r.Currency, currencyShown(shown)) // a program may draw the cell in another way than the format says
	return strings.TrimSpace(r.Value + " " + unit)
}

// Damaged returns the error of a code, handle or name, as what says, that a spreadsheet program has turned into something
// else while it was typed: MAR10 into the tenth of March, 1E5 into a number.
func Damaged(c sheet.Cell, what string) error {
	var problem sentence.Sentence
	switch {
	case c.Is(sheet.RawDate):
		problem = sentence.Of("is a date in the sheet: the spreadsheet program has taken the %s for one", sentence.Of(what))
	case c.Is(sheet.RawPercent):
		problem = sentence.Of("is a percentage in the sheet, not a %s", sentence.Of(what))
	case c.Is(sheet.RawYesNo):
		problem = sentence.Of("is a yes or no in the sheet, not a %s", sentence.Of(what))
	case c.Is(sheet.RawNumber) && len(c.Raw.Value) > sheet.MaxExactDigits:
		problem = sentence.Of("is a number in the sheet with more digits than a number keeps")
	case c.Is(sheet.RawNumber) && (texts.Trim(c.Text) != c.Raw.Value || !texts.IsDigits(c.Raw.Value)):
		problem = sentence.Of("is a number in the sheet that is shown in another form than it was typed")
	default:
		return nil
	}
	return NewError("damaged_"+what, texts.Trim(c.Text), problem, typeAgain(what))
}

func typeAgain(what string) sentence.Sentence {
	return sentence.Of("format the column as text and type the %s again", sentence.Of(what))
}
