package google

import (
	"encoding/json"
	"strconv"
	"strings"

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
		Text struct {
			Struck bool `json:"strikethrough"`
		} `json:"textFormat"`
	} `json:"effectiveFormat"`
}

const cellFields = "formattedValue,hyperlink,effectiveValue(numberValue,boolValue,errorValue(type))," +
	"effectiveFormat(numberFormat(type,pattern),textFormat(strikethrough))"

// formulaErrors are what a cell shows for the API's kinds of errors.
var formulaErrors = map[string]string{
	"ERROR": "#ERROR!", "NULL_VALUE": "#NULL!", "DIVIDE_BY_ZERO": "#DIV/0!", "VALUE": "#VALUE!", "REF": "#REF!",
	"NAME": "#NAME?", "NUM": "#NUM!", "N_A": "#N/A", "LOADING": "Loading...",
}

// read turns the cell into what the import knows.
func (c apiCell) read() sheet.Cell {
	out := sheet.Cell{Text: c.Shown, Struck: c.Format.Text.Struck && c.Shown != ""}
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
	number, ok := cell.StoredNumber(digits)
	if !ok {
		return nil
	}
	switch format {
	case "PERCENT":
		return &sheet.RawValue{Kind: sheet.RawPercent, Value: number.String()}
	case "DATE", "DATE_TIME":
		if day, ok := cell.DayOfSerial(number, cell.From1899); ok {
			return &sheet.RawValue{Kind: sheet.RawDate, Value: day.String(), Minute: cell.MinuteOfSerial(number)}
		}
	}
	return &sheet.RawValue{Kind: sheet.RawNumber, Value: number.String(), Currency: cell.CurrencyInFormat(pattern, number)}
}
