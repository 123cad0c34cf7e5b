package crm

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/budget"
)

// Fits says what can still be signed within a budget.
type Fits struct {
	// Budgeted is false where there is no budget that anything could fit into; then the rest is empty.
	Budgeted bool `json:"budgeted"`

	Shares []budget.ItemShare `json:"shares"`        // what fits, in the order in which it was taken
	Left   budget.Money       `json:"left,omitzero"` // of the budget when all of it is signed; less than zero if it is over already
	// After is the line as it would be then. A filter of stages selects what is signed as well: what fits would be.
	After budget.Line `json:"after,omitzero"`
}

// Fits answers "what fits into the 3,200 left?": which drafts and negotiations of a campaign, of a month or of both can
// still be signed within its budget, taken in an order if each still fits. A zero id stands for all campaigns, the zero Month for
// all months; both are an ErrInvalid, and a campaign that does not exist is an ErrNotFound. See budget.Report.Fits. An unknown
// order is an ErrInvalid; the empty one is by start.
func (s *Service) Fits(ctx context.Context, ws WorkspaceID, campaign CampaignID, month budget.Month, by budget.FitOrder,
	o *ReportOptions) (Fits, error) {
	order, err := budget.ParseFitOrder(string(by))
	if err != nil {
		p := &problems{}
		p.err("order", string(by), err)
		return Fits{}, p.result()
	}
	if campaign.IsZero() && month.IsZero() {
		p := &problems{}
		p.add("campaign", "", "name a campaign or a month")
		return Fits{}, p.result()
	}
	id := ""
	if !campaign.IsZero() {
		id = campaign.String()
	}
	return view(ctx, s, ws, "fits", func(ctx context.Context, r Reader) (Fits, error) {
		plan, err := ReadPlan(ctx, r, s.env.now(), o)
		if err != nil {
			return Fits{}, err
		}
		if id != "" && !slices.ContainsFunc(plan.Campaigns, func(c budget.Campaign) bool { return c.ID == id }) {
			return Fits{}, RefTo(campaign).NotFound()
		}
		now, err := reportOf(plan, o)
		if err != nil {
			return Fits{}, err
		}
		shares, left, ok := now.Fits(id, month, order.Compare)
		if !ok {
			return Fits{Shares: shares}, nil
		}
		return signed(plan, o, id, month, Fits{Budgeted: true, Shares: shares, Left: left})
	})
}

// signed adds the line as it is when everything that fits is signed.
func signed(plan budget.Plan, o *ReportOptions, campaign string, month budget.Month, f Fits) (Fits, error) {
	changes := make([]budget.Change, len(f.Shares))
	for n, s := range f.Shares {
		changes[n] = budget.Change{Op: budget.StageItem, Item: s.Item, Stage: Signed}
	}
	plan, err := plan.With(changes...)
	if err != nil {
		return Fits{}, err
	}
	if o != nil && len(o.Filter.Stages) > 0 {
		withSigned := *o
		withSigned.Filter.Stages = append(slices.Clone(o.Filter.Stages), Signed)
		o = &withSigned
	}
	then, err := reportOf(plan, o)
	if err != nil {
		return Fits{}, err
	}
	f.After, _ = then.LineOf(campaign, month)
	return f, nil
}
