// Package sqlstore keeps workspaces in a SQL database. It is the one implementation of crm.Store
// for all of them: a package of a database opens connections, brings migrations and gives a
// [Dialect], which holds everything in which databases differ.
//
// # How it works
//
// A [Store] runs each unit of work in one transaction, a session, that ends with the callback.
// A reader is a session that sees one workspace; a writer also writes. For each kind of record there
// is a table: a row struct with a field for each column, the two conversions, and the filter as
// conditions. What is the same for all kinds is written once, over tables.
//
// A record is one row. Nested values are JSON in it, read and written whole. What is searched across
// records stands in tables of its own, made anew with each write: profiles and tags of influencers,
// claims of cooperations.
//
// # Decisions
//
// Statements are built with ? and become text in one place, which refuses a write that does not name
// its workspace. Those whose text never changes are built once and prepared once a connection, by the
// driver where it does so; lists, counts and the reading of the log are built for each call, and kept
// prepared once they were built, up to a number of them.
//
// An insert does nothing if a key is taken, instead of failing. So the transaction stays usable and
// can be asked which key it was, on databases too where an error ends it.
//
// A unit of work that failed by what a second try can mend, as the dialect tells it by the driver's code,
// runs again. Where a network may lose the answer to a commit, the unit has left a key in its transaction,
// by which the next try finds it. A file has neither: there a callback runs once.
//
// References are foreign keys, checked by each statement in the order in which records are inserted.
//
// No statement joins, none computes a time or an id, and every table is narrowed by the workspace as
// a parameter: what a database that spreads workspaces over nodes asks for.
package sqlstore
