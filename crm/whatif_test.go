package crm_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

var sameReports = []cmp.Option{cmpopts.IgnoreUnexported(budget.Report{}), cmpopts.EquateComparable(budget.Money{},
	budget.Date{}, budget.Month{})}

// scenario is a list of changes that nobody has saved, and what saves them.
type scenario struct {
	t         *rapid.T
	shop      *shop
	campaigns []crm.Campaign
	pam       crm.InfluencerID
	booked    []crm.Cooperation // as they would be; those that are dropped are gone
	changes   []budget.Change
	save      []func()
}

func (s *scenario) money(name string) budget.Money {
	return budget.FromMinor(rapid.Int64Range(0, 1000_00).Draw(s.t, name), "EUR")
}

func (s *scenario) campaign() crm.CampaignID {
	return rapid.SampledFrom(s.campaigns).Draw(s.t, "campaign").ID
}

func (s *scenario) period() budget.Period {
	first := day("2026-06-01").AddDays(rapid.IntRange(0, 60).Draw(s.t, "start"))
	return budget.Period{Start: first, End: first.AddDays(rapid.IntRange(0, 50).Draw(s.t, "length"))}
}

// change adds a change, and the edit that saves it.
func (s *scenario) change(c budget.Change, save func()) {
	s.changes, s.save = append(s.changes, c), append(s.save, save)
}

// draw adds a change of any kind, if it can be made.
func (s *scenario) draw() {
	edits := []func(n int){s.reprice, s.redate, s.sign, s.move, s.cancel, s.drop}
	others := []func(){s.add, s.setBudget, s.setMonthBudget, s.setDates}
	kind := rapid.IntRange(0, len(edits)+len(others)-1).Draw(s.t, "kind of change")
	switch {
	case kind >= len(edits):
		others[kind-len(edits)]()
	case len(s.booked) > 0:
		edits[kind](rapid.IntRange(0, len(s.booked)-1).Draw(s.t, "which"))
	}
}

// edit saves a change of a cooperation.
func (s *scenario) edit(n int, c budget.Change, change func(*crm.Cooperation)) {
	id := s.booked[n].ID
	change(&s.booked[n])
	c.Item = id.String()
	s.change(c, func() { must(s.shop.edit(id, "as foretold", change))(s.t) })
}

func (s *scenario) reprice(n int) {
	cost := s.money("new cost")
	s.edit(n, budget.Change{Op: budget.RepriceItem, Cost: cost}, func(c *crm.Cooperation) { c.Cost = cost })
}

func (s *scenario) redate(n int) {
	period := s.period()
	s.edit(n, budget.Change{Op: budget.RedateItem, Period: period}, func(c *crm.Cooperation) { c.Period = period })
}

func (s *scenario) sign(n int) {
	status := rapid.SampledFrom(crm.Statuses()).Draw(s.t, "status")
	if s.booked[n].Cancellation == nil {
		s.edit(n, budget.Change{Op: budget.StageItem, Stage: status}, func(c *crm.Cooperation) { c.Status = status })
	}
}

func (s *scenario) move(n int) {
	campaign := s.campaign()
	s.edit(n, budget.Change{Op: budget.MoveItem, Campaign: campaign.String()}, func(c *crm.Cooperation) { c.Campaign = campaign })
}

func (s *scenario) cancel(n int) {
	id, fee, on := s.booked[n].ID, s.money("fee"), s.period().Start
	s.booked[n].Cancellation = &crm.Cancellation{}
	s.change(budget.Change{Op: budget.CancelItem, Item: id.String(), On: on, Fee: fee}, func() {
		version := s.shop.cooperation(id).Version
		must(s.shop.crm.Cancel(ctx, s.shop.ws, id, version, crm.Cancellation{On: on, Fee: fee}, "as foretold"))(s.t)
	})
}

func (s *scenario) drop(n int) {
	c := s.booked[n]
	if c.Status != crm.Draft {
		return
	}
	s.booked = slices.Delete(s.booked, n, n+1)
	s.change(budget.Change{Op: budget.DropItem, Item: c.ID.String()}, func() {
		must(s.shop.crm.Delete(ctx, s.shop.ws, s.shop.cooperation(c.ID).At(), "as foretold"))(s.t)
	})
}

func (s *scenario) add() {
	id, err := crm.ParseID[crm.Cooperation](fmt.Sprintf("018f8f5e-0000-7000-9000-%012d", len(s.changes)))
	if err != nil {
		s.t.Fatalf("%v", err)
	}
	c := crm.Cooperation{
		ID: id, Campaign: s.campaign(), Influencer: s.pam, Cost: s.money("cost"), Period: s.period(), Status: crm.Negotiating,
	}
	s.booked = append(s.booked, c)
	s.change(budget.Change{Op: budget.AddItem, Add: &budget.Item{
		ID: id.String(), Campaign: c.Campaign.String(), Cost: c.Cost, Period: c.Period, Stage: c.Status,
	}}, func() { s.shop.book(c) })
}

