package sheetimport

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport/column"
)

// cleared has the last values of fields of campaigns, and of budgets of months, that somebody took away in the CRM. A sheet that
// still says the same does not bring them back. What an undo of an import took away is not among them.
type cleared struct {
	campaigns map[crm.CampaignID]map[string]string // by the names of campaignField
	months    map[string]string                    // by the month, as 2026-06
}

// loadCleared reads from the log what was taken away of what the rows would fill.
func (p *planner) loadCleared(ctx context.Context, known map[*entry]*crm.Cooperation) error {
	if p.plan.pulled {
		return nil
	}
	campaigns, months := p.blankCampaigns(known), p.blankMonths()
	if len(campaigns)+len(months) == 0 {
		return nil
	}
	undone, err := p.undoneUnits(ctx)
	if err != nil {
		return err
	}
	p.resolver.cleared = cleared{map[crm.CampaignID]map[string]string{}, map[string]string{}}
	for id, fields := range campaigns {
		if p.resolver.cleared.campaigns[id], err = p.takenFrom(ctx, crm.RefTo(id), fields, undone); err != nil {
			return err
		}
	}
	p.resolver.cleared.months, err = p.takenFrom(ctx, crm.RefTo(p.workspace.ID), months, undone)
	return err
}

// takenFrom reads the last values of fields of a record that are blank now, but for those that an undo of the import took away
// which had set them.
func (p *planner) takenFrom(ctx context.Context, record crm.Ref, fields map[string]bool, undone map[uuid.UUID]time.Time) (map[string]string, error) {
	last, taken := map[string]string{}, map[string]time.Time{}
	if len(fields) == 0 {
		return last, nil
	}
	err := p.eachNewest(ctx, record, func(c crm.Change) (done bool) {
		for _, f := range c.Fields {
			before, after := loggedValues(f.Field, f.Before), loggedValues(f.Field, f.After)
			for name := range fields {
				switch was := before[name]; {
				case was == after[name]:
				case last[name] == "": // it was taken away
					last[name], taken[name] = was, c.At
				default: // it was set
					if at, ok := undone[c.Unit]; ok && at.Equal(taken[name]) {
						delete(last, name)
					}
					delete(fields, name)
				}
			}
		}
		return len(fields) == 0
	})
	return last, err
}

// blankCampaigns are the campaigns of the CRM that rows say something of which they lack, with the names of these fields.
func (p *planner) blankCampaigns(known map[*entry]*crm.Cooperation) map[crm.CampaignID]map[string]bool {
	blank := map[crm.CampaignID]map[string]bool{}
	add := func(e *entry) {
		if !e.budget.IsSet() && !e.target.IsSet() && e.dates == (budget.Period{}) {
			return
		}
		c, _ := p.resolver.knownCampaign(e)
		if cooperation := known[e]; cooperation != nil {
			c = p.resolver.campaigns[crm.Fold(p.resolver.campaignNames[cooperation.Campaign])]
		}
		if e.verdict != "" || c == nil || c.Version < 2 {
			return
		}
		for _, f := range e.campaignFields(c) {
			if f.says != "" && f.is == "" {
				if blank[c.ID] == nil {
					blank[c.ID] = map[string]bool{}
				}
				blank[c.ID][f.name] = true
			}
		}
	}
	for _, b := range p.tables {
		if b.of == column.Campaigns {
			for _, e := range b.entries {
				add(e)
			}
		}
	}
	for _, e := range p.entries {
		add(e)
	}
	return blank
}

// blankMonths are the months that rows have budgets for and the CRM has none.
func (p *planner) blankMonths() map[string]bool {
	blank := map[string]bool{}
	for _, b := range p.tables {
		for _, e := range b.entries {
			if _, set := p.workspace.MonthBudgets[e.month]; b.of == column.Months && e.verdict == "" && e.budget.IsSet() && !set {
				blank[e.month.String()] = true
			}
		}
	}
	return blank
}

// eachNewest calls fn for the changes of a record, the last first, until it is done.
func (p *planner) eachNewest(ctx context.Context, record crm.Ref, fn func(crm.Change) (done bool)) error {
	f := crm.ChangeFilter{Record: record, Newest: true}
	for {
		changes, err := p.reader.Changes(ctx, f, crm.MaxPageSize)
		if err != nil {
			return err
		}
		for _, c := range changes {
			if fn(c) {
				return nil
			}
		}
		if len(changes) < crm.MaxPageSize {
			return nil
		}
		f.Before = changes[len(changes)-1].Seq
	}
}

// undoneUnits are the units of work of imports that were taken back, and of those that brought them back before, and when
// that was.
func (p *planner) undoneUnits(ctx context.Context) (map[uuid.UUID]time.Time, error) {
	units := map[uuid.UUID]time.Time{}
	o := crm.ListOptions{Size: crm.MaxPageSize, Brief: true}
	for {
		page, err := p.reader.ImportRuns().List(ctx, crm.ImportRunFilter{}, o)
		if err != nil {
			return nil, err
		}
		for _, run := range page.Items {
			for _, unit := range slices.Concat(run.Units, run.Undos) {
				if !run.UndoneAt.IsZero() {
					units[unit] = run.UndoneAt
				}
			}
		}
		if o.Token = page.Next; o.Token == "" {
			return units, nil
		}
	}
}

// loggedValues are the values in a field of the log, by the names of campaignField, and the budgets of months by the month. One
// that cannot be read is none.
func loggedValues(field string, value json.RawMessage) map[string]string {
	values := map[string]string{}
	if len(value) == 0 {
		return values
	}
	switch field {
	case "budget", "revenue_target":
		var m budget.Money
		if json.Unmarshal(value, &m) == nil {
			values[field] = m.String()
		}
	case "period":
		var p budget.Period
		if json.Unmarshal(value, &p) == nil {
			values["start"], values["end"] = p.Start.String(), p.End.String()
		}
	case "month_budgets":
		var months map[budget.Month]budget.Money
		if json.Unmarshal(value, &months) == nil {
			for month, amount := range months {
				values[month.String()] = amount.String()
			}
		}
	}
	return values
}
