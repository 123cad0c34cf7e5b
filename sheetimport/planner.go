package sheetimport

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// planner makes a plan against one state of a workspace, in five steps. It reads the rows (rowReader), matches them with
// the cooperations of earlier imports (earlierImports), resolves the influencers and other records that they name
// (resolver), decides what becomes of each row (create, update), and writes the plan.
type planner struct {
	options   Options
	workspace crm.Workspace
	rows      *rowReader
	imported  *earlierImports
	resolver  *resolver
	reader    crm.Reader
	wide      bool        // the whole workspace is read, not what the sheet names
	claims    []crm.Claim // of the CRM, those that rows can collide with
	now       func() time.Time

	unknownIDs []int // the rows that carry ids which no cooperation has

	entries  []*entry
	tables   []*budgetTable
	ofTables map[crm.CampaignID]bool // the campaigns that they name
	planned  []*planned
	filled   []*planned // rows that change records around a cooperation, and not the cooperation
	plan     *Plan
}

// planned is what becomes of a good row. One that only fills what is blank around its cooperation has neither create nor
// change.
type planned struct {
	*entry
	person  *person
	profile crm.ProfileID
	create  *crm.Cooperation
	said    said // of the one that is created
	change  *crm.Cooperation
	fills   crm.CampaignID // the campaign of the CRM that gets what it lacks from the row, if any
	changes []Change
}

// plan makes a plan from what r shows. It takes the day, and the seed of the ids of new records, from an earlier plan, so
// that the same plan made again is equal.
func (i *Importer) plan(ctx context.Context, r crm.Reader, ws crm.WorkspaceID, in input, earlier *Plan) (*Plan, error) {
	workspace, err := r.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	table, header := in.sheet, column.Header{}
	if table == nil {
		table = &sheet.Table{Name: in.name()}
	} else if header, err = column.FindHeaderIn(table, i.options.Mapping, workspace.Currency); err != nil {
		return nil, err
	}
	p := &planner{options: i.options, imported: newEarlierImports(), now: i.service.Now, workspace: workspace,
		wide: i.whole, ofTables: map[crm.CampaignID]bool{}}
	data := table.Below(header.Row)
	p.plan = &Plan{
		Source: sourceName(table.Name), Counts: map[Verdict]int{}, Columns: plannedColumns(header, data),
		HeaderKey: header.Key(), Mapping: header.Mapping(), Rows: []PlannedRow{},
		Notes: append(append([]sheet.Note{}, table.Notes...), header.Notes...), workspace: ws, input: in,
		today: earlier.today, pulled: earlier.pulled,
	}
	if p.plan.seed = earlier.seed; p.plan.seed == uuid.Nil {
		p.plan.seed = i.options.NewID()
	}
	p.resolver = newResolver(seededIDs(p.plan.seed))
	if earlier.pulled {
		p.resolver.newID = derivedIDs(ws)
	}
	if err := p.load(ctx, r, len(data)); err != nil {
		return nil, err
	}
	p.rows = newRowReader(table, header, p.workspace.Currency, i.options)
	p.rows.workspace = p.workspace
	p.rows.findMilliseconds(data)
	if in.sheet != nil {
		p.plan.Notes = append(p.plan.Notes, p.rows.notes(data)...)
	}
	if err := p.readTables(ctx, in.tables); err != nil {
		return nil, err
	}
	if err := p.loadIDs(ctx, data); err != nil {
		return nil, err
	}
	if err := p.read(ctx, data); err != nil {
		return nil, err
	}
	known := p.matchByID()
	if err := p.loadNamed(ctx, known); err != nil {
		return nil, err
	}
	p.plan.Values = p.rows.plannedValues(p.entries)
	if err := p.match(ctx, known); err != nil {
		return nil, err
	}
	if err := p.loadCleared(ctx, known); err != nil {
		return nil, err
	}
	if err := p.matchByHand(ctx, known); err != nil {
		return nil, err
	}
	p.decideTables()
	if err := p.decide(ctx, known); err != nil {
		return nil, err
	}
	p.resolver.setDefaults()
	if err := p.remarkConflicts(ctx); err != nil {
		return nil, err
	}
	tellLostAmounts(p.entries)
	tellSeveralCampaigns(p.entries)
	p.noteCurrencies()
	if err := p.listGone(ctx); err != nil {
		return nil, err
	}
	p.writePlan()
	p.plan.Digest, err = i.digestOf(p.plan)
	return p.plan, err
}

