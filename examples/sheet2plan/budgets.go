package main

import (
	"context"
	"errors"
	"flag"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
)

// budgets are those of the command line. Amounts are in the workspace's currency, which is known later.
type budgets struct {
	campaigns, targets []setting // by the names of campaigns
	months             []setting
}

// setting is what stands on both sides of an equals sign.
type setting struct{ name, amount string }

func (b *budgets) define(flags *flag.FlagSet) {
	setTo := func(to *[]setting, like string) func(string) error {
		return func(text string) error {
			at := strings.LastIndexByte(text, '=')
			if at < 1 {
				return errors.New("write the name, an equals sign and the amount, like " + like)
			}
			*to = append(*to, setting{strings.TrimSpace(text[:at]), strings.TrimSpace(text[at+1:])})
			return nil
		}
	}
	flags.Func("budget", "the budget of a campaign, as `name=amount`; once for each", setTo(&b.campaigns, "Summer=20000"))
	flags.Func("target", "the revenue target of a campaign, as `name=amount`; once for each", setTo(&b.targets, "Summer=90000"))
	flags.Func("month-budget", "the budget of a month, as `2026-12=amount`; once for each", setTo(&b.months, "2026-12=15000"))
}

func (b *budgets) given() bool { return len(b.campaigns)+len(b.targets)+len(b.months) > 0 }

// check refuses months, amounts and names of campaigns that cannot be saved once the plan is carried out, so that an import is
// not half of what was asked for.
func (b *budgets) check(ctx context.Context, service *crm.Service, ws crm.WorkspaceID, plan *sheetimport.Plan) error {
	if !b.given() {
		return nil
	}
	return service.View(ctx, ws, func(ctx context.Context, r crm.Reader) error {
		workspace, err := r.Workspace(ctx)
		if err != nil {
			return err
		}
		if _, err := b.monthBudgets(workspace); err != nil {
			return err
		}
		names, err := activeCampaigns(ctx, r)
		if err != nil {
			return err
		}
		rows := plan.Rows
		for _, t := range plan.Budgets {
			rows = slices.Concat(rows, t.Rows)
		}
		for _, row := range rows {
			for _, c := range row.Changes {
				if c.Record == crm.KindCampaign && c.Field == "name" {
					names[crm.Fold(c.To)] = crm.Campaign{Name: c.To}
				}
			}
		}
		_, err = b.changed(names, workspace.Currency)
		return err
	})
}

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
		if workspace.MonthBudgets, err = b.monthBudgets(workspace); err != nil {
			return err
		}
		if len(b.months) > 0 {
			if workspace, err = w.UpdateWorkspace(ctx, workspace, ""); err != nil {
				return err
			}
		}
		there, err := activeCampaigns(ctx, w)
		if err != nil {
			return err
		}
		changed, err := b.changed(there, workspace.Currency)
		if err != nil {
			return err
		}
		for _, c := range changed {
			if _, err := w.UpdateCampaign(ctx, c, ""); err != nil {
				return err
			}
		}
		return nil
	})
}

// monthBudgets are those of a workspace together with those of the command line.
func (b *budgets) monthBudgets(workspace crm.Workspace) (map[budget.Month]budget.Money, error) {
	workspace = crm.Clone(workspace)
	if workspace.MonthBudgets == nil {
		workspace.MonthBudgets = map[budget.Month]budget.Money{}
	}
	for _, set := range b.months {
		month, err := budget.ParseMonth(set.name)
		if err != nil {
			return nil, refuse("-month-budget: %w", err)
		}
		if workspace.MonthBudgets[month], err = set.money("-month-budget", workspace.Currency); err != nil {
			return nil, err
		}
	}
	return workspace.MonthBudgets, crm.Check(workspace, workspace.Currency)
}

// changed are the campaigns whose budget or target is set, of those there are, by folded name.
func (b *budgets) changed(there map[string]crm.Campaign, currency budget.Currency) ([]crm.Campaign, error) {
	var names []string
	changed := map[string]crm.Campaign{}
	set := func(option string, settings []setting, field func(*crm.Campaign) *budget.Money) error {
		for _, s := range settings {
			amount, err := s.money(option, currency)
			if err != nil {
				return err
			}
			name := crm.Fold(s.name)
			campaign, ok := changed[name]
			if !ok {
				if campaign, ok = there[name]; !ok {
					return refuse("%s: there is no campaign %q; there are %s", option, s.name, listed(there))
				}
				names = append(names, name)
			}
			*field(&campaign) = amount
			if err := crm.Check(campaign, currency); err != nil {
				return refuse("%s %s=%s: %w", option, s.name, s.amount, err)
			}
			changed[name] = campaign
		}
		return nil
	}
	if err := set("-budget", b.campaigns, func(c *crm.Campaign) *budget.Money { return &c.Budget }); err != nil {
		return nil, err
	}
	if err := set("-target", b.targets, func(c *crm.Campaign) *budget.Money { return &c.RevenueTarget }); err != nil {
		return nil, err
	}
	var campaigns []crm.Campaign
	for _, name := range names {
		campaigns = append(campaigns, changed[name])
	}
	return campaigns, nil
}

// activeCampaigns are the campaigns that are not archived, by folded name.
func activeCampaigns(ctx context.Context, r crm.Reader) (map[string]crm.Campaign, error) {
	there := map[string]crm.Campaign{}
	err := crm.Each(ctx, r.Campaigns(), crm.CampaignFilter{}, func(c crm.Campaign) error {
		there[crm.Fold(c.Name)] = c
		return nil
	})
	return there, err
}

// listed are the names of campaigns, for people.
func listed(campaigns map[string]crm.Campaign) string {
	var names []string
	for _, c := range campaigns {
		names = append(names, c.Name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func (s setting) money(option string, currency budget.Currency) (budget.Money, error) {
	m, err := budget.ParseMoney(s.amount, currency)
	// 20.000 is twenty as a decimal number and twenty thousand to many people.
	if _, decimals, _ := strings.Cut(s.amount, "."); err == nil && len(decimals) > currency.Digits() {
		err = refuse("has more decimals than %s; write it like %s", currency, budget.FromMinor(123_450, currency).Amount())
	}
	if err != nil {
		return m, refuse("%s %s=%s: %w", option, s.name, s.amount, err)
	}
	return m, nil
}
