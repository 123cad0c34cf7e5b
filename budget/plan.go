package budget

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// Plan is what a report is made of: the campaigns with their budgets, the
// cooperations with their costs, and a few choices. It is plain data; New judges it.
type Plan struct {
	// Currency is the one that the report is in. Budgets are in it; items may be
	// in others, see Rates.
	Currency Currency

	Campaigns []Campaign

	// Items are read, not copied, and read again by the report's methods: leave
	// them alone for as long as the report is used. Their order has no influence.
	Items []Item

	// MonthBudgets, which are not negative either, replace, for their months, what the campaigns' budgets come to.
	MonthBudgets map[Month]Money

	// Spread is for the items that have none of their own; empty is ByDay.
	Spread Spread

	// Weights are for the forecast; nil is DefaultWeights.
	Weights *Weights

	// Rates converts other currencies. Without it their items are unpriced.
	Rates Rates

	// Labels are what people call the values of an axis, by the values as items have
	// them, such as the names of influencers by their ids. Those without one are shown
	// as they are.
	Labels map[Axis]map[string]string

	// Fold returns the form in which platforms, categories and tags are compared; nil
	// is NFKC, case folded, with single blanks. The empty text must stay empty.
	Fold func(string) string

	// Today is the report's day. It is the rate day of items without dates.
	Today Date
}

// Campaign is a planning shell with a budget. The ID is required and unique.
type Campaign struct {
	ID     string
	Name   string
	Budget Money // in the plan's currency, not negative; unset is not zero
	Period Period

	// Target is the revenue that the campaign is to bring, like a budget in the plan's currency and not negative.
	Target Money

	// Archived campaigns stay in the report, as their money does. An archived
	// campaign without dates is not upcoming.
	Archived bool
}

// Item is a cooperation as a planning report sees it: who, for which campaign,
// how certain, how much, when.
type Item struct {
	ID       string `json:"id"` // unique in the plan
	Name     string `json:"name,omitzero"`
	Campaign string `json:"campaign"` // the ID of one of the plan's campaigns

	// What the report can be broken down by; empty is "none given". Influencer and
	// Responsible are ids.
	Influencer  string   `json:"influencer,omitzero"`
	Platform    string   `json:"platform,omitzero"`
	Category    string   `json:"category,omitzero"`
	Responsible string   `json:"responsible,omitzero"`
	Tags        []string `json:"tags,omitzero"`

	Stage Stage `json:"stage"`

	// Cost may be unset: such an item is counted and adds no amount. It may be in
	// another currency than the plan: it is then converted once, at the rate of
	// its start, else its end, else the plan's day, and spread afterwards.
	Cost   Money  `json:"cost,omitzero"`
	Period Period `json:"period,omitzero"`
	Spread Spread `json:"spread,omitzero"`

	Cancellation *Cancellation `json:"cancellation,omitzero"`
}

// Cancellation takes an item out of the budget, unless it was signed: then the
// fee takes the place of the cost and counts as signed, once, on the day of the
// cancellation.
type Cancellation struct {
	On  Date  `json:"on"`
	Fee Money `json:"fee,omitzero"` // unset: no fee was agreed; the item is still counted as signed
}

// Rates tells what one unit of a currency is worth in another on a day. ok is
// false when the rate is not known; the item is then listed as unpriced, never
// taken for 0. The day is zero if neither the item nor the plan has one.
type Rates interface {
	Rate(from, to Currency, on Date) (rate decimal.Decimal, ok bool)
}

// effective returns what counts of the item: the cost and period, or those of its
// cancellation. counts is false for an item that has left the budget.
func (it *Item) effective() (cost Money, p Period, counts bool) {
	if it.Cancellation == nil {
		return it.Cost, it.Period, true
	}
	if it.Stage != Signed {
		return Money{}, Period{}, false
	}
	return it.Cancellation.Fee, Period{Start: it.Cancellation.On, End: it.Cancellation.On}, true
}

func (it *Item) validate() error {
	if err := it.Stage.Validate(); err != nil {
		return err
	}
	if err := it.Spread.Validate(); err != nil {
		return err
	}
	if err := it.Period.Validate(); err != nil {
		return err
	}
	if it.Cancellation != nil {
		return Period{Start: it.Cancellation.On}.Validate()
	}
	return nil
}

func (p *Plan) validate() error {
	if !p.Currency.known() {
		return wrong(ErrCurrency, "%q, want a three-letter code like EUR or USD", short(string(p.Currency)))
	}
	if err := p.Spread.Validate(); err != nil {
		return err
	}
	if !p.Today.IsZero() && !p.Today.inRange() {
		return wrong(ErrDate, "today is %s, want the years %s to %s", p.Today, firstYear, lastYear)
	}
	for m, amount := range p.MonthBudgets {
		if m.IsZero() || !m.First().inRange() {
			return wrong(ErrMonth, "the budget of month %q, want a month like 2026-06", m)
		}
		if err := validBudget(amount, p.Currency); err != nil {
			return fmt.Errorf("the budget of %s: %w", m, err)
		}
	}
	return p.weights().Validate()
}

func (p *Plan) weights() Weights {
	if p.Weights == nil {
		return DefaultWeights()
	}
	return *p.Weights
}

func (c *Campaign) validate(plan Currency) error {
	if c.ID == "" {
		return wrong(ErrPlan, "campaign %q has no id", short(c.Name))
	}
	if err := validBudget(c.Budget, plan); err != nil {
		return fmt.Errorf("the budget of campaign %q: %w", short(c.Name), err)
	}
	if err := validBudget(c.Target, plan); err != nil {
		return fmt.Errorf("the revenue target of campaign %q: %w", short(c.Name), err)
	}
	if err := c.Period.Validate(); err != nil {
		return fmt.Errorf("campaign %q: %w", short(c.Name), err)
	}
	return nil
}

func validBudget(m Money, plan Currency) error {
	switch {
	case m.IsSet() && m.currency != plan:
		return wrong(ErrCurrency, "%s, want an amount in %s", m, plan)
	case m.minor < 0:
		return wrong(ErrAmount, "%s, want zero or more", m)
	}
	return nil
}
