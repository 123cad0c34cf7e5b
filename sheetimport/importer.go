package sheetimport

import (
	"context"
	"math"
	"slices"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// ErrPlanOutdated says that the workspace has changed since the plan was made, so that carrying it out would do
// something else than what was shown. Nothing was written, or nothing more: make a new plan.
var ErrPlanOutdated error = sentence.Errorf("the workspace has changed since the plan was made; make a new plan")

// ErrImported says that the workspace has had its import, and that nobody asked for another: see [Options.Reimport].
// Nothing was written. It is a [crm.ErrAlreadyExists].
var ErrImported error = sentence.Errorf("%s: the workspace has had its import of a sheet; ask for another with Options.Reimport (reimport=true over HTTP)",
	crm.ErrAlreadyExists)

// errNotPlanned is for a plan that does not come from Plan, such as one read from JSON, which lacks the sheet.
var errNotPlanned = sentence.Errorf("this plan has no sheet and cannot be carried out; make one from the sheet, or hand in the file with the plan's digest (ApplyFile)")

// Options are the choices of an import. The zero value is what most sheets want.
type Options struct {
	// Status is for the rows that say nothing about theirs. Empty means signed: what is in the sheet is live.
	Status crm.Status
	// DateOrder decides dates like 03/04/26 that the column itself does not. Unknown means that such rows are rejected.
	DateOrder cell.DateOrder
	// DecimalStyle decides amounts like 1.234 that the column itself does not. Unknown means that such rows are rejected. A
	// column does not decide an amount that would have more decimals than its currency, as 1.000 beside 1,000.50 in euros.
	DecimalStyle cell.DecimalStyle
	// Mapping says what columns mean, where their headers do not or not rightly. Plan.Mapping is that of a plan.
	Mapping column.Mapping
	// Values says what words of the sheet mean that are a team's own, such as its stages. Plan.ProposedValues has proposals.
	Values column.ValueMapping
	// FillDown gives a row without a campaign the one that is named above it, for sheets that name each in the first row of a
	// group only. Else such a row goes to the campaign of its month.
	FillDown bool
	// Reimport allows Apply for a workspace that has had an import. The first import moves a team into the CRM; from then
	// on it works there, and importing a sheet again is a decision of its own.
	Reimport bool
	// RowsPerUnit makes Apply write an import of more rows in pieces: units of work of at most so many rows each, one
	// after the other, which are undone together. An import of fewer rows, and any with AllRows, is all or nothing. Zero is
	// AllRows, but DefaultRowsPerUnit on a store whose workspaces share one writer (crm.SharedWriter), as those in a SQLite
	// file do. See Apply for what pieces mean.
	RowsPerUnit int
	// Today is the day of the import: that of a cancellation to which the sheet gives no day. Zero means today in the
	// workspace's time zone. A plan keeps its day, also if it is applied on another.
	Today budget.Date
	// Progress, if set, is called for each record that Apply writes.
	Progress func(Progress)
	// Committed, if set, is called with the run after each unit of work of Apply is committed, before the next one begins. A host
	// that keeps its id can undo the run also if the program ends before Apply returns it.
	Committed func(crm.ImportRun)
	// NewID makes the id of each plan, of which those of its new records are made; nil means UUIDs of version 7.
	NewID func() uuid.UUID
}

// AllRows as Options.RowsPerUnit makes an import of any size all or nothing.
const AllRows = math.MaxInt

// DefaultRowsPerUnit is how many rows of a larger import one unit of work writes, where workspaces share one writer. A
// piece then takes well under a second on a machine of the present, a tenth of what others wait before they give up.
const DefaultRowsPerUnit = 500

// Progress is how far Apply has come. A store may have to begin a unit of work again; Attempt counts from 1.
type Progress struct {
	Attempt, Done, Total int
}

// Importer imports sheets into workspaces.
type Importer struct {
	service *crm.Service
	options Options
	whole   bool // reads the whole workspace, whatever the sheet names; tests compare the two
}

// New returns an Importer for a service. Nil options are the defaults.
func New(service *crm.Service, o *Options) *Importer {
	if service == nil {
		panic("sheetimport: New needs a Service, and was given nil")
	}
	i := &Importer{service: service.Named("import")}
	if o != nil {
		i.options = *o
	}
	if i.options.Status == "" {
		i.options.Status = crm.Signed
	}
	if i.options.NewID == nil {
		i.options.NewID = func() uuid.UUID { return uuid.Must(uuid.NewV7()) }
	}
	return i
}

// Plan reads a sheet and says what importing it into a workspace would do. It writes nothing. The error is for a
// sheet that cannot be read at all ([sheet.ErrUnreadable]); what is wrong with a row stands in the plan.
//
// Beside the sheet there can be tables of budgets, each a file or a tab of its own, which come in with it: campaigns with their
// budgets, revenue targets, starts and ends, or months with their budgets. A table of budgets can also stand in the place of
// the sheet. See the package's section on budgets.
func (i *Importer) Plan(ctx context.Context, ws crm.WorkspaceID, source sheet.Source, budgets ...sheet.Source) (*Plan, error) {
	if source == nil || slices.Contains(budgets, nil) {
		panic("sheetimport: Plan needs a Source, and was given nil")
	}
	in, err := i.readInput(ctx, source, budgets)
	if err != nil {
		return nil, err
	}
	var plan *Plan
	err = i.service.Named("plan import").View(ctx, ws, func(ctx context.Context, r crm.Reader) error {
		plan, err = i.plan(ctx, r, ws, in, &Plan{today: i.options.Today})
		return err
	})
	if err != nil {
		return nil, err
	}
	return plan, nil
}

// HeaderKeys reads a sheet and returns what Plan.HeaderKey can be, for a host that has kept mappings and looks for that
// of a sheet whose header Plan does not find without one ([column.ErrNoHeader]).
func HeaderKeys(ctx context.Context, source sheet.Source) ([]string, error) {
	table, err := source.Read(ctx)
	if err != nil {
		return nil, err
	}
	plainCells(table)
	mendDoubleEncoding(table)
	return column.Keys(table), nil
}

// read reads a sheet, if it is known what its columns mean.
func (i *Importer) read(ctx context.Context, source sheet.Source) (*sheet.Table, error) {
	if err := i.options.Mapping.Check(); err != nil {
		return nil, err
	}
	if err := i.options.Values.Check(); err != nil {
		return nil, err
	}
	sheet, err := source.Read(ctx)
	if err != nil {
		return nil, err
	}
	plainCells(sheet)
	mendDoubleEncoding(sheet)
	return sheet, arrange(sheet, i.options)
}
