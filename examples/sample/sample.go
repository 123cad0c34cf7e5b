// Package sample has the sheet that the examples begin with.
package sample

import _ "embed"

// SheetName is what messages call the sheet.
const SheetName = "klar-sheet.csv"

// Sheet is a shop's sheet of cooperations in Klar's template, as CSV. Its cooperations begin between May 2026 and March 2027.
//
//go:embed klar-sheet.csv
var Sheet []byte
