// Package report shows the plan of an import to people.
//
// [WriteText] writes it for a terminal or a message: counts, notes about the sheet, and the rows that need attention;
// rows of which the same is to be said share a line. [WriteCSV] writes a line for each problem, notice and change of a
// row, to be sorted and filtered in a spreadsheet program. [StatusTexts] says of each row in a few words what became of
// it, for the column of the sheet that tells its authors. All three speak English or
// German. For programs a plan has a JSON form.
//
// # Design
//
// Everything here is made from the exported fields of a plan, so that a host can write its own report in the same way.
package report
