package sheetimport

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// notes are about all rows of the sheet, so that no row has to repeat them: which columns are not understood, and which
// defaults stand in for missing columns.
func (x *rowReader) notes(data []sheet.Row) []sheet.Note {
	if len(data) == 0 {
		return []sheet.Note{{Code: "no_rows", Text: sentence.Of("there are no rows below the header in row %s", strconv.Itoa(x.header.Row))}}
	}
	var notes []sheet.Note
	add := func(code, format string, args ...any) {
		notes = append(notes, sheet.Note{Code: code, Text: sentence.Of(format, args...)})
	}
	if names := x.customNames(data); len(names) > 0 {
		add("custom_columns", "kept as custom fields: %s", texts.Listed(names))
	}
	if names := x.leftOutColumns(data); len(names) > 0 {
		add("columns_left_out", "left out: %s", texts.Listed(names))
	}
	switch letters := x.header.Unnamed(data); {
	case len(letters) == 1:
		add("columns_without_header", "column %s has no header; what stands in it is left out", letters[0])
	case len(letters) > 1:
		add("columns_without_header", "columns %s have no header; what stands in them is left out", texts.Listed(letters))
	}
	for _, f := range []column.Field{column.Start, column.End} {
		if typed, ok := x.mixedDates(f, data); ok {
			add("dates_may_be_swapped",
				"column %s %q holds dates, and texts like %q that the spreadsheet program did not take for dates: it may have swapped day and month of the others; check them",
				x.columns[f].Letter, texts.Shorten(x.columns[f].Header), texts.Shorten(typed))
		}
	}
	for _, f := range []column.Field{column.Start, column.End} {
		if both := x.orders[f].Both; len(both) > 0 {
			add("both_date_orders",
				"column %s %q has both orders of day and month, as %q and %q show; dates with two readings in it are rejected unless they are written like 2026-06-01",
				x.columns[f].Letter, texts.Shorten(x.columns[f].Header), texts.Shorten(both[0]), texts.Shorten(both[1]))
		}
		if x.datesBeforeMidnight(f, data) {
			add("dates_before_midnight",
				"all dates of column %s %q stand at 22:00 or 23:00, as a program writes midnight in another time zone; if so, each is one day too early; check them",
				x.columns[f].Letter, texts.Shorten(x.columns[f].Header))
		}
	}
	for _, f := range x.milliseconds {
		add("days_in_milliseconds",
			"column %s %q has times in milliseconds, as programs store them; they are read as the days in the time zone %s, the first as %s",
			x.columns[f].Letter, texts.Shorten(x.columns[f].Header), x.zone.String(), x.firstOfMilliseconds(f, data))
	}
	x.notePercents(add)
	if !x.has(column.Start) {
		at := slices.IndexFunc(x.custom, func(c customColumn) bool { return column.NamesNoDay(c.Header) })
		outcome := sentence.Of("the cooperations are not scheduled and their codes match nothing yet")
		if x.has(column.End) {
			outcome = sentence.Of("the codes of the cooperations match nothing yet")
		}
		if at >= 0 {
			add("no_start_column",
				`no column for the posting date was found, and column %s %q has no days; %s; add a column "Posting date" with the days`,
				x.custom[at].Letter, texts.Shorten(x.custom[at].Header), outcome)
		} else {
			add("no_start_column", `no column for the posting date was found; %s; if there is one, call it "Posting date"`, outcome)
		}
	}
	part, isPart := x.header.PartOfCost()
	switch {
	case x.has(column.Cost):
	case isPart:
		add("no_cost_column", `no column for the cost was found, and the amounts of column %s %q are not what a cooperation costs as a whole; `+
			`the cooperations come in without one; add a column "Fixed costs" with that`, part.Letter, texts.Shorten(part.Header))
	default:
		add("no_cost_column",
			`no column for the cost was found; the cooperations come in without one; if there is one, call it "Fixed costs"`)
	}
	if links, found := x.likelyLinks(data); x.hasNoTracking() && found {
		add("no_tracking_column", "no column for discount codes and none for UTM fields was found; the cooperations earn no orders; "+
			"if the links in column %s %q are those that the influencers post, call it \"Tracking link\"", links.Letter, texts.Shorten(links.Header))
	} else if x.hasNoTracking() {
		add("no_tracking_column",
			`no column for discount codes and none for UTM fields or links with them was found; the cooperations earn no orders; `+
				`if there is one, call it "Discount code" or "Tracking link"`)
	}
	if !x.has(column.Status) {
		if c, ok := x.columns[column.ImportStatus]; ok {
			add("no_status_column",
				"the sheet has no column for the status of the deal (%s %q is what an import wrote); its rows count as %s",
				c.Letter, texts.Shorten(c.Header), sentence.Of(string(x.status)))
		} else if c, ok := x.likelyStatus(data); ok {
			add("no_status_column", `the sheet has no column for the status, though column %s %q may say it; its rows count as %s; `+
				`if it does, call it "Status" and say once what its words mean`,
				c.Letter, texts.Shorten(c.Header), sentence.Of(string(x.status)))
		} else {
			add("no_status_column", "the sheet has no column for the status; its rows count as %s", sentence.Of(string(x.status)))
		}
	}
	return notes
}

