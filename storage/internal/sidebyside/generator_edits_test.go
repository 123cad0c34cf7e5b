package sidebyside_test

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// edit changes fields of a record to values that are drawn already, so that both sides change alike.
type edit[R any] func(*R)

// edits draws some of many possible edits, one of which is drawn by each.
func edits[R any](g generator, atMost, kinds int, draw func(kind int) edit[R]) edit[R] {
	var all []edit[R]
	for range rapid.IntRange(1, atMost).Draw(g.T, "edits") {
		all = append(all, draw(rapid.IntRange(0, kinds-1).Draw(g.T, "edit")))
	}
	return func(r *R) {
		for _, change := range all {
			change(r)
		}
	}
}

func (g generator) memberEdit() edit[crm.Member] {
	name, email := g.name(), mostly(g, "email", []string{"", "pam@example.com", "Emma@Example.com"}, "nobody")
	return func(m *crm.Member) { m.Name, m.Email = name, email }
}

func (g generator) campaignEdit() edit[crm.Campaign] {
	return edits(g, 3, 5, func(kind int) edit[crm.Campaign] {
		switch kind {
		case 0:
			v := g.name()
			return func(c *crm.Campaign) { c.Name = v }
		case 1:
			v := g.money()
			return func(c *crm.Campaign) { c.Budget = v }
		case 2:
			v := g.money()
			return func(c *crm.Campaign) { c.RevenueTarget = v }
		case 3:
			v := g.period()
			return func(c *crm.Campaign) { c.Period = v }
		default:
			v := g.notes()
			return func(c *crm.Campaign) { c.Notes = v }
		}
	})
}

func (g generator) influencerEdit() edit[crm.Influencer] {
	return edits(g, 3, 7, func(kind int) edit[crm.Influencer] {
		switch kind {
		case 0:
			v := g.name()
			return func(i *crm.Influencer) { i.Name = v }
		case 1:
			v := g.profile()
			return func(i *crm.Influencer) {
				if len(i.Profiles) > 0 {
					id := i.Profiles[0].ID
					i.Profiles[0] = v
					i.Profiles[0].ID = id
				}
			}
		case 2:
			v := g.profile()
			return func(i *crm.Influencer) { i.Profiles = append(i.Profiles, v) }
		case 3:
			at := rapid.IntRange(0, 2).Draw(g.T, "profile removed")
			return func(i *crm.Influencer) {
				if at < len(i.Profiles) {
					i.Profiles = slices.Delete(i.Profiles, at, at+1)
				}
			}
		case 4:
			v := g.responsible()
			return func(i *crm.Influencer) { i.Responsible = v }
		case 5:
			tags, category := g.tags(), g.wanted(goodNames...)
			return func(i *crm.Influencer) { i.Tags, i.Category = slices.Clone(tags), category }
		default:
			phone, email := mostly(g, "phone", []string{"", "+49 170 1234567"}, "12"), mostly(g, "email", []string{"", "pam@example.com"}, "nobody")
			notes, custom := g.notes(), g.custom()
			return func(i *crm.Influencer) {
				i.Phone, i.Email, i.Notes, i.Custom = phone, email, notes, maps.Clone(custom)
			}
		}
	})
}

var statuses = []crm.Status{crm.Draft, crm.Negotiating, crm.Signed, crm.Signed}

func (g generator) cooperationEdit() edit[crm.Cooperation] {
	return edits(g, 6, 15, func(kind int) edit[crm.Cooperation] {
		switch kind {
		case 0:
			campaign, influencer := pick(g, g.campaigns), pick(g, g.influencers)
			return func(c *crm.Cooperation) { c.Campaign, c.Influencer = campaign, influencer }
		case 1, 2:
			v := g.profileOf()
			return func(c *crm.Cooperation) { c.Profile = v }
		case 3:
			v := mostly(g, "name", []string{"", "", "Special", "Pam - Emma"}, "two\nlines")
			return func(c *crm.Cooperation) { c.Name = v }
		case 4, 5:
			v := mostly(g, "status", statuses, "done")
			return func(c *crm.Cooperation) { c.Status = v }
		case 6, 7:
			v := g.period()
			return func(c *crm.Cooperation) { c.Period = v }
		case 8, 9:
			v := g.money()
			return func(c *crm.Cooperation) { c.Cost = v }
		case 10:
			v, last := mostly(g, "spread", []budget.Spread{"", budget.ByDay, budget.OnStart, budget.OnEnd}, "by_hour"),
				rapid.Bool().Draw(g.T, "last touch")
			return func(c *crm.Cooperation) { c.Spread, c.LastTouch = v, last }
		case 11:
			v := g.params("", "x", "Summer Sale", "ünal", "a", "b", "c", "a#b")
			return func(c *crm.Cooperation) { c.UTM = v }
		case 12:
			v := g.rules()
			return func(c *crm.Cooperation) { c.Rules = slices.Clone(v) }
		case 13:
			v := g.responsible()
			return func(c *crm.Cooperation) { c.Responsible = v }
		default:
			notes, custom, cancellation := g.notes(), g.custom(), g.cancellation()
			return func(c *crm.Cooperation) {
				c.Notes, c.Custom, c.Cancellation = notes, maps.Clone(custom), cancellation
			}
		}
	})
}

func (g generator) workspaceEdit() edit[crm.Workspace] {
	return edits(g, 2, 6, func(kind int) edit[crm.Workspace] {
		switch kind {
		case 0:
			name, zone := g.name(), mostly(g, "zone", []string{"Europe/Berlin", "Pacific/Auckland", "UTC"}, "Berlin")
			return func(w *crm.Workspace) { w.Name, w.TimeZone = name, zone }
		case 1:
			v := one[budget.Currency](g, "currency", "EUR", "EUR", "usd", "XXY")
			return func(w *crm.Workspace) { w.Currency = v }
		case 2:
			v := g.template()
			return func(w *crm.Workspace) { w.UTM = v }
		case 3:
			v := rapid.SliceOfN(rapid.SampledFrom(goodCodes), 0, 3).Draw(g.T, "ignored codes")
			return func(w *crm.Workspace) { w.IgnoredCodes = slices.Clone(v) }
		case 4:
			tail := mostly(g, "tail days", []int{0, 1, 14}, 366)
			weight := decimal.RequireFromString(mostly(g, "weight", []string{"0", "0.5", "0.250", "1"}, "1.1"))
			comparison := mostly(g, "comparison", append(discount.Comparisons(), ""), "magento")
			return func(w *crm.Workspace) {
				w.TailDays, w.Forecast.Negotiating, w.CodeComparison = tail, weight, comparison
			}
		default:
			month, amount := g.day().Month(), g.money()
			return func(w *crm.Workspace) { w.MonthBudgets[month] = amount }
		}
	})
}

func (g generator) importRun() crm.ImportRun {
	return crm.ImportRun{
		ID: given[crm.ImportRun](g), Source: g.name(), Actor: "ignored", UndoneAt: time.Unix(1, 1),
		Counts: map[string]int{mostly(g, "count", []string{"created", "updated"}, ""): mostly(g, "n", []int{0, 7}, -1)},
		Plan:   mostly(g, "plan", []json.RawMessage{nil, json.RawMessage(`{"rows": [1, "<b>"]}`)}, json.RawMessage(`{`)),
	}
}
