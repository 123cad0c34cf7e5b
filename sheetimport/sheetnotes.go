package sheetimport

import (
	"fmt"
	"slices"
	"strings"
)

// maxNamed is how many columns one note names.
const maxNamed = 40

// notes tells what holds for all rows of the sheet, so that no row has to repeat it: which columns are not understood,
// and what stands in for columns that are not there.
func (x *rowReader) notes(data []Row) []Note {
	if len(data) == 0 {
		return []Note{{"no_rows", fmt.Sprintf("there are no rows below the header in row %d", x.header.Row)}}
	}
	var notes []Note
	add := func(code, format string, args ...any) {
		notes = append(notes, Note{code, fmt.Sprintf(format, args...)})
	}
	if names := x.customNames(data); len(names) > 0 {
		add("custom_columns", "kept as custom fields: %s", listed(names))
	}
	if names := x.leftOut(data); len(names) > 0 {
		add("columns_left_out", "left out: %s", listed(names))
	}
	switch letters := x.withoutHeader(data); {
	case len(letters) == 1:
		add("columns_without_header", "column %s has no header; what stands in it is left out", letters[0])
	case len(letters) > 1:
		add("columns_without_header", "columns %s have no header; what stands in them is left out", listed(letters))
	}
	for _, f := range []Field{FieldStart, FieldEnd} {
		if typed, ok := x.mixedDates(f, data); ok {
			add("dates_may_be_swapped", "column %s %q holds dates, and texts like %q that the spreadsheet program did not take for dates: it may have swapped day and month of the others; check them",
				x.columns[f].Letter, shorten(x.columns[f].Header), shorten(typed))
		}
	}
	if !x.has(FieldStart) {
		outcome := "the cooperations are not scheduled and their codes match nothing yet"
		if x.has(FieldEnd) {
			outcome = "the codes of the cooperations match nothing yet"
		}
		add("no_start_column", `no column for the posting date was found; %s; if there is one, call it "Posting date"`, outcome)
	}
	if !x.has(FieldCost) {
		add("no_cost_column", `no column for the cost was found; the cooperations come in without one; if there is one, call it "Fixed costs"`)
	}
	if !x.has(FieldStatus) {
		other := ""
		if c, ok := x.columns[FieldImportStatus]; ok {
			other = fmt.Sprintf(" of the deal (%s %q is what an import wrote)", c.Letter, shorten(c.Header))
		}
		add("no_status_column", "the sheet has no column for the status%s; its rows count as %s", other, x.status)
	}
	return notes
}

// mixedDates reports whether a column has dates, and texts that would be dates in another order of day and month. A
// spreadsheet program that expects the month first takes 03/04/2026 for the fourth of March and leaves 21/04/2026 a text.
func (x *rowReader) mixedDates(f Field, data []Row) (typed string, mixed bool) {
	dates := false
	for _, r := range data {
		c := x.cell(r, f)
		if c.Raw != nil {
			dates = dates || c.Raw.Kind == RawDate
			continue
		}
		if d, ok := splitDigits(cutTime(trim(c.Text))); ok && d.separator == '/' && typed == "" {
			typed = trim(c.Text)
		}
	}
	return typed, dates && typed != ""
}

// customNames names the columns with data that become custom fields, but those that have a note of their own.
func (x *rowReader) customNames(data []Row) []string {
	var names []string
	for _, c := range x.custom {
		if !slices.Contains(x.header.noted, c.Index) && !isEmpty(data, c.Index) {
			names = append(names, fmt.Sprintf("%s %q", c.Letter, shorten(c.Header)))
		}
	}
	return names
}

// leftOut names the columns with data that the mapping leaves out, or that an import wrote, unless the note on the
// status does.
func (x *rowReader) leftOut(data []Row) []string {
	var names []string
	for _, c := range x.header.Columns {
		if (c.Field == FieldIgnored || c.Field == FieldImportStatus && x.has(FieldStatus)) && !isEmpty(data, c.Index) {
			names = append(names, fmt.Sprintf("%s %q", c.Letter, shorten(c.Header)))
		}
	}
	return names
}

// withoutHeader returns the letters of the columns that have data and no header.
func (x *rowReader) withoutHeader(data []Row) []string {
	var letters []string
	next := 0
	for i := range x.header.width {
		if next < len(x.header.Columns) && x.header.Columns[next].Index == i {
			next++
		} else if !isEmpty(data, i) {
			letters = append(letters, columnLetter(i))
		}
	}
	return letters
}

// listed reads "A, B, C", with no more than maxNamed names.
func listed(names []string) string {
	if more := len(names) - maxNamed; more > 0 {
		names = append(names[:maxNamed:maxNamed], fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, ", ")
}
