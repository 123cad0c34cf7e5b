// Package tables is the tables of a store: one file a record, with the struct of its row, the conversions
// between record and row, and its filter as SQL conditions.
//
// A [Schema] is all tables under one prefix. A [Table] is that of one kind of record: it builds the queries for
// lists, counts and look-ups, and decodes what they read. Its [Kind] is how records of the kind are written: the
// fixed statements, and the rows that a record is stored as. Nothing here runs a statement.
//
// # Design
//
// A record is one row. Nested values are JSON in it, read and written whole, and by hand (json.go, details.go):
// encoding/json took five to ten times as long and longer than the database. Those of a cooperation are one column,
// because each column costs each read. What is searched across records has tables of its own, which are derived from
// a record and written anew with it: profiles and tags of influencers, claims of cooperations.
//
// Values stand in columns in forms that all databases order and compare alike (convert.go). What is sorted or
// compared folded has a key column, which is derived from the record, written and never read.
//
// No statement joins, none computes a time or an id, and each table in each statement is narrowed by the
// workspace as a parameter: a database that distributes workspaces over nodes asks for that.
//
// Statements are built with squirrel and ?. Those whose text never changes become text once, in [New], through the
// function that it is given; the others are built for each call, and pages and counts, of which there are most, are
// put together without squirrel's builder (selection.go). A list with names looks them up in its own statement; a
// planning report has statements of its own (plan.go). So this package depends on the dialect and on crm,
// and neither on a driver nor on how transactions run.
package tables
