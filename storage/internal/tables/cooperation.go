package tables

import (
	"database/sql"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

type cooperationRow struct {
	rowKey
	Campaign       string         `db:"campaign_id"`
	Influencer     string         `db:"influencer_id"`
	Profile        sql.NullString `db:"profile_id"`
	Name           string         `db:"name"`
	NameKey        string         `db:"name_key,derived"`
	NameMode       string         `db:"name_mode"`
	Status         string         `db:"status"`
	StartDay       string         `db:"start_day"`
	EndDay         string         `db:"end_day"`
	CostMinor      int64          `db:"cost_minor"`
	CostCurrency   string         `db:"cost_currency"`
	Spread         string         `db:"spread"`
	Details        string         `db:"details"`
	LastTouch      bool           `db:"last_touch"`
	Cancelled      bool           `db:"cancelled"`
	CancelledOn    string         `db:"cancelled_on"`
	FeeMinor       int64          `db:"fee_minor"`
	FeeCurrency    string         `db:"fee_currency"`
	CancelReason   string         `db:"cancel_reason"`
	CancelStatus   string         `db:"cancel_status"`
	Responsible    sql.NullString `db:"responsible_id"`
	Notes          string         `db:"notes"`
	ImportSource   string         `db:"import_source"`
	ImportKey      string         `db:"import_key"`
	ImportedValues string         `db:"imported_values"` // "" if it was not imported
	ArchivedOn     string         `db:"archived_on"`
	Search         string         `db:"search,derived"`
	rowTimes
}

func cooperationTable(s *Schema) *Table[crm.Cooperation, cooperationRow, crm.CooperationFilter] {
	t := &Table[crm.Cooperation, cooperationRow, crm.CooperationFilter]{
		name:     s.table("cooperations"),
		idColumn: "id",
		sorts: map[crm.Sort][]string{
			crm.SortName: {"name_key"}, crm.SortStart: {"start_day"}, crm.SortChanged: {"changed_at"},
			crm.SortStatus: {"status", "start_day"}, crm.SortCost: {"cost_currency", "cost_minor"}, crm.SortInfluencer: {"influencer_id"},
		},
		encode: encodeCooperation,
		decode: decodeCooperation,
	}
	t.names = []nameColumn{
		{"campaign_id", s.table("campaigns")}, {"influencer_id", s.table("influencers")}, {"responsible_id", s.table("members")},
	}
	t.addNames = func(to *crm.PageNames, c crm.Cooperation, names []sql.NullString) {
		to.Campaigns[c.Campaign], to.Influencers[c.Influencer] = names[0].String, names[1].String
		if !c.Responsible.IsZero() {
			to.Members[c.Responsible] = names[2].String
		}
	}
	t.Derived, t.derive = []Derived{s.claims}, deriveClaims
	t.where = func(ws string, f crm.CooperationFilter) sq.And {
		c := conditions{contains: s.dialect.Contains}
		c.archive(f.Archive)
		c.anyOf("campaign_id", idTexts(f.Campaigns))
		c.anyOf("influencer_id", idTexts(f.Influencers))
		c.responsible(idTexts(f.Responsibles), f.Unassigned)
		if len(f.Platforms) > 0 {
			in, args := isAnyOf("platform", f.Platforms)
			c.has(s.profiles.name, ws, "profile_id = "+t.name+".profile_id AND influencer_id = "+t.name+".influencer_id AND "+in, args...)
		}
		if len(f.Categories) > 0 {
			in, args := isAnyOf("category_key", f.Categories)
			c.has(s.table("influencers"), ws, "id = "+t.name+".influencer_id AND "+in, args...)
		}
		if len(f.Tags) > 0 {
			in, args := isAnyOf("tag_key", f.Tags)
			c.has(s.tags.name, ws, in+" AND influencer_id = "+t.name+".influencer_id", args...)
		}
		switch f.Cancelled {
		case crm.CancelledOnly:
			c.add("cancelled = ?", true)
		case crm.NotCancelled:
			c.add("cancelled = ?", false)
		}
		c.anyOfFew("status", texts(f.Statuses))
		c.equal("name_key", f.Name)
		c.equal("import_key", f.ImportKey)
		c.filled("import_key", f.ImportKey)
		c.equal("import_source", f.ImportSource)
		c.filled("import_key", f.ImportSource)
		c.during(f.During)
		c.state(f.State, f.On)
		if f.HasAmount {
			c.add("(cost_currency <> '' OR fee_currency <> '')")
		}
		c.text(f.Text)
		return c.all
	}
	t.define(s, crm.KindCooperation)
	return t
}

func encodeCooperation(ws string, c crm.Cooperation) (cooperationRow, error) {
	e := encoder{ref: c.Ref()}
	row := cooperationRow{
		rowKey:       keyOf(ws, c),
		Campaign:     IDText(c.Campaign),
		Influencer:   IDText(c.Influencer),
		Profile:      RefText(c.Profile),
		Name:         c.Name,
		NameKey:      crm.Fold(c.Name),
		NameMode:     string(c.NameMode),
		Status:       string(c.Status),
		StartDay:     e.date("period.start", c.Period.Start),
		EndDay:       e.date("period.end", c.Period.End),
		CostMinor:    c.Cost.Minor(),
		CostCurrency: string(c.Cost.Currency()),
		Spread:       string(c.Spread),
		Details:      e.details(c),
		LastTouch:    c.LastTouch,
		Responsible:  RefText(c.Responsible),
		Notes:        c.Notes,
		ArchivedOn:   e.date("archived_on", c.ArchivedOn),
		Search:       c.SearchText(),
		rowTimes:     rowTimesOf(c),
	}
	if off := c.Cancellation; off != nil {
		row.Cancelled = true
		row.CancelledOn = e.date("cancellation.on", off.On)
		row.FeeMinor, row.FeeCurrency = off.Fee.Minor(), string(off.Fee.Currency())
		row.CancelReason = off.Reason
		row.CancelStatus = string(off.Status)
	}
	if from := c.Imported; from != nil {
		row.ImportSource, row.ImportKey = from.Source, from.Key
		row.ImportedValues = nested(func(w *jsonWriter) { w.texts(from.Values) })
	}
	return row, e.err
}

func decodeCooperation(row *cooperationRow) (crm.Cooperation, error) {
	var d decoder
	c := crm.Cooperation{
		ID:          decodeID[crm.Cooperation](&d, "id", row.ID),
		Version:     row.Version,
		Campaign:    decodeID[crm.Campaign](&d, "campaign_id", row.Campaign),
		Influencer:  decodeID[crm.Influencer](&d, "influencer_id", row.Influencer),
		Profile:     decodeID[crm.Profile](&d, "profile_id", row.Profile.String),
		Name:        row.Name,
		NameMode:    crm.NameMode(row.NameMode),
		Status:      crm.Status(row.Status),
		Period:      budget.Period{Start: d.date("start_day", row.StartDay), End: d.date("end_day", row.EndDay)},
		Cost:        budget.FromMinor(row.CostMinor, budget.Currency(row.CostCurrency)),
		Spread:      budget.Spread(row.Spread),
		LastTouch:   row.LastTouch,
		Responsible: decodeID[crm.Member](&d, "responsible_id", row.Responsible.String),
		Notes:       row.Notes,
		ArchivedOn:  d.date("archived_on", row.ArchivedOn),
		Times:       row.times(),
	}
	d.details("details", row.Details, &c)
	if row.Cancelled {
		c.Cancellation = &crm.Cancellation{
			On:     d.date("cancelled_on", row.CancelledOn),
			Fee:    budget.FromMinor(row.FeeMinor, budget.Currency(row.FeeCurrency)),
			Reason: row.CancelReason,
			Status: crm.Status(row.CancelStatus),
		}
	}
	if row.ImportedValues != "" {
		c.Imported = &crm.Imported{
			Source: row.ImportSource, Key: row.ImportKey, Values: d.texts("imported_values", row.ImportedValues),
		}
	}
	return c, d.err
}
