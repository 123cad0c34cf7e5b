// Package render writes a budget report for people: Text as an aligned table for
// a terminal or a mail, CSV as a flat table for a spreadsheet.
//
// Both write everything that the report holds and compute nothing of their own.
// Names come from users, so neither lets them do more than be read: Text replaces
// control characters, which could move the cursor or hide a line, and CSV
// disarms names that a spreadsheet would run as a formula.
package render
