package sheetimport

import (
	"fmt"
	"maps"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// noteCurrencies says which costs are in other currencies than the workspace's, and where none is in it: then its budget
// shows nothing of the import.
func (p *planner) noteCurrencies() {
	sums, rows := map[budget.Currency]budget.Money{}, map[budget.Currency]int{}
	own := false
	for _, e := range p.entries {
		if e.verdict != Created && e.verdict != Updated && e.verdict != Unchanged || e.cost.Sign() == 0 {
			continue
		}
		c := e.cost.Currency()
		if c == p.workspace.Currency {
			own = true
			continue
		}
		if sum, err := addCost(sums[c], e.cost); err == nil {
			sums[c] = sum
		}
		rows[c]++
	}
	if len(rows) == 0 {
		return
	}
	var found []string
	for _, c := range slices.Sorted(maps.Keys(rows)) {
		found = append(found, fmt.Sprintf("%s (%d)", sums[c], rows[c]))
	}
	note := sheet.Note{Code: "other_currencies", Text: sentence.Of(
		"costs in other currencies than %s, with the number of rows: %s; they count in a report only with an exchange rate", string(p.workspace.Currency), texts.Listed(found))}
	if !own {
		note = sheet.Note{Code: "no_cost_in_currency", Text: sentence.Of(
			"no cost is in %s, the currency of the workspace, so what the plan adds up to is 0.00 there; the costs, with the number of rows: %s; check the currency of the workspace",
			string(p.workspace.Currency), texts.Listed(found))}
	}
	p.plan.Notes = append(p.plan.Notes, note)
}

// addCost adds to a sum that may not have begun.
func addCost(sum, m budget.Money) (budget.Money, error) {
	if !sum.IsSet() {
		return m, nil
	}
	return sum.Add(m)
}