func (s *scenario) editCampaign(id crm.CampaignID, change func(*crm.Campaign)) func() {
	return func() {
		c := must(s.shop.crm.Campaign(ctx, s.shop.ws, id))(s.t)
		change(&c)
		must(s.shop.crm.UpdateCampaign(ctx, s.shop.ws, c, ""))(s.t)
	}
}

func (s *scenario) setBudget() {
	id, amount := s.campaign(), s.money("budget")
	s.change(budget.Change{Op: budget.SetBudget, Campaign: id.String(), Budget: amount},
		s.editCampaign(id, func(c *crm.Campaign) { c.Budget = amount }))
}

func (s *scenario) setDates() {
	id, period := s.campaign(), s.period()
	s.change(budget.Change{Op: budget.RedateCampaign, Campaign: id.String(), Period: period},
		s.editCampaign(id, func(c *crm.Campaign) { c.Period = period }))
}

func (s *scenario) setMonthBudget() {
	amount, july := s.money("month"), budget.MustParseMonth("2026-07")
	s.change(budget.Change{Op: budget.SetMonthBudget, Month: july, Budget: amount}, func() {
		must(s.shop.crm.SetMonthBudget(ctx, s.shop.ws, july, amount, ""))(s.t)
	})
}

// Scenarios stand side by side, and what is saved afterwards has the report that was foretold.
func TestWhatIf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := &scenario{t: t, shop: newShop(t)}
		s.pam = s.shop.influencer("Pam").ID
		s.campaigns = []crm.Campaign{s.shop.campaign("Summer"), s.shop.campaign("Autumn")}
		for range rapid.IntRange(1, 4).Draw(t, "cooperations") {
			s.booked = append(s.booked, s.shop.book(crm.Cooperation{
				Campaign: s.campaigns[0].ID, Influencer: s.pam, Cost: s.money("cost"), Period: days("2026-06-20", "2026-07-10"),
				Status: rapid.SampledFrom(crm.Statuses()).Draw(t, "status"),
			}))
		}
		for range rapid.IntRange(0, 8).Draw(t, "changes") {
			s.draw()
		}
		before := must(s.shop.crm.Report(ctx, s.shop.ws, nil))(t)
		got := must(s.shop.crm.WhatIf(ctx, s.shop.ws, [][]budget.Change{{}, s.changes}, nil))(t)
		if diff := cmp.Diff(before, got.Now, sameReports...); diff != "" {
			t.Fatalf("today's report (-report +what if):\n%s", diff)
		}
		if !got.Scenarios[0].Differs.Same() {
			t.Fatalf("without a change it differs: %+v", got.Scenarios[0].Differs)
		}
		if diff := cmp.Diff(before, got.Scenarios[0].Report, sameReports...); diff != "" {
			t.Fatalf("without a change (-report +what if):\n%s", diff)
		}
		for _, save := range s.save {
			save()
		}
		after := must(s.shop.crm.Report(ctx, s.shop.ws, nil))(t)
		if diff := cmp.Diff(after, got.Scenarios[1].Report, sameReports...); diff != "" {
			t.Fatalf("saved (-report +what if):\n%s", diff)
		}
	})
}

// A call keeps the lines of the scenarios' reports, and not their items.
func TestWhatIfKeepsNoItems(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	summer := s.campaign("Summer")
	s.book(crm.Cooperation{Campaign: summer.ID, Influencer: s.influencer("Pam").ID, Cost: eur(5), Period: days("2026-06-20", "")})
	got := must(s.crm.WhatIf(ctx, s.ws, [][]budget.Change{{}}, nil))(t)
	scenario, june := got.Scenarios[0].Report, budget.MustParseMonth("2026-06")
	if n := len(got.Now.Items("", june)); n != 1 {
		t.Errorf("today's report has %d items", n)
	}
	if n := len(scenario.Items("", june)) + len(scenario.By(budget.AxisInfluencer)); n != 0 {
		t.Errorf("the scenario's report keeps %d items and lines of them", n)
	}
	if cell, ok := scenario.Cell(summer.ID.String(), june); !ok || cell.Draft != eur(5) {
		t.Errorf("the scenario's report has the cell %+v", cell)
	}
	if n := len(scenario.Upcoming(day("2026-05-20")).Campaigns); n != 1 {
		t.Errorf("%d campaigns are upcoming", n)
	}
}

