package crm

import (
	"context"
	"fmt"
	"strconv"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
)

// Alert is an alert of the planning report, with the records it concerns and its sentence.
type Alert struct {
	Kind       budget.AlertKind `json:"kind"`
	Campaign   CampaignID       `json:"campaign,omitzero"`
	Month      budget.Month     `json:"month,omitzero"`
	Influencer InfluencerID     `json:"influencer,omitzero"`

	On           budget.Date       `json:"on,omitzero"`
	Cooperations []CooperationID   `json:"cooperations"` // at most budget.MaxAlertItems of Count
	Count        int               `json:"count"`
	Amount       budget.Money      `json:"amount"`
	Message      sentence.Sentence `json:"message"` // its code is Kind
}

// Alerts are the most urgent alerts of a workspace.
type Alerts struct {
	Alerts []Alert `json:"alerts"`
	Count  int     `json:"count"` // of all, also of those that are not listed
}

// AlertOptions are the choices of alerts.
type AlertOptions struct {
	ReportOptions
	budget.AlertOptions
}

// Alerts says what somebody should look at in the plan: budgets that are exceeded or will be, what is signed without a date
// or a cost, drafts that are late, influencers who are booked twice in a week. See budget.Report.Alerts, which decides
// what is one, and which is more urgent. Nil options are the defaults; numbers below zero are an ErrInvalid. It reads what
// Report reads.
func (s *Service) Alerts(ctx context.Context, ws WorkspaceID, o *AlertOptions) (Alerts, error) {
	if o == nil {
		o = &AlertOptions{}
	}
	if err := o.check(); err != nil {
		return Alerts{}, err
	}
	return view(ctx, s, ws, "alerts", func(ctx context.Context, r Reader) (Alerts, error) {
		report, err := report(ctx, r, s.env.now(), &o.ReportOptions)
		if err != nil {
			return Alerts{}, err
		}
		found := report.Alerts(&o.AlertOptions)
		alerts := Alerts{Alerts: make([]Alert, len(found.Alerts)), Count: found.Count}
		for n, a := range found.Alerts {
			if alerts.Alerts[n], err = alertOf(a); err != nil {
				return Alerts{}, err
			}
		}
		return alerts, nil
	})
}

func (o *AlertOptions) check() error {
	p := &problems{}
	if o.Within < 0 {
		p.add("within", strconv.Itoa(o.Within), "must not be negative")
	}
	if o.Limit < 0 {
		p.add("limit", strconv.Itoa(o.Limit), "must not be negative")
	}
	return p.result()
}

// alertOf reads the ids of an alert, which a plan has as texts.
func alertOf(of budget.Alert) (a Alert, err error) {
	a = Alert{
		Kind: of.Kind, Month: of.Month, On: of.On, Cooperations: make([]CooperationID, len(of.Items)), Count: of.Count, Amount: of.Amount,
		Message: sentence.Of(of.Format, of.Args...),
	}
	if of.Campaign != "" {
		a.Campaign, err = ParseID[Campaign](of.Campaign)
	}
	if err == nil && of.Influencer != "" {
		a.Influencer, err = ParseID[Influencer](of.Influencer)
	}
	for n := 0; err == nil && n < len(of.Items); n++ {
		a.Cooperations[n], err = ParseID[Cooperation](of.Items[n])
	}
	if err != nil {
		return Alert{}, fmt.Errorf("an alert of the plan: %w", err)
	}
	return a, nil
}
