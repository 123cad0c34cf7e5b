package tables

import (
	"database/sql"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

var planSumColumns = []string{"workspace_id", "kind", "campaign_id", "status", "day", "currency",
	"cooperations", "amount_high", "amount_low"}

// PlanSumStatements are those of the sums of the plan.
type PlanSumStatements struct {
	Add       Insertion // adds rows to those with the same keys
	DropEmpty string    // removes those that count no cooperation
	Drop      string    // removes all
	Keep      string    // says that they and the claims are kept up to the head of the log
	Summed    string    // List of the kinds that a summary is made of: see SummedArgs

	name      string
	campaigns string
}

func planSumStatements(s *Schema) PlanSumStatements {
	name, workspaces := s.table("plan_sums"), s.table("workspaces")
	added := []string{}
	for _, column := range planSumColumns[6:] {
		added = append(added, column+" = kept."+column+" + excluded."+column)
	}
	// A name of its own for the table, which may be named with a schema.
	orAdd := "ON CONFLICT (" + strings.Join(planSumColumns[:6], ", ") + ") DO UPDATE SET " + strings.Join(added, ", ")
	into := s.insertion(name+" AS kept", planSumColumns, orAdd).inFew(s, orAdd)
	into.Table = name
	p := PlanSumStatements{
		Add:       into,
		DropEmpty: s.text(sq.Delete(name).Where(tenant+" AND cooperations = 0", 0)),
		Drop:      s.text(sq.Delete(name).Where(tenant, 0)),
		Keep:      s.text(sq.Update(workspaces).Set("plan_seq", sq.Expr("seq")).Where(tenant, 0)),
		name:      name,
		campaigns: s.Campaigns.name,
	}
	p.Summed = s.text(p.List("", crm.PlanSumFilter{Kinds: budget.SummedKinds()}))
	return p
}

// SummedArgs are the arguments of Summed.
func SummedArgs(ws string) []any {
	args := []any{ws}
	for _, kind := range budget.SummedKinds() {
		args = append(args, string(kind))
	}
	return args
}

// Rows are the rows of sums.
func (p PlanSumStatements) Rows(ws string, sums []crm.PlanSum) ([][]any, error) {
	rows := make([][]any, len(sums))
	var e encoder
	for n, s := range sums {
		rows[n] = []any{ws, string(s.Kind), IDText(s.Campaign), string(s.Stage), e.date("day", s.Day), string(s.Currency),
			s.Count, s.High, s.Low}
	}
	return rows, e.err
}

// List selects sums under a filter, in the order of crm.PlanSum.Compare.
func (p PlanSumStatements) List(ws string, f crm.PlanSumFilter) sq.SelectBuilder {
	q := sq.Select(planSumColumns[1:]...).From(p.name).Where(tenant, ws)
	if len(f.Kinds) > 0 {
		texts := make([]string, len(f.Kinds))
		for n, kind := range f.Kinds {
			texts[n] = string(kind)
		}
		q = q.Where(sq.Eq{"kind": texts})
	}
	if len(f.Campaigns) > 0 {
		ids := make([]string, len(f.Campaigns))
		for n, id := range f.Campaigns {
			ids[n] = IDText(id)
		}
		q = q.Where(sq.Eq{"campaign_id": ids})
	}
	return q.OrderBy("kind", "campaign_id", "status", "day", "currency")
}

// Spans selects the first and the last day of the edges of campaigns, each by one look into the primary key; NULL where
// there are none.
func (p PlanSumStatements) Spans(ws string, campaigns []string) sq.SelectBuilder {
	edge := func(column string) sq.Sqlizer {
		edges := sq.Select(column).From(p.name).
			Where(tenant, ws).Where("kind = ? AND campaign_id = of.id AND status = ?", string(budget.SumEdge), "")
		return sq.Expr("(?)", edges)
	}
	return sq.Select("of.id").Column(edge("MIN(day)")).Column(edge("MAX(day)")).
		From(p.campaigns+" AS of").Where("of."+tenant, ws).Where(sq.Eq{"of.id": campaigns})
}

// PlanSumRow is the row of a sum.
type PlanSumRow struct {
	Kind, Campaign, Status, Day, Currency string
	Count, High, Low                      int64

	campaign crm.CampaignID
	parsed   string // the text of campaign
}

// Dest are pointers to the columns that List selects.
func (row *PlanSumRow) Dest() []any {
	return []any{&row.Kind, &row.Campaign, &row.Status, &row.Day, &row.Currency, &row.Count, &row.High, &row.Low}
}

// PlanSum makes a sum of a row. Rows of one campaign come together.
func (row *PlanSumRow) PlanSum() (crm.PlanSum, error) {
	var d decoder
	if row.parsed != row.Campaign {
		row.campaign, row.parsed = decodeID[crm.Campaign](&d, "campaign_id", row.Campaign), row.Campaign
	}
	s := crm.PlanSum{Campaign: row.campaign}
	s.SumKey = budget.SumKey{
		Kind: budget.SumKind(row.Kind), Stage: crm.Status(row.Status),
		Day: d.date("day", row.Day), Currency: budget.Currency(row.Currency),
	}
	s.Count, s.High, s.Low = row.Count, row.High, row.Low
	return s, d.err
}

// PlanSpanRow is a row of Spans.
type PlanSpanRow struct {
	Campaign    string
	First, Last sql.NullString
}

// Dest are pointers to the columns that Spans selects.
func (row *PlanSpanRow) Dest() []any { return []any{&row.Campaign, &row.First, &row.Last} }

// Span makes a span of a row; a zero one if there are no edges.
func (row *PlanSpanRow) Span() (crm.CampaignID, budget.Period, error) {
	var d decoder
	id := decodeID[crm.Campaign](&d, "id", row.Campaign)
	return id, budget.Period{Start: d.date("day", row.First.String), End: d.date("day", row.Last.String)}, d.err
}
