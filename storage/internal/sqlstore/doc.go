// Package sqlstore is the store of all SQL databases: a crm.Store and crm.AdminStore over database/sql. A package
// of a database opens connections, brings the migrations and describes the database in a dialect.Dialect.
//
// A [Store] runs each unit of work in a session of unit. The callback gets a reader or a writer, which ask
// tables for statements and rows, and run them on the session. exec.go is the only place where a statement that is
// built becomes text.
//
// # Design
//
// Four packages, and arrows that point down:
//
//	sqlstore    -> tables, unit    the contract of crm.Store: what to read and write, and in which order
//	tables      -> dialect         rows, conversions, conditions, statements; runs nothing
//	unit        -> stmtcache       transactions, waiting, retries, keys; knows no table
//	stmtcache   -> sqlx            prepared statements
//	dialect                        one value for each database, which all but stmtcache read
//
// The cut is between what a statement says and how it runs. Tables needs from above one function, which makes a
// builder text; unit takes text and arguments and gives rows, so that neither knows the other. A unit that begins
// without a transaction, or writes that are queued, are a change of unit or of the writer here, and of no table.
//
// A read outside of units is one statement (direct.go). Load puts the statements of several questions together (load.go).
// On a database behind a network a writer keeps writes back (queue.go) until something is read that they change, or the
// unit ends: records are inserted kind by kind, then replaced in order, then the log follows. Few rows go by a statement
// each in one batch, many by COPY, or by one statement with an array for each column where there is no COPY. If one of
// many cannot be added they are taken back, to a savepoint, and go one by one, which finds it. A write that goes alone
// takes none (lone.go). On a local database the writes of a large unit go one by one, each with a statement, on a goroutine
// beside the one that makes the next (behind.go).
//
// Claims and the sums of the plan are derived of cooperations, and kept with each write of one. Whether they are is told by the
// workspace's plan_seq, which is its seq: a migration after which they have to be others sets it to -1, and a program of an
// earlier version leaves it behind. Until the next unit of work makes them anew, claims are derived for each reader (claims.go),
// and there are no sums (plan_sum.go). Likewise identity_seq tells whether the identity keys of influencers are kept, by which
// duplicates are looked up: until the next unit of work that writes an influencer has made them anew, all are compared
// (identity.go).
//
// exec.go turns placeholders once, and is the guard of the tenant: a write that does not name its workspace is
// refused before a database sees it.
//
// An insert skips rows of which a key is taken, instead of failing. So the transaction stays usable and can be
// asked which key it was, also on databases where an error ends it. References are foreign keys, checked by each
// statement; records are inserted in the order in which they are given.
package sqlstore
