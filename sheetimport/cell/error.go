package cell

import (
	"fmt"
	"strings"

	"github.com/getklar/influencercrm/sheetimport/internal/texts"
)

// Error says what is wrong with one cell. Every function of this package that reads a cell returns one, and
// so does [sheet.Row.Err].
type Error struct {
	// Code is stable and in snake case: bad_encoding, formula_error, formula_without_result, stray_quote, cell_too_long,
	// too_many_columns, extra_cells, not_a_date, ambiguous_date, not_an_amount, ambiguous_amount,
	// ambiguous_currency, negative_amount, too_precise, too_large, not_a_count, ambiguous_count, unknown_status,
	// ambiguous_status, two_platforms, not_yes_or_no, not_a_code, ambiguous_code, damaged_code,
	// too_many_codes, not_a_handle, unknown_currency.
	Code string
	// Value is the text of the cell, shortened.
	Value string
	// Problem says what is wrong, as the end of a sentence that begins with the value: "is not a date".
	Problem string
	// Want says what would be right: "write it like 2026-06-01".
	Want string
	// Readings are the possible readings of an ambiguous cell, in no order of likelihood.
	Readings []string
}

// Error returns one sentence with the value, the problem, the readings and what would be right.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Value != "" {
		fmt.Fprintf(&b, "%q ", e.Value)
	}
	b.WriteString(e.Problem)
	if len(e.Readings) > 0 {
		b.WriteString(" (" + strings.Join(e.Readings, " or ") + ")")
	}
	if e.Want != "" {
		b.WriteString("; " + e.Want)
	}
	return b.String()
}

// NewError returns an error about a cell with a value.
func NewError(code, value, problem, want string, readings ...string) *Error {
	return &Error{Code: code, Value: texts.Shorten(value), Problem: problem, Want: want, Readings: readings}
}
