package crm_test

import (
	"context"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/utm"
)

func TestAWorkspaceWithTheIDOfADeletedOneKnowsNothingOfItsCodes(t *testing.T) {
	t.Parallel()
	store := memory.New(nil)
	admin, service := crm.NewAdmin(store, nil), crm.New(store, nil)
	build := func(code string) crm.Saved {
		t.Helper()
		must(admin.CreateWorkspace(ctx, crm.Workspace{ID: crm.WorkspaceID{1}, Name: "Shop", Currency: "EUR"}))(t)
		ws := crm.WorkspaceID{1}
		campaign := must(service.CreateCampaign(ctx, ws, crm.Campaign{Name: "Summer"}))(t)
		pam := must(service.CreateInfluencer(ctx, ws, crm.Influencer{Name: "Pam"}))(t)
		emma := must(service.CreateInfluencer(ctx, ws, crm.Influencer{Name: "Emma"}))(t)
		book := func(i crm.Influencer, code string) crm.Saved {
			return must(service.CreateCooperation(ctx, ws, crm.Cooperation{
				Campaign: campaign.ID, Influencer: i.ID, Period: days("2026-06-01", ""), Rules: []discount.Rule{equals(code)},
			}))(t)
		}
		book(pam, code)
		return book(emma, "SUN")
	}
	if n := len(build("SUN").Conflicts.List); n != 1 {
		t.Fatalf("%d conflicts in the first, want 1", n)
	}
	if err := admin.DeleteWorkspace(ctx, crm.WorkspaceID{1}); err != nil {
		t.Fatal(err)
	}
	if found := build("MOON").Conflicts.List; len(found) != 0 {
		t.Errorf("conflicts with the deleted workspace: %v", found)
	}
}

func TestTailDaysDoNotReachPastTheArchiveDay(t *testing.T) {
	t.Parallel()
	archived := crm.Cooperation{
		ID: crm.CooperationID{1}, Influencer: crm.InfluencerID{1}, Period: days("2026-05-01", "2026-05-10"),
		ArchivedOn: budget.MustParseDate("2026-05-20"), Rules: []discount.Rule{equals("SUN")},
	}
	index := crm.NewClaimIndex(crm.ClaimsOf(archived), crm.Workspace{TailDays: 30})
	for start, want := range map[string]int{"2026-05-15": 1, "2026-05-20": 1, "2026-05-21": 0, "2026-06-01": 0} {
		later := crm.Cooperation{ID: crm.CooperationID{2}, Influencer: crm.InfluencerID{2}, Period: days(start, ""),
			Rules: []discount.Rule{equals("sun")}}
		if found := index.Conflicts(later).List; len(found) != want {
			t.Errorf("from %s: %d conflicts, want %d", start, len(found), want)
		}
	}
}

func TestADiscountOfAnAmountFixesTheCurrency(t *testing.T) {
	t.Parallel()
	off := discount.Rule{Match: discount.Equals, Pattern: "SUN", Benefit: discount.Benefit{Kind: discount.Amount,
		Value: decimal.RequireFromString("12.50")}}
	for where, add := range map[string]func(*shop){
		"a profile's default": func(s *shop) { s.influencer("Pam", crm.Profile{Platform: "X", Rules: []discount.Rule{off}}) },
		"a cooperation": func(s *shop) {
			s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: s.influencer("Pam").ID, Rules: []discount.Rule{off}})
		},
	} {
		s := newShop(t)
		add(s)
		ws := s.workspace()
		ws.Currency = "JPY"
		if _, err := s.crm.UpdateWorkspace(ctx, s.ws, ws, ""); err == nil {
			t.Errorf("%s of 12.50 off, and the currency became JPY", where)
		}
	}
}

func TestSigningAndCancellingAtOnceNeedsWhatSigningNeeds(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	_, err := s.crm.CreateCooperation(ctx, s.ws, crm.Cooperation{
		Campaign: s.campaign("Summer").ID, Influencer: s.influencer("Pam").ID, Status: crm.Signed,
		Cancellation: &crm.Cancellation{On: budget.MustParseDate("2026-06-01"), Fee: eur(50000)},
	})
	if n := len(crm.FieldErrors(err)); n != 2 {
		t.Errorf("%d things are missing, want start and cost: %v", n, err)
	}
}

