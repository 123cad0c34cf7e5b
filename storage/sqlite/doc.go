// Package sqlite keeps workspaces in one SQLite file. It needs no server and no cgo, and is what a program that embeds
// the CRM starts with.
//
// [Open] opens a file, creates its tables and returns a [Store], which is a crm.Store for a crm.Service and a
// crm.AdminStore for whoever creates workspaces. A host that has its own SQLite database opens its pools with [DSNs],
// gives them to [New] and calls [Store.Migrate] when it sees fit; the tables begin with a prefix of its choice, beside
// the host's own. [Options] are the settings of both.
//
// [Store.Join] makes units of work parts of a transaction of the host, so that its rows and those of the CRM are
// written together or not at all. [Store.Stats] is for gauges.
//
// # Backup
//
// While programs use the file, "VACUUM INTO 'copy.db'" makes a copy of it as it is at one moment, on a connection of
// its own; so does the .backup command of the sqlite3 program. Copying the file with cp does not: the last writes are
// in the file beside it (-wal). To restore, end all programs, put the copy in the place of the file, and remove the
// files -wal and -shm beside it. A host that follows the log of a workspace may have seen more of it than the copy
// holds: Service.Follow then says so.
//
// What Service.Erase removes from the records stays in unused parts of the file until VACUUM, and in backups until
// they are deleted.
//
// # Design
//
// Writers wait for each other across workspaces, because SQLite has one writer a file. Readers wait for nobody: they
// see the last committed state (write-ahead log). The one writing connection is a pool of its own, so that waiting for
// it ends with the caller's context; how long the wait may take, for this process or for another one with the same
// file, is [Options.BusyTimeout].
//
// So a unit of work holds up all workspaces for as long as its callback runs. Do in it only what has to be done there,
// and divide what writes thousands of records into several units. On two shared cores of an AMD EPYC an import holds the
// writer for 0.5 to 0.9 seconds for 1,000 rows, as busy as the machine is (BenchmarkWriterHeld in sheetimport), and undoing
// it for 1 second: after 5,000 rows in one unit others may end with crm.ErrBusy under the default BusyTimeout of 5 seconds.
// That is why sheetimport writes large imports in pieces here ([Store.SharesWriter]), of some 0.4 seconds each on a
// machine that does little else.
//
// Every commit is on disk when Update returns (synchronous FULL). That is one fsync an Update, which is most of the
// cost of a small one. To write much, write it in one Update.
//
// There is no database in memory, because each connection would have its own. The package storage/memory is for that.
//
// The driver, modernc.org/sqlite, is to be built with exactly the modernc.org/libc that its own go.mod names. Goose,
// which runs the migrations, may ask for a newer one. A host takes that out of its build with an exclude line in its
// go.mod, as this module does; an exclusion holds for the main module only.
//
// Errors carry SQLite's result code, never its messages, which name tables and may quote values; these go to
// Options.Logger.
package sqlite
