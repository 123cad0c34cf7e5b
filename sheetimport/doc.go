// Package sheetimport turns the influencer sheet that a team has into the records of a CRM: it reads any sheet,
// says row by row what it would do, and then does just that.
//
// # The story
//
// A [Source] yields the rows of a sheet; [CSV] is one for files. [New] makes an [Importer] for a crm.Service.
// [Importer.Plan] is the dry run: a [Plan] with a [Verdict] for every row below the header, the problems of what is
// rejected, and the changes of what is created or updated, field by field. [Importer.Apply] carries the plan out, all of
// it or nothing. [WriteText] shows a plan to a person; its JSON is for programs. What holds for the whole sheet, such as a
// column that is not understood or not there, is a [Note] of the plan and no notice of each row.
//
// The same sheet again changes nothing: what was created is [Unchanged], and the other verdicts repeat. A sheet that has
// changed meanwhile updates what changed in the sheet only; what a person changed in the CRM stays.
//
// # How a sheet is read
//
// [FindHeader] finds the row of headers among the first twenty and the meaning of each column by its text, in English
// and German, never by its letter. The functions Parse… read one cell each. They never guess: what has two readings,
// such as 03/04/26 or 1.234, is decided by the rest of its column (see [DateOrderOf] and [DecimalStyleOf]) or by
// [Options], with a notice, or else reported with both readings.
//
// What the headers do not say, a [Mapping] does: which column has which field, which becomes a custom field, which is
// left out. A plan shows its columns with sample values, and its mapping; that, changed by a person and kept under the
// plan's header key, is the mapping of the next sheet with these headers.
//
// A cell that says who, where, when, how much or with which code and cannot be read rejects its row. Any other
// cell that cannot be read is left out, with a notice. A bad row never stops the good ones, and no row vanishes: the
// counts add up. A file that cannot be read at all is an [ErrUnreadable].
//
// # Decisions
//
// Two rows are one cooperation if name, campaign, posting date, end date, UTM fields and discount codes are equal. That
// key, and the values of the row, are kept with the cooperation, so that a later import finds it in whatever row it stands
// by then. A row whose key has changed is found by campaign, influencer, platform and posting date, where these are
// unique on both sides. Cooperations that earlier imports made of a sheet of the same name, and that it has no
// more, are listed in [Plan.Gone] and stay.
//
// What a blank cell or a missing column stands for (signed, no last touch) holds for a new cooperation only; for a known
// one it says nothing. An import fills what is blank about a known influencer or profile and overwrites nothing there.
//
// A row that could be of several people waits until the others are placed: a later row may tell them apart. So the
// second import of a sheet, which knows all of them from the start, says the same as the first.
//
// The plan is made in a snapshot and made again inside the transaction that carries it out; unless the two are equal,
// nothing is written ([ErrPlanOutdated]). So what was shown is what is done. The ids of new records come with the plan.
//
// A new profile starts with the defaults on which all its rows agree. The UTM campaign and content are left out unless
// rows of several campaigns agree on them: a default that is the name of one campaign would be wrong for the next.
//
// Nothing in a sheet is ever fetched, evaluated or run.
package sheetimport
