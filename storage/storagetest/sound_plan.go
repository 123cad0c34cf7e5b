package storagetest

import (
	"context"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// plan adds up the planning report by its axes, however costs are spread.
func (f *findings) plan(ctx context.Context, r crm.Reader, all contents) error {
	plan, err := crm.ReadPlan(ctx, r, all.Head.At, nil)
	if err != nil {
		return err
	}
	for _, plan.Spread = range []budget.Spread{budget.ByDay, budget.OnStart, budget.OnEnd} {
		report, err := budget.New(plan)
		if err != nil {
			f.addf("planning report, spread %s: %w", plan.Spread, err)
			continue
		}
		f.sums(report, bookedIn(all))
	}
	return nil
}

func (f *findings) sums(report *budget.Report, booked int64) {
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
			f.addf("the months of %q are %d, allocated is %s", c.Label, cells[c.Key], c.Allocated())
		}
	}
	if total := report.Total.Allocated().Minor(); months+report.Unscheduled.Allocated().Minor() != total || campaigns != total || booked != total {
		f.addf("months %d and unscheduled %d, campaigns %d, cooperations %d: allocated is %d",
			months, report.Unscheduled.Allocated().Minor(), campaigns, booked, total)
	}
}

// bookedIn is what the cooperations cost, in minor units. Other currencies are unpriced.
func bookedIn(all contents) (booked int64) {
	for _, c := range typed[crm.Cooperation](all) {
		amount := c.Cost
		if c.Cancellation != nil {
			if amount = (budget.Money{}); c.Status == crm.Signed {
				amount = c.Cancellation.Fee
			}
		}
		if amount.Currency() == all.Workspace.Currency {
			booked += amount.Minor()
		}
	}
	return booked
}
