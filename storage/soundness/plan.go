package soundness

import (
	"context"
	"slices"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// plan adds up the planning report by month and by campaign, for each way of spreading costs.
func (p *problems) plan(ctx context.Context, r crm.Reader, w workspace) error {
	plan, err := crm.ReadPlan(ctx, r, w.head.At, nil)
	if err != nil {
		return err
	}
	for _, plan.Spread = range []budget.Spread{budget.ByDay, budget.OnStart, budget.OnEnd} {
		report, err := budget.New(plan)
		if err != nil {
			p.addf("planning report, spread %s: %w", plan.Spread, err)
			continue
		}
		p.sums(report, w.booked())
	}
	return nil
}

// summary compares the sums of the plan with those of the cooperations, and the summary with the report.
func (p *problems) summary(ctx context.Context, r crm.Reader, w workspace) error {
	sums, kept, err := r.PlanSums(ctx, crm.PlanSumFilter{})
	if err != nil {
		return err
	}
	var want crm.PlanTally
	for _, c := range w.cooperations {
		want.Add(c)
	}
	if kept && !slices.Equal(want.Sums(), sums) {
		p.addf("sums of the plan (-of the cooperations +stored):\n%s", gocmp.Diff(want.Sums(), sums, comparables))
	}
	plan, err := crm.ReadPlan(ctx, r, w.head.At, nil)
	if err != nil {
		return err
	}
	report, err := budget.New(plan)
	if err != nil {
		return nil //nolint:nilerr // plan has told it
	}
	summary, err := crm.ReadSummary(ctx, r, w.head.At, nil)
	if err != nil {
		return err
	}
	if d := gocmp.Diff(report.Summary(), summary, comparables); d != "" {
		p.addf("planning report (-of the cooperations +of the sums):\n%s", d)
	}
	return nil
}

// comparables are values that are compared as they are.
var comparables = cmpopts.EquateComparable(budget.Date{}, budget.Month{}, budget.Money{})

func (p *problems) sums(report *budget.Report, booked int64) {
	var months, campaigns int64
	cells := map[string]int64{}
	for _, m := range report.Months {
		months += m.Allocated().Minor()
	}
	for _, c := range report.Cells {
		cells[c.Key] += c.Allocated().Minor()
	}
	for _, c := range report.Campaigns {
		campaigns += c.Allocated().Minor()
		if cells[c.Key] != c.Allocated().Minor() {
			p.addf("the months of %q are %d, allocated is %s", c.Label, cells[c.Key], c.Allocated())
		}
	}
	total, unscheduled := report.Total.Allocated().Minor(), report.Unscheduled.Allocated().Minor()
	if months+unscheduled != total || campaigns != total || booked != total {
		p.addf("months %d and unscheduled %d, campaigns %d, cooperations %d: allocated is %d",
			months, unscheduled, campaigns, booked, total)
	}
}

// booked is what the cooperations cost in the workspace's currency, in minor units. Other currencies are unpriced.
func (w workspace) booked() (minor int64) {
	for _, c := range w.cooperations {
		amount := c.Cost
		if c.Cancellation != nil {
			if amount = (budget.Money{}); c.Cancellation.Status == crm.Signed {
				amount = c.Cancellation.Fee
			}
		}
		if amount.Currency() == w.settings.Currency {
			minor += amount.Minor()
		}
	}
	return minor
}
