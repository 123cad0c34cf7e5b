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

// monthBudgets returns the budget of every month that has one, and where it is
// from: set for the month, else what the campaigns' budgets come to.
func monthBudgets(plan *Plan, planned []plannedBudget) (map[Month]int64, map[Month]Basis) {
	amounts := make(map[Month]int64)
	sources := make(map[Month]Basis)
	for _, budget := range planned {
		for _, part := range budget.parts {
			amounts[part.month] += part.minor
			if sources[part.month] != BudgetDerived {
				sources[part.month] = budget.from
			}
		}
	}
	for m, amount := range plan.MonthBudgets {
		if amount.IsSet() {
			amounts[m], sources[m] = amount.minor, BudgetMonth
		}
	}
	return amounts, sources
}
