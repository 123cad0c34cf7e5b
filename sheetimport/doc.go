// Package sheetimport turns the influencer sheet that a team has into the records of a CRM: it reads any sheet, says row
// by row what it would do, and then does just that.
//
// [New] makes an [Importer] for a crm.Service. [Importer.Plan] is the dry run: a [Plan] with a [Verdict] for every row
// below the header, the problems of what is rejected, and the changes of what is created or updated, field by field.
// [Importer.Apply] carries the plan out: all of it or nothing, or a large one in pieces that are undone together.
//
// The same sheet again changes nothing. A sheet that has changed meanwhile updates what changed in the sheet only; what
// a person changed in the CRM stays. A cell that says who, where, when, how much or with which code and cannot be read
// rejects its row; any other cell that cannot be read is left out, with a notice. A bad row never stops the good ones,
// and the counts add up. What a plan says is a sentence.Sentence with a code, in English and German; its JSON is English.
// A file that cannot be read at all is a sheet.ErrUnreadable.
//
// A team's own words are mapped once: Options.Mapping says what columns mean, Options.Values what is in them, and the plan
// shows what each was taken for. A sheet whose rows are not one cooperation each, because its months or platforms are
// columns, is put together anew before it is read, with a note (layout.go). In a sheet with a column of months and none of days
// a row is a cooperation over the whole of its month ([column.Column]).
//
// A line through a row of a workbook or Google sheet is in no field, and means that the deal fell through or that it is done
// with. Nobody knows which, so a row whose name or all of whose cells are struck through, or whose cost is, is rejected if it
// would count as signed, unless its status says that the deal is done with, as "paid" and "live" do. What counts in no
// budget comes in as its status says, and any other struck cell is read; both with a notice (row_struck.go). A line that
// goes through a part of a cell's text, and one of a conditional format in a workbook, are not seen.
//
// # Budgets
//
// Columns for the budget, revenue target, start and end of a campaign fill what the campaign lacks, be it new or one that the
// CRM has; what says something else is kept, with a notice, and of rows that contradict each other the first wins. Beside the
// sheet, or in its place, Plan takes tables of budgets: one of campaigns (Campaign, Budget, Revenue target, Start, End), which
// also makes those that are missing, or one of months (Month, Budget). They are told by their headers, in English and German
// ([column.FindBudgets]), and are part of the same plan, digest, unit of work and undo. What they say of a campaign counts
// before the columns of the sheet. Amounts are read by the rules for fees, in the currency of the workspace; a row of such a
// table that cannot be read is rejected. A matrix, with campaigns in the rows and months in the columns, is taken for
// both: a campaign's budget is the sum of its row, a month's that of its column (budgets_matrix.go). A table with campaigns and
// months in its rows is refused: nobody can tell whether its amounts are those of the campaigns or of the months.
//
// # The rooms
//
//	sheet       a table of cells with what lies behind them, and the interface of a source
//	cell        what one cell says: dates, amounts, codes, status …
//	column      what the columns mean: fields, headers, mapping
//	csvfile, xlsxfile, sheetfile (either of the two), google    the sources
//	export      the cooperations of a workspace as a sheet
//	report      a plan as text, CSV and status texts
//
// This package plans, applies and pulls, and knows no file format. A plan is made in five steps: read the rows (row*.go),
// match them with the cooperations of earlier imports (match*.go), resolve the influencers, campaigns and members that
// they name (resolver*.go, people.go), decide what becomes of each row (create.go, update.go, conflicts*.go), and write
// the plan (write.go). When it is applied, apply*.go write the records, in one unit of work or in several, and
// meanwhile.go tells what others have changed between two of them.
//
// # Design
//
// Two rows are one cooperation if name, campaign, posting date, end date, UTM fields and discount codes are equal, and,
// without a posting date, also what they say of the month or week. That key, and the values of the row, are kept with
// the cooperation, so that a later import finds it in whatever row it stands by then. A row whose key has changed is
// found by campaign, influencer, platform and posting date, where these are unique on both sides. A name that the CRM
// does not have any more, because its record was renamed or merged, means the record to which other rows of the sheet
// tie it (ties.go). Cooperations that earlier imports made of a sheet of the same name, and that it no longer has, are
// counted and listed in [Plan.Gone] and stay.
//
// A cooperation that a person made has no key. A row that would make it once more, so that its cost counts twice, changes
// nothing: it is a duplicate if it says nothing else, and a conflict if the cost, a day, a code, the status or the UTM fields
// differ (match_by_hand.go).
//
// What a blank cell or a missing column stands for (signed, no last touch) holds for a new cooperation only; for a
// known one it says nothing. An import fills what is blank about a known influencer, profile or campaign and overwrites nothing
// there; what says something else is reported, until sheet and CRM agree. A row that says of them what it said at the
// last import is left alone, so that a person may empty a field in the CRM.
//
// A row that could be of several people waits until the others are placed; a later row may tell them apart. So does one
// that names an archived influencer, because a later row may give its handle to somebody else. So the second import of a
// sheet, which knows all of them from the start, says the same as the first.
//
// A handle that the influencer of a known cooperation has in another profile, as after a merge, moves the cooperation to
// that profile.
//
// A plan is made in a snapshot, of what the sheet names: its records are looked up (load.go), unless the workspace is
// not much larger than the sheet and is read as a whole. If nothing was written since, the plan is carried out as it is.
// Otherwise it is made again, in a snapshot too, because writers wait for each other, and unless the two have the same
// digest nothing is written ([ErrPlanOutdated]). So what was shown is what is done. Inside the transaction the end of the
// log tells whether the workspace has changed since; only then is the plan made once more there. The digest (digest.go)
// holds what the ids of new records are made of, so another process makes the same plan of the file:
// [Importer.ApplyFile].
//
// # Pieces
//
// As long as an import writes, other writers wait: those of its workspace, and on SQLite those of all workspaces, because
// a file has one writer. They end with crm.ErrBusy after the store's BusyTimeout, 5 seconds by default, and an import of
// 10,000 rows takes longer. So [Options].RowsPerUnit divides an import into units of work. What a piece writes is put
// together before its unit begins.
//
// All or nothing is the default where a long import holds up nobody but its own workspace, in memory and on PostgreSQL.
// On a store whose workspaces share one writer, an import of more than [DefaultRowsPerUnit] rows goes in pieces unless the
// host asks for [AllRows]. A program with one workspace should: nobody else waits.
//
// The pieces are units of one crm.ImportRun. Each row's records are written whole in one of them, an influencer with all
// that its rows say together with the first of them. Between two pieces others write, and a row whose records they have
// changed is left, as [Open], with the problem "changed_meanwhile". An import that was stopped, by an error, the end of
// its context or of its process, leaves a run that counts its open rows; importing the sheet again goes on with it. A piece
// that finds the writer taken for longer than BusyTimeout is tried a dozen times. The account of the rows is stored with the
// last piece, because a run with an account of many megabytes is not written again and again. If somebody was erased while
// the import went on there is none.
//
// BenchmarkWriterHeld measures for how long the writer of a SQLite file is held. For 1,000 rows of 36 columns, on two
// shared cores of an AMD EPYC, the least of six runs:
//
//	all together             0.5 s
//	in pieces of 500 rows    0.7 s, never more than 0.5 s at once
//
// 10,000 rows take 6 seconds of one core's time, 0.6 ms a row. While the machine was busy with other things it was 9 s all
// together, and up to 1.8 s at once in pieces.
//
// Undoing takes as long: crm.Service.UndoImport takes all pieces back in one unit of work. Where that holds up others for
// too long, take the units of the run back one by one with UndoUnit, the last one first, and then call UndoImport, which
// finds nothing left to do and marks the run.
//
// A new profile starts with the defaults on which all its rows agree. The UTM campaign and content are left out unless
// rows of several campaigns agree on them: a default that is the name of one campaign would be wrong for the next.
//
// Nothing in a sheet is ever fetched, evaluated or run.
//
// In a row that carries the id of a cooperation of the workspace, as the rows of package export do, an import reads only
// the cells that say something else than an export would write now. So exporting and importing changes nothing, also for
// cooperations that no import made. If nobody has saved the cooperation since the export, such cells are changes of the
// sheet and come in; otherwise nobody knows who changed them, and the row is a conflict. What a row says about the
// campaign or the influencer of its cooperation is reported and left out. An id that the workspace does not know is
// reported, and the row is read like any other; two rows with different ids are two cooperations.
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
// Nothing is written into a sheet by itself: a host that wants to tell its authors what became of each row hands
// report.StatusTexts to a sheet.StatusWriter.
//
// BenchmarkImport holds an import into an SQLite file against a floor: reading the same file with encoding/csv or
// excelize alone, and writing the same rows with multi-row statements by hand. For 10,000 rows of 36 columns, on two
// shared cores:
//
//	          rows/s           of the floor     bytes that a plan keeps for a row
//	          plan    apply    plan    apply
//	CSV       5,521   2,436    0.8     1.9      5,260
//	XLSX      2,911   2,367    1.0     1.3      5,250
//
// Ten times the rows take ten to fourteen times as long. A whole import has up to 15 KB a row on the heap at its peak,
// garbage included.
package sheetimport
