// Package sheet is a table of cells as a source has read it: text, what lies behind the text, and nothing understood yet.
//
// A [Source] reads one sheet into a [Table] of rows. A [Cell] holds the text that the sheet shows and, where the source
// knows it, the [RawValue] behind that text: the date behind "June 2026", the number behind "1.234 €". Packages csvfile,
// xlsxfile, sheetfile and google are sources; a host may write its own, for which text alone is enough.
//
// A sheet that cannot be read at all is an [ErrUnreadable]. A row that cannot be read carries its error in [Row.Err], and
// the rows around it are read. [Limits] bound what a source reads.
//
// A cell merged over several rows or columns stands in each of them with [Cell.Merged], because an amount in it counts
// once only. A formula whose result the file does not hold is [RawPending], and cannot be read.
//
// # Design
//
// Blank rows are rows too, so that every row can be accounted for under the number that people see beside it.
//
// The text and the value behind it are kept side by side because only the meaning of the column decides which of the
// two counts: a campaign may be called June 2026, while a posting date has one reading. See column.Field.Text.
//
// The package needs nothing but the standard library, so that a source of a host's own costs the host nothing.
package sheet
