package soundness

import (
	"context"

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