// read reads the rows, and marks those that repeat an earlier one.
func (p *planner) read(ctx context.Context, data []sheet.Row) error {
	for _, row := range data {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.entries = append(p.entries, p.readRow(row))
	}
	if len(p.unknownIDs) > 0 {
		p.plan.Notes = append(p.plan.Notes, sheet.Note{Code: "unknown_id", Text: sentence.Of(
			"%s: no cooperation of this workspace has the CRM id, as in an export of another workspace; read like any other row",
			texts.Numbered(p.unknownIDs))})
	}
	p.rows.markRepeated(p.entries)
	if p.plan.pulled {
		p.resolver.namesakes = namesakes(p.entries)
	}
	return nil
}

func plannedColumns(h column.Header, data []sheet.Row) []PlannedColumn {
	columns := make([]PlannedColumn, len(h.Columns))
	for n, c := range h.Columns {
		columns[n] = PlannedColumn{Column: c.Letter, Header: c.Header, Field: c.Field, Confidence: c.Confidence,
			Reason: c.Reason, Samples: samples(data, c.Index)}
	}
	return columns
}

// samples are the first different values of a column.
func samples(data []sheet.Row, index int) []string {
	const most = 3
	values := []string{}
	for _, r := range data {
		value := texts.Shorten(texts.Trim(r.Cell(index).Text))
		if value == "" || slices.Contains(values, value) {
			continue
		}
		if values = append(values, value); len(values) == most {
			break
		}
	}
	return values
}

// loadEarlier finds the last import that was not undone.
func (p *planner) loadEarlier(ctx context.Context, r crm.Reader) error {
	run, err := standingRun(ctx, r)
	if err != nil || run == nil {
		return err
	}
	p.plan.Imported = &EarlierImport{ID: run.ID, Source: run.Source, At: run.At, Open: run.Counts[string(Open)]}
	p.plan.seen.standing = run.Version
	goesOn := p.plan.Imported.goesOnWith(p.plan.Source)
	if p.options.Reimport && !goesOn {
		return nil
	}
	zone, err := p.workspace.Location()
	if err != nil {
		return err
	}
	day := run.At.In(zone).Format(time.DateOnly)
	note := sheet.Note{Code: "imported_already", Text: sentence.Of(
		"the workspace has had its import, of %s on %s; this one is not carried out unless a re-import is asked for",
		texts.Shorten(run.Source), day)}
	if goesOn {
		note = sheet.Note{Code: "import_goes_on", Text: sentence.Of("the import of %s on %s has left %s; this one goes on with it",
			texts.Shorten(run.Source), day, sentence.Of("%d rows", p.plan.Imported.Open))}
	}
	p.plan.Notes = append(p.plan.Notes, note)
	return nil
}

// standingRun is the last import that was not undone, nil if there is none.
func standingRun(ctx context.Context, r crm.Reader) (*crm.ImportRun, error) {
	page, err := r.ImportRuns().List(ctx, crm.ImportRunFilter{Standing: true}, crm.ListOptions{Size: 1, Desc: true, Brief: true})
	if err != nil || len(page.Items) == 0 {
		return nil, err
	}
	return &page.Items[0], nil
}

// goesOnWith reports whether an import of a sheet of this name goes on with the earlier import, which has left rows.
func (e *EarlierImport) goesOnWith(source string) bool {
	return e != nil && e.Open > 0 && e.Source == source
}

// decide decides what becomes of each good row: with a cooperation of an earlier import it is an update, else a new one.
func (p *planner) decide(ctx context.Context, known map[*entry]*crm.Cooperation) error {
	var open []*entry
	for _, e := range p.entries {
		if e.verdict != "" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if c, ok := known[e]; ok {
			p.update(e, *c)
		} else if !p.create(e, false) {
			open = append(open, e)
		}
	}
	return p.decideOpen(ctx, open)
}

// decideOpen decides the rows that could be of several influencers, or of another one than by their names. A later row may
// have added the handle that tells them apart; what is still open after that is rejected. So a second import, which knows
// all influencers from the start, gives the same verdicts.
func (p *planner) decideOpen(ctx context.Context, open []*entry) error {
	for before := len(open) + 1; len(open) < before; {
		before = len(open)
		if err := ctx.Err(); err != nil {
			return err
		}
		open = slices.DeleteFunc(open, func(e *entry) bool { return p.create(e, false) })
	}
	for _, e := range open {
		if !p.create(e, true) {
			e.reject(column.Influencer, "ambiguous_influencer",
				"several influencers are called %q; add the handle to tell which one is meant", e.influencer)
		}
	}
	return nil
}

// sourceName makes the name of a source fit to be kept with the run.
func sourceName(name string) string {
	name = texts.Cut(strings.ToValidUTF8(texts.Plain(crm.Clean(name)), "\uFFFD"), crm.MaxName)
	return cmp.Or(name, "sheet")
}
