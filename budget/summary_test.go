package budget_test

import (
	"errors"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
)

// keptSums are sums of campaigns, kept as a store keeps them: what comes to no items is gone.
type keptSums map[budget.CampaignSum]budget.Sum

func (k keptSums) add(it *budget.Item, negated bool) {
	for _, s := range budget.AppendSums(nil, it) {
		key := budget.CampaignSum{Campaign: it.Campaign, Sum: budget.Sum{SumKey: s.SumKey}}
		if negated {
			s = s.Negated()
		}
		sum, known := k[key]
		if !known {
			sum.SumKey = s.SumKey
		}
		sum.Add(s)
		if k[key] = sum; sum.Count == 0 {
			delete(k, key)
		}
	}
}

// forSummary are the arguments of Summarize.
func (k keptSums) forSummary() (sums []budget.CampaignSum, spans map[string]budget.Period) {
	spans = map[string]budget.Period{}
	for key, s := range k {
		if s.Kind != budget.SumEdge {
			sums = append(sums, budget.CampaignSum{Campaign: key.Campaign, Sum: s})
			continue
		}
		span, known := spans[key.Campaign]
		if !known || s.Day.Before(span.Start) {
			span.Start = s.Day
		}
		if s.Day.After(span.End) {
			span.End = s.Day
		}
		spans[key.Campaign] = span
	}
	return sums, spans
}

func sumsOf(items []budget.Item) keptSums {
	kept := keptSums{}
	for i := range items {
		kept.add(&items[i], false)
	}
	return kept
}

// summarize makes the summary of a plan out of sums, in any order.
func summarize(plan budget.Plan, kept keptSums, campaigns ...string) (*budget.Summary, error) {
	sums, spans := kept.forSummary()
	plan.Items = nil
	return budget.Summarize(plan, sums, spans, campaigns...)
}

// A summary made of sums is that of the report made of the items.
func TestSummaryIsThatOfTheReport(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		plan := drawPlan(t)
		plan.Spread = rapid.SampledFrom([]budget.Spread{"", budget.ByDay}).Draw(t, "plan spread by day")
		got, err := summarize(plan, sumsOf(plan.Items))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(report(t, plan).Summary(), got, reportOptions()...); diff != "" {
			t.Fatalf("(-of the report +of the sums):\n%s", diff)
		}
	})
}

// A summary of some campaigns made of sums is that of the report filtered by them.
func TestSummaryOfCampaigns(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		plan := drawPlan(t)
		plan.Spread = rapid.SampledFrom([]budget.Spread{"", budget.ByDay}).Draw(t, "plan spread by day")
		ids := []string{"of none"}
		for _, c := range plan.Campaigns {
			if rapid.Bool().Draw(t, "named") {
				ids = append(ids, c.ID)
			}
		}
		got, err := summarize(plan, sumsOf(plan.Items), ids...)
		if err != nil {
			t.Fatal(err)
		}
		filtered, err := report(t, plan).Filter(budget.Filter{Campaigns: ids})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(filtered.Summary(), got, reportOptions()...); diff != "" {
			t.Fatalf("campaigns %v (-of the report +of the sums):\n%s", ids, diff)
		}
	})
}

// Sums out of which items were taken again are those of the others.
func TestSumsForgetWhatIsTakenOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		items := drawPlan(t).Items
		kept, stay := sumsOf(items), []budget.Item{}
		for i := range items {
			if rapid.Bool().Draw(t, "goes") {
				kept.add(&items[i], true)
			} else {
				stay = append(stay, items[i])
			}
		}
		if diff := cmp.Diff(sumsOf(stay), kept, reportOptions()...); diff != "" {
			t.Fatalf("(-never there +taken out):\n%s", diff)
		}
	})
}

func TestSummarizeRefuses(t *testing.T) {
	t.Parallel()
	june := days("2026-06-01", "2026-06-30")
	item := func(cost budget.Money) budget.Item {
		return budget.Item{ID: "1", Campaign: "a", Stage: budget.Signed, Cost: cost, Period: june}
	}
	large := item(budget.FromMinor(math.MaxInt64-5, "EUR"))
	for name, test := range map[string]struct {
		items []budget.Item
		edit  func(*budget.Plan)
		want  error
	}{
		"nothing":                    {nil, nil, nil},
		"another spread":             {nil, func(p *budget.Plan) { p.Spread = budget.OnStart }, budget.ErrPlan},
		"items beside the sums":      {nil, func(p *budget.Plan) { p.Items = []budget.Item{item(eur("1"))} }, budget.ErrPlan},
		"rates, and no need of them": {[]budget.Item{item(eur("1"))}, func(p *budget.Plan) { p.Rates = noRates{} }, nil},
		"rates of nothing":           {[]budget.Item{item(budget.FromMinor(0, "USD"))}, func(p *budget.Plan) { p.Rates = noRates{} }, nil},
		"rates of another currency": {[]budget.Item{item(budget.FromMinor(1, "USD"))},
			func(p *budget.Plan) { p.Rates = noRates{} }, budget.ErrPlan},
		"an item that New refuses":    {[]budget.Item{{ID: "1", Campaign: "a", Stage: "x"}}, nil, budget.ErrPlan},
		"a campaign that is not":      {[]budget.Item{{ID: "1", Campaign: "b", Stage: budget.Draft}}, nil, budget.ErrPlan},
		"the largest amount":          {[]budget.Item{large, item(budget.FromMinor(5, "EUR"))}, nil, nil},
		"more than the largest":       {[]budget.Item{large, item(budget.FromMinor(6, "EUR"))}, nil, budget.ErrOverflow},
		"more, with what takes away":  {[]budget.Item{large, item(budget.FromMinor(-6, "EUR"))}, nil, budget.ErrOverflow},
		"more, of many":               {slices.Repeat([]budget.Item{large}, 20), nil, budget.ErrOverflow},
		"more, in a foreign currency": {slices.Repeat([]budget.Item{item(budget.FromMinor(math.MaxInt64, "USD"))}, 20), nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := budget.Plan{Currency: "EUR", Campaigns: []budget.Campaign{{ID: "a", Name: "A"}}}
			if test.edit != nil {
				test.edit(&plan)
			}
			sums, spans := sumsOf(test.items).forSummary()
			if _, err := budget.Summarize(plan, sums, spans); !errors.Is(err, test.want) {
				t.Errorf("Summarize: %v, want %v", err, test.want)
			}
		})
	}
}

type noRates struct{}

func (noRates) Rate(_, _ budget.Currency, _ budget.Date) (rate decimal.Decimal, ok bool) {
	return rate, false
}

// The order of keys is total.
func TestSumKeyCompare(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		keys := slices.Collect(maps.Keys(sumsOf(drawPlan(t).Items)))
		for _, a := range keys {
			for _, b := range keys {
				if got := a.Compare(b.SumKey); (got == 0) != (a.SumKey == b.SumKey) || got != -b.Compare(a.SumKey) {
					t.Fatalf("%+v against %+v is %d", a.SumKey, b.SumKey, got)
				}
			}
		}
	})
}
