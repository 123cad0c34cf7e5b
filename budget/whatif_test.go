package budget_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
)

func TestWith(t *testing.T) {
	t.Parallel()
	june := budget.MustParseMonth("2026-06")
	for name, tc := range map[string]struct {
		change budget.Change
		want   string // changes of the total's stages, then the cells that differ with their health
	}{
		"add": {
			budget.Change{Op: budget.AddItem, Add: &budget.Item{ID: "new", Campaign: "c1", Stage: budget.Draft,
				Cost: eur("9"), Period: days("2026-06-02", "2026-06-02")}},
			"0.00 0.00 9.00|c1 2026-06 ok→ok",
		},
		"drop": {budget.Change{Op: budget.DropItem, Item: "i2"}, "0.00 -155.00 0.00|c1 2026-06 ok→ok|c1 2026-07 at_risk→ok"},
		"move": {budget.Change{Op: budget.MoveItem, Item: "i9", Campaign: "c3"},
			"0.00 0.00 0.00|c3 2026-06 no_budget→no_budget|c4 2026-07 ok→ok|c4 2026-06 ok→"},
		"reprice": {budget.Change{Op: budget.RepriceItem, Item: "i1", Cost: eur("301")}, "101.00 0.00 0.00|c1 2026-06 ok→over"},
		"unprice": {budget.Change{Op: budget.RepriceItem, Item: "i1"}, "-200.00 0.00 0.00|c1 2026-06 ok→ok"},
		"redate": {budget.Change{Op: budget.RedateItem, Item: "i4", Period: days("2026-08-01", "2026-08-01")},
			"0.00 0.00 0.00|c2 2026-08 ok→ok|c2  no_budget→"},
		"sign": {budget.Change{Op: budget.StageItem, Item: "i2", Stage: budget.Signed},
			"155.00 -155.00 0.00|c1 2026-06 ok→ok|c1 2026-07 at_risk→over"},
		"cancel": {
			budget.Change{Op: budget.CancelItem, Item: "i1", On: budget.MustParseDate("2026-06-01"), Fee: eur("20")},
			"-180.00 0.00 0.00|c1 2026-06 ok→ok",
		},
		"budget": {budget.Change{Op: budget.SetBudget, Campaign: "c1", Budget: eur("620")},
			"0.00 0.00 0.00|c1 2026-06 ok→ok|c1 2026-07 at_risk→at_risk"},
		"dates": {budget.Change{Op: budget.RedateCampaign, Campaign: "c1",
			Period: days("2026-06-01", "2026-06-30")}, "0.00 0.00 0.00|c1 2026-06 ok→ok|c1 2026-07 at_risk→no_budget"},
		"month budget": {budget.Change{Op: budget.SetMonthBudget, Month: june, Budget: eur("1")}, "0.00 0.00 0.00"},
	} {
		plan := summer()
		before := report(t, plan)
		changed, err := plan.With(tc.change)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := gocmp.Diff(before, report(t, plan), reportOptions()...); diff != "" {
			t.Errorf("%s: the plan itself was changed\n%s", name, diff)
		}
		c, err := budget.Compare(before, report(t, changed))
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("%s %s %s", c.Total.Change.Signed.Amount(), c.Total.Change.Negotiating.Amount(), c.Total.Change.Draft.Amount())
		for _, d := range c.Cells {
			got += fmt.Sprintf("|%s %s %s→%s", d.Key, d.Month, d.Before.Health, d.After.Health)
		}
		if got != tc.want {
			t.Errorf("%s: got  %s\nwant %s", name, got, tc.want)
		}
		if c.Same() {
			t.Errorf("%s: nothing differs", name)
		}
	}
}

func TestChangesThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, changes := range map[string][]budget.Change{
		"no op":                {{}},
		"unknown op":           {{Op: "double", Item: "i1"}},
		"unknown item":         {{Op: budget.DropItem, Item: "x"}},
		"dropped already":      {{Op: budget.DropItem, Item: "i1"}, {Op: budget.RepriceItem, Item: "i1"}},
		"unknown campaign":     {{Op: budget.MoveItem, Item: "i1", Campaign: "x"}},
		"budget of none":       {{Op: budget.SetBudget, Campaign: "x"}},
		"nothing to add":       {{Op: budget.AddItem}},
		"without an id":        {{Op: budget.AddItem, Add: &budget.Item{Campaign: "c1"}}},
		"id is taken":          {{Op: budget.AddItem, Add: &budget.Item{ID: "i1", Campaign: "c1"}}},
		"stage of a cancelled": {{Op: budget.StageItem, Item: "i6", Stage: budget.Draft}},
		"cancelled when":       {{Op: budget.CancelItem, Item: "i1"}},
	} {
		_, err := summer().With(changes...)
		var at *budget.ChangeError
		if !errors.Is(err, budget.ErrPlan) || !errors.As(err, &at) || at.Index != len(changes)-1 {
			t.Errorf("%s: %v", name, err)
		}
	}
	usd := budget.Plan{Currency: "USD"}
	if _, err := budget.Compare(report(t, summer()), report(t, usd)); !errors.Is(err, budget.ErrCurrency) {
		t.Errorf("reports in two currencies: %v", err)
	}
}

