// Package postgres keeps workspaces in a PostgreSQL database, for programs of which several instances
// serve the same data, or that have such a database anyway.
//
// [Open] connects, makes the tables and returns a [Store], which is a crm.Store for a crm.Service and a
// crm.AdminStore for whoever makes workspaces. A host that has a pool of its own gives it to [New] and
// calls [Store.Migrate] when it sees fit. The tables begin with a prefix of its choice and stand in a
// schema of its choice. PostgreSQL 13 and later will do; the database must be in UTF-8.
//
// # Decisions
//
// Writers of one workspace wait for each other, those of different workspaces do not. In one process
// they queue before they take a connection, so that a long import neither empties the pool nor holds up
// readers; between processes they meet at the workspace's row (SELECT … FOR UPDATE). An Update is READ
// COMMITTED, which is enough behind that lock; a View is REPEATABLE READ and READ ONLY, one snapshot.
// Both say so when they begin, whatever the defaults of the database are.
//
// A unit of work that meets a deadlock, a serialization failure, a server that is shut down or a
// connection that is lost is tried again: its callback runs once more, on a new transaction, at growing
// intervals, at most ten times and until Options.BusyTimeout or the context ends. Options.OnRetry sees
// it. So a failover costs a pause. With several hosts in the DSN and target_session_attrs=read-write,
// pgx finds the new primary by itself.
//
// An Update leaves a key in its transaction (the table units). If the answer to its COMMIT is lost, the
// next try looks whether the key is there, after it has the workspace's row, which the lost transaction
// would still hold if it were under way: the unit is there exactly once. If no answer is to be had, the
// error says that the outcome is not known. That is also so if the context ends during the COMMIT,
// which waits for a standby where synchronous_commit asks for it.
//
// Records that go in together are written by one statement for up to 1,000 rows, whose parameters are
// whole columns. If one of them cannot be written they are taken back, to a savepoint, and go in one by
// one, so that the error is that of the first bad one.
//
// Statements are prepared by pgx, once a connection. Behind a pooler that hands out a connection for
// each transaction put default_query_exec_mode=exec into the DSN; nothing here depends on the state of a
// session but Migrate, which takes an advisory lock and needs a connection of its own.
//
// Texts are compared by their bytes (COLLATE "C"), so that lists have the same order as everywhere else
// and no upgrade of a C library makes an index wrong. Nested values are JSON in text columns, because
// jsonb does not give back what it was given.
//
// Errors carry the SQLSTATE, never the words of the database, which name tables and may quote values;
// these go to Options.Logger.
//
// [Store.Stats] is for gauges: connections, waits, retries. Options.OnRetry and Options.Logger tell of single
// events, and crm.Options.Trace follows units of work; nothing of this costs anything when it is not used.
//
// # Faults
//
// What was acknowledged is there after the server was killed, once: the tests kill one amid writers. So
// it is after a standby has taken over, if replication is synchronous (synchronous_commit = on or
// remote_apply, and synchronous_standby_names set on the primary alone: a standby with this setting waits
// for one of its own). With asynchronous replication the last units before a failover may be lost, as
// everything else in the database. With the only synchronous standby gone a commit waits for ever, and
// statement_timeout does not end it: a context with a deadline does, with crm.ErrUnknownOutcome. Keep the
// old primary away from clients before it comes back; a DSN that names it first finds it first.
//
// # Backup
//
// All tables are in one schema under one prefix: pg_dump -n SCHEMA -t 'crm_*' takes them at one moment, and a
// base backup with its log (pg_basebackup, WAL archiving) everything, to any moment. After a restore to
// an earlier one, whoever follows the log of a workspace may have seen more of it than there is:
// Service.Follow then says so. What Service.Erase takes out of the records stays in dead rows until VACUUM,
// and in backups until they are thrown away.
//
// # Many nodes
//
// The schema is made to be spread over nodes: the workspace leads every primary key, unique index and
// foreign key; there is no sequence, trigger or function; each statement names its workspace by a
// parameter, but for Workspaces and Heads, which are administrative. [Store.Distribute] spreads the tables
// over a Citus cluster; there crm.ErrInvalid for a reference to nothing may come without its field,
// because Citus does not name the constraint. CockroachDB and YugabyteDB fail transactions with 40001
// where PostgreSQL waits, which is tried again; on those whose advisory locks do nothing let one program
// migrate. The tests run on PostgreSQL; none of the three is part of them, but for a stand-in that refuses
// what Citus refuses while tables are distributed.
//
// # Rows of others
//
// Each statement names its workspace, which is checked where statements are made. Who wants the database
// to check it too calls [Store.SecureRows] and opens the store of the Service in a role that row security
// holds back, with Options.RowSecurity. It costs a round trip for each unit of work.
//
// # Transactions of the host
//
// [Store.Join] makes units of work parts of a transaction of the host's, so that its rows and those of
// the CRM are written together or not at all.
package postgres
