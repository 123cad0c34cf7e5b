package api

import (
	"reflect"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/web"
)

// reporting are the choices of a planning report.
type reporting struct {
	budget.Filter
	// Spread is how costs lie over the months where a cooperation says nothing; by day if it is not given.
	Spread budget.Spread `json:"spread,omitzero"`
	// On is the day of the report; today if it is not given.
	On budget.Date `json:"on,omitzero"`
}

func (p reporting) options(rates budget.Rates) *crm.ReportOptions {
	return &crm.ReportOptions{Spread: p.Spread, Rates: rates, On: p.On, Filter: p.Filter}
}

func (a *API) planning() []Operation {
	type fitting struct {
		reporting
		// Campaign and Month say whose budget it is; one of the two.
		Campaign crm.CampaignID  `json:"campaign,omitzero"`
		Month    budget.Month    `json:"month,omitzero"`
		Order    budget.FitOrder `json:"order,omitzero"` // by start if it is not given
	}
	type alerting struct {
		reporting
		// Within is how many days before its end a campaign ends soon; 14 if it is not given.
		Within int `json:"within,omitzero"`
		// Limit is how many alerts are listed; 100 if it is not given, and at most 1,000.
		Limit int `json:"limit,omitzero"`
	}
	type ofMonth struct {
		reporting
		// Month is the past month.
		Month budget.Month `json:"month"`
	}
	return tagged("Planning",
		inFormats(operation("GET /report", "getReport", "The budget plan by campaign and month, exact to the cent", a.report)),
		operation("GET /summary", "getSummary", "The lines of the budget plan without its cooperations; as fast for a million of them",
			a.summary).answering(reflect.TypeFor[budget.Summary]()),
		asking(taking[scenarios](operation("POST /what-if", "whatIf", "The plan as it would be with changes that nobody saves",
			func(c *call[reporting]) (crm.WhatIf, error) {
				asked, err := web.Body[scenarios](c.request)
				if err == nil && asked.Scenarios == nil {
					err = missing("scenarios")
				}
				if err != nil {
					return crm.WhatIf{}, err
				}
				return c.crm.WhatIf(c.ctx(), c.ws, asked.Scenarios, c.params.options(a.options.Rates))
			}))),
		operation("GET /fits", "getFits", "What can still be signed within a budget",
			func(c *call[fitting]) (crm.Fits, error) {
				return c.crm.Fits(c.ctx(), c.ws, c.params.Campaign, c.params.Month, c.params.Order, c.params.options(a.options.Rates))
			}),
		operation("GET /alerts", "listAlerts", "What somebody should look at, the most urgent first",
			func(c *call[alerting]) (crm.Alerts, error) {
				return c.crm.Alerts(c.ctx(), c.ws, &crm.AlertOptions{
					ReportOptions: *c.params.options(a.options.Rates),
					AlertOptions:  budget.AlertOptions{Within: c.params.Within, Limit: c.params.Limit},
				})
			}),
		operation("GET /plan-accuracy/{month}", "getPlanAccuracy", "How well a past month was planned one, two and three months before",
			func(c *call[ofMonth]) (crm.PlanAccuracy, error) {
				return c.crm.PlanAccuracy(c.ctx(), c.ws, c.params.Month, c.params.options(a.options.Rates))
			}),
	)
}

// scenarios are lists of changes to a plan.
type scenarios struct {
	Scenarios [][]budget.Change `json:"scenarios"` // each a list of changes, made one after the other
}
