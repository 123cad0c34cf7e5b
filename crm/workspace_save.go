package crm

import (
	"context"
	"errors"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/discount"
)

// UpdateWorkspace changes the workspace's settings. A new template applies to new cooperations only.
func (w *Work) UpdateWorkspace(ctx context.Context, ws Workspace, reason string) (Workspace, error) {
	if ws.ID != w.workspace.ID {
		return Workspace{}, ws.Ref().NotFound()
	}
	if ws.Version != w.workspace.Version {
		return Workspace{}, ws.Ref().Stale(ws.Version, w.workspace.Version)
	}
	// This comes first because otherwise each month budget would be reported as being in the wrong currency.
	if c, err := budget.ParseCurrency(string(ws.Currency)); err == nil && c != w.workspace.Currency {
		if err := w.checkCurrencyChange(ctx, ws); err != nil {
			return Workspace{}, err
		}
	}
	if err := ws.normalize(); err != nil {
		return Workspace{}, err
	}
	if ws.Sources.Sheet.Link != w.workspace.Sources.Sheet.Link {
		if err := w.env.checkSheetLink(ws); err != nil {
			return Workspace{}, err
		}
	}
	after, err := replace(ctx, w, w.workspace, ws, reason)
	if err != nil {
		return Workspace{}, err
	}
	w.workspace = after
	return Clone(after), nil
}

// checkCurrencyChange refuses a new currency once an amount exists, because the amount would change its meaning.
func (w *Work) checkCurrencyChange(ctx context.Context, ws Workspace) error {
	amounts, err := len(w.workspace.MonthBudgets), error(nil)
	if amounts == 0 {
		amounts, err = w.Campaigns().Count(ctx, CampaignFilter{HasAmount: true, Archive: ActiveOrNot})
	}
	if err == nil && amounts == 0 {
		amounts, err = w.Cooperations().Count(ctx, CooperationFilter{HasAmount: true, Archive: ActiveOrNot})
	}
	if err == nil && amounts == 0 {
		amounts, err = w.amountsOfRules(ctx)
	}
	if err != nil || amounts == 0 {
		return err
	}
	return &Error{Family: ErrInvalid, Record: ws.Ref(), Field: "currency", Value: string(ws.Currency),
		Problem: sentence.Of("there are amounts in %s already, so the currency is fixed; start another workspace for another currency",
			w.workspace.Currency)}
}

// amountsOfRules counts the discount rules that take off an amount, until it finds one.
func (w *Work) amountsOfRules(ctx context.Context) (int, error) {
	found := errors.New("found")
	look := func(rules []discount.Rule) error {
		if slices.ContainsFunc(rules, func(r discount.Rule) bool { return r.Benefit.Kind == discount.Amount }) {
			return found
		}
		return nil
	}
	err := Each(ctx, w.Cooperations(), CooperationFilter{Archive: ActiveOrNot},
		func(c Cooperation) error { return look(c.Rules) })
	if err == nil {
		err = Each(ctx, w.Influencers(), InfluencerFilter{Archive: ActiveOrNot}, func(i Influencer) error {
			for _, p := range i.Profiles {
				if err := look(p.Rules); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if errors.Is(err, found) {
		return 1, nil
	}
	return 0, err
}
