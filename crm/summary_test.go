package crm_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/soundness"
)

// twoDollars is a rate of two to one from every currency, but for Swiss francs.
type twoDollars struct{}

func (twoDollars) Rate(from, _ budget.Currency, _ budget.Date) (decimal.Decimal, bool) {
	return decimal.NewFromInt(2), from != "CHF"
}

// Whatever is planned, a summary is that of the report with the same options.
func TestSummaryIsThatOfTheReport(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newStory(t)
		for _, c := range []crm.Campaign{
			{Name: "With dates", Budget: eur(500_00), Period: days("2026-06-01", "2026-07-15")},
			{Name: "Without dates", Budget: eur(300_01)},
			{Name: "With an end", Budget: eur(100_00), Period: days("", "2026-07-15")},
		} {
			s.campaigns = append(s.campaigns, must(s.crm.CreateCampaign(ctx, s.ws, c))(t))
		}
		if rapid.Bool().Draw(t, "a month has a budget") {
			must(s.crm.SetMonthBudget(ctx, s.ws, budget.MustParseMonth("2026-07"), eur(77_00), ""))(t)
		}
		for range rapid.IntRange(0, 8).Draw(t, "steps") {
			s.step()
		}
		for range rapid.IntRange(0, 2).Draw(t, "amounts in other currencies") {
			currency := rapid.SampledFrom([]budget.Currency{"USD", "CHF"}).Draw(t, "currency")
			s.book(crm.Cooperation{
				Campaign: rapid.SampledFrom(s.campaigns).Draw(t, "campaign").ID, Influencer: s.influencers[0].ID,
				Cost: budget.FromMinor(rapid.Int64Range(0, 1).Draw(t, "cost"), currency), Period: days("2026-06-30", "2026-07-01"),
			})
		}
		o := &crm.ReportOptions{
			Spread: rapid.SampledFrom([]budget.Spread{"", budget.ByDay, budget.OnEnd}).Draw(t, "spread"),
			On:     rapid.SampledFrom([]budget.Date{{}, budget.MustParseDate("2026-07-01")}).Draw(t, "on"),
		}
		if rapid.Bool().Draw(t, "rates") {
			o.Rates = twoDollars{}
		}
		for _, c := range s.campaigns {
			if rapid.IntRange(0, 3).Draw(t, "named in the filter") == 0 {
				o.Filter.Campaigns = append(o.Filter.Campaigns, c.ID.String())
			}
		}
		want, got := must(s.crm.Report(ctx, s.ws, o))(t).Summary(), must(s.crm.Summary(ctx, s.ws, o))(t)
		if diff := cmp.Diff(want, got, sameReports...); diff != "" {
			t.Fatalf("(-of the report +summary):\n%s", diff)
		}
		if changed := must(s.crm.RepairSummary(ctx, s.ws))(t); changed != 0 {
			t.Fatalf("%d sums were wrong", changed)
		}
	})
}

// A unit of work that is taken back leaves the summary as it was, and so does a dry run; what is in a unit sees it.
func TestSummaryFollowsTheUnit(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	summary := func() *budget.Summary { return must(w.crm.Summary(ctx, w.ws, nil))(t) }
	before := summary()
	done := must(w.crm.CloneCampaign(ctx, w.ws, w.summer.ID, crm.CloneOptions{Name: "Again"}))(t)
	if diff := cmp.Diff(before, summary(), sameReports...); diff == "" {
		t.Errorf("a clone of a campaign has changed nothing")
	}
	must(w.crm.UndoUnit(ctx, w.ws, done.Unit, ""))(t)
	if diff := cmp.Diff(before, summary(), sameReports...); diff != "" {
		t.Errorf("after the undo (-before +after):\n%s", diff)
	}
	must(w.crm.DryRun().MergeInfluencers(ctx, w.ws, w.pam.At(), w.emma.At(), crm.MergeOptions{}, ""))(t)
	if diff := cmp.Diff(before, summary(), sameReports...); diff != "" {
		t.Errorf("after a dry run (-before +after):\n%s", diff)
	}
	w.ok(w.work(func(work *crm.Work) error {
		must(work.MergeInfluencers(ctx, w.pam.At(), w.emma.At(), crm.MergeOptions{}, ""))(t)
		saved := must(work.CreateCooperation(ctx, crm.Cooperation{Campaign: w.summer.ID, Influencer: w.pam.ID, Cost: eur(1)}))(t)
		inside := must(crm.ReadSummary(ctx, work, w.now, nil))(t)
		if got := inside.Unscheduled.Count() - before.Unscheduled.Count(); got != 1 {
			t.Errorf("inside the unit there are %d more without dates, want 1, %s", got, saved.Cooperation.Name)
		}
		return nil
	}))
	w.ok(w.crm.View(ctx, w.ws, soundness.Check))
}
