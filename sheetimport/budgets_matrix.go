package sheetimport

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/cell"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// A matrix of budgets has campaigns in its rows and months in its columns. What stands in a cell is that part of the campaign's
// budget which is for the month. So a campaign's budget is the sum of its row and a month's that of its column, and a plan takes
// the matrix for two tables. A sum of which a part cannot be read is wrong: it rejects the row, and with it each month to which
// the row belongs.

// matrixAmount is what a row of a matrix has for a month.
type matrixAmount struct {
	of     *entry // the row
	amount budget.Money
}

// readMatrix reads a matrix of budgets as a table of campaigns and one of months.
func (p *planner) readMatrix(ctx context.Context, t *sheet.Table, header column.Header) error {
	top := headerRow(t, header)
	months := column.MonthColumns(header.Columns, top)
	var letters []string
	for _, m := range months {
		letters = append(letters, m.Letter)
	}
	if err := setYears(t, header, months, letters); err != nil {
		return err
	}
	shown, plain := header, header // as people see the columns, and as the campaigns are read
	shown.Columns, plain.Columns = slices.Clone(header.Columns), slices.Clone(header.Columns)
	isMonth := map[int]bool{}
	for _, m := range months {
		isMonth[m.Index] = true
	}
	for n, c := range header.Columns {
		if isMonth[c.Index] {
			shown.Columns[n].Field, shown.Columns[n].Confidence = column.CampaignBudget, column.Inferred
			shown.Columns[n].Reason = sentence.Of("its header is a month: the amounts are the parts of the campaigns' budgets for it")
			plain.Columns[n].Field = column.Custom // a row with nothing but amounts is not blank
		}
	}
	data := t.Below(header.Row)
	campaigns := &budgetTable{of: column.Campaigns, rows: newRowReader(t, plain, p.workspace.Currency, p.options), account: PlannedTable{
		Source: sourceName(t.Name), Of: column.Campaigns, Counts: map[Verdict]int{}, Columns: plannedColumns(shown, data),
		Notes: append(append([]sheet.Note{}, t.Notes...), header.Notes...), Rows: []PlannedRow{},
	}}
	campaigns.account.Notes = append(campaigns.account.Notes, sheet.Note{Code: "budget_matrix", Text: sentence.Of(
		"columns %s are months: the budget of a campaign is the sum of its row, and the budget of a month that of its column",
		texts.Listed(letters))})
	if names := campaigns.rows.leftOutColumns(data); len(names) > 0 {
		campaigns.account.Notes = append(campaigns.account.Notes,
			sheet.Note{Code: "columns_left_out", Text: sentence.Of("left out: %s", texts.Listed(names))})
	}
	ofMonths := &budgetTable{of: column.Months, parts: map[*entry][]matrixAmount{}, account: PlannedTable{
		Source: campaigns.account.Source, Of: column.Months, Counts: map[Verdict]int{},
		Columns: campaigns.account.Columns, Notes: []sheet.Note{}, Rows: []PlannedRow{},
	}}
	var amounts []string
	for _, m := range months {
		for _, row := range data {
			if c := row.Cell(m.Index); c.Raw == nil {
				amounts = append(amounts, c.Text)
			}
		}
		month, err := budget.NewMonth(m.Year, m.Month)
		if err != nil {
			return err
		}
		x := newRowReader(t, monthHeader(header, m), p.workspace.Currency, p.options)
		ofMonths.entries = append(ofMonths.entries, &entry{reader: x, row: header.Row, cells: top, month: month})
	}
	ofMonths.rows = campaigns.rows
	style := column.DecimalReading(amounts, t.Locale, p.options.DecimalStyle) // all columns are written alike
	for _, m := range ofMonths.entries {
		m.reader.styles[column.CampaignBudget] = style
	}
	for _, row := range data {
		if err := ctx.Err(); err != nil {
			return err
		}
		e := campaigns.read(row)
		campaigns.entries = append(campaigns.entries, e)
		ofMonths.readParts(e, row)
	}
	markSplit(campaigns, ofMonths)
	ofMonths.addUp()
	p.tables = append(p.tables, campaigns, ofMonths)
	return nil
}

