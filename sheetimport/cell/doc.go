// Package cell reads what one cell says: a date, an amount, a count, a percentage, discount codes, a status, a platform,
// a handle, yes or no, or that there is no value.
//
// Each function named Parse… reads the text of one cell as people write it in English and German, and returns an
// [Error] that says what is wrong and what would be right. What has two readings, such as 03/04/26 or 1.234, is decided
// by a [DateOrder] or a [DecimalStyle]; [DateOrderOf] and [DecimalStyleOf] find the one that a whole column proves.
// Without one the error names both readings.
//
// [CurrencyInFormat] finds the currency in a number format, [StoredNumber] and [DayOfSerial] read the numbers by which
// spreadsheet programs store amounts and dates. [ReadAmount] and [Damaged] look behind the text of a cell: a code that
// the spreadsheet program has turned into a date or a number is reported, because what was typed is lost.
//
// # Design
//
// Nothing is guessed. A cell that decides how much, when or for whom is read in one way or not at all.
//
// A cell knows nothing of its column: the meaning of a column, and with it which of these functions is called, is the
// business of package column and of the import.
//
// Words for no value ("n/a", "tbd", "keine Angabe") are data of this package: [IsNoValue]. Without them such a word
// becomes a handle, a code or a person.
package cell
