package sheetimport

import (
	"cmp"
	"context"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// PlannedTable is the account of a table of budgets: of campaigns with their budgets, targets and days, or of months.
type PlannedTable struct {
	Source  string             `json:"source"`
	Of      column.BudgetTable `json:"of"`
	Counts  map[Verdict]int    `json:"counts"` // adds up to the rows below the header
	Columns []PlannedColumn    `json:"columns"`
	Notes   []sheet.Note       `json:"notes"`
	Rows    []PlannedRow       `json:"rows"`
}

// MaxTables is how many tables of budgets one plan takes.
const MaxTables = 20

// budgetTable is a table of budgets while a plan is made.
type budgetTable struct {
	of      column.BudgetTable
	rows    *rowReader
	entries []*entry
	// parts are the amounts of the months of a matrix, nil for other tables.
	parts   map[*entry][]matrixAmount
	account PlannedTable
}

// readTables reads the rows of the tables of budgets.
func (p *planner) readTables(ctx context.Context, tables []*sheet.Table) error {
	for _, t := range tables {
		header, of, err := column.FindBudgets(t, p.options.Mapping)
		if err != nil {
			return err
		}
		if of == column.Matrix {
			if err := p.readMatrix(ctx, t, header); err != nil {
				return err
			}
			continue
		}
		data := t.Below(header.Row)
		b := &budgetTable{of: of, rows: newRowReader(t, header, p.workspace.Currency, p.options), account: PlannedTable{
			Source: sourceName(t.Name), Of: of, Counts: map[Verdict]int{}, Columns: plannedColumns(header, data),
			Notes: append(append([]sheet.Note{}, t.Notes...), header.Notes...), Rows: []PlannedRow{},
		}}
		if names := b.rows.leftOutColumns(data); len(names) > 0 {
			b.account.Notes = append(b.account.Notes, sheet.Note{Code: "columns_left_out", Text: sentence.Of("left out: %s", texts.Listed(names))})
		}
		for _, row := range data {
			if err := ctx.Err(); err != nil {
				return err
			}
			b.entries = append(b.entries, b.read(row))
		}
		p.tables = append(p.tables, b)
	}
	return nil
}

// read reads one row of a table of budgets. What cannot be read rejects it, because it says nothing else.
func (b *budgetTable) read(r sheet.Row) *entry {
	e, x := &entry{}, b.rows
	e.reader, e.row, e.cells = x, r.Number, r
	switch err := x.header.Check(r); {
	case err != nil:
		e.problems = append(e.problems, x.cellRemark(r, "", err))
		e.verdict = Rejected
		return e
	case x.isBlank(r):
		e.verdict = Skipped
		return e
	case b.isTotal(r):
		e.skipTotal(sentence.Of("a line of totals"))
		return e
	case x.header.Repeats(r):
		e.verdict = Skipped
		e.notices = append(e.notices, Remark{Code: "repeated_header", Message: sentence.Of("the headers once more")})
		return e
	}
	r = x.withoutNoValues(e, r)
	if b.of == column.Months {
		b.readMonth(e, r)
	} else {
		b.readCampaign(e, r)
	}
	b.readAmounts(e, r)
	if len(e.problems) > 0 {
		e.verdict = Rejected
	}
	return e
}

func (b *budgetTable) readCampaign(e *entry, r sheet.Row) {
	var err error
	e.campaign, err = cell.ParseOptionalText(b.rows.text(r, column.Campaign))
	b.rows.require(e, r, column.Campaign, cmp.Or(cell.Damaged(b.rows.cell(r, column.Campaign), "name"), err))
	if e.campaign == "" && err == nil {
		b.rows.problem(e, column.Campaign, b.rows.remark(r, column.Campaign, "campaign_missing",
			sentence.Of("the campaign's name is missing; every row needs it")))
	}
	e.dates.Start = b.rows.date(e, r, column.CampaignStart)
	e.dates.End = b.rows.date(e, r, column.CampaignEnd)
}

func (b *budgetTable) readMonth(e *entry, r sheet.Row) {
	shown := b.rows.cell(r, column.Month)
	if shown.Is(column.RawInstead) {
		shown.Text = shown.Raw.Value
	}
	ruled := b.rows.orders[column.Month]
	var err error
	e.month, err = cell.ReadMonth(shown, ruled.Value)
	if _, open := cell.ReadMonth(shown, cell.OrderUnknown); err == nil && open != nil {
		b.rows.notice(e, r, column.Month, "read_by_column", "%q is read as %s: %s",
			texts.Shorten(texts.Trim(shown.Text)), e.month.String(), ruled.Because)
	}
	b.rows.require(e, r, column.Month, b.rows.orderError(column.Month, err))
	if e.month == (budget.Month{}) && err == nil {
		b.rows.problem(e, column.Month, b.rows.remark(r, column.Month, "month_missing", sentence.Of("the month is missing; every row needs it")))
	}
}

// readAmounts reads the amounts by the rules for fees, and holds the row against the rules of the CRM.
func (b *budgetTable) readAmounts(e *entry, r sheet.Row) {
	x := b.rows
	named, err := cell.ParseCurrency(x.text(r, column.Currency), x.currency)
	x.require(e, r, column.Currency, err)
	if err != nil {
		return
	}
	e.budget, err = x.amount(e, r, column.CampaignBudget, named)
	x.require(e, r, column.CampaignBudget, err)
	e.target, err = x.amount(e, r, column.RevenueTarget, named)
	x.require(e, r, column.RevenueTarget, err)
	c := crm.Campaign{Name: cmp.Or(e.campaign, noCampaign), Budget: e.budget, RevenueTarget: e.target, Period: e.dates}
	for _, bad := range crm.FieldErrors(crm.Check(c, x.currency)) {
		if f := columnOf(bad); !e.failed[f] {
			x.problem(e, f, x.checkRemark(r, f, bad))
		}
	}
}

// decideTables decides what becomes of the rows of the tables of budgets. They come before the cooperations, so that what a
// table says of a campaign counts before what a row says in passing.
func (p *planner) decideTables() {
	for _, b := range p.tables {
		p.settleTotals(b)
		b.addUp() // by now it is known which of the rows are campaigns
		b.markContradictions()
		first := map[string]*entry{} // by what it is about
		for _, e := range b.entries {
			if e.verdict != "" {
				continue
			}
			o := &planned{entry: e}
			if b.of == column.Months {
				p.decideMonth(o)
			} else {
				p.decideCampaign(o)
			}
			e.changes = o.changes
			about := e.about()
			if earlier := first[about]; earlier == nil {
				first[about] = e
			} else if e.verdict == Unchanged && e.saysTheSame(earlier) {
				e.verdict, e.of = Duplicate, earlier.row
			}
		}
	}
}

// about is the campaign or month that a row of a table of budgets is about, in the form in which two are compared.
func (e *entry) about() string {
	if e.month != (budget.Month{}) {
		return e.month.String()
	}
	return crm.Fold(e.campaign)
}

// saysTheSame reports whether two rows about one campaign or month say the same of it.
func (e *entry) saysTheSame(o *entry) bool {
	return e.budget == o.budget && e.target == o.target && e.dates == o.dates
}

func (p *planner) decideCampaign(o *planned) {
	known, tied := p.resolver.knownCampaign(o.entry)
	if known != nil && !known.ArchivedOn.IsZero() {
		o.reject(column.Campaign, "archived_campaign", "%q is archived in the CRM; restore the campaign first", known.Name)
		return
	}
	if tied {
		o.notice(column.Campaign, "known_by_other_rows",
			"other rows of the sheet have the name %q for the campaign %q; the row goes there too", o.campaign, known.Name)
	}
	o.verdict = Created
	campaign := p.resolver.campaign(o, known)
	if known != nil {
		if o.verdict = Unchanged; len(o.changes) > 0 {
			o.verdict = Updated
		}
	}
	p.ofTables[campaign.ID] = true
}

func (p *planner) decideMonth(o *planned) {
	o.verdict = Unchanged
	is, set := p.workspace.MonthBudgets[o.month]
	switch {
	case !o.budget.IsSet():
		o.notice(column.CampaignBudget, "no_budget", "the row has no budget")
		return
	case set && is != o.budget:
		o.notice(column.CampaignBudget, "kept", "the month has %s already; that is kept", is.String())
		return
	case set:
		return
	case o.budget.String() == p.resolver.cleared.months[o.month.String()]:
		o.notice(column.CampaignBudget, "cleared",
			"somebody has taken %s away from the month in the CRM; it stays without a budget while the sheet says the same",
			o.budget.String())
		return
	}
	after := crm.Clone(p.workspace)
	if after.MonthBudgets == nil {
		after.MonthBudgets = map[budget.Month]budget.Money{}
	}
	after.MonthBudgets[o.month] = o.budget
	if err := crm.Check(after, p.workspace.Currency); err != nil {
		o.reject(column.Month, "not_valid", "%s", problemsOf(err))
		return
	}
	o.verdict, p.workspace = Updated, after
	p.plan.writes.months = append(p.plan.writes.months, monthBudget{o.month, o.budget})
	o.changes = append(o.changes, Change{crm.KindWorkspace, p.workspace.ID.String(),
		"month_budgets." + o.month.String(), "", o.budget.String()})
}

// writeTables adds the accounts of the tables of budgets to the plan.
func (p *planner) writeTables() {
	for _, b := range p.tables {
		for _, e := range b.entries {
			b.account.Counts[e.verdict]++
			about := e.campaign
			if b.of == column.Months && e.month != (budget.Month{}) {
				about = e.month.String()
			}
			b.account.Rows = append(b.account.Rows, PlannedRow{Row: e.row, Verdict: e.verdict, Of: e.of, About: texts.Cut(about, crm.MaxName),
				Problems: orEmpty(e.problems), Notices: orEmpty(e.notices), Changes: orEmpty(e.changes)})
		}
		p.plan.Budgets = append(p.plan.Budgets, b.account)
	}
}
