package sheetimport

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// planner makes a plan against one state of a workspace, in five steps: it reads the rows (rowReader), matches them with
// the cooperations of earlier imports (imported), resolves the influencers and other records that they name (resolver),
// decides what becomes of each row (create.go, update.go), and writes down the plan.
type planner struct {
	options   Options
	workspace crm.Workspace
	rows      *rowReader
	imported  *imported
	resolver  *resolver
	claims    []crm.Claim // of the CRM

	deals    []*deal
	outcomes []*outcome
	plan     *Plan
}

// outcome is what becomes of a good row.
type outcome struct {
	*deal
	person  *person
	profile crm.ProfileID
	create  *crm.Cooperation
	change  *crm.Cooperation
	changes []Change
}

// plan makes a plan from what r shows. It takes the day and, as long as there are any, the ids of new records from an
// earlier plan, so that the same plan made again is equal.
func (i *Importer) plan(ctx context.Context, r crm.Reader, ws crm.WorkspaceID, sheet *Sheet, earlier *Plan) (*Plan, error) {
	header, err := FindHeader(sheet, i.options.Mapping)
	if err != nil {
		return nil, err
	}
	p := &planner{options: i.options, imported: newImported()}
	if _, ok := header.Column(FieldCRMID); ok {
		p.imported.byID = map[crm.CooperationID]*crm.Cooperation{}
	}
	data := sheet.below(header.Row)
	p.plan = &Plan{
		Source: sourceName(sheet.Name), Counts: map[Verdict]int{}, Columns: plannedColumns(header, data), HeaderKey: header.Key(), Mapping: header.Mapping(), Rows: []PlannedRow{},
		Notes: append(append([]Note{}, sheet.Notes...), header.Notes...), workspace: ws, sheet: sheet, today: earlier.today, pulled: earlier.pulled,
	}
	p.resolver = newResolver(i.newIDs(p.plan, earlier))
	if earlier.pulled {
		p.resolver.newID = derivedIDs(ws)
	}
	if err := p.load(ctx, r); err != nil {
		return nil, err
	}
	p.rows = newRowReader(sheet, header, p.workspace.Currency, i.options)
	p.plan.Notes = append(p.plan.Notes, p.rows.notes(data)...)
	if err := p.read(ctx, data); err != nil {
		return nil, err
	}
	known, err := p.match(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.decide(ctx, known); err != nil {
		return nil, err
	}
	p.setDefaults()
	if err := p.remarkConflicts(ctx); err != nil {
		return nil, err
	}
	p.finish()
	return p.plan, nil
}

// read reads the rows, and sorts out those that repeat an earlier one.
func (p *planner) read(ctx context.Context, data []Row) error {
	for _, row := range data {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.deals = append(p.deals, p.readRow(row))
	}
	p.rows.sortOut(p.deals)
	if p.plan.pulled {
		p.resolver.namesakes = namesakes(p.deals)
	}
	return nil
}

func plannedColumns(h Header, data []Row) []PlannedColumn {
	columns := make([]PlannedColumn, len(h.Columns))
	for n, c := range h.Columns {
		columns[n] = PlannedColumn{Column: c.Letter, Header: c.Header, Field: c.Field, Confidence: c.Confidence, Reason: c.Reason, Samples: samples(data, c.Index)}
	}
	return columns
}

// samples are the first different values of a column.
func samples(data []Row, index int) []string {
	const most = 3
	values := []string{}
	for _, r := range data {
		value := shorten(trim(r.Cell(index).Text))
		if value == "" || slices.Contains(values, value) {
			continue
		}
		if values = append(values, value); len(values) == most {
			break
		}
	}
	return values
}

// load reads what the workspace has.
func (p *planner) load(ctx context.Context, r crm.Reader) (err error) {
	if p.workspace, err = r.Workspace(ctx); err != nil {
		return err
	}
	if p.plan.today.IsZero() {
		zone, err := p.workspace.Location()
		if err != nil {
			return err
		}
		p.plan.today = budget.DateOf(time.Now().In(zone))
	}
	if err := p.resolver.load(ctx, r); err != nil {
		return err
	}
	err = eachRecord(ctx, r.Cooperations(), crm.CooperationFilter{Archive: crm.ActiveOrNot}, p.imported.add)
	if err != nil {
		return err
	}
	if p.claims, err = r.Claims(ctx, crm.ClaimFilter{}); err != nil {
		return err
	}
	return p.loadEarlier(ctx, r)
}

// loadEarlier finds the last import that stands.
func (p *planner) loadEarlier(ctx context.Context, r crm.Reader) error {
	page, err := r.ImportRuns().List(ctx, crm.ImportRunFilter{Standing: true}, crm.ListOptions{Size: 1, Desc: true})
	if err != nil || len(page.Items) == 0 {
		return err
	}
	run := page.Items[0]
	p.plan.Imported = &EarlierImport{ID: run.ID, Source: run.Source, At: run.At}
	if !p.options.Reimport {
		zone, err := p.workspace.Location()
		if err != nil {
			return err
		}
		p.plan.Notes = append(p.plan.Notes, Note{"imported_already", fmt.Sprintf(
			"the workspace has had its import, of %s on %s; this one is not carried out unless a re-import is asked for", shorten(run.Source), run.At.In(zone).Format(time.DateOnly))})
	}
	return nil
}

// eachRecord calls fn with every record of a filter.
func eachRecord[R crm.Record, F any](ctx context.Context, records crm.Records[R, F], f F, fn func(R)) error {
	return eachPage(ctx, records, f, func(page []R) error {
		for _, r := range page {
			fn(r)
		}
		return nil
	})
}

// eachPage calls fn with each page of the records of a filter. It is a loop of the CRM's own kept here: a page after a
// page is too little to make one package's loop part of the other's API.
func eachPage[R crm.Record, F any](ctx context.Context, records crm.Records[R, F], f F, fn func([]R) error) error {
	o := crm.ListOptions{Size: crm.MaxPageSize}
	for {
		page, err := records.List(ctx, f, o)
		if err != nil {
			return err
		}
		if err := fn(page.Items); err != nil {
			return err
		}
		if page.Next == "" {
			return nil
		}
		o.Token = page.Next
	}
}

// decide decides what becomes of each good row: with a cooperation of an earlier import it is an update, else a new one.
func (p *planner) decide(ctx context.Context, known map[*deal]*crm.Cooperation) error {
	var open []*deal
	for _, d := range p.deals {
		if d.verdict != "" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if c, ok := known[d]; ok {
			p.update(d, *c)
		} else if !p.create(d) {
			open = append(open, d)
		}
	}
	return p.decideOpen(ctx, open)
}

// decideOpen comes back to the rows that could be of several people. A later row may have told them apart; what is
// still open when none does is rejected. So a second import, which knows all people from the start, says the same.
func (p *planner) decideOpen(ctx context.Context, open []*deal) error {
	for before := len(open) + 1; len(open) < before; {
		before = len(open)
		if err := ctx.Err(); err != nil {
			return err
		}
		open = slices.DeleteFunc(open, p.create)
	}
	for _, d := range open {
		d.reject(FieldInfluencer, "ambiguous_influencer", "several influencers are called %q; add the handle to tell which one is meant", d.influencer)
	}
	return nil
}

// sourceName makes the name of a source fit to be kept with the run.
func sourceName(name string) string {
	name = cut(strings.ToValidUTF8(plain(crm.Clean(name)), "\uFFFD"), crm.MaxName)
	return orElse(name, "sheet")
}
