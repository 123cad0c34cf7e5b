package crm

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/crm/sentence"
)

// ReportOptions are the choices of a planning report. A value that makes no report is an ErrInvalid with its field.
type ReportOptions struct {
	// Spread is how costs lie over the months where a cooperation says nothing; empty is by day.
	Spread budget.Spread
	// Rates converts amounts of other currencies; without it they are listed as unpriced.
	Rates budget.Rates
	// On is the day of the report, which decides what is upcoming and the rate of what has no dates. No day is
	// today in the workspace's time zone.
	On budget.Date
	// Filter selects a part of the report; what is left of a budget is still left after everything that it is for. Ids are
	// given as texts, platforms as account.ParsePlatform reads them. A filter that selects in no sensible way is an
	// ErrInvalid.
	Filter budget.Filter
}

// Report is the budget planning report of a workspace as it stands: by campaign, by month and by both, exact to the
// minor unit. Nil options are the defaults. It is about the CRM's own records, whether or not the shop uses them at
// present; DataSources.Active says that. Amounts that add up to more than int64 holds of minor units are an ErrInvalid, as in
// everything that is made of a plan.
func (s *Service) Report(ctx context.Context, ws WorkspaceID, o *ReportOptions) (*budget.Report, error) {
	return view(ctx, s, ws, "report", func(ctx context.Context, r Reader) (*budget.Report, error) {
		return report(ctx, r, s.env.now(), o)
	})
}

func report(ctx context.Context, r Reader, now time.Time, o *ReportOptions) (*budget.Report, error) {
	plan, err := ReadPlan(ctx, r, now, o)
	if err != nil {
		return nil, err
	}
	return reportOf(plan, o)
}

func reportOf(plan budget.Plan, o *ReportOptions) (*budget.Report, error) {
	report, err := budget.New(plan)
	switch {
	case errors.Is(err, budget.ErrOverflow): // each amount fits, and nobody has looked at their sum before
		return nil, &Error{Family: ErrInvalid,
			Problem: sentence.Of("the amounts of the plan add up to more than %s, which no report can show; correct those that are too large",
				budget.FromMinor(math.MaxInt64, plan.Currency))}
	case err != nil:
		return nil, fmt.Errorf("planning report: %w", err)
	}
	return o.filtered(report)
}

// filtered is the part of a report that the options ask for.
func (o *ReportOptions) filtered(report *budget.Report) (*budget.Report, error) {
	checked, err := o.checked()
	if err != nil || checked.Filter.IsZero() {
		return report, err
	}
	part, err := report.Filter(checked.Filter)
	if err != nil {
		p := &problems{}
		p.err("filter", "", err)
		return nil, p.result()
	}
	return part, nil
}

// emptyReport is that of a time when there was no workspace: of its plan the settings of today, and nothing else.
func emptyReport(ctx context.Context, r Reader, now time.Time, o *ReportOptions) (*budget.Report, error) {
	plan, err := newPlan(ctx, r, now, o)
	if err != nil {
		return nil, err
	}
	plan.MonthBudgets = nil
	return reportOf(plan, o)
}

// ReadPlan reads what a planning report is made of. All cooperations take part, archived ones too: only cancelling
// takes money out of the plan. Items are in the order of their ids.
func ReadPlan(ctx context.Context, r Reader, now time.Time, o *ReportOptions) (budget.Plan, error) {
	mustBeGiven(r != nil, "ReadPlan", "a Reader")
	plan, err := newPlan(ctx, r, now, o)
	if err == nil {
		err = readPlanCampaigns(ctx, r, &plan)
	}
	if err != nil {
		return budget.Plan{}, err
	}
	items := newPlanItems()
	n, err := r.Cooperations().Count(ctx, CooperationFilter{Archive: ActiveOrNot})
	if err != nil {
		return budget.Plan{}, err
	}
	plan.Items = make([]budget.Item, 0, n) // growing it would copy it several times
	err = r.PlanRows(ctx, func(row PlanRow) error {
		plan.Items = append(plan.Items, items.item(&row))
		return nil
	})
	if err != nil {
		return budget.Plan{}, err
	}
	plan.Fold = Fold
	plan.Labels, err = items.labels(ctx, r)
	// Most stores give them in this order already, which takes next to no time to see.
	slices.SortFunc(plan.Items, func(a, b budget.Item) int { return cmp.Compare(a.ID, b.ID) })
	return plan, err
}

