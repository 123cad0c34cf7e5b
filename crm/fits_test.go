package crm_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// What fits is taken in the order that is asked for, and once it is signed the line has what was foretold.
func TestFits(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	pam := s.influencer("Pam").ID
	summer := must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Summer", Budget: eur(100),
		Period: days("2026-06-01", "2026-06-30")}))(t)
	names := map[string]string{}
	book := func(name string, status crm.Status, cost int64, start string) {
		c := s.book(crm.Cooperation{Campaign: summer.ID, Influencer: pam, Name: name, Status: status, Cost: eur(cost), Period: days(start, "")})
		names[c.ID.String()] = name
	}
	book("deal", crm.Signed, 40, "2026-06-01")
	book("idea", crm.Draft, 30, "2026-06-02")
	book("talk", crm.Negotiating, 35, "2026-06-03")
	book("big", crm.Negotiating, 55, "2026-06-04")
	book("small", crm.Draft, 5, "2026-06-05")
	june := budget.MustParseMonth("2026-06")
	for by, want := range map[string]string{
		"": "idea small, left 0.25", "start": "idea small, left 0.25", "Surest": "talk small, left 0.20",
		"cheapest": "small idea, left 0.25", "dearest": "big small, left 0.00",
	} {
		for _, of := range []struct {
			campaign crm.CampaignID
			month    budget.Month
		}{{summer.ID, budget.Month{}}, {crm.CampaignID{}, june}, {summer.ID, june}} {
			f := must(s.crm.Fits(ctx, s.ws, of.campaign, of.month, budget.FitOrder(by), nil))(t)
			var fit []string
			for _, share := range f.Shares {
				fit = append(fit, names[share.Item])
			}
			got := fmt.Sprintf("%s, left %s", strings.Join(fit, " "), f.Left.Amount())
			if diff := cmp.Diff(want, got); diff != "" || !f.Budgeted || f.After.RemainingAfterSigned() != f.Left || f.After.Health == budget.Over {
				t.Errorf("%q of %v: %s, then %+v", by, of, diff, f.After)
			}
		}
	}
	if f := must(s.crm.Fits(ctx, s.ws, crm.CampaignID{}, budget.MustParseMonth("2027-01"), "", nil))(t); f.Budgeted || f.Shares == nil || len(f.Shares) > 0 {
		t.Errorf("without a budget: %+v", f)
	}
	drafts := &crm.ReportOptions{Filter: budget.Filter{Stages: []budget.Stage{budget.Draft}}}
	f := must(s.crm.Fits(ctx, s.ws, summer.ID, june, "", drafts))(t)
	got := fmt.Sprintf("%d fit, left %s, then signed %s, draft %s, left %s", len(f.Shares), f.Left.Amount(),
		f.After.Signed.Amount(), f.After.Draft.Amount(), f.After.RemainingAfterSigned().Amount())
	if want := "2 fit, left 0.25, then signed 0.75, draft 0.00, left 0.25"; got != want {
		t.Errorf("of drafts: %s, want %s", got, want)
	}
	_, err := s.crm.Fits(ctx, s.ws, summer.ID, june, "random", nil)
	wantField(t, err, crm.ErrInvalid, "order")
	_, err = s.crm.Fits(ctx, s.ws, crm.CampaignID{}, budget.Month{}, "", nil)
	wantField(t, err, crm.ErrInvalid, "campaign")
	_, err = s.crm.Fits(ctx, s.ws, crm.CampaignID(pam), june, "", nil)
	wantField(t, err, crm.ErrNotFound, "id")
}
