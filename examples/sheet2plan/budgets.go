package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// budgets are those of the command line. Amounts are in the workspace's currency, which is known later.
type budgets struct {
	campaigns, targets []setting // by the names of campaigns
	months             []setting
}

// setting is what stands on both sides of an equals sign.
type setting struct{ name, amount string }

func (b *budgets) define(flags *flag.FlagSet) {
	setTo := func(to *[]setting) func(string) error {
		return func(text string) error {
			at := strings.LastIndexByte(text, '=')
			if at < 1 {
				return errors.New("write the name, an equals sign and the amount, like Summer=20000")
			}
			*to = append(*to, setting{strings.TrimSpace(text[:at]), strings.TrimSpace(text[at+1:])})
			return nil
		}
	}
	flags.Func("budget", "the budget of a campaign, as `name=amount`; once for each", setTo(&b.campaigns))
	flags.Func("target", "the revenue target of a campaign, as `name=amount`; once for each", setTo(&b.targets))
	flags.Func("month-budget", "the budget of a month, as `2026-12=amount`; once for each", setTo(&b.months))
}

func (b *budgets) given() bool { return len(b.campaigns)+len(b.targets)+len(b.months) > 0 }

// save writes them into the records, all or none.
func (b *budgets) save(ctx context.Context, service *crm.Service, ws crm.WorkspaceID) error {
	if !b.given() {
		return nil
	}
	return service.Update(ctx, ws, func(ctx context.Context, w *crm.Work) error {
		workspace, err := w.Workspace(ctx)
		if err != nil {
			return err
		}
		for _, set := range b.months {
			month, err := budget.ParseMonth(set.name)
			if err != nil {
				return fmt.Errorf("-month-budget: %w", err)
			}
			amount, err := set.money("-month-budget", workspace.Currency)
			if err != nil {
				return err
			}
			if _, err := w.SetMonthBudget(ctx, month, amount, ""); err != nil {
				return err
			}
		}
		if err := saveCampaigns(ctx, w, "-budget", b.campaigns, func(c *crm.Campaign, m budget.Money) { c.Budget = m }); err != nil {
			return err
		}
		return saveCampaigns(ctx, w, "-target", b.targets, func(c *crm.Campaign, m budget.Money) { c.RevenueTarget = m })
	})
}

func saveCampaigns(ctx context.Context, w *crm.Work, option string, settings []setting, set func(*crm.Campaign, budget.Money)) error {
	for _, s := range settings {
		workspace, err := w.Workspace(ctx)
		if err != nil {
			return err
		}
		amount, err := s.money(option, workspace.Currency)
		if err != nil {
			return err
		}
		campaign, err := campaignNamed(ctx, w, s.name)
		if err != nil {
			return fmt.Errorf("%s: %w", option, err)
		}
		set(&campaign, amount)
		if _, err := w.UpdateCampaign(ctx, campaign, ""); err != nil {
			return err
		}
	}
	return nil
}

// campaignNamed finds a campaign by its name, however it is capitalised.
func campaignNamed(ctx context.Context, w *crm.Work, name string) (crm.Campaign, error) {
	var names []string
	var found crm.Campaign
	err := crm.Each(ctx, w.Campaigns(), crm.CampaignFilter{}, func(c crm.Campaign) error {
		if names = append(names, c.Name); crm.Fold(c.Name) == crm.Fold(name) {
			found = c
		}
		return nil
	})
	if err == nil && found.ID.IsZero() {
		slices.Sort(names)
		err = fmt.Errorf("there is no campaign %q; there are %s", name, strings.Join(names, ", "))
	}
	return found, err
}

func (s setting) money(option string, currency budget.Currency) (budget.Money, error) {
	m, err := budget.ParseMoney(s.amount, currency)
	if err != nil {
		return m, fmt.Errorf("%s %s=%s: %w", option, s.name, s.amount, err)
	}
	return m, nil
}
