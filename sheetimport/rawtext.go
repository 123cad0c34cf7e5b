package sheetimport

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/crm"
)

// rawInstead is the kind of a value that a row reader reads in the place of a cell's text.
const rawInstead RawKind = "instead"

// textFor is what a cell says to a column of a field. Where the sheet knows the value behind the text it is written so
// that it has one reading, whatever the sheet shows: a date as 2026-06-01, 15% as 15 %, an amount with a decimal point.
// A column of text takes what is shown: a campaign that is called June 2026 is no date.
func (c Cell) textFor(f Field) string {
	raw := c.Raw
	if raw == nil {
		return c.Text
	}
	switch {
	case raw.Kind == RawError:
		return raw.Value
	case raw.Kind == rawInstead:
		return raw.Value
	case raw.Kind == RawPending:
		return pendingResult
	case raw.Kind == RawLink && (f == FieldProfileLink || f == FieldTrackingLink) && !isAddress(trim(c.Text)),
		raw.Kind == RawLink && f == FieldHandle && !isHandle(trim(c.Text)):
		return raw.Value
	case raw.Kind == RawDate && (f == FieldStart || f == FieldEnd || f == FieldCancelledOn):
		return raw.Value
	case raw.Kind == RawYesNo && f == FieldLastTouch:
		return map[string]string{"true": "yes"}[raw.Value] // no is what a blank cell says, too
	case raw.Kind == RawPercent && f == FieldPercentage:
		if share, err := decimal.NewFromString(raw.Value); err == nil {
			return share.Shift(2).String() + " %"
		}
	case raw.Kind == RawNumber && f == FieldFollowers:
		return raw.Value
	case raw.Kind == RawNumber && f.isMoney():
		return raw.amount(c.Text)
	}
	return c.Text
}

// amount is the number behind an amount, with the currency that its cell shows.
func (r RawValue) amount(shown string) string {
	unit := currencyShown(shown)
	if unit == "" || isDollar(unit) || sharedSigns[unit] != nil { // the format may say more, or may not be drawn
		unit = cmp.Or(r.Currency, unit)
	}
	return strings.TrimSpace(r.Value + " " + unit)
}

// isAddress reports whether a text is the address of a page itself, and not a word that leads to one.
func isAddress(t string) bool {
	return strings.Contains(t, "://") || strings.HasPrefix(strings.ToLower(t), "www.") ||
		!strings.ContainsFunc(t, unicode.IsSpace) && strings.Contains(t, "/") && strings.Contains(t, ".")
}

// linkWords are what people call a link to a profile.
var linkWords = set(`profil profile link links url hier here account instagram insta ig tiktok youtube yt facebook pinterest twitch öffnen open`)

// isHandle reports whether a text can be the name of a profile, and is not a word that leads to one.
func isHandle(t string) bool {
	_, err := crm.ParseHandle(t)
	return err == nil && !linkWords[strings.ToLower(t)]
}

// is reports whether a value of a kind lies behind a cell.
func (c Cell) is(kind RawKind) bool { return c.Raw != nil && c.Raw.Kind == kind }

// maxExactDigits is how many digits of a number a spreadsheet program keeps.
const maxExactDigits = 15

// damaged returns the error of a discount code that a spreadsheet program has turned into something else while it was
// typed: MAR10 into the tenth of March, 1E5 into a number.
func (c Cell) damaged() error {
	if c.Raw == nil {
		return nil
	}
	const todo = `format the column as text and type the code again`
	switch {
	case c.Raw.Kind == RawDate:
		return cellError("damaged_code", c.Text, "is a date in the sheet: the spreadsheet program has taken the code for one", todo)
	case c.Raw.Kind == RawPercent:
		return cellError("damaged_code", c.Text, "is a percentage in the sheet, not a code", todo)
	case c.Raw.Kind == RawNumber && len(c.Raw.Value) > maxExactDigits:
		return cellError("damaged_code", c.Text, "is a number in the sheet with more digits than a number keeps", todo)
	case c.Raw.Kind == RawNumber && (trim(c.Text) != c.Raw.Value || !isDigits(c.Raw.Value)):
		return cellError("damaged_code", c.Text, "is a number in the sheet that is shown in another form than it was typed", todo)
	}
	return nil
}
