package crm

import (
	"context"
	"time"

	"github.com/getklar/influencercrm/budget"
)

// Summary is Report without the items: all lines, and counts where the report has lists. It takes as long as there are
// campaigns and months with cooperations, however many these are, because it reads sums that the store keeps; the report
// lists who is behind a line.
//
// Where the sums cannot answer it is made of the report, and is the same: with a spread for the report other than by day;
// with rates, if there are amounts in other currencies, each of which is converted and rounded by itself; with a
// filter of more than campaigns, which selects items; and where the store has not kept sums yet: see RepairSummary.
func (s *Service) Summary(ctx context.Context, ws WorkspaceID, o *ReportOptions) (*budget.Summary, error) {
	return view(ctx, s, ws, "summary", func(ctx context.Context, r Reader) (*budget.Summary, error) {
		return ReadSummary(ctx, r, s.env.now(), o)
	})
}

// ReadSummary is Service.Summary of what a Reader shows, for instance beside other reads of one View. The time is that of
// the service's clock. In a past it is made of the report.
func ReadSummary(ctx context.Context, r Reader, now time.Time, o *ReportOptions) (*budget.Summary, error) {
	mustBeGiven(r != nil, "ReadSummary", "a Reader")
	o, err := o.checked()
	if err != nil {
		return nil, err
	}
	summary, err := summaryOfSums(ctx, r, now, o)
	if summary != nil || err != nil {
		return summary, err
	}
	whole, err := report(ctx, r, now, o)
	if err != nil {
		return nil, err
	}
	return whole.Summary(), nil
}

// summaryOfSums makes a summary of the sums that the store keeps. It is nil where they cannot give it.
func summaryOfSums(ctx context.Context, r Reader, now time.Time, o *ReportOptions) (*budget.Summary, error) {
	plan, err := newPlan(ctx, r, now, o)
	if err != nil || !o.Filter.IsZero() && !o.Filter.OnlyCampaigns() || plan.Spread != budget.SpreadDefault && plan.Spread != budget.ByDay {
		return nil, err
	}
	sums, kept, err := r.PlanSums(ctx, sumsFor(plan, o))
	if err != nil || !kept {
		return nil, err
	}
	if err := readPlanCampaigns(ctx, r, &plan); err != nil {
		return nil, err
	}
	spans, err := spansForBudgets(ctx, r, &plan)
	if err != nil {
		return nil, err
	}
	texts := map[CampaignID]string{}
	ofCampaigns := make([]budget.CampaignSum, len(sums))
	for n, s := range sums {
		ofCampaigns[n] = budget.CampaignSum{Campaign: idText(texts, s.Campaign), Sum: s.Sum}
	}
	summary, err := budget.Summarize(plan, ofCampaigns, spans, o.Filter.Campaigns...)
	if err != nil {
		return nil, nil //nolint:nilerr // the report says what is wrong, and of which cooperation
	}
	return summary, nil
}

// maxSummed is of how many campaigns the sums are read by themselves; of more it is better to read all.
const maxSummed = 50

// sumsFor selects the sums that a summary needs: of campaigns that a filter names, theirs alone. But a month with a budget of
// its own has what the others take of it.
func sumsFor(plan budget.Plan, o *ReportOptions) PlanSumFilter {
	all := PlanSumFilter{Kinds: budget.SummedKinds()}
	if len(o.Filter.Campaigns) > maxSummed || len(plan.MonthBudgets) > 0 {
		return all
	}
	of := all
	for _, text := range o.Filter.Campaigns {
		id, err := ParseID[Campaign](text)
		if err != nil {
			return all // which no campaign has
		}
		of.Campaigns = append(of.Campaigns, id)
	}
	return of
}

// spansForBudgets reads the days of those campaigns whose budgets are spread over them.
func spansForBudgets(ctx context.Context, r Reader, plan *budget.Plan) (map[string]budget.Period, error) {
	var undated []CampaignID
	for _, c := range plan.Campaigns {
		if c.Budget.IsSet() && c.Period.IsZero() {
			id, err := ParseID[Campaign](c.ID)
			if err != nil {
				return nil, err
			}
			undated = append(undated, id)
		}
	}
	if len(undated) == 0 {
		return nil, nil
	}
	found, err := r.PlanSpans(ctx, undated)
	spans := make(map[string]budget.Period, len(found))
	for id, span := range found {
		spans[id.String()] = span
	}
	return spans, err
}

// RepairSummary makes the sums that Summary reads anew, of all cooperations, and returns how many were missing or wrong; and,
// uncounted, the claims that the store keeps. Both are kept with each write, so there is no need for it but in two cases: in a
// database of an earlier version, where otherwise the next write of a cooperation makes them; and after somebody has changed the
// tables by hand. In a dry run it only looks. It changes no records, so that the log has nothing of it.
func (w *Work) RepairSummary(ctx context.Context) (changed int, err error) {
	before, _, err := w.tx.PlanSums(ctx, PlanSumFilter{})
	if err != nil {
		return 0, err
	}
	if err := w.tx.RebuildPlanSums(ctx); err != nil {
		return 0, err
	}
	after, _, err := w.tx.PlanSums(ctx, PlanSumFilter{})
	if err != nil {
		return 0, err
	}
	return changedSums(before, after), nil
}

// changedSums counts the keys whose sums differ. Both are in order.
func changedSums(before, after []PlanSum) (changed int) {
	for len(before) > 0 && len(after) > 0 {
		order := before[0].Compare(after[0])
		if order != 0 || before[0] != after[0] {
			changed++
		}
		if order <= 0 {
			before = before[1:]
		}
		if order >= 0 {
			after = after[1:]
		}
	}
	return changed + len(before) + len(after)
}

// RepairSummary is Work.RepairSummary.
func (s *Service) RepairSummary(ctx context.Context, ws WorkspaceID) (changed int, err error) {
	return update(ctx, s, ws, "repair summary", func(ctx context.Context, w *Work) (int, error) { return w.RepairSummary(ctx) })
}
