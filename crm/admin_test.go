package crm_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/utm"
)

func TestCreateWorkspaceFillsDefaults(t *testing.T) {
	t.Parallel()
	made := time.Date(2026, 5, 20, 10, 0, 0, 123_000, time.UTC)
	admin := crm.NewAdmin(memory.New(nil), &crm.Options{NewID: countIDs(), Now: func() time.Time { return made.In(time.Local) }})
	w := must(admin.CreateWorkspace(ctx, crm.Workspace{Name: " Shop ", Currency: "chf"}))(t)
	want := crm.Workspace{
		ID: w.ID, Version: 1, Name: "Shop", Currency: "CHF", TimeZone: "UTC",
		UTM: utm.Recommended(), IgnoredCodes: []string{}, CodeComparison: discount.Exact, Forecast: budget.DefaultWeights(),
		MonthBudgets: map[budget.Month]budget.Money{}, Sources: crm.DataSources{CRM: crm.DataSource{Connected: true}},
		Times: crm.Times{CreatedAt: made, ChangedAt: made},
	}
	if diff := cmp.Diff(want, w, values); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := admin.CreateWorkspace(ctx, crm.Workspace{ID: w.ID, Name: "Shop", Currency: "EUR"}); !errors.Is(err, crm.ErrAlreadyExists) {
		t.Errorf("one id twice: %v", err)
	}
	// Nil options work, and names need not be unique.
	other := must(crm.NewAdmin(memory.New(nil), nil).CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR",
		TimeZone: "Asia/Tokyo"}))(t)
	if other.ID.UUID().Version() != 7 || other.TimeZone != "Asia/Tokyo" {
		t.Errorf("id %s in %s", other.ID, other.TimeZone)
	}
}