// monthHeader is the header of a matrix with the column of one month alone.
func monthHeader(h column.Header, m column.MonthColumn) column.Header {
	c := m.Column
	c.Field = column.CampaignBudget
	c.ReadAmountHeader()
	h.Columns = []column.Column{c}
	return h
}

// readParts reads the amounts of a row of a matrix.
func (b *budgetTable) readParts(e *entry, r sheet.Row) {
	if e.verdict == Skipped {
		return
	}
	if r.Err != nil || len(r.Cells) == 0 || e.reader.header.Check(r) != nil { // it may have had an amount for any month
		for _, m := range b.entries {
			b.parts[m] = append(b.parts[m], matrixAmount{of: e})
		}
		return
	}
	named, err := cell.ParseCurrency(e.reader.text(r, column.Currency), e.reader.currency)
	for _, m := range b.entries {
		x := m.reader
		if c := x.cell(r, column.CampaignBudget); c.MergedAcross && !isNoAmount(c) {
			x.problem(e, column.CampaignBudget, x.remark(r, column.CampaignBudget, "merged_months",
				sentence.Of("the cell is merged with that of another month, and nobody can tell how much is for which; write an amount for each month")))
		}
		plain := x.withoutNoValues(e, r)
		amount, bad := x.amount(e, plain, column.CampaignBudget, named)
		if bad != nil && err == nil {
			x.require(e, r, column.CampaignBudget, bad)
		}
		if bad == nil && !amount.IsSet() {
			continue
		}
		b.parts[m] = append(b.parts[m], matrixAmount{e, amount})
		if bad != nil || !amount.IsSet() {
			continue
		}
		if !e.budget.IsSet() {
			e.budget = amount
		} else if e.budget, bad = e.budget.Add(amount); bad != nil {
			x.problem(e, column.CampaignBudget, x.remark(r, column.CampaignBudget, "too_large",
				sentence.Of("the amounts of the row are no possible amount together; check the digits")))
		}
	}
	if len(e.problems) > 0 {
		e.verdict = Rejected
	}
}

// markSplit finds rows about one campaign that have the same sum in different months. Whether they are parts or a repetition,
// nobody can tell.
func markSplit(campaigns, months *budgetTable) {
	said := map[*entry]map[budget.Month]budget.Money{}
	for _, m := range months.entries {
		for _, part := range months.parts[m] {
			if said[part.of] == nil {
				said[part.of] = map[budget.Month]budget.Money{}
			}
			said[part.of][m.month] = part.amount
		}
	}
	rows := map[string][]*entry{}
	for _, e := range campaigns.entries {
		if e.verdict == "" {
			rows[e.about()] = append(rows[e.about()], e)
		}
	}
	for _, same := range rows {
		if !slices.ContainsFunc(same[1:], func(e *entry) bool { return !equalParts(said[e], said[same[0]]) }) {
			continue
		}
		for n, e := range same {
			e.verdict, e.of = Conflict, same[0].row
			if n == 0 {
				e.of = same[1].row
			}
			e.problems = append(e.problems, e.remark("", "rows_contradict",
				sentence.Of("other rows about it contradict each other; write one row with the whole amount")))
		}
	}
}

func equalParts(a, b map[budget.Month]budget.Money) bool {
	if len(a) != len(b) {
		return false
	}
	for m, amount := range a {
		if b[m] != amount {
			return false
		}
	}
	return true
}

// addUp gives the months of a matrix the sums of their columns, without lines of totals and repeated rows.
func (b *budgetTable) addUp() {
	for _, m := range b.entries {
		if b.parts == nil || m.verdict != "" {
			continue
		}
		m.budget = budget.Money{}
		for _, part := range b.parts[m] {
			switch part.of.verdict {
			case Skipped, Duplicate:
				continue
			case Rejected, Conflict:
				m.reject(column.CampaignBudget, "part_missing",
					"row %d belongs to the month and does not come in, so that the sum would be wrong; see there", part.of.row)
			}
			if m.verdict != "" {
				break
			}
			sum := part.amount
			var err error
			if m.budget.IsSet() {
				sum, err = m.budget.Add(part.amount)
			}
			if err != nil || crm.Check(crm.Campaign{Name: noCampaign, Budget: sum}, sum.Currency()) != nil {
				m.reject(column.CampaignBudget, "too_large", "the amounts of the month are no possible amount together; check the digits")
				break
			}
			m.budget = sum
		}
	}
}
