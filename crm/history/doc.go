// Package history puts the changes of a workspace's log into words.
//
// [Describe] makes one sentence of a [crm.Change]: who did what to the record, and why; [DescribeIn] makes it in
// German too. [crm.Service.History] and
// [crm.Service.HistoryOf] read the changes of a record and of a unit of work.
//
// # Design
//
// The sentences are made from the log alone. A change may have been written by another version of this program, so what
// cannot be read is named without its value, and no record is decoded.
//
// The package is apart from crm because it needs nothing that a host could not use. A host with sentences of its own
// does not link it.
package history
