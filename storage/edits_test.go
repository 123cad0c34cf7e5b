package storage_test

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// edit changes fields of a record to values that are drawn already, so that both sides change alike.
type edit[R any] func(*R)

// edits draws some of many possible edits, one of which is drawn by each.
func edits[R any](h hand, atMost, kinds int, draw func(kind int) edit[R]) edit[R] {
	var all []edit[R]
	for range rapid.IntRange(1, atMost).Draw(h.T, "edits") {
		all = append(all, draw(rapid.IntRange(0, kinds-1).Draw(h.T, "edit")))
	}
	return func(r *R) {
		for _, change := range all {
			change(r)
		}
	}
}

func (h hand) memberEdit() edit[crm.Member] {
	name, email := h.name(), mostly(h, "email", []string{"", "pam@example.com", "Emma@Example.com"}, "nobody")
	return func(m *crm.Member) { m.Name, m.Email = name, email }
}

func (h hand) campaignEdit() edit[crm.Campaign] {
	return edits(h, 3, 5, func(kind int) edit[crm.Campaign] {
		switch kind {
		case 0:
			v := h.name()
			return func(c *crm.Campaign) { c.Name = v }
		case 1:
			v := h.money()
			return func(c *crm.Campaign) { c.Budget = v }
		case 2:
			v := h.money()
			return func(c *crm.Campaign) { c.RevenueTarget = v }
		case 3:
			v := h.period()
			return func(c *crm.Campaign) { c.Period = v }
		default:
			v := h.notes()
			return func(c *crm.Campaign) { c.Notes = v }
		}
	})
}

func (h hand) influencerEdit() edit[crm.Influencer] {
	return edits(h, 3, 7, func(kind int) edit[crm.Influencer] {
		switch kind {
		case 0:
			v := h.name()
			return func(i *crm.Influencer) { i.Name = v }
		case 1:
			v := h.profile()
			return func(i *crm.Influencer) {
				if len(i.Profiles) > 0 {
					id := i.Profiles[0].ID
					i.Profiles[0] = v
					i.Profiles[0].ID = id
				}
			}
		case 2:
			v := h.profile()
			return func(i *crm.Influencer) { i.Profiles = append(i.Profiles, v) }
		case 3:
			at := rapid.IntRange(0, 2).Draw(h.T, "profile removed")
			return func(i *crm.Influencer) {
				if at < len(i.Profiles) {
					i.Profiles = slices.Delete(i.Profiles, at, at+1)
				}
			}
		case 4:
			v := h.responsible()
			return func(i *crm.Influencer) { i.Responsible = v }
		case 5:
			tags, category := h.tags(), h.wanted(goodNames...)
			return func(i *crm.Influencer) { i.Tags, i.Category = slices.Clone(tags), category }
		default:
			phone, email := mostly(h, "phone", []string{"", "+49 170 1234567"}, "12"), mostly(h, "email", []string{"", "pam@example.com"}, "nobody")
			notes, custom := h.notes(), h.custom()
			return func(i *crm.Influencer) {
				i.Phone, i.Email, i.Notes, i.Custom = phone, email, notes, maps.Clone(custom)
			}
		}
	})
}

var statuses = []crm.Status{crm.Draft, crm.Negotiating, crm.Signed, crm.Signed}

func (h hand) cooperationEdit() edit[crm.Cooperation] {
	return edits(h, 6, 15, func(kind int) edit[crm.Cooperation] {
		switch kind {
		case 0:
			campaign, influencer := pick(h, h.campaigns), pick(h, h.influencers)
			return func(c *crm.Cooperation) { c.Campaign, c.Influencer = campaign, influencer }
		case 1, 2:
			v := h.profileOf()
			return func(c *crm.Cooperation) { c.Profile = v }
		case 3:
			v := mostly(h, "name", []string{"", "", "Special", "Pam - Emma"}, "two\nlines")
			return func(c *crm.Cooperation) { c.Name = v }
		case 4, 5:
			v := mostly(h, "status", statuses, "done")
			return func(c *crm.Cooperation) { c.Status = v }
		case 6, 7:
			v := h.period()
			return func(c *crm.Cooperation) { c.Period = v }
		case 8, 9:
			v := h.money()
			return func(c *crm.Cooperation) { c.Cost = v }
		case 10:
			v, last := mostly(h, "spread", []budget.Spread{"", budget.ByDay, budget.OnStart, budget.OnEnd}, "by_hour"), rapid.Bool().Draw(h.T, "last touch")
			return func(c *crm.Cooperation) { c.Spread, c.LastTouch = v, last }
		case 11:
			v := h.params("", "x", "Summer Sale", "ünal", "a", "b", "c", "a#b")
			return func(c *crm.Cooperation) { c.UTM = v }
		case 12:
			v := h.rules()
			return func(c *crm.Cooperation) { c.Rules = slices.Clone(v) }
		case 13:
			v := h.responsible()
			return func(c *crm.Cooperation) { c.Responsible = v }
		default:
			notes, custom, cancellation := h.notes(), h.custom(), h.cancellation()
			return func(c *crm.Cooperation) {
				c.Notes, c.Custom, c.Cancellation = notes, maps.Clone(custom), cancellation
			}
		}
	})
}

func (h hand) workspaceEdit() edit[crm.Workspace] {
	return edits(h, 2, 6, func(kind int) edit[crm.Workspace] {
		switch kind {
		case 0:
			name, zone := h.name(), mostly(h, "zone", []string{"Europe/Berlin", "Pacific/Auckland", "UTC"}, "Berlin")
			return func(w *crm.Workspace) { w.Name, w.TimeZone = name, zone }
		case 1:
			v := one[budget.Currency](h, "currency", "EUR", "EUR", "usd", "XXY")
			return func(w *crm.Workspace) { w.Currency = v }
		case 2:
			v := h.template()
			return func(w *crm.Workspace) { w.UTM = v }
		case 3:
			v := rapid.SliceOfN(rapid.SampledFrom(goodCodes), 0, 3).Draw(h.T, "ignored codes")
			return func(w *crm.Workspace) { w.IgnoredCodes = slices.Clone(v) }
		case 4:
			tail := mostly(h, "tail days", []int{0, 1, 14}, 366)
			weight := decimal.RequireFromString(mostly(h, "weight", []string{"0", "0.5", "0.250", "1"}, "1.1"))
			return func(w *crm.Workspace) { w.TailDays, w.Forecast.Negotiating = tail, weight }
		default:
			month, amount := h.day().Month(), h.money()
			return func(w *crm.Workspace) { w.MonthBudgets[month] = amount }
		}
	})
}

func (h hand) importRun() crm.ImportRun {
	return crm.ImportRun{
		ID: given[crm.ImportRun](h), Source: h.name(), Actor: "ignored", UndoneAt: time.Unix(1, 1),
		Counts: map[string]int{mostly(h, "count", []string{"created", "updated"}, ""): mostly(h, "n", []int{0, 7}, -1)},
		Plan:   mostly(h, "plan", []json.RawMessage{nil, json.RawMessage(`{"rows": [1, "<b>"]}`)}, json.RawMessage(`{`)),
	}
}
