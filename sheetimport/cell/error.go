package cell

import (
	"golang.org/x/text/language"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// Error says what is wrong with one cell. Every function of this package that reads a cell returns one, and
// so does [sheet.Row.Err].
type Error struct {
	// Code is stable and in snake case, and often more exact than that of the Problem: bad_encoding, formula_error,
	// formula_without_result, stray_quote, cell_too_long, too_many_columns, extra_cells, not_a_date, ambiguous_date,
	// not_an_amount, ambiguous_amount, ambiguous_currency, negative_amount, too_precise, too_large, not_a_count,
	// ambiguous_count, unknown_status, ambiguous_status, two_platforms, not_yes_or_no, not_a_code, ambiguous_code,
	// damaged_code, too_many_codes, not_a_handle, unknown_currency.
	Code string
	// Value is the text of the cell, shortened.
	Value string
	// Problem says what is wrong, as the end of a sentence that begins with the value: "is not a date".
	Problem sentence.Sentence
	// Want says what would be right: "write it like 2026-06-01".
	Want sentence.Sentence
	// Readings are the possible readings of an ambiguous cell, in no order of likelihood.
	Readings []string
}

// Error returns one sentence with the value, the problem, the readings and what would be right.
func (e *Error) Error() string { return e.Sentence().String() }

// In is Error in a language; see [sentence.Sentence.In].
func (e *Error) In(lang language.Tag) string { return e.Sentence().In(lang) }

// Sentence is Error as a sentence.
func (e *Error) Sentence() sentence.Sentence {
	s := e.Problem
	if e.Value != "" {
		s = sentence.Of("%q %s", e.Value, s)
	}
	if len(e.Readings) > 0 {
		readings := sentence.Of("%s", e.Readings[0])
		for _, another := range e.Readings[1:] {
			readings = sentence.Of("%s or %s", readings, another)
		}
		s = sentence.Of("%s (%s)", s, readings)
	}
	if !e.Want.IsZero() {
		s = sentence.Of("%s; %s", s, e.Want)
	}
	return s
}

// twoReadings is the problem of a cell with several Readings. The Code says of what.
var twoReadings = sentence.Of("can be read in two ways")

// NewError returns an error about a cell with a value.
func NewError(code, value string, problem, want sentence.Sentence, readings ...string) *Error {
	return &Error{Code: code, Value: texts.Shorten(value), Problem: problem, Want: want, Readings: readings}
}
