// Package sheetimport turns the influencer sheet that a team has into the records of a CRM: it reads any sheet,
// says row by row what it would do, and then does just that.
//
// # The story
//
// A [Source] yields the rows of a sheet; [CSV] and [XLSX] are for files, [File] for either, and the package google has one
// for Google sheets. [New] makes an [Importer] for a crm.Service.
// [Importer.Plan] is the dry run: a [Plan] with a [Verdict] for every row below the header, the problems of what is
// rejected, and the changes of what is created or updated, field by field. [Importer.Apply] carries the plan out, all of
// it or nothing. [WriteText] shows a plan to a person, [WriteCSV] is for a spreadsheet program, and its JSON for others. What holds for the whole sheet, such as a
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
// A workbook or a Google sheet knows more than it shows. A column of text takes what is shown, so that a campaign may be
// called June 2026; a column of dates or amounts takes what lies behind it, which has one reading. A code that the
// spreadsheet program has turned into a date or a number is reported, because what was typed is lost; one in a text cell
// is what was typed. The currency in a number format is that of the amount, or the row is rejected (see
// [CurrencyInFormat]). Numbers and dates are exact, and do not settle how the texts of their column are read.
//
// A cell merged over several rows holds for all of them, but an amount in it belongs to the first. A formula whose result
// the file does not hold, or holds as 0 in a workbook that asks to be calculated anew, cannot be read. Words for no value,
// such as tbd, NA and keiner, are blank in every column, with a notice; so is a dash, without one. In a column for the
// status, a word that is one stays one.
//
// A cell that says who, where, when, how much or with which code and cannot be read rejects its row. Any other
// cell that cannot be read is left out, with a notice. A bad row never stops the good ones, and no row vanishes: the
// counts add up. A file that cannot be read at all is an [ErrUnreadable].
//
// # Sheet or CRM
//
// A shop's partnerships come from its sheet or from its CRM: see crm.DataSources. The import, which moves a team from the
// one to the other, happens once; a second one is refused with [ErrImported] unless [Options.Reimport] asks for it, and
// its plan says so before.
//
// While the sheet is the active source, [Importer.Pull] reads it into records of its own, read-only and apart from those
// of the CRM, under ids made of what tells one row from another. They are read through a crm.Service like those of any
// workspace: its report, its conflicts, its lists. The store for them is the caller's, such as memory.New, because who
// only imports sheets should not pay for one.
//
// [Plan.StatusTexts] says of each row what became of it, for the column in which Klar's template tells that (AJ). Nothing
// is written into a sheet by itself: a host that wants it hands the texts to a [StatusWriter].
//
// # Exports
//
// [ExportCSV] and [ExportXLSX] write the cooperations of a workspace in the layout of Klar's template: descriptions in
// row 1, headers in row 3, data from row 4, columns A to AJ as Klar has them. Columns after AJ hold what the CRM knows
// beyond that: the status of the deal, currency, cancellation, responsible member, tags, phone, and one column for each
// custom field. A custom field with the name of a column of Klar's stands there; one whose name would be read as
// another field has "Custom: " in front of it.
//
// The column "CRM ID" names the cooperation of a row and the version in which the row shows it. In a row that carries the
// id of a cooperation of the workspace, an import reads only the cells that say something else than an export would
// write now. So exporting and importing changes nothing, also for cooperations that no import made. If nobody has saved
// the cooperation since the export, such cells are changes of the sheet and come in; otherwise nobody knows who changed
// them, and the row is a conflict. What a row says about the campaign or the influencer of its cooperation is told and
// left out. An id that the workspace does not know is told, and the row is read like any other; two rows with different
// ids are two cooperations.
//
// A text that a spreadsheet program would run, such as =1+1 or +49 170, is written with an apostrophe in front, and the
// import of any sheet takes that one away. A text that is too long for a cell, and the custom fields beyond the columns
// that an import reads, are left out with a note in [Exported]. As blank cells they change nothing.
//
// Imported into another workspace, an export does not carry: campaigns and influencers without a cooperation, and what
// of those with one is no column here; cooperations without a profile, which lack the platform that every row needs;
// names of one's own, how a cost is spread, where a UTM field or rule was inherited from, and that a cooperation is
// archived; benefits of codes other than one percentage for all; tags with a comma inside; namesakes whom no handle
// tells apart; and texts that a sheet reads as nothing or as an error, such as "n/a" and "#REF!".
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
// one it says nothing. An import fills what is blank about a known influencer or profile and overwrites nothing there; what
// says something else is told, until sheet and CRM agree. A row that says of them what it said at the last import is left
// alone, so that a person may empty a field in the CRM.
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
//
// # Speed
//
// BenchmarkImport holds an import into an SQLite file against a floor: reading the same file with encoding/csv or excelize
// alone, and writing the same rows with multi-row statements by hand. For 100,000 rows of 36 columns, on two shared cores:
//
//	          rows/s           of the floor     bytes that a plan keeps for a row
//	          plan    apply    plan    apply
//	CSV       9,058   1,201    0.4     2.7      2,700
//	XLSX      3,444   1,102    0.7     2.1
//
// Ten times the rows take ten to fourteen times as long. A whole import has up to 20 KB a row on the heap at its peak, garbage included.
package sheetimport
