package xlsxfile

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// wasText reports whether a number is stored as no program stores one: 1E5 and 0012 were texts, which a writer has put into
// a number cell because they look like one. Writers of numbers have 1E+05, 1.0E5 or 1e5.
func wasText(stored string) bool {
	before, after, exponent := strings.Cut(stored, "E")
	return texts.IsDigits(before) && (exponent && texts.IsDigits(after) || !exponent && before[0] == '0' && len(before) > 1)
}

// showStored shows what excelize does not: characters that are written as in _x000D_ in the result of a formula, which some
// writers have for all texts; true and false; numbers with blanks around them, those that were texts,
// and those whose format has conditions that excelize does not know.
func (c *storedCell) showStored(kind, text string, format numberFormat) {
	switch {
	case kind == "str" && escaped.MatchString(text):
		c.shown = unescape(text)
	case c.raw == nil:
	case c.raw.Kind == sheet.RawYesNo:
		c.shown = strings.ToUpper(c.raw.Value)
	case c.raw.Kind == sheet.RawNumber && wasText(text), strings.TrimSpace(text) != text:
		c.shown = strings.TrimSpace(text)
	case format.conditional && isNumber(c.raw.Kind):
		if number, err := decimal.NewFromString(c.raw.Value); err == nil && format.misread(number) {
			c.shown = plainNumber(*c.raw, number)
		}
	}
}

// plainNumber shows a number with all its digits, and a percentage as one.
func plainNumber(raw sheet.RawValue, number decimal.Decimal) string {
	if raw.Kind == sheet.RawPercent {
		return number.Shift(2).String() + "%"
	}
	return raw.Value
}

// escaped matches a character as the format writes one that XML cannot hold, or that would look like such.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func unescape(text string) string {
	return escaped.ReplaceAllStringFunc(text, func(code string) string {
		n, _ := strconv.ParseUint(code[2:6], 16, 16) // as the pattern says
		return string(rune(n))
	})
}

// showExponent shows a number without a format that has more digits before its point than are kept as spreadsheet
// programs do: 1E+21.
func (c *storedCell) showExponent(general bool) {
	if c.raw == nil || c.raw.Kind != sheet.RawNumber || !general {
		return
	}
	whole, _, _ := strings.Cut(strings.TrimPrefix(c.raw.Value, "-"), ".")
	if len(whole) <= sheet.MaxExactDigits {
		return
	}
	if f, err := strconv.ParseFloat(c.raw.Value, 64); err == nil {
		c.shown = strconv.FormatFloat(f, 'G', sheet.MaxExactDigits, 64)
	}
}