func TestWhatIfRefuses(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	summer := s.campaign("Summer")
	id := s.book(crm.Cooperation{Campaign: summer.ID, Influencer: s.influencer("Pam").ID, Cost: eur(5)}).ID.String()
	usd := func(minor int64) budget.Money { return budget.FromMinor(minor, "USD") }
	june := day("2026-06-01")
	add := &budget.Item{ID: "1", Campaign: summer.ID.String(), Stage: crm.Draft}
	with := func(change func(*budget.Item)) *budget.Item {
		it := *add
		change(&it)
		return &it
	}
	for field, scenarios := range map[string][][]budget.Change{
		"scenarios":       make([][]budget.Change, crm.MaxScenarios+1),
		"scenarios[1]":    {{}, make([]budget.Change, crm.MaxBulk+1)},
		"scenarios[1][1]": {{}, {{Op: budget.DropItem, Item: id}, {Op: budget.DropItem, Item: id}}},
		"scenarios[0][0]": {{{Op: budget.MoveItem, Item: id, Campaign: id}}},
		"scenarios[0][2]": {{{Op: budget.DropItem, Item: id}, {Op: budget.AddItem, Add: add}, {Op: "fly"}}},

		"scenarios[0][0].stage": {{{Op: budget.StageItem, Item: id, Stage: "sold"}}},
		"scenarios[0][0].cost":  {{{Op: budget.RepriceItem, Item: id, Cost: eur(-1)}}},
		"scenarios[0][1].cost": {{{Op: budget.CancelItem, Item: id, On: june, Fee: eur(1)},
			{Op: budget.RepriceItem, Item: id, Cost: usd(1)}}},
		"scenarios[0][0].fee": {{{Op: budget.CancelItem, Item: id, On: june, Fee: eur(-1)}}},
		"scenarios[1][0].fee": {{}, {{Op: budget.CancelItem, Item: id, On: june, Fee: usd(1)}}},
		"scenarios[0][1].fee": {{{Op: budget.RepriceItem, Item: id, Cost: usd(1)},
			{Op: budget.CancelItem, Item: id, On: june, Fee: eur(1)}}},
		"scenarios[0][0].on":         {{{Op: budget.CancelItem, Item: id}}},
		"scenarios[0][0].period.end": {{{Op: budget.RedateItem, Item: id, Period: days("2026-06-02", "2026-06-01")}}},
		"scenarios[0][1].period.end": {{{Op: budget.DropItem, Item: id},
			{Op: budget.RedateCampaign, Campaign: summer.ID.String(), Period: days("2026-06-02", "2026-06-01")}}},
		"scenarios[0][0].budget": {{{Op: budget.SetBudget, Campaign: summer.ID.String(), Budget: eur(-1)}}},
		"scenarios[0][1].budget": {{{Op: budget.DropItem, Item: id},
			{Op: budget.SetMonthBudget, Month: june.Month(), Budget: usd(1)}}},
		"scenarios[0][0].month":      {{{Op: budget.SetMonthBudget, Budget: eur(1)}}},
		"scenarios[0][0].add.cost":   {{{Op: budget.AddItem, Add: with(func(it *budget.Item) { it.Cost = eur(-1) })}}},
		"scenarios[0][0].add.spread": {{{Op: budget.AddItem, Add: with(func(it *budget.Item) { it.Spread = "zz" })}}},
		"scenarios[0][0].add.stage":  {{{Op: budget.AddItem, Add: with(func(it *budget.Item) { it.Stage = "" })}}},
		"scenarios[0][0].add.period.end": {{{Op: budget.AddItem,
			Add: with(func(it *budget.Item) { it.Period = days("2026-06-02", "2026-06-01") })}}},
		"scenarios[0][0].add.cancellation.on": {{{Op: budget.AddItem,
			Add: with(func(it *budget.Item) { it.Cancellation = &budget.Cancellation{} })}}},
		"scenarios[0][3]": {{{Op: budget.DropItem, Item: id}, {Op: budget.AddItem, Add: add},
			{Op: budget.DropItem, Item: add.ID},
			{Op: budget.AddItem, Add: with(func(it *budget.Item) { it.ID, it.Campaign = "2", id })}}},
	} {
		_, err := s.crm.WhatIf(ctx, s.ws, scenarios, nil)
		wantField(t, err, crm.ErrInvalid, field)
	}
	_, err := s.crm.WhatIf(ctx, crm.WorkspaceID{9}, nil, nil)
	if fmt.Sprint(err) == "<nil>" {
		t.Error("of no workspace")
	}
}
