package column

import (
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// RawInstead is the kind of a value that a row reader reads in the place of a cell's text.
const RawInstead sheet.RawKind = "instead"

// Text is what a cell says to a column of a field. Where the sheet knows the value behind the text it is written so
// that it has one reading, whatever the sheet shows: a date as 2026-06-01, 15% as 15 %, an amount with a decimal point.
// A column of text takes what is shown: a campaign that is called June 2026 is no date.
func (f Field) Text(c sheet.Cell) string {
	raw := c.Raw
	if raw == nil {
		return c.Text
	}
	switch {
	case raw.Kind == sheet.RawError:
		return raw.Value
	case raw.Kind == RawInstead:
		return raw.Value
	case raw.Kind == sheet.RawPending:
		return cell.PendingResult
	case raw.Kind == sheet.RawLink && f == TrackingLink && hasUTM(raw.Value) && !hasUTM(c.Text), // the address without its query
		raw.Kind == sheet.RawLink && f == Code && linkWords[strings.ToLower(texts.Trim(c.Text))]:
		return raw.Value
	case raw.Kind == sheet.RawLink && (f == ProfileLink || f == TrackingLink) && !isAddress(texts.Trim(c.Text)),
		raw.Kind == sheet.RawLink && f == Handle && !isHandle(texts.Trim(c.Text)):
		return raw.Value
	case raw.Kind == sheet.RawDate && f.IsDate():
		return raw.Value
	case raw.Kind == sheet.RawYesNo && f == LastTouch:
		return map[string]string{"true": "yes"}[raw.Value] // no is what a blank cell says, too
	case raw.Kind == sheet.RawPercent && f == Percentage:
		if share, err := decimal.NewFromString(raw.Value); err == nil {
			return share.Shift(2).String() + " %"
		}
	case raw.Kind == sheet.RawNumber && f == Followers:
		return raw.Value
	case raw.Kind == sheet.RawNumber && f.IsMoney():
		return cell.AmountText(*raw, c.Text)
	}
	return c.Text
}

// hasUTM reports whether a link has UTM fields.
func hasUTM(link string) bool { return strings.Contains(strings.ToLower(link), "utm_") }

// isAddress reports whether a text is the address of a page itself, and not a word that leads to one.
func isAddress(t string) bool {
	return strings.Contains(t, "://") || strings.HasPrefix(strings.ToLower(t), "www.") ||
		!strings.ContainsFunc(t, unicode.IsSpace) && strings.Contains(t, "/") && strings.Contains(t, ".")
}

// linkWords are what people call a link to a profile.
var linkWords = texts.Set(`profil profile link links url hier here account instagram insta ig tiktok youtube yt facebook pinterest twitch öffnen open
	code share sharelink`)

// isHandle reports whether a text can be the name of a profile, and is not a word that leads to one.
func isHandle(t string) bool {
	_, err := account.ParseHandle(t)
	return err == nil && !linkWords[strings.ToLower(t)]
}
