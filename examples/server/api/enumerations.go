package api

import (
	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// choices are what select boxes offer.
type choices struct {
	Statuses    []crm.Status       `json:"statuses"`
	Spreads     []budget.Spread    `json:"spreads"`
	Matches     []discount.Match   `json:"matches"`
	UTMFields   []string           `json:"utm_fields"`
	Axes        []budget.Axis      `json:"axes"`
	FitOrders   []budget.FitOrder  `json:"fit_orders"`
	AlertKinds  []budget.AlertKind `json:"alert_kinds"`
	Platforms   []account.Platform `json:"platforms"` // the known ones; any other text is a platform too
	SourceNames []crm.SourceName   `json:"source_names"`
	Archives    []crm.Archive      `json:"archives"`
	States      []crm.State        `json:"states"`
}

func enumerations() []Operation {
	o := operation("GET /v1/enumerations", "getEnumerations", "What can be chosen from, for select boxes",
		func(*call[struct{}]) (choices, error) {
			var fields []string
			for _, f := range utm.Fields() {
				fields = append(fields, f.String())
			}
			return choices{
				Statuses: budget.Stages(), Spreads: []budget.Spread{budget.ByDay, budget.OnStart, budget.OnEnd},
				Matches: discount.Matches(), UTMFields: fields, Axes: budget.Axes(), FitOrders: budget.FitOrders(),
				AlertKinds: budget.AlertKinds(), SourceNames: []crm.SourceName{crm.CRMSource, crm.SheetSource},
				Platforms: account.Platforms(), Archives: []crm.Archive{crm.ArchivedOnly, crm.ActiveOrNot},
				States: []crm.State{crm.Planned, crm.Running, crm.Ended, crm.Undated},
			}, nil
		})
	o.Scope = Public
	return tagged("Enumerations", o)
}
