// Package csvfile reads a sheet from a CSV file, whatever program wrote it.
//
// [New] returns a sheet.Source that finds out the encoding and the delimiter by itself. [Parse] does the same for bytes
// that are in memory.
//
// # Design
//
// The splitter is written by hand because encoding/csv stops at the first stray quote and passes over blank lines: it
// can neither spare the rows after a bad one nor number the rows as a spreadsheet program does.
//
// The delimiter is the one with which a row looks most like a row of headers, because the rows above it may hold
// sentences full of commas. That is why this package needs package column.
package csvfile
