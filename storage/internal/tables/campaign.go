package tables

import (
	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

type campaignRow struct {
	rowKey
	Name           string `db:"name"`
	NameKey        string `db:"name_key,derived"`
	TargetMinor    int64  `db:"target_minor"`
	TargetCurrency string `db:"target_currency"`
	BudgetMinor    int64  `db:"budget_minor"`
	BudgetCurrency string `db:"budget_currency"`
	StartDay       string `db:"start_day"`
	EndDay         string `db:"end_day"`
	Notes          string `db:"notes"`
	ArchivedOn     string `db:"archived_on"`
	Search         string `db:"search,derived"`
	rowTimes
}

func campaignTable(s *Schema) *Table[crm.Campaign, campaignRow, crm.CampaignFilter] {
	t := &Table[crm.Campaign, campaignRow, crm.CampaignFilter]{
		name:     s.table("campaigns"),
		idColumn: "id",
		sorts:    map[crm.Sort][]string{crm.SortName: {"name_key"}, crm.SortStart: {"start_day"}},
		encode:   encodeCampaign,
		decode:   decodeCampaign,
		where: func(_ string, f crm.CampaignFilter) sq.And {
			c := conditions{contains: s.dialect.Contains}
			c.archive(f.Archive)
			c.equal("name_key", f.Name)
			if f.HasAmount {
				c.add("(budget_currency <> '' OR target_currency <> '')")
			}
			c.state(f.State, f.On)
			if f.Upcoming {
				c.add("(end_day >= ? OR end_day = '' AND (start_day <> '' OR archived_on = ''))", f.On.String())
			}
			c.text(f.Text)
			return c.all
		},
	}
	t.define(s, crm.KindCampaign)
	return t
}

func encodeCampaign(ws string, c crm.Campaign) (campaignRow, error) {
	e := encoder{ref: c.Ref()}
	row := campaignRow{
		rowKey:         keyOf(ws, c),
		Name:           c.Name,
		NameKey:        crm.Fold(c.Name),
		TargetMinor:    c.RevenueTarget.Minor(),
		TargetCurrency: string(c.RevenueTarget.Currency()),
		BudgetMinor:    c.Budget.Minor(),
		BudgetCurrency: string(c.Budget.Currency()),
		StartDay:       e.date("period.start", c.Period.Start),
		EndDay:         e.date("period.end", c.Period.End),
		Notes:          c.Notes,
		ArchivedOn:     e.date("archived_on", c.ArchivedOn),
		Search:         c.SearchText(),
		rowTimes:       rowTimesOf(c),
	}
	return row, e.err
}

func decodeCampaign(row *campaignRow) (crm.Campaign, error) {
	var d decoder
	c := crm.Campaign{
		ID:            decodeID[crm.Campaign](&d, "id", row.ID),
		Version:       row.Version,
		Name:          row.Name,
		RevenueTarget: budget.FromMinor(row.TargetMinor, budget.Currency(row.TargetCurrency)),
		Budget:        budget.FromMinor(row.BudgetMinor, budget.Currency(row.BudgetCurrency)),
		Period:        budget.Period{Start: d.date("start_day", row.StartDay), End: d.date("end_day", row.EndDay)},
		Notes:         row.Notes,
		ArchivedOn:    d.date("archived_on", row.ArchivedOn),
		Times:         row.times(),
	}
	return c, d.err
}