func TestAnotherObstacleOfTheSameNameIsANewOne(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	campaign := s.campaign("Summer")
	deal := func(who, code string) crm.Cooperation {
		return s.load(crm.Cooperation{
			Campaign: campaign.ID, Influencer: s.influencer(who).ID, Name: "Deal", Status: crm.Signed, Cost: eur(1),
			Period: days("2026-06-01", ""), Rules: []discount.Rule{equals(code)},
		})
	}
	deal("Pam", "SUN")
	second := deal("Emma", "SUN") // an import may collide
	moved := s.load(crm.Cooperation{
		Campaign: campaign.ID, Influencer: s.influencer("Zoe").ID, Name: "Deal", Status: crm.Signed, Cost: eur(1),
		Period: days("2026-08-01", ""), Rules: []discount.Rule{equals("SUN")},
	})
	must(s.edit(second.ID, "", func(c *crm.Cooperation) { c.Notes = "as it was" }))(t)
	_ = moved
	// Emma's collides with Pam's and Zoe's; with an end in July only with Pam's. Opening it again newly collides with Zoe's.
	must(s.edit(second.ID, "", func(c *crm.Cooperation) { c.Period = days("2026-06-01", "2026-07-01") }))(t)
	if _, err := s.edit(second.ID, "", func(c *crm.Cooperation) { c.Period = days("2026-06-01", "") }); err == nil {
		t.Error("a new collision passed for an old one because the other has the same name")
	}
}

func TestAForecastMayCountNothingButSignatures(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: s.influencer("Pam").ID,
		Status: crm.Negotiating, Cost: eur(10000), Period: days("2026-06-01", "")})
	forecast := func() budget.Money { return must(s.crm.Report(ctx, s.ws, nil))(t).Total.Forecast }
	if got := forecast(); got != eur(5000) {
		t.Errorf("forecast %s, want half", got)
	}
	ws := s.workspace()
	ws.Forecast = crm.ForecastWeights{}
	must(s.crm.UpdateWorkspace(ctx, s.ws, ws, ""))(t)
	if got := forecast(); got != eur(0) {
		t.Errorf("forecast %s, want nothing", got)
	}
}

func TestAPendingFieldKeepsItsTemplate(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	settings := func(source string) {
		ws := s.workspace()
		ws.UTM = utm.MustParseTemplate(utm.Params{Source: utm.Of(source)})
		must(s.crm.UpdateWorkspace(ctx, s.ws, ws, ""))(t)
	}
	settings("promo-{month}")
	c := s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: s.influencer("Pam").ID})
	settings("fixed")
	edited := must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Notes = "a change of something else" }))(t).Cooperation
	if edited.UTM.Source.IsSet() || edited.UTMOrigins[utm.Source].Kind != crm.Pending {
		t.Errorf("source %q, %v", edited.UTM.Source, edited.UTMOrigins[utm.Source])
	}
	dated := must(s.edit(c.ID, "", func(c *crm.Cooperation) { c.Period = days("2026-06-01", "") }))(t).Cooperation
	if dated.UTM.Source != utm.Of("promo-2026-06") || dated.UTMOrigins[utm.Source] != (crm.Provenance{Kind: crm.Inherited}) {
		t.Errorf("source %q, %v", dated.UTM.Source, dated.UTMOrigins[utm.Source])
	}
}

func TestTheWorkspaceOfTheCallIsTheOneThatChanges(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	other := must(w.crm.Workspace(ctx, w.elsewhere))(t)
	if _, err := w.crm.UpdateWorkspace(ctx, w.ws, other, ""); err == nil {
		t.Error("a workspace was changed through another")
	}
	err := w.crm.Update(ctx, w.ws, func(ctx context.Context, work *crm.Work) error {
		_, err := work.UpdateWorkspace(ctx, other, "")
		return err
	})
	if err == nil {
		t.Error("a workspace was changed in another's unit of work")
	}
}
