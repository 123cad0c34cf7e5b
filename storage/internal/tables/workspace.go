package tables

import (
	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// workspaceRow is a workspace without the head of its log (HeadRow), which is in the same row but is written by
// Append alone.
type workspaceRow struct {
	Workspace    string `db:"workspace_id"`
	Version      int64  `db:"version"`
	Name         string `db:"name"`
	NameKey      string `db:"name_key,derived"`
	Currency     string `db:"currency"`
	TimeZone     string `db:"time_zone"`
	UTM          string `db:"utm"`
	IgnoredCodes string `db:"ignored_codes"`
	TailDays     int    `db:"tail_days"`
	Negotiating  string `db:"forecast_negotiating"` // decimals
	Draft        string `db:"forecast_draft"`
	Comparison   string `db:"code_comparison"`
	MonthBudgets string `db:"month_budgets"`
	Sources      string `db:"sources"`
	rowTimes
}

// workspaceFilter selects nothing: a unit of work sees its own workspace only.
type workspaceFilter struct{}

func workspaceTable(s *Schema) *Table[crm.Workspace, workspaceRow, workspaceFilter] {
	t := &Table[crm.Workspace, workspaceRow, workspaceFilter]{
		name:     s.table("workspaces"),
		idColumn: "workspace_id",
		sorts:    map[crm.Sort][]string{crm.SortName: {"name_key"}},
		encode:   encodeWorkspace,
		decode:   decodeWorkspace,
		where:    func(string, workspaceFilter) sq.And { return nil },
	}
	t.define(s, crm.KindWorkspace)
	return t
}

// monthAmount is a month's budget in JSON: minor units, like every amount in a column.
type monthAmount struct {
	Minor    int64           `json:"minor"`
	Currency budget.Currency `json:"currency"`
}

func encodeWorkspace(_ string, w crm.Workspace) (workspaceRow, error) {
	e := encoder{ref: w.Ref()}
	months := make(map[budget.Month]monthAmount, len(w.MonthBudgets))
	for month, amount := range w.MonthBudgets {
		months[month] = monthAmount{amount.Minor(), amount.Currency()}
	}
	row := workspaceRow{
		Workspace:    IDText(w.ID),
		Version:      w.Version,
		Name:         w.Name,
		NameKey:      crm.Fold(w.Name),
		Currency:     string(w.Currency),
		TimeZone:     w.TimeZone,
		UTM:          e.json("utm", w.UTM),
		IgnoredCodes: e.json("ignored_codes", w.IgnoredCodes),
		TailDays:     w.TailDays,
		Negotiating:  w.Forecast.Negotiating.String(),
		Draft:        w.Forecast.Draft.String(),
		Comparison:   string(w.CodeComparison),
		MonthBudgets: e.json("month_budgets", months),
		Sources:      e.json("sources", w.Sources),
		rowTimes:     rowTimesOf(w),
	}
	return row, e.err
}

func decodeWorkspace(row *workspaceRow) (crm.Workspace, error) {
	var d decoder
	w := crm.Workspace{
		ID:             decodeID[crm.Workspace](&d, "workspace_id", row.Workspace),
		Version:        row.Version,
		Name:           row.Name,
		Currency:       budget.Currency(row.Currency),
		TimeZone:       row.TimeZone,
		TailDays:       row.TailDays,
		CodeComparison: discount.Comparison(row.Comparison),
		Times:          row.times(),
		Forecast: crm.ForecastWeights{
			Negotiating: d.decimal("forecast_negotiating", row.Negotiating),
			Draft:       d.decimal("forecast_draft", row.Draft),
		},
	}
	d.nested("utm", row.UTM, func(r *jsonReader) { w.UTM = readTemplate(r) })
	d.json("ignored_codes", row.IgnoredCodes, &w.IgnoredCodes)
	if w.IgnoredCodes == nil {
		w.IgnoredCodes = []string{}
	}
	d.nested("sources", row.Sources, func(r *jsonReader) { w.Sources = readSources(r) })
	var months map[budget.Month]monthAmount
	d.json("month_budgets", row.MonthBudgets, &months)
	w.MonthBudgets = make(map[budget.Month]budget.Money, len(months))
	for month, amount := range months {
		w.MonthBudgets[month] = budget.FromMinor(amount.Minor, amount.Currency)
	}
	return w, d.err
}

// Every unit of work begins with the sources of its workspace, and with the template of its UTM fields.

func readSources(r *jsonReader) (s crm.DataSources) {
	r.object(func(name string) {
		switch name {
		case "sheet":
			s.Sheet = readSource(r)
		case "crm":
			s.CRM = readSource(r)
		default:
			r.unknown(name)
		}
	})
	return s
}

func readSource(r *jsonReader) (s crm.DataSource) {
	r.object(func(name string) {
		switch name {
		case "connected":
			s.Connected = r.bool()
		case "link":
			s.Link = r.string()
		default:
			r.unknown(name)
		}
	})
	return s
}

// OpenRow is a workspace with the head of its log, which a unit of work begins with, and the seqs up to which the sums of
// the plan and the identity keys are kept.
type OpenRow struct {
	Row[crm.Workspace]
	head                 HeadRow
	planSeq, identitySeq int64
}

// OpenRow makes a place for a row of Open or Lock.
func (s *Schema) OpenRow() *OpenRow {
	row := &OpenRow{Row: s.Workspaces.Row()}
	row.Dest = append(append(row.Dest, row.head.Dest()[1:]...), &row.planSeq, &row.identitySeq)
	return row
}

// UpToDate reports whether what this program derives of cooperations is kept: the sums of the plan, and claims with the
// keys that it gives them.
func (row *OpenRow) UpToDate() bool { return row.planSeq == row.head.Seq }

// Identified reports whether the identity keys of influencers are kept.
func (row *OpenRow) Identified() bool { return row.identitySeq == row.head.Seq }

// Head makes a head of the row that was read last.
func (row *OpenRow) Head() (crm.Head, error) {
	row.head.Workspace = *row.Dest[0].(*string)
	return row.head.Head()
}
