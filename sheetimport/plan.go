package sheetimport

import (
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// Verdict says what an import does, or did, with a row.
type Verdict string

// The verdicts. Every row below the header has exactly one.
const (
	Created   Verdict = "created"   // a new cooperation
	Updated   Verdict = "updated"   // the sheet changed a cooperation that an earlier import made
	Unchanged Verdict = "unchanged" // the cooperation is there, and the sheet has nothing new
	Duplicate Verdict = "duplicate" // equal to the row Of, or to a cooperation that somebody made in the CRM
	Conflict  Verdict = "conflict"  // the key of the row Of with another cost, platform or handle, or changed in the sheet and in the CRM; or much like a cooperation that somebody made there
	Skipped   Verdict = "skipped"   // blank, or a total
	Rejected  Verdict = "rejected"  // cannot be read; see the problems
	// Open is in the account of an import in pieces only, for a row that is still to be imported: what it is about has
	// changed while the import went on, or the import has not come so far. Importing the sheet again goes on with it.
	Open Verdict = "open"
)

// Word is the verdict as a word of a sentence.
func (v Verdict) Word() sentence.Sentence { return sentence.Of(string(v)) }

// Verdicts lists the verdicts in the order in which people read them.
func Verdicts() []Verdict {
	return []Verdict{Created, Updated, Unchanged, Duplicate, Conflict, Skipped, Rejected, Open}
}

// Plan is what an import will do, row by row: the dry run. It is made by [Importer.Plan] and carried out by
// [Importer.Apply]. Its JSON is for hosts that show it; the plan that comes back from JSON says the same, but it lacks the
// sheet. A process that has only the digest and the file carries the plan out with [Importer.ApplyFile].
type Plan struct {
	// Digest names the plan: the sheet, the options, the mapping, and what becomes of each row.
	Digest  string          `json:"digest"`
	Source  string          `json:"source"`
	Counts  map[Verdict]int `json:"counts"` // adds up to the rows below the header
	Columns []PlannedColumn `json:"columns"`
	// HeaderKey is the same for all sheets with these headers; Mapping says what they were taken for. Changed, it can be
	// the Options.Mapping of another plan.
	HeaderKey string         `json:"header_key"`
	Mapping   column.Mapping `json:"mapping"`
	// Values lists the words for statuses, platforms, yes and no, and responsible persons, and what each is taken for. Changed,
	// they can be the Options.Values of another plan: see ProposedValues.
	Values []PlannedValue `json:"values"`
	Notes  []sheet.Note   `json:"notes"` // about the sheet as a whole
	// Imported is the last import that the workspace has had and that was not taken back; nil if there is none. With one,
	// this plan is a re-import, or goes on with it.
	Imported *EarlierImport `json:"imported,omitzero"`
	Rows     []PlannedRow   `json:"rows"`
	// Budgets are the accounts of the tables of budgets that come with the sheet, or in its place.
	Budgets []PlannedTable `json:"budgets,omitzero"`
	// New counts the records that come with the new cooperations.
	New NewRecords `json:"new"`
	// Filled counts the records of the CRM that get what they lack.
	Filled FilledRecords `json:"filled"`
	// Gone lists the cooperations that earlier imports made of a sheet of this name and that no row of it stands for any
	// more, the first MaxGone of them; GoneCount counts all. They stay as they are. A row that cannot be read still stands
	// for the cooperation that it was.
	Gone      []Gone `json:"gone"`
	GoneCount int    `json:"gone_count"`

	workspace crm.WorkspaceID
	input     input
	today     budget.Date // the day of the import, in the workspace's zone
	seed      uuid.UUID   // of the ids of its new records
	pulled    bool        // its records are read-only, with ids made of their keys
	writes    writes
	seen      seen
}

// seen is the state of the workspace in which a plan was made.
type seen struct {
	head     crm.Head // of the log
	standing int64    // the version of the import of Plan.Imported
	currency budget.Currency
}

// PlannedColumn is a column of the sheet and what it is taken for.
type PlannedColumn struct {
	Column     string            `json:"column"` // its letter
	Header     string            `json:"header"`
	Field      column.Field      `json:"field"`
	Confidence column.Confidence `json:"confidence"`
	Reason     sentence.Sentence `json:"reason"`
	Samples    []string          `json:"samples"` // the first different values of the column, shortened
}

// PlannedRow is the account of one row.
type PlannedRow struct {
	Row     int     `json:"row"` // as a spreadsheet program numbers it
	Verdict Verdict `json:"verdict"`
	Of      int     `json:"of,omitzero"` // the row that a duplicate or conflict repeats
	// Cooperation is the one of the CRM that a duplicate or conflict repeats, made by a person and by no import.
	Cooperation crm.CooperationID `json:"cooperation,omitzero"`
	// Influencer is whom the row is about, as far as that is known.
	Influencer string `json:"influencer,omitzero"`
	// Campaign is where a row goes that is created, and else which one it names; a rejected one may name none.
	Campaign string `json:"campaign,omitzero"`
	// About is the campaign or the month of a row in a table of budgets.
	About    string   `json:"about,omitzero"`
	Problems []Remark `json:"problems"` // why it is rejected or in conflict
	Notices  []Remark `json:"notices"`  // what else is worth knowing
	Changes  []Change `json:"changes"`  // what it creates or changes, field by field
}

// Remark is a problem or a notice about one cell, or about the row.
type Remark struct {
	Code    string            `json:"code"`            // stable, in snake case: "not_a_date"
	Column  string            `json:"column,omitzero"` // the letter
	Header  string            `json:"header,omitzero"` // shortened
	Value   string            `json:"value,omitzero"`  // of the cell, shortened
	Message sentence.Sentence `json:"message"`         // for people: what is wrong and what would be right
}

// Change is one field of one record that a row creates or changes.
type Change struct {
	Record crm.Kind `json:"record"`
	ID     string   `json:"id"`
	Field  string   `json:"field"`
	From   string   `json:"from"`
	To     string   `json:"to"`
}

// EarlierImport is an import that a workspace has had.
type EarlierImport struct {
	ID     crm.ImportRunID `json:"id"`
	Source string          `json:"source"`
	At     time.Time       `json:"at"`
	// Open is how many rows an import in pieces has left. An import of a sheet of the same name goes on with it.
	Open int `json:"open,omitzero"`
}

// Gone is a cooperation of an earlier import of this sheet that the sheet no longer has.
type Gone struct {
	ID   crm.CooperationID `json:"id"`
	Name string            `json:"name"`
}

// FilledRecords counts records that were there before.
type FilledRecords struct {
	Campaigns   int `json:"campaigns"` // their budgets, targets and days
	Influencers int `json:"influencers"`
	Months      int `json:"months"` // their budgets
}

// NewRecords counts records.
type NewRecords struct {
	Members     int `json:"members"`
	Campaigns   int `json:"campaigns"`
	Influencers int `json:"influencers"`
	Profiles    int `json:"profiles"`
}
