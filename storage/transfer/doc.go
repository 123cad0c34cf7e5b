// Package transfer moves workspaces: from one store to another, and to a file and back.
//
// [Copy] takes a workspace out of any store into any other, for a host that outgrows its SQLite file:
//
//	result, err := transfer.Copy(ctx, sqliteStore, postgresStore, ws, nil)
//
// [Export] writes one workspace as a file, a backup that a host can keep, inspect and hand to the shop whose data it is,
// and [Import] makes the workspace of it again. [Check] reads a file without a store, and [Summarize] sums up a workspace,
// so that two can be compared.
//
// What comes out is what went in, read through the contract of crm.Store: every record with its id and version, archived
// ones too, the log with its seqs, units, times, actors and reasons, former pictures, import runs with their plans. So
// undo, history and the past go on in the copy, and an erased person stays erased. What a host keeps beside, such as a
// session of crm.Service.Follow, goes on by the seq. The id stays, because hosts refer to it.
//
// # A half is never taken for the whole
//
// A workspace is written in units of work of a few thousand records, so that memory and locks stay bounded. Until it is
// whole it stands under a record that [Unfinished] knows: a name that says so, without currency and time zone. What was
// written is then read again and compared with the source, by a SHA-256 over all of it, and the last unit of work gives
// the workspace its own record. Copy and Export refuse an unfinished copy as their source, and a crm.Service writes nothing
// into one: it would be lost when the copy begins anew.
//
// A call that was stopped is repeated: it goes on after the last entry that is there. The name of an unfinished copy has
// the seq and the unit of work with which the log of its source ended, so a copy of another state is known for one, and
// is thrown away. Import runs and pictures need not be in the log; if they alone have changed, the comparison at the end
// finds it, and Copy begins anew too.
//
// Copy and Export read one snapshot, for as long as they run. PostgreSQL keeps old rows for that time, and SQLite its WAL.
// Nobody waits for it. The source takes writes meanwhile, which are not copied: to move house, stop the writers first,
// copy, and open the new store.
//
// # The file
//
// The file is text in UTF-8: one JSON value a line, and no line longer than [MaxLine].
//
//	{"influencercrm_workspace":1,"workspace":"018f…","head":{…},"counts":{…}}
//	{"workspace":{…}}
//	{"member":{…}}         one line each, by id
//	{"campaign":{…}}
//	{"influencer":{…}}
//	{"cooperation":{…}}
//	{"import_run":{…}}     with "plan_length", and followed by its plan
//	{"plan":"…"}           at most 1 MiB of the plan as text, or as "plan_base64" if it is no text
//	{"picture":{…}}        the bytes in base64
//	{"change":{…}}         by seq
//	{"end":{"counts":{…},"sha256":"…"}}
//
// The first line has the version of the format. An older one is read, a newer one refused. The last line is only there if
// the file is whole; its digest is that of all lines between the first and the last, each with its line feed. A field
// that the reader does not know is an error and not left out, so an older version of this library never restores a part.
//
// A record has the JSON that package crm gives it, which comes back exactly, because the log is made of it too. Three
// things do not, and are written in another way. Values of the log and plans are JSON that somebody else has written, of
// which encoding/json keeps the meaning and not the blanks: a value with blanks stands as text in "before_text" or
// "after_text", and a plan always is a text. A plan may have 256 MiB, and stands on lines of its own. Bytes that are no
// UTF-8, which a crm.Service does not write, are refused by Export; Copy takes them.
//
// A file has personal data in plain text, and an erasure in the store does not reach it.
//
// # What it takes
//
// BenchmarkCopy in storage/internal/sidebyside moves a workspace from SQLite to PostgreSQL, beside its floor: reading the
// same rows of the source by hand, and COPY of them into the destination.
package transfer
