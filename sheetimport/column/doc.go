// Package column tells what the columns of a sheet mean.
//
// [FindHeader] finds the row of headers among the first twenty rows and gives each [Column] a [Field], by the text of its
// header in English and German and never by its letter. Where the headers do not say enough, a [Mapping] does: which
// column has which field, which becomes a custom field, which is left out. A mapping goes by headers, so it can be kept
// under [Header.Key] and used for the next sheet that has the same ones.
//
// [Field.Text] is what a cell says to a column with that field. [DateReading] and [DecimalReading] decide how the cells
// of a column that have two readings are read, and say why.
//
// # Design
//
// The synonyms are data: synonyms.go lists the headers of each field. A header that is a known name of a field wins over
// one that only holds such a name, and a general word such as "Date" gives way to a column that says the same more
// clearly. Two columns never have one field; the one that loses becomes a custom field, with a note.
//
// A header with two meanings that the rest of the sheet does not tell apart ("Reach", "Discount") is never guessed: it is
// kept as a custom field and reported.
package column
