// Package unit runs units of work on a SQL database: a transaction of one workspace that is committed as a
// whole or not at all.
//
// A [Runner] runs them: on transactions of its own, with the wait for other writers, retries and the
// idempotency key; or, after [Runner.Join], inside a transaction of the host. The callback of a unit gets a
// [Session], one open transaction, which runs statements by their text and turns the driver's errors into
// the families of crm ([Session.Fail]). What statements mean is the business of its caller.
//
// # Design
//
// A unit that failed with an error that a new transaction may mend, by the dialect's classification of its
// code, runs again from the start (retry.go). A View is only retried until its snapshot is taken, because
// nobody expects its callback to run twice.
//
// Where a network lies between, the answer to a COMMIT may be lost, and where several nodes are behind it, it may be an
// error although the unit was committed: only what the dialect knows for a refusal is one. The next attempt first locks
// the workspace's row, which waits for the lost transaction if it is still open, and then looks whether the last entry is
// there that the unit has made in the log: nothing is written twice. A unit that wrote and logged nothing records a key
// in its transaction (key.go), and that is looked for.
//
// On a connection that can send a batch, a transaction begins together with its opening statements, which lock and read
// the workspace, and the writes at its end go as one message. COMMIT goes alone: what the writes have changed is looked
// at first. Other connections, such as those of a driver that a host has put around pgx, run the same statements one by
// one.
//
// A read of one thing needs no transaction ([Runner.Direct]). Where statements are kept prepared it runs on the pool, and
// takes a seat before, so that it does not wait for a connection inside database/sql, where the wait has no end.
//
// Writers of one workspace queue in the process before they take a connection (queue.go), where the
// database has row locks. A database without them has one writer, and its pool of one connection is the
// queue.
//
// Statements come as text from sqlstore, which builds and checks them; this package neither knows a table
// nor imports squirrel. Its own three statements, for keys, are given to it in [Config].
package unit
