package budget

import (
	"fmt"
	"slices"
)

// Summary is a Report without its items: the same lines, and counts where the report has lists. Its lines do not say
// who tipped them.
type Summary struct {
	Currency Currency `json:"currency"`
	Today    Date     `json:"today,omitzero"`
	Weights  Weights  `json:"weights"`

	Total       Line     `json:"total"`
	MonthTotal  Line     `json:"month_total"`
	Coverage    Coverage `json:"coverage"`
	Campaigns   []Line   `json:"campaigns"`
	Months      []Line   `json:"months"`
	Cells       []Line   `json:"cells"`
	Unscheduled Line     `json:"unscheduled"`

	// Warnings are those of campaigns, by their ids. OnlyEnd is how many items have an end and no start, each of which is a
	// warning of the report. The items that are unpriced are in the counts of the lines.
	Warnings []Warning `json:"warnings"`
	OnlyEnd  int       `json:"only_end,omitzero"`
}

// Summary returns the summary of a report, which shares no lines with it.
func (r *Report) Summary() *Summary {
	s := r.summary()
	for _, lines := range []*[]Line{&s.Campaigns, &s.Months, &s.Cells} {
		*lines = slices.Clone(*lines)
		for i := range *lines {
			(*lines)[i].TippedBy = ""
		}
	}
	s.Total.TippedBy, s.MonthTotal.TippedBy = "", ""
	for _, w := range r.Warnings {
		switch {
		case w.Item == "":
			s.Warnings = append(s.Warnings, w)
		case w.Code == WarnOnlyEnd:
			s.OnlyEnd++
		}
	}
	return s
}

// summary has the lines of the report, and no warnings.
func (r *Report) summary() *Summary {
	return &Summary{
		Currency: r.Currency, Today: r.Today, Weights: r.Weights,
		Total: r.Total, MonthTotal: r.MonthTotal, Coverage: r.Coverage,
		Campaigns: r.Campaigns, Months: r.Months, Cells: r.Cells, Unscheduled: r.Unscheduled,
		Warnings: []Warning{},
	}
}

// CampaignSum is a sum of a campaign, by its ID.
type CampaignSum struct {
	Campaign string
	Sum
}

// Summarize makes of sums the summary of the report that New makes of the items that they are of. Spans are, by ID, the
// first and the last day of SumEdge; only campaigns that have a budget and no dates need theirs. Where campaigns are named,
// by their IDs, it is the summary of that report filtered by Filter.Campaigns.
//
// The plan has no items. It is an ErrPlan where sums cannot give the report, and it takes the items: with another spread
// than by day, with rates and amounts in another currency, each of which is converted and rounded by itself, and with
// items that New refuses. Otherwise it fails as New does.
func Summarize(plan Plan, sums []CampaignSum, spans map[string]Period, campaigns ...string) (*Summary, error) {
	if err := plan.validate(); err != nil {
		return nil, err
	}
	if len(plan.Items) > 0 || plan.Spread != SpreadDefault && plan.Spread != ByDay {
		return nil, wrong(ErrPlan, "%d items spread %q, want sums only, by day", len(plan.Items), plan.Spread)
	}
	b, err := newLedger(&plan)
	if err != nil {
		return nil, err
	}
	for i := range b.campaigns {
		b.campaigns[i].span = spans[b.campaigns[i].ID]
	}
	onlyEnd, selected := 0, newOneOf(campaigns)
	for i := range sums {
		if err := b.addSum(&plan, &sums[i]); err != nil {
			return nil, fmt.Errorf("the sums of campaign %q: %w", short(sums[i].Campaign), err)
		}
		if sums[i].Kind == SumOnlyEnd && selected.has(sums[i].Campaign) {
			onlyEnd += int(sums[i].Count)
		}
	}
	r := newReport(&plan, b)
	r.addLines(&plan)
	if len(campaigns) > 0 {
		r = r.ofCampaigns(campaigns)
	}
	s := r.summary()
	s.OnlyEnd = onlyEnd
	s.Warnings = append(s.Warnings, r.Warnings...)
	return s, nil
}

// addSum adds a sum to the account of its campaign.
func (b *ledger) addSum(plan *Plan, s *CampaignSum) error {
	campaign, known := b.index[s.Campaign]
	if !known {
		return wrong(ErrPlan, "there is no such campaign in the plan")
	}
	var into *tally
	a := &b.campaigns[campaign]
	switch s.Kind {
	case SumCost, SumRefund:
		into = &a.total
	case SumMonth:
		into = &a.unscheduled
		if !s.Day.IsZero() {
			into = a.monthTally(s.Day.Month())
		}
	case SumRefused:
		return wrong(ErrPlan, "%d items are refused by New, which says why", s.Count)
	default:
		return nil
	}
	stage := s.Stage.index()
	if stage < 0 {
		return s.Stage.Validate()
	}
	into.count[stage] += int(s.Count)
	switch {
	case s.Currency == "":
		return nil
	case s.Currency != b.currency && plan.Rates != nil:
		return wrong(ErrPlan, "amounts in %s, each of which has a rate", s.Currency)
	case s.Currency != b.currency:
		into.unpriced += int(s.Count)
		return nil
	}
	minor, fits := s.minor()
	if !fits {
		return wrong(ErrOverflow, "%d of %s come to more than fits", s.Count, s.Stage)
	}
	into.minor[stage] += minor
	if s.Kind == SumMonth {
		return nil
	}
	return b.addGross(minor)
}
