// Package render writes a budget report for people: Text as an aligned table for
// a terminal or a mail, Markdown for a wiki or a ticket, CSV as a flat table for a spreadsheet.
//
// They write the lines of the report as they are and compute nothing of their own.
// Text and Markdown begin with how the next month and the campaigns to come stand and add, below the tables, what
// has no exchange rate and what should be checked; CSV adds the cells of campaign × month and counts what is
// unpriced. All add the lines of axes, such as by category, on request.
//
// Names come from users, so nothing lets them do more than be read: Text replaces
// control characters, which could move the cursor or hide a line, Markdown escapes its signs, and CSV
// disarms names that a spreadsheet would run as a formula.
package render
