// Package crm plans influencer marketing: who works for which campaign, when, for how much and with which codes, and
// what is left of the budget. It is a library; the host brings the database, the users and the user interface.
//
// Three types to know:
//
//   - [Service] has all operations of the CRM. Every call names the workspace that it is about.
//   - [Work] is a unit of work: several operations in one transaction, in [Service.Update].
//   - [Store] keeps the records. The storage folder has stores for SQLite, PostgreSQL and memory.
//
// A [Workspace] is the CRM of one shop and the tenant: no data crosses it. [Admin] creates workspaces. A [Campaign] has
// a budget and dates. An [Influencer] is a person with a [Profile] for each account. A [Cooperation] is the work of one
// influencer in one campaign; what is not given is filled in from the profile and the workspace. It becomes [Signed]
// when it has a start, a cost and no discount code that another influencer has at the same time.
//
// [Service.Report] is the budget plan. [Service.History], [Service.UndoUnit] and [Service.AsOf] read the change log,
// and [Service.Erase] removes a person from everything, the log included ([Service.EraseMember] one of the team). The
// package's Example is a complete program.
//
// Packages below this folder: account (platforms and handles), picture (uploads), history (changes in words), wire
// (JSON of clients), duplicates, and backend for authors of stores.
//
// # Design
//
// Service.Update is the only way to write, and the single calls are units of one operation. So an import of 100,000
// rows keeps the same rules as a person. The writers of a workspace come one after the other, so a rule that looks at
// other records, such as whether a name is free, cannot be raced. [Service.View] reads one consistent snapshot.
//
// Records are read, changed and handed back whole. Each carries the version at which it was read; an update from an
// older one is an [ErrConflict]. An update that changes nothing writes nothing.
//
// Each unit of work appends one [Change] for each record that it changed to the workspace's log, in the same
// transaction. History, audit trail, change feed, undo and as-of read this one log, because several logs would
// disagree. Its seqs have no gaps, its times never decrease, and the first and last change of a record carry all
// fields, so every past state can be rebuilt from it. Only the erasure of a person changes the log in place.
//
// [Store] is here and not with its implementations because it is what Service needs. The rules are not in it: a store
// keeps records as they are and enforces what a database enforces better, which is uniqueness, references and versions.
//
// Defaults are copied and not looked up. A link that was sent and a code that was promised do not change because
// somebody edits a default a month later. A field whose template needs a value that is not known yet is [Pending]. What
// a sheet says is stored exactly, and the conditions for signing, which bind people, do not apply to an import.
//
// A [Claim] is a rule or UTM set of one cooperation with the days on which it is live. It is derived and never edited.
// Stores keep claims by key, so that conflicts are found without reading every cooperation.
//
// A [Conflict] proves with a code that two cooperations would claim the same order. [Provenance] says where a value
// that was filled in comes from.
//
// Cancelled is not a status, because the place of a cancelled cooperation in the budget depends on the status that it
// had, and which it keeps until it is reinstated. Only cancelling takes money out of the plan; archiving never does. An
// amount that is not set is not zero. A name is never a key.
//
// An [*Error] says which field of which record is wrong and what would be right, in words for the person who typed it.
// It belongs to a family, such as [ErrInvalid], which errors.Is tells; [FieldErrors] lists all of them for a form.
// Each has a code, and a text in English and in German: [Code], [Explain] and package sentence, which lists all of them.
// Nothing panics but a call that is given nil for what it cannot do without, which says for what.
package crm