// likelyLinks finds a column that no field has, with links that have UTM fields. They may as well be those of a platform or of
// somebody else, so that nobody but a person can tell.
func (x *rowReader) likelyLinks(data []sheet.Row) (column.Column, bool) {
	for _, c := range x.custom {
		if slices.ContainsFunc(data, func(r sheet.Row) bool {
			text := column.TrackingLink.Text(r.Cell(c.Index))
			return strings.Contains(text, "://") && strings.Contains(text, "utm_")
		}) {
			return c.Column, true
		}
	}
	return column.Column{}, false
}

// hasNoTracking reports whether the sheet has no column by which an order could find a cooperation.
func (x *rowReader) hasNoTracking() bool {
	return !slices.ContainsFunc(x.header.Columns, func(c column.Column) bool {
		return c.Field == column.Code || c.Field == column.TrackingLink || c.Field.IsUTM()
	})
}

// mixedDates reports whether a column has dates, and texts that would be dates in another order of day and month. A
// spreadsheet program that expects the month first takes 03/04/2026 for the fourth of March and leaves 21/04/2026 a text.
func (x *rowReader) mixedDates(f column.Field, data []sheet.Row) (typed string, mixed bool) {
	dates := false
	for _, r := range data {
		c := x.cell(r, f)
		if c.Raw != nil {
			dates = dates || c.Raw.Kind == sheet.RawDate
			continue
		}
		if typed == "" && cell.IsSlashDate(c.Text) {
			typed = texts.Trim(c.Text)
		}
	}
	return typed, dates && typed != ""
}

// customNames names the columns with data that become custom fields, but those that have a note of their own.
func (x *rowReader) customNames(data []sheet.Row) []string {
	var names []string
	for _, c := range x.custom {
		if !x.header.HasNote(c.Column) && !sheet.ColumnBlank(data, c.Index) {
			names = append(names, fmt.Sprintf("%s %q", c.Letter, texts.Shorten(c.Header)))
		}
	}
	return names
}

// leftOutColumns names the columns with data that the mapping leaves out, or that an import wrote, unless another note does.
func (x *rowReader) leftOutColumns(data []sheet.Row) []string {
	var names []string
	for _, c := range x.header.Columns {
		if (c.Field == column.Ignored || c.Field == column.ImportStatus && x.has(column.Status)) &&
			!x.header.HasNote(c) && !sheet.ColumnBlank(data, c.Index) {
			names = append(names, fmt.Sprintf("%s %q", c.Letter, texts.Shorten(c.Header)))
		}
	}
	return names
}
