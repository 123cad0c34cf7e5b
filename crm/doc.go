// Package crm plans influencer marketing: who works for which campaign, when, for how much and with
// which codes, and what is left of the budget. It is a library. The host brings a database or none,
// its own users, and its own way to show things.
//
// # The story
//
// A [Workspace] is the CRM of one shop, and the tenant: nothing crosses it. [Admin] makes one.
// [Service] is everything else, and every call of it names the workspace that it is about.
//
// A [Campaign] is a planning shell with a budget and dates. An [Influencer] is a person with a
// [Profile] for each account; a profile holds what its next cooperations start with, such as the
// discount codes. A [Cooperation] is the work of one influencer in one campaign. What is not given
// when it is created is filled in, once, from the profile and from the workspace's template, and
// [Provenance] remembers where each value came from.
//
// A cooperation becomes [Signed] when it has a start, a cost, and no code that equals one of
// another influencer's at the same time; patterns that overlap are told and do not block. A [Conflict]
// proves with a code that two cooperations would lay claim to one order; [Saved] brings the conflicts
// of what was saved, also where nothing is blocked, and [Service.Conflicts] lists all that are in one.
// [Service.Report] is the budget plan of the whole, by campaign and by month, exact to the cent, and
// [Service.History] is what became of one record, by whom and why.
//
// A team works with many records at once: [Service.SetStatus], [Service.Tag] and
// [Service.ArchiveAll] change them with a result for each, [Service.ReapplyDefaults] shows or does
// what a new default would change, and [Service.CloneCampaign] plans the next campaign after the last.
// Package crm/duplicates finds influencers that are probably one person, and [Service.MergeInfluencers]
// makes one of them. [Service.SetPicture] gives a face to one, [Service.FollowerHistory] tells how an
// account grew, and [Service.Erase] forgets a person who demands it.
//
// The examples of Service tell this story in code.
//
// # Units of work
//
// [Service.Update] runs a function with a [Work], which has every operation with all its rules, on
// one workspace and in one transaction: all of it happens, or nothing. There is no other way to
// write. The single calls, such as [Service.CreateCampaign], are units of one operation, so an import
// of 100,000 rows keeps the rules that a person keeps, and no more code keeps them. The writers of a
// workspace come one after the other, which is why a rule that looks at other records (is this name
// free, who else has this code) cannot be raced. [Service.View] reads one consistent snapshot.
//
// Records are read, changed and handed back whole. Each carries the version that it was read at, and
// an update from an older one is an [ErrConflict]. An update that changes nothing writes nothing.
//
// # The log
//
// Each unit of work ends the workspace's log with one [Change] for each record it changed, in the
// same transaction. The log is history, audit trail and change feed at once, because three logs
// would disagree: seq has no gaps, time never runs backwards in it, and the creation and the end of a
// record carry all its fields, so the log alone rebuilds every state there ever was. A host follows a
// workspace with [Service.Follow] or [Service.Changes], and many with [Admin.Heads]. Package crm/history says a change in words,
// [Service.AsOf] reads the workspace as it stood at any seq, and [Service.UndoUnit] takes a unit of
// work back, but for what somebody touched since. The one exception to a log that only grows is the
// erasure of a person, who is taken out of it in place.
//
// # Decisions
//
// [Store] stands here and not with its implementations. It is what Service needs, in Service's
// words, and the storage folder is full of packages that offer it. The contract is small because the
// rules are not in it: a store keeps records as they are and holds up only what a database can hold
// up better, which is uniqueness, references and versions.
//
// Values are pre-filled and not looked up. A link that was sent to an influencer and a code that was
// promised do not change because somebody edits a default a month later. A field whose template
// names something that is not known yet is [Pending] and fills when it is; a change of the profile
// fills again what nobody has given; an explicitly empty value counts as given. A sheet is the
// opposite of a default: what is imported stands exactly as it was, and the conditions for signing,
// which bind people, do not keep it out.
//
// A [Claim] is a rule or a UTM set of one cooperation with the days on which it is live. It is derived
// from the cooperation, never edited, and stores keep claims where they are found by key; so a
// conflict is found without reading every cooperation. An archived cooperation claims up to the day
// of its archiving, a cancelled one nothing.
//
// Cancelled is no status. A cancelled cooperation has been draft or signed, and its place in the
// budget depends on which. Only cancelling takes money out of the plan; archiving never does.
//
// An amount that is not set is not zero, and a name is never a key: people are told apart by handle
// and everything else by id.
//
// Errors say which field of which record is wrong and what would be right, in words that can be
// shown to the person who typed it. An [*Error] belongs to one of the families above it
// ([ErrInvalid], [ErrNotFound], …), which errors.Is tells; [FieldErrors] has all of them for a form.
package crm
