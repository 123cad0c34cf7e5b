// Package postgres keeps workspaces in a PostgreSQL database, for programs of which several instances serve the same
// data, or that have such a database anyway.
//
// [Open] connects, creates the tables and returns a [Store], which is a crm.Store for a crm.Service and a crm.AdminStore
// for whoever creates workspaces. A host that has a pool of its own gives it to [New] and calls [Store.Migrate] when it
// sees fit. The tables begin with a prefix of its choice, in a schema of its choice; [Options] are the settings of both.
// PostgreSQL 13 and later will do; the database must be in UTF-8.
//
// [Store.Join] makes units of work parts of a transaction of the host, so that its rows and those of the CRM are written
// together or not at all. [Store.SecureRows] makes the database itself keep workspaces apart, and [Store.Distribute]
// spreads them over the nodes of a Citus cluster.
//
// [Store.Stats] is for gauges: connections, waits, retries. Options.OnRetry and Options.Logger tell of single events, and
// crm.Options.Trace follows units of work.
//
// # Poolers
//
// Statements are prepared by pgx, once a connection. Behind a pooler that assigns a connection for each transaction put
// default_query_exec_mode=exec into the DSN. Nothing here depends on the state of a session but Migrate, which takes an
// advisory lock and needs a connection of its own.
//
// # Faults
//
// What was acknowledged is there after the server was killed, once: the tests kill one amid writers. It is also there
// after a standby has taken over, if replication is synchronous: synchronous_commit = on or remote_apply, and
// synchronous_standby_names set on the primary alone, because a standby with this setting waits for one of its own. With
// asynchronous replication the last units before a failover may be lost, as everything else in the database.
//
// When the only synchronous standby is gone a commit waits for ever, and statement_timeout does not end it; a context with
// a deadline does, with crm.ErrUnknownOutcome. Keep clients away from the old primary before it comes back: a DSN that
// names it first finds it first.
//
// # Backup
//
// All tables are in one schema under one prefix: pg_dump -n SCHEMA -t 'crm_*' copies them as of one moment, and a base
// backup with its log (pg_basebackup, WAL archiving) everything, as of any moment. After a restore to an earlier one, a
// host that follows the log of a workspace may have seen more of it than there is: Service.Follow then says so. What
// Service.Erase removes from the records stays in dead rows until VACUUM, and in backups until they are deleted.
//
// # Many nodes
//
// The schema can be distributed: the workspace leads every primary key, unique index and foreign key; there is no
// sequence, trigger or function; each statement names its workspace by a parameter, but for Workspaces and Heads, which
// are administrative and ask every node.
//
// On a Citus cluster [Open] the coordinator, which migrates, then call [Store.Distribute], and both again with each new
// version of this program: new tables are on the coordinator until then, and usable. A migration needs no other step.
// Programs whose connections lead to a worker use [New], because the table of versions is on the coordinator alone and
// Open would migrate once more (code 42P07).
//
// A unit of work is a transaction of one node, and ends by a plain COMMIT there, or by one of two phases if it has
// written many rows with one statement. If the node is lost in between, Citus answers with an internal error whether it
// has committed or not, and the store finds out by the log, as it does after a lost answer. A transaction
// that was prepared for the second phase is completed by Citus when the node is back, within citus.recover_2pc_interval
// (a minute): until then the unit, though acknowledged, is not seen, and other writers of its workspace get a
// crm.ErrBusy. So a host that reads its own write from a node that has just come back may have to ask again.
//
// Citus passes errors of its nodes on without the name of the constraint, and counts rows in a way of its own; the
// contract does not depend on either. Under a prefix of nearly 30 characters it shortens the names of constraints, and
// the crm.ErrInvalid for a reference to nothing may have no field.
//
// CockroachDB and YugabyteDB fail transactions with 40001 where PostgreSQL waits, which is retried; where advisory locks
// do nothing let one program migrate.
//
// The tests run on PostgreSQL. For Citus there are two stand-ins: one that has its functions for distributing tables and
// refuses what it refuses there, and one that answers as it does where that differs, on which the whole contract runs.
// The shape of statements that Citus needs is checked where they are built.
//
// # Row security
//
// Each statement names its workspace, which is checked where statements are built. For a database that checks it too,
// call [Store.SecureRows] and open the store of the Service in a role that row security restricts, with
// Options.RowSecurity. It costs a round trip for each unit of work.
//
// On Citus the nodes learn the workspace only if citus.propagate_set_commands is local. SecureRows sets it for the role; a
// store with Options.RowSecurity does not open without it, because it would find no workspace at all. SecureRows and
// Distribute may come in either order, both after Migrate.
//
// # Design
//
// Writers of one workspace wait for each other, those of different workspaces do not. In one process they queue before
// they take a connection, so that a long import neither empties the pool nor blocks readers; between processes they meet
// at the workspace's row (SELECT … FOR UPDATE). An Update is READ COMMITTED, which is enough behind that lock; a View is
// REPEATABLE READ and READ ONLY, one snapshot. Both say so when they begin, whatever the defaults of the database are.
//
// A unit of work that meets a deadlock, a serialization failure, a server that shuts down or a lost connection is
// retried: its callback runs again, on a new transaction, at growing intervals, at most ten times and until
// Options.BusyTimeout or the context ends. So a failover costs a pause. With several hosts in the DSN and
// target_session_attrs=read-write, pgx finds the new primary by itself.
//
// If the answer to the COMMIT of an Update is lost, or is any error but a deadlock, a serialization failure or a violated
// constraint, the next attempt looks for the unit's last change in the log after it has locked the workspace's row, which
// the lost transaction would still hold if it were open: the unit is there exactly once. One that logs nothing records a
// key in its transaction (the table units), and that is looked for. If no answer is to be had, the error is a
// crm.ErrUnknownOutcome. So it is if the context ends during the COMMIT, which waits for a standby where
// synchronous_commit asks for it.
//
// What a unit writes goes together, when something is read that it changes or when the unit ends: as one message of
// statements, and rows beyond a few of one kind by COPY. COPY is not to be had with row security, in a transaction of
// the host and through another driver than pgx; there one statement takes up to 1,000 rows, whose parameters are whole
// columns, and returns what it has added, to be counted. If one of many cannot be written they are rolled back, to a
// savepoint, and inserted one by one, so that the error is that of the first bad one.
//
// Texts are compared by their bytes (COLLATE "C"), so that lists have the same order as in every other store and no
// upgrade of a C library makes an index wrong. Nested values are JSON in text columns, because jsonb does not give back
// what it was given.
//
// Errors carry the SQLSTATE, never the messages of the database, which name tables and may quote values; these go to
// Options.Logger.
package postgres
