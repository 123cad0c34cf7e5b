package budget

// plannedBudget is a campaign's budget, spread over the months.
type plannedBudget struct {
	parts []part
	from  Basis
}

// spreadBudget spreads the campaign's budget by day over its dates, or, if it has
// none, over the span of its items. It returns no parts when there is no budget or
// nothing to spread it over. How costs are spread has no influence: a budget pays
// for all days alike.
func (b *ledger) spreadBudget(a *account) plannedBudget {
	if !a.Budget.IsSet() {
		return plannedBudget{from: BudgetNone}
	}
	period, from := a.Period, BudgetSpread
	switch {
	case !period.IsZero() && period.Start.IsZero():
		b.warnings = append(b.warnings, onlyEndOfCampaign(&a.Campaign))
	case period.IsZero() && a.span.Days() > MaxDays:
		b.warnings = append(b.warnings, spanTooLong(&a.Campaign, a.span))
		return plannedBudget{from: BudgetNone}
	case period.IsZero():
		period, from = a.span, BudgetDerived
	}
	return plannedBudget{parts: appendParts(nil, a.Budget.minor, period), from: from}
}

// monthBudget is the budget of a month and what it rests on.
type monthBudget struct {
	minor int64
	from  Basis
}

// monthBudgets returns the budget of every month that has one: set for the month,
// else what the campaigns' budgets come to.
func monthBudgets(plan *Plan, planned []plannedBudget) map[Month]monthBudget {
	budgets := make(map[Month]monthBudget)
	for _, campaign := range planned {
		for _, part := range campaign.parts {
			month := budgets[part.month]
			month.minor += part.minor
			if month.from != BudgetDerived {
				month.from = campaign.from
			}
			budgets[part.month] = month
		}
	}
	for m, amount := range plan.MonthBudgets {
		if amount.IsSet() {
			budgets[m] = monthBudget{amount.minor, BudgetMonth}
		}
	}
	return budgets
}
