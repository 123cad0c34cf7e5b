// Package stmtcache keeps SQL statements prepared, because on SQLite preparing one takes longer than
// running it.
//
// A [Cache] holds the statements of one pool of connections. A [Tx] runs statements on one
// transaction by their text and prepares each text once: it has the methods of *sqlx.Tx, so that a caller
// need not know whether it has the one or the other.
//
// # Design
//
// database/sql keeps a statement of a pool prepared on each connection that has used it. Preparing one
// for the pool takes a connection, which a transaction must not wait for while it holds one: it may be the
// only one. So a transaction that misses a statement in the cache prepares it for itself and notes the miss;
// [Cache.Fill], which the next transaction calls before it takes a connection, prepares what was missed.
//
// A read outside of transactions runs on the statement of the pool itself ([Cache.QueryContext]).
//
// The cache is bounded and evicts the statement that was not used for the longest time. Closing a
// statement that a transaction still uses is safe: database/sql closes it on a connection when that
// connection goes back to its pool, and prepares a closed one again for a transaction that has just found
// it here.
package stmtcache