// No change is no difference, and undoing a change ends where it began.
func TestWhatIfProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		plan := drawPlan(t)
		same := func(what string, other budget.Plan) {
			t.Helper()
			c, err := budget.Compare(report(t, plan), report(t, other))
			if err != nil || !c.Same() {
				t.Fatalf("%s: %v %+v", what, err, c)
			}
		}
		nothing, err := plan.With()
		if err != nil {
			t.Fatal(err)
		}
		same("nothing", nothing)
		var there, back []budget.Change
		for _, it := range plan.Items {
			switch rapid.IntRange(0, 4).Draw(t, "change") {
			case 0:
				there = append(there, budget.Change{Op: budget.RepriceItem, Item: it.ID, Cost: eur("7")})
				back = append(back, budget.Change{Op: budget.RepriceItem, Item: it.ID, Cost: it.Cost})
			case 1:
				there = append(there, budget.Change{Op: budget.RedateItem, Item: it.ID, Period: drawPeriod(t)})
				back = append(back, budget.Change{Op: budget.RedateItem, Item: it.ID, Period: it.Period})
			case 2:
				if it.Cancellation != nil {
					continue
				}
				there = append(there, budget.Change{Op: budget.StageItem, Item: it.ID, Stage: budget.Signed})
				back = append(back, budget.Change{Op: budget.StageItem, Item: it.ID, Stage: it.Stage})
			case 3:
				there = append(there, budget.Change{Op: budget.MoveItem, Item: it.ID, Campaign: "a"})
				back = append(back, budget.Change{Op: budget.MoveItem, Item: it.ID, Campaign: it.Campaign})
			}
		}
		changed, err := plan.With(there...)
		if err != nil {
			t.Fatal(err)
		}
		checkAgreement(t, report(t, changed))
		if changed, err = changed.With(back...); err != nil {
			t.Fatal(err)
		}
		same("there and back", changed)
	})
}

// What fits into what is left, best first.
func TestFits(t *testing.T) {
	t.Parallel()
	plan := budget.Plan{
		Currency:  "EUR",
		Campaigns: []budget.Campaign{{ID: "a", Budget: eur("100"), Period: days("2026-06-01", "2026-06-30")}, {ID: "b"}},
		Items: []budget.Item{
			{ID: "1", Campaign: "a", Stage: budget.Signed, Cost: eur("40"), Period: days("2026-06-01", "2026-06-01")},
			{ID: "2", Campaign: "a", Stage: budget.Negotiating, Cost: eur("50"), Period: days("2026-06-30", "2026-07-01")},
			{ID: "3", Campaign: "a", Stage: budget.Draft, Cost: eur("30"), Period: days("2026-06-02", "2026-06-02")},
			{ID: "4", Campaign: "a", Stage: budget.Draft, Cost: eur("20"), Period: days("2026-06-03", "2026-06-03")},
			{ID: "5", Campaign: "b", Stage: budget.Draft, Cost: eur("1"), Period: days("2026-06-03", "2026-06-03")},
			{ID: "6", Campaign: "a", Stage: budget.Draft, Period: days("2026-06-03", "2026-06-03")},
		},
	}
	r := report(t, plan)
	dearest := func(a, b budget.ItemShare) int { return cmp.Compare(b.Share.Minor(), a.Share.Minor()) }
	for name, tc := range map[string]struct {
		campaign, month string
		better          func(a, b budget.ItemShare) int
		want            string
	}{
		"by start":             {"a", "", nil, "[3 30.00 4 20.00] 10.00"},
		"the dearest first":    {"a", "", dearest, "[2 50.00] 10.00"},
		"in a month":           {"", "2026-06", dearest, "[3 30.00 2 25.00] 5.00"},
		"of both":              {"a", "2026-06", nil, "[3 30.00 4 20.00] 10.00"},
		"without a budget":     {"b", "", nil, "none"},
		"an unknown campaign":  {"x", "", nil, "none"},
		"a month with no line": {"", "2028-06", nil, "none"},
	} {
		var m budget.Month
		if tc.month != "" {
			m = budget.MustParseMonth(tc.month)
		}
		fit, left, ok := r.Fits(tc.campaign, m, tc.better)
		got := "none"
		if ok {
			var names []string
			for _, s := range fit {
				names = append(names, s.Item, s.Share.Amount())
			}
			got = fmt.Sprint(names, " ", left.Amount())
		}
		if got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
		var signed []budget.Change
		for _, s := range fit {
			signed = append(signed, budget.Change{Op: budget.StageItem, Item: s.Item, Stage: budget.Signed})
		}
		changed, err := plan.With(signed...)
		if err != nil {
			t.Fatal(err)
		}
		after := report(t, changed)
		lines := map[bool][]budget.Line{true: after.Campaigns, false: after.Months}[tc.month == ""]
		if tc.campaign != "" && tc.month != "" {
			lines = after.Cells
		}
		for _, l := range lines {
			asked := (tc.campaign == "" || l.Key == tc.campaign) && (tc.month == "" || l.Month == m)
			if ok && asked && (l.Health == budget.Over || l.RemainingAfterSigned() != left) {
				t.Errorf("%s: signed, it is %s with %s left", name, l.Health, l.RemainingAfterSigned())
			}
		}
	}
}

// Changes come from forms and programs.
func TestChangesInJSON(t *testing.T) {
	t.Parallel()
	changes := []budget.Change{
		{Op: budget.RepriceItem, Item: "i1", Cost: eur("3.50")},
		{Op: budget.SetMonthBudget, Month: budget.MustParseMonth("2026-06"), Budget: eur("1")},
		{Op: budget.CancelItem, Item: "i2", On: budget.MustParseDate("2026-06-01")},
	}
	doc, err := json.Marshal(changes)
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"op":"reprice","item":"i1","cost":{"amount":"3.50","currency":"EUR"}},` +
		`{"op":"month_budget","month":"2026-06","budget":{"amount":"1.00","currency":"EUR"}},{"op":"cancel","item":"i2","on":"2026-06-01"}]`
	if string(doc) != want {
		t.Errorf("got  %s\nwant %s", doc, want)
	}
	var back []budget.Change
	if err := json.Unmarshal(doc, &back); err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(changes, back, reportOptions()...); diff != "" {
		t.Errorf("-written +read\n%s", diff)
	}
}
