package crm_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// What was planned for a month is what the report showed before it; what it came to is what it shows now.
func TestPlanAccuracy(t *testing.T) {
	t.Parallel()
	s := newShop(t) // on 20 May 2026
	berlin := must(time.LoadLocation("Europe/Berlin"))(t)
	campaign, pam := s.campaign("Autumn"), s.influencer("Pam").ID
	september := days("2026-09-01", "2026-09-30")
	deal := s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam, Status: crm.Negotiating, Cost: eur(100_00), Period: september})
	s.now = time.Date(2026, 6, 30, 23, 59, 59, 0, berlin) // by the end of June, two months before August
	must(s.edit(deal.ID, "", func(c *crm.Cooperation) { c.Cost = eur(140_00) }))(t)
	s.now = time.Date(2026, 7, 1, 0, 0, 0, 0, berlin) // no longer
	must(s.edit(deal.ID, "", func(c *crm.Cooperation) { c.Status = crm.Signed }))(t)
	s.now = time.Date(2026, 8, 20, 12, 0, 0, 0, berlin)
	s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam, Status: crm.Draft, Cost: eur(30_00), Period: september})
	s.now = time.Date(2026, 9, 30, 23, 0, 0, 0, berlin)
	_, err := s.crm.PlanAccuracy(ctx, s.ws, budget.MustParseMonth("2026-09"), nil)
	wantField(t, err, crm.ErrInvalid, "month")
	s.now = time.Date(2026, 10, 1, 0, 0, 0, 0, berlin)
	must(s.edit(deal.ID, "", func(c *crm.Cooperation) { c.Cost = eur(150_00) }))(t)

	for month, want := range map[string][]string{
		"2026-09": {
			"came to 150.00 EUR signed, 30.00 EUR draft",
			"1 before, 2026-07-31T21:59:59Z: 140.00 EUR of 140.00 EUR, missed 10.00 EUR",
			"2 before, 2026-06-30T21:59:59Z: 0.00 EUR of 140.00 EUR, missed 80.00 EUR",
			"3 before, 2026-05-31T21:59:59Z: 0.00 EUR of 100.00 EUR, missed 100.00 EUR",
		},
		"2026-06": {
			"came to 0.00 EUR signed, 0.00 EUR draft",
			"1 before, 2026-04-30T21:59:59Z: 0.00 EUR of 0.00 EUR, missed ",
			"2 before, 2026-03-31T21:59:59Z: 0.00 EUR of 0.00 EUR, missed ",
			"3 before, 2026-02-28T22:59:59Z: 0.00 EUR of 0.00 EUR, missed ",
		},
	} {
		m := budget.MustParseMonth(month)
		a := must(s.crm.PlanAccuracy(ctx, s.ws, m, nil))(t)
		got := []string{fmt.Sprintf("came to %s signed, %s draft", a.CameTo.Signed, a.CameTo.Draft)}
		for _, p := range a.Planned {
			got = append(got, fmt.Sprintf("%d before, %s: %s of %s, missed %s", p.MonthsBefore,
				p.At.Format(time.RFC3339), p.Line.Signed, p.Line.Allocated(), p.Missed))
			then := must(s.crm.ReportAt(ctx, s.ws, p.At, nil))(t)
			if then.Month(m) != p.Line || (p.Seq == 0) != (p.Missed == budget.Money{}) {
				t.Errorf("%s: the report of %s has %+v, not %+v", month, p.At, then.Month(m), p.Line)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", month, diff)
		}
	}
	for _, m := range []budget.Month{{}, budget.MustParseMonth("1900-12"), budget.MustParseMonth("2027-01")} {
		_, err := s.crm.PlanAccuracy(ctx, s.ws, m, nil)
		wantField(t, err, crm.ErrInvalid, "month")
	}
}

// A workspace may change its currency while it has no amounts. What it planned in the other one is told, and not compared.
func TestPlanAccuracyInAnotherCurrency(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign, pam := s.campaign("Autumn"), s.influencer("Pam").ID
	book := func(cost budget.Money) crm.Cooperation {
		return s.book(crm.Cooperation{Campaign: campaign.ID, Influencer: pam, Cost: cost, Period: days("2026-07-01", "2026-07-31")})
	}
	dropped := book(eur(100_00))
	s.now = s.now.AddDate(0, 1, 0)
	must(s.crm.Delete(ctx, s.ws, dropped.At(), ""))(t)
	s.setWorkspace(func(w *crm.Workspace) { w.Currency = "USD" })
	book(budget.FromMinor(70_00, "USD"))
	s.now = s.now.AddDate(0, 2, 0)
	a := must(s.crm.PlanAccuracy(ctx, s.ws, budget.MustParseMonth("2026-07"), nil))(t)
	got := []string{a.CameTo.Draft.String(), a.Planned[0].Line.Draft.String(), a.Planned[0].Missed.String()}
	if diff := cmp.Diff([]string{"70.00 USD", "100.00 EUR", ""}, got); diff != "" {
		t.Error(diff)
	}
}
