package tables

import (
	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// sumColumns group and add up cooperations; see SumRow. Amounts are cut in two at crm.SumPart: databases fail, each in its
// own way, at a sum that is too large for a column.
const sumColumns = "CASE WHEN cancelled THEN cancel_status ELSE status END, cancelled, " +
	"CASE WHEN cancelled THEN fee_currency ELSE cost_currency END, COUNT(*), " +
	"CAST(SUM(" + summed + " / 1000000000) AS BIGINT), CAST(SUM(" + summed + " % 1000000000) AS BIGINT)"

const summed = "(CASE WHEN cancelled THEN fee_minor ELSE cost_minor END)"

// Sums adds up the cooperations under a checked filter, in no order.
func (s *Schema) Sums(ws string, f crm.CooperationFilter) sq.Sqlizer {
	q := newSelection("SELECT " + sumColumns + " FROM " + s.Cooperations.name)
	q.where(tenant, ws)
	q.filter(s.Cooperations.where(ws, f))
	q.add(" GROUP BY 1, 2, 3")
	return q
}

// SumRow is a row of Sums.
type SumRow struct {
	Status    string
	Cancelled bool
	Currency  string
	Count     int
	High, Low int64
}

// Dest are pointers to the columns that Sums selects.
func (row *SumRow) Dest() []any {
	return []any{&row.Status, &row.Cancelled, &row.Currency, &row.Count, &row.High, &row.Low}
}

// Sum makes a sum of a row.
func (row *SumRow) Sum() (crm.Sum, error) {
	amount, err := crm.WholeSum(row.High, row.Low, budget.Currency(row.Currency))
	return crm.Sum{Status: crm.Status(row.Status), Cancelled: row.Cancelled, Count: row.Count, Amount: amount}, err
}
