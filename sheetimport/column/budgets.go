package column

import (
	"slices"

	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// BudgetTable says what the rows of a table of budgets are.
type BudgetTable string

// The tables of budgets.
const (
	Campaigns BudgetTable = "campaigns" // each with its budget, revenue target, start or end
	Months    BudgetTable = "months"    // each with the budget of all campaigns in it
)

// ErrNoBudgets says that none of the first twenty rows is the header of a table of budgets.
var ErrNoBudgets error = sentence.Errorf("%s: no header of a table of budgets was found", sheet.ErrUnreadable)

// budgetTerms are budgetSynonyms, made ready for looking up.
var budgetTerms = indexBudgetTerms()

func indexBudgetTerms() map[string]Field {
	terms := map[string]Field{}
	for _, s := range budgetSynonyms {
		for _, h := range texts.Phrases(s.en + "," + s.de) {
			terms[compact(headerKey(h))] = s.field
		}
	}
	return terms
}

// FindBudgets finds the header of a table of budgets among the first twenty rows: one that names campaigns, and their budgets,
// targets or days, or one that names months and their budgets. Its columns have the fields Campaign, CampaignBudget,
// RevenueTarget, CampaignStart, CampaignEnd, Month and Currency; all others are Ignored. A sheet of cooperations is none. The
// error for a sheet without such a row is [ErrNoBudgets].
func FindBudgets(s *sheet.Table, m Mapping) (Header, BudgetTable, error) {
	var best sheet.Row
	var columns []Column
	var kind BudgetTable
	most := 0
	for _, row := range s.Rows {
		if row.Number > HeaderRows {
			break
		}
		read := readBudgetColumns(row, m)
		of, known := budgetTableOf(read)
		if of != "" && known > most {
			best, columns, kind, most = row, read, of, known
		}
	}
	if kind == "" {
		return Header{}, "", sentence.Errorf(
			`%s: %q has neither columns for the campaign and its budget, revenue target, start or end, nor one for the month and one for its budget ("Campaign", "Budget", "Month")`,
			ErrNoBudgets, texts.Shorten(s.Name))
	}
	h := Header{Row: best.Number, Columns: columns}
	data := s.Below(best.Number)
	h.width = width(len(best.Cells), data)
	if s.Grid {
		h.width = longest(data)
	}
	return h, kind, nil
}

// readBudgetColumns tells what the headers of a row mean in a table of budgets. Of two columns with one meaning the first keeps
// it.
func readBudgetColumns(row sheet.Row, m Mapping) []Column {
	var columns []Column
	for i, c := range row.Cells {
		header := texts.Trim(c.Text)
		if header == "" {
			continue
		}
		c := Column{Index: i, Letter: sheet.ColumnLetter(i), Header: header}
		c.Field, c.Confidence = lookUpBudget(header)
		if unit, unclear := c.unclearUnit(); unclear {
			c.Field, c.Confidence = Ignored, NoMatch
			c.Reason = sentence.Of("amounts are not read in the unit %q of its header; "+
				"write plain amounts and the three letters of their currency", texts.Shorten(unit))
		}
		if c.Field.IsMoney() {
			_, c.Currency = cutCurrency(headerKey(headerWords(header)))
		}
		columns = append(columns, c)
	}
	m.apply(columns)
	for n := range columns {
		c := &columns[n]
		if c.Confidence == Given && !isOfBudgets(c.Field) || hasField(columns[:n], c.Field) && c.Field != Ignored {
			c.Field, c.Confidence = Ignored, NoMatch
		}
		if c.Reason.IsZero() {
			c.Reason = reason(*c)
		}
	}
	return columns
}

// lookUpBudget finds the field of a header in a table of budgets.
func lookUpBudget(header string) (Field, Confidence) {
	if len(header) > maxHeaderLen {
		return Ignored, NoMatch
	}
	all, short := headerKey(headerWords(header)), headerKey(NormalizeHeader(header))
	withoutCurrency, _ := cutCurrency(all)
	for _, key := range []string{all, short, withoutCurrency} {
		if f, ok := budgetTerms[compact(key)]; ok && (key == all || key == short || f.IsMoney()) {
			return f, Exact
		}
	}
	f, confidence := lookUp(header)
	switch f {
	case Start:
		return CampaignStart, confidence
	case End:
		return CampaignEnd, confidence
	}
	if isOfBudgets(f) {
		return f, confidence
	}
	return Ignored, NoMatch
}

func isOfBudgets(f Field) bool {
	return slices.Contains([]Field{Campaign, CampaignBudget, RevenueTarget, CampaignStart, CampaignEnd, Month, Currency}, f)
}

// budgetTableOf says which table has such columns, and how many of them are known; "" for none. One that names campaigns and
// months in its rows is none: nobody can tell whether its amounts are those of the campaigns or of the months.
func budgetTableOf(columns []Column) (kind BudgetTable, known int) {
	for _, c := range columns {
		if c.Field != Ignored {
			known++
		}
	}
	says := hasField(columns, CampaignBudget) || hasField(columns, RevenueTarget) || hasField(columns, CampaignStart) || hasField(columns, CampaignEnd)
	switch campaign, month := hasField(columns, Campaign), hasField(columns, Month); {
	case campaign && !month && says:
		return Campaigns, known
	case month && !campaign && hasField(columns, CampaignBudget):
		return Months, known
	}
	return "", known
}
