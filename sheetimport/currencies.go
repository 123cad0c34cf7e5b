package sheetimport

import (
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/sheetimport/internal/texts"
	"github.com/getklar/influencercrm/sheetimport/sheet"
)

// noteCurrencies says which costs are in other currencies than the workspace's, and where none is in it: then its budget
// shows nothing of the import.
func (p *planner) noteCurrencies() {
	sums, own := p.otherCurrencies()
	if len(sums) == 0 {
		return
	}
	var found []string
	for _, c := range slices.Sorted(maps.Keys(sums)) {
		amount := sums[c].amount.StringFixed(int32(c.Digits())) + " " + string(c)
		found = append(found, fmt.Sprintf("%s (%d)", amount, sums[c].rows))
	}
	note := sheet.Note{Code: "other_currencies", Text: sentence.Of(
		"costs in other currencies than %s, with the number of rows: %s; they count in a report only with an exchange rate",
		string(p.workspace.Currency), texts.Listed(found))}
	if !own {
		note = sheet.Note{Code: "no_cost_in_currency", Text: sentence.Of(
			"no cost is in %s, the currency of the workspace, so what the plan adds up to is 0.00 there; the costs, with the number of rows: %s; check the currency of the workspace",
			string(p.workspace.Currency), texts.Listed(found))}
	}
	p.plan.Notes = append(p.plan.Notes, note)
}

// currencySum adds up the costs in a currency. It is no budget.Money, which very many large costs do not fit into.
type currencySum struct {
	amount decimal.Decimal
	rows   int
}

// otherCurrencies adds up the costs in other currencies than the workspace's. own says whether any is in that one.
func (p *planner) otherCurrencies() (sums map[budget.Currency]*currencySum, own bool) {
	sums = map[budget.Currency]*currencySum{}
	for _, e := range p.entries {
		if e.verdict != Created && e.verdict != Updated && e.verdict != Unchanged || e.cost.Sign() == 0 {
			continue
		}
		c := e.cost.Currency()
		if c == p.workspace.Currency {
			own = true
			continue
		}
		if sums[c] == nil {
			sums[c] = &currencySum{}
		}
		sums[c].amount = sums[c].amount.Add(e.cost.Decimal())
		sums[c].rows++
	}
	return sums, own
}
