package sheetimport

import (
	"strings"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// The sums of costs in other currencies are exact also where they are larger than an amount can be.
func TestSumsOfOtherCurrencies(t *testing.T) {
	t.Parallel()
	p := &planner{plan: &Plan{}, workspace: crm.Workspace{Currency: "EUR"}}
	add := func(minor int64, c budget.Currency, v Verdict) {
		p.entries = append(p.entries, &entry{verdict: v, cost: budget.FromMinor(minor, c)})
	}
	for range 10_000 {
		add(budget.MaxMinor, "USD", Created)
	}
	add(-1, "USD", Updated)
	add(7, "JPY", Unchanged)
	add(budget.MaxMinor, "USD", Rejected)
	add(1, "EUR", Created)
	p.noteCurrencies()
	if len(p.plan.Notes) != 1 {
		t.Fatalf("notes: %+v", p.plan.Notes)
	}
	const want = "7 JPY (1), 99999999999999999.99 USD (10001)"
	if got := p.plan.Notes[0]; got.Code != "other_currencies" || !strings.Contains(got.Text.String(), want) {
		t.Errorf("%s: %s, want %s", got.Code, got.Text, want)
	}
}
