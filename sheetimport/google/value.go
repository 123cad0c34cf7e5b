package google

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// apiCell is a cell as the API describes it. A text has no effective value here: it is what the cell shows.
type apiCell struct {
	Shown string `json:"formattedValue"`
	Link  string `json:"hyperlink"`
	Value struct {
		Number json.Number `json:"numberValue"`
		Bool   *bool       `json:"boolValue"`
		Error  *struct {
			Type string `json:"type"`
		} `json:"errorValue"`
	} `json:"effectiveValue"`
	Format struct {
		Number struct {
			Type    string `json:"type"`
			Pattern string `json:"pattern"`
		} `json:"numberFormat"`
	} `json:"effectiveFormat"`
}

const cellFields = "formattedValue,hyperlink,effectiveValue(numberValue,boolValue,errorValue(type)),effectiveFormat(numberFormat(type,pattern))"

// formulaErrors are what a cell shows for the API's kinds of errors.
var formulaErrors = map[string]string{
	"ERROR": "#ERROR!", "NULL_VALUE": "#NULL!", "DIVIDE_BY_ZERO": "#DIV/0!", "VALUE": "#VALUE!", "REF": "#REF!",
	"NAME": "#NAME?", "NUM": "#NUM!", "N_A": "#N/A", "LOADING": "Loading...",
}

// read turns the cell into what the import knows.
func (c apiCell) read() sheet.Cell {
	out := sheet.Cell{Text: c.Shown}
	switch {
	case c.Value.Error != nil:
		text, ok := formulaErrors[c.Value.Error.Type]
		if !ok {
			text = "#ERROR!"
		}
		out.Raw = &sheet.RawValue{Kind: sheet.RawError, Value: text}
		if out.Text == "" {
			out.Text = text
		}
	case c.Value.Bool != nil:
		out.Raw = &sheet.RawValue{Kind: sheet.RawYesNo, Value: strconv.FormatBool(*c.Value.Bool)}
	case c.Value.Number != "":
		out.Raw = rawNumber(c.Value.Number.String(), c.Format.Number.Type, c.Format.Number.Pattern)
	case c.Shown != "" && c.Shown != c.Link && (strings.HasPrefix(c.Link, "https://") || strings.HasPrefix(c.Link, "http://")):
		out.Raw = &sheet.RawValue{Kind: sheet.RawLink, Value: c.Link}
	}
	return out
}

// rawNumber reads a number by the kind of format that shows it. It is nil for what no cell can hold.
func rawNumber(digits, format, pattern string) *sheet.RawValue {
	number, ok := plainNumber(digits)
	if !ok {
		return nil
	}
	switch format {
	case "PERCENT":
		return &sheet.RawValue{Kind: sheet.RawPercent, Value: number.String()}
	case "DATE", "DATE_TIME":
		if day, ok := serialDay(number); ok {
			return &sheet.RawValue{Kind: sheet.RawDate, Value: day.String()}
		}
	}
	return &sheet.RawValue{Kind: sheet.RawNumber, Value: number.String(), Currency: cell.CurrencyInFormat(pattern, number)}
}

// maxExponent is that of the numbers that a cell can hold. A larger one would make a text of that many digits.
const maxExponent = 400

// plainNumber reads a number of JSON, such as 1.5E-7, without any rounding.
func plainNumber(digits string) (decimal.Decimal, bool) {
	if len(digits) > maxExponent {
		return decimal.Decimal{}, false
	}
	if i := strings.IndexAny(digits, "eE"); i >= 0 {
		if e, err := strconv.Atoi(digits[i+1:]); err != nil || e < -maxExponent || e > maxExponent {
			return decimal.Decimal{}, false
		}
	}
	d, err := decimal.NewFromString(digits)
	return d, err == nil
}

// epoch is the day that a spreadsheet counts from: 1899-12-30, in days since 1970-01-01.
const epoch = -25569

// serialDay returns the calendar day of a date's number; what stands behind its point is the time of day.
func serialDay(number decimal.Decimal) (budget.Date, bool) {
	whole := number.Floor()
	if whole.Abs().GreaterThan(decimal.NewFromInt(1_000_000)) {
		return budget.Date{}, false
	}
	day := budget.FromUnixDay(int32(whole.IntPart()) + epoch)
	return day, day.Year() >= budget.MinYear && day.Year() <= budget.MaxYear
}
