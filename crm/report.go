package crm

import (
	"context"
	"fmt"
	"time"

	"github.com/getklar/influencercrm/budget"
)

// ReportOptions are the choices of a planning report.
type ReportOptions struct {
	// Spread is how costs lie over the months where a cooperation says nothing; empty is by day.
	Spread budget.Spread
	// Rates converts amounts of other currencies; without it they are listed as unpriced.
	Rates budget.Rates
}

// Report is the budget planning report of a workspace as it stands: by campaign, by month and by both, exact to the
// minor unit. Nil options are the defaults.
func (s *Service) Report(ctx context.Context, ws WorkspaceID, o *ReportOptions) (*budget.Report, error) {
	return view(ctx, s, ws, func(ctx context.Context, r Reader) (*budget.Report, error) {
		plan, err := ReadPlan(ctx, r, s.env.now(), o)
		if err != nil {
			return nil, err
		}
		report, err := budget.New(plan)
		if err != nil {
			return nil, fmt.Errorf("planning report: %w", err)
		}
		return report, nil
	})
}

// ReadPlan reads what a planning report is made of. All cooperations take part, archived ones too: only cancelling
// takes money out of the plan.
func ReadPlan(ctx context.Context, r Reader, now time.Time, o *ReportOptions) (budget.Plan, error) {
	if o == nil {
		o = &ReportOptions{}
	}
	ws, err := r.Workspace(ctx)
	if err != nil {
		return budget.Plan{}, err
	}
	day, err := today(ws, now)
	if err != nil {
		return budget.Plan{}, err
	}
	plan := budget.Plan{
		Currency: ws.Currency, MonthBudgets: ws.MonthBudgets, Spread: o.Spread, Rates: o.Rates, Today: day,
		Weights: &ws.Forecast,
	}
	err = Each(ctx, r.Campaigns(), CampaignFilter{Archive: ActiveOrNot}, func(c Campaign) error {
		plan.Campaigns = append(plan.Campaigns, budget.Campaign{
			ID: c.ID.String(), Name: c.Name, Budget: c.Budget, Period: c.Period, Archived: !c.ArchivedOn.IsZero(),
		})
		return nil
	})
	if err != nil {
		return budget.Plan{}, err
	}
	influencers := map[InfluencerID]Influencer{}
	err = Each(ctx, r.Influencers(), InfluencerFilter{Archive: ActiveOrNot}, func(i Influencer) error {
		influencers[i.ID] = i
		return nil
	})
	if err != nil {
		return budget.Plan{}, err
	}
	err = Each(ctx, r.Cooperations(), CooperationFilter{Archive: ActiveOrNot}, func(c Cooperation) error {
		plan.Items = append(plan.Items, planItem(c, influencers[c.Influencer]))
		return nil
	})
	return plan, err
}

// planItem returns the part of a cooperation that the report needs.
func planItem(c Cooperation, i Influencer) budget.Item {
	profile, _ := i.Profile(c.Profile)
	item := budget.Item{
		ID: c.ID.String(), Name: c.Name, Campaign: c.Campaign.String(),
		Influencer: c.Influencer.String(), Platform: profile.Platform, Category: i.Category,
		Responsible: c.Responsible.String(), Tags: i.Tags,
		Stage: c.Status, Cost: c.Cost, Period: c.Period, Spread: c.Spread,
	}
	if c.Cancellation != nil {
		item.Stage = c.Cancellation.Status
		item.Cancellation = &budget.Cancellation{On: c.Cancellation.On, Fee: c.Cancellation.Fee}
	}
	return item
}