// readPlanCampaigns reads all campaigns into a plan.
func readPlanCampaigns(ctx context.Context, r Reader, plan *budget.Plan) error {
	return Each(ctx, r.Campaigns(), CampaignFilter{Archive: ActiveOrNot}, func(c Campaign) error {
		plan.Campaigns = append(plan.Campaigns, budget.Campaign{
			ID: c.ID.String(), Name: c.Name, Budget: c.Budget, Target: c.RevenueTarget, Period: c.Period,
			Archived: !c.ArchivedOn.IsZero(),
		})
		return nil
	})
}

// newPlan is a plan with the settings of a workspace and no campaigns and cooperations.
func newPlan(ctx context.Context, r Reader, now time.Time, o *ReportOptions) (budget.Plan, error) {
	o, err := o.checked()
	if err != nil {
		return budget.Plan{}, err
	}
	ws, err := r.Workspace(ctx)
	if err != nil {
		return budget.Plan{}, err
	}
	day := o.On
	if day.IsZero() {
		day, err = today(ws, now)
	}
	return budget.Plan{
		Currency: ws.Currency, MonthBudgets: ws.MonthBudgets, Spread: o.Spread, Rates: o.Rates, Today: day,
		Weights: &ws.Forecast,
	}, err
}

// planItems makes items of rows. It keeps the texts that many rows share, and what people call the values of axes.
type planItems struct {
	campaigns   map[CampaignID]string
	influencers map[InfluencerID]planInfluencer
	members     map[MemberID]string
	platforms   map[string]string
}

// planInfluencer is the text of an influencer's id, and the name.
type planInfluencer struct{ id, name string }

func newPlanItems() planItems {
	return planItems{
		campaigns: map[CampaignID]string{}, influencers: map[InfluencerID]planInfluencer{}, members: map[MemberID]string{},
		platforms: map[string]string{},
	}
}

func (p planItems) item(row *PlanRow) budget.Item {
	item := budget.Item{
		ID: row.Cooperation.String(), Name: row.Name, Campaign: idText(p.campaigns, row.Campaign),
		Influencer: p.influencer(row), Platform: row.Platform, Category: row.Category,
		Responsible: idText(p.members, row.Responsible), Tags: row.Tags,
		Stage: row.Status, Cost: row.Cost, Period: row.Period, Spread: row.Spread,
	}
	if _, known := p.platforms[row.Platform]; !known {
		p.platforms[row.Platform] = account.PlatformName(row.Platform)
	}
	cancel(&item, row.Cancellation)
	return item
}

// cancel puts a cancellation into an item; nil is none.
func cancel(item *budget.Item, c *Cancellation) {
	if c != nil {
		item.Stage = c.Status
		item.Cancellation = &budget.Cancellation{On: c.On, Fee: c.Fee}
	}
}

func (p planItems) influencer(row *PlanRow) string {
	one, known := p.influencers[row.Influencer]
	if !known {
		one = planInfluencer{row.Influencer.String(), row.InfluencerName}
		p.influencers[row.Influencer] = one
	}
	return one.id
}

// labels are what people call influencers, responsible members and platforms.
func (p planItems) labels(ctx context.Context, r Reader) (map[budget.Axis]map[string]string, error) {
	names := make(map[string]string, len(p.influencers)) // as large as it becomes, so that it need not grow
	for _, one := range p.influencers {
		names[one.id] = one.name
	}
	labels := map[budget.Axis]map[string]string{budget.AxisInfluencer: names, budget.AxisPlatform: p.platforms}
	if delete(p.members, MemberID{}); len(p.members) == 0 {
		return labels, nil
	}
	members := map[string]string{}
	err := Each(ctx, r.Members(), MemberFilter{Archive: ActiveOrNot}, func(m Member) error {
		if id, responsible := p.members[m.ID]; responsible {
			members[id] = m.Name
		}
		return nil
	})
	labels[budget.AxisResponsible] = members
	return labels, err
}

func idText[R any](texts map[ID[R]]string, id ID[R]) string {
	text, known := texts[id]
	if !known {
		text = id.String()
		texts[id] = text
	}
	return text
}