func TestAdmin(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	second := must(s.admin.CreateWorkspace(ctx, crm.Workspace{Name: "A second", Currency: "USD"}))(t).ID
	must(s.crm.CreateMember(ctx, second, crm.Member{Name: "Zoe"}))(t)

	names := []string{}
	o := crm.ListOptions{Size: 1, Sort: crm.SortName}
	for {
		page := must(s.admin.Workspaces(ctx, o))(t)
		for _, w := range page.Items {
			names = append(names, w.Name)
		}
		if page.Next == "" {
			break
		}
		o.Token = page.Next
	}
	if diff := cmp.Diff([]string{"A second", "Shop"}, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	unit := func(ws crm.WorkspaceID, seq crm.Seq) uuid.UUID {
		return must(s.crm.Changes(ctx, ws, seq-1, 1))(t)[0].Unit
	}
	want := []crm.Head{
		{Workspace: s.ws, Seq: 1, At: s.now, Unit: unit(s.ws, 1)}, {Workspace: second, Seq: 2, At: s.now, Unit: unit(second, 2)},
	}
	if diff := cmp.Diff(want, must(s.admin.Heads(ctx, crm.WorkspaceID{}, 10))(t)); diff != "" {
		t.Errorf("heads (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[1:], must(s.admin.Heads(ctx, s.ws, 10))(t)); diff != "" {
		t.Errorf("heads after the first (-want +got):\n%s", diff)
	}
	if _, err := s.admin.Heads(ctx, s.ws, crm.MaxPageSize+1); !errors.Is(err, crm.ErrInvalid) {
		t.Errorf("too many heads: %v", err)
	}

	s.ok(s.admin.DeleteWorkspace(ctx, second))
	for name, err := range map[string]error{
		"deleted twice": s.admin.DeleteWorkspace(ctx, second),
		"read":          failure(s.crm.Workspace(ctx, second)),
		"written":       failure(s.crm.CreateMember(ctx, second, crm.Member{Name: "Yara"})),
	} {
		if !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func failure[T any](_ T, err error) error { return err }

func TestWorkspacesNeverSeeEachOther(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	errs := map[string]error{
		"member":      failure(w.crm.Member(ctx, w.elsewhere, w.anna.ID)),
		"campaign":    failure(w.crm.Campaign(ctx, w.elsewhere, w.summer.ID)),
		"influencer":  failure(w.crm.Influencer(ctx, w.elsewhere, w.pam.ID)),
		"cooperation": failure(w.crm.Cooperation(ctx, w.elsewhere, w.deal.ID)),
		"update":      failure(w.crm.UpdateCampaign(ctx, w.elsewhere, w.summer, "")),
		"archive":     second(w.crm.Archive(ctx, w.elsewhere, w.pam.At(), "")),
		"restore":     second(w.crm.Restore(ctx, w.elsewhere, w.old.At(), "")),
		"delete":      second(w.crm.Delete(ctx, w.elsewhere, w.idea.At(), "")),
	}
	for name, err := range errs {
		if !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := must(w.crm.History(ctx, w.elsewhere, w.summer.Ref(), 0, 10))(t); len(got) != 0 {
		t.Errorf("history of the other workspace: %v", entries(got))
	}
	cooperations := must(w.crm.Cooperations(ctx, w.elsewhere, crm.CooperationFilter{Archive: crm.ActiveOrNot}, crm.ListOptions{}))(t)
	if len(cooperations.Items) != 0 {
		t.Errorf("cooperations of the other workspace: %v", cooperations.Items)
	}
	// Names, handles and codes are free over there.
	must(w.crm.CreateCampaign(ctx, w.elsewhere, crm.Campaign{Name: w.summer.Name}))(t)
	pam := crm.Influencer{Name: "Pam", Profiles: []crm.Profile{{Platform: "Instagram", Handle: "pam.style"}}}
	pam = must(w.crm.CreateInfluencer(ctx, w.elsewhere, pam))(t)
	saved := must(w.crm.CreateCooperation(ctx, w.elsewhere, crm.Cooperation{
		Campaign: w.otherCampaign.ID, Influencer: pam.ID, Period: w.deal.Period, Rules: w.deal.Rules,
	}))(t)
	if len(saved.Conflicts.List) != 0 {
		t.Errorf("conflicts across workspaces: %v", saved.Conflicts)
	}
}

func TestCurrencyIsFixedOnceAnAmountExists(t *testing.T) {
	t.Parallel()
	toDollars := func(s *shop) error {
		w := s.workspace()
		w.Currency = "usd"
		_, err := s.crm.UpdateWorkspace(ctx, s.ws, w, "")
		return err
	}
	s := newShop(t)
	s.book(crm.Cooperation{Campaign: s.campaign("Free").ID, Influencer: s.influencer("Pam").ID})
	s.ok(toDollars(s))
	if got := s.workspace().Currency; got != "USD" {
		t.Errorf("currency is %s", got)
	}
	for name, add := range map[string]func(s *shop){
		"a budget of zero": func(s *shop) {
			must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Summer", Budget: eur(0)}))(s)
		},
		"a revenue target": func(s *shop) {
			must(s.crm.CreateCampaign(ctx, s.ws, crm.Campaign{Name: "Summer", RevenueTarget: eur(1)}))(s)
		},
		"an archived cooperation's cost": func(s *shop) {
			must(s.crm.Archive(ctx, s.ws,
				s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: s.influencer("Pam").ID,
					Cost: eur(1)}).At(), ""))(s)
		},
		"a cancellation's fee": func(s *shop) {
			s.book(crm.Cooperation{Campaign: s.campaign("Summer").ID, Influencer: s.influencer("Pam").ID,
				Cancellation: &crm.Cancellation{On: day("2026-06-01"), Fee: eur(1)}})
		},
		"a month's budget": func(s *shop) {
			s.setWorkspace(func(w *crm.Workspace) { w.MonthBudgets[budget.MustParseMonth("2026-06")] = eur(1) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			add(s)
			err := toDollars(s)
			const want = `workspace currency "usd": there are amounts in EUR already, so the currency is fixed; start another workspace for another currency`
			if !errors.Is(err, crm.ErrInvalid) || err.Error() != want {
				t.Errorf("%v, want %s", err, want)
			}
		})
	}
}
