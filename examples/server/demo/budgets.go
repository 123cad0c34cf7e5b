package demo

import (
	"context"
	"math/rand/v2"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

const currency = budget.Currency("EUR")

// spending is what a campaign is about to spend.
type spending struct {
	cost   int64 // in cents
	period budget.Period
}

func (s *spending) add(c crm.Cooperation) {
	s.cost += c.Cost.Minor()
	if s.period.Start.IsZero() || c.Period.Start.Before(s.period.Start) {
		s.period.Start = c.Period.Start
	}
	if c.Period.End.After(s.period.End) {
		s.period.End = c.Period.End
	}
}

// setBudgets gives each campaign its dates, a budget near what it spends and a revenue target, and the next month a budget of its
// own.
func (f *filling) setBudgets(ctx context.Context) error {
	return f.update(ctx, func(ctx context.Context, w *crm.Work, rnd *rand.Rand) error {
		campaigns, next := map[crm.CampaignID]*spending{}, spending{}
		err := crm.Each(ctx, w.Cooperations(), crm.CooperationFilter{}, func(c crm.Cooperation) error {
			if campaigns[c.Campaign] == nil {
				campaigns[c.Campaign] = &spending{}
			}
			campaigns[c.Campaign].add(c)
			if c.Period.Start.Month() == f.Today.Month().Next() {
				next.add(c)
			}
			return nil
		})
		if err != nil {
			return err
		}
		err = crm.Each(ctx, w.Campaigns(), crm.CampaignFilter{}, func(c crm.Campaign) error {
			s := campaigns[c.ID]
			if s == nil {
				return nil
			}
			c.Period, c.Budget = s.period, rounded(s.cost*pick(rnd, []int64{92, 105, 115, 130})/100)
			c.RevenueTarget = budget.FromMinor(4*c.Budget.Minor(), currency)
			_, err := w.UpdateCampaign(ctx, c, "budgets are agreed")
			return err
		})
		if err != nil {
			return err
		}
		_, err = w.SetMonthBudget(ctx, f.Today.Month().Next(), rounded(next.cost*11/10), "budgets are agreed")
		return err
	})
}

// rounded is an amount of whole 500s, one at least.
func rounded(cents int64) budget.Money {
	const whole = 500_00
	return budget.FromMinor(max(1, cents/whole)*whole, currency)
}
