// Package imports plans and carries out imports of sheets that clients upload, so that one request can show a plan and another
// one, also on another server process, carries it out.
//
// [Service.Plan] makes a plan of an uploaded file or of a Google sheet, and stores it with the bytes of the file. [Service.Apply]
// begins to carry it out, as a [Job] that goes on when the client is gone: [Service.Follow] follows it and [Service.Cancel] stops
// it, from whatever process.
//
// # Design
//
// The process that carries out a plan owns it while it is heard of, twice a second; an owner that was not heard of for a
// minute is taken for dead, and the plan may be applied again. So of several who apply a plan one does, and all are told
// what came of it. What must never happen twice does not depend on that: sheetimport.Importer.ApplyFile writes nothing
// unless it comes to the digest that was shown.
//
// How far a job is, its own process knows from memory, and others read from the database. On SQLite an import holds the only
// writer, so others see it move between its pieces.
//
// A plan has its place before it is made, so that many uploads at once do not come to more than a workspace may keep.
//
// With the begin of an import the choices of its plan, what columns and words mean, how dates and amounts are written,
// are kept under the headers of the sheet (state.ImportChoices), and the next plan of a sheet with these headers has
// them, unless its client says something else (kept.go). A plan holds the choices that it was made with, so another
// process carries out the same, whatever is kept meanwhile. The words that may name people are kept apart, and go when
// somebody is erased.
//
// Plans and files are gone a day after the upload, because they hold personal data, and when a person is erased
// (state.DB.Forget): at once, or an hour later if the plan is being carried out. A plan that takes the place of an outdated one
// has its files, and goes when that one would. What was imported is kept by the CRM, in its import runs: a job names its run
// as soon as a part of it is written, so that an import whose server was killed can be taken up or undone.
package imports
