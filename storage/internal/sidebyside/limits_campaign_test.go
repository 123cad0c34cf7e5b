package sidebyside_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/utm"
)

// A campaign with more cooperations than a page has, all of one name but for the number that tells them apart.
func TestLargeCampaign(t *testing.T) {
	t.Parallel()
	const n = crm.MaxPageSize + 1
	for name, store := range stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openShop(t, store)
			c := s.fill(n)
			s.checkNames("June - Pam - 2026-06-01", c.campaign.ID, n)
			c.campaign.Name = "July"
			if _, err := s.crm.UpdateCampaign(s.ctx, s.ws, c.campaign, ""); err != nil {
				s.Fatal(err)
			}
			s.checkNames("July - Pam - 2026-06-01", c.campaign.ID, n)
			s.sign(c)
			cloned, err := s.crm.CloneCampaign(s.ctx, s.ws, c.campaign.ID, crm.CloneOptions{Name: "August", Days: 61, Cooperations: true})
			if err != nil || len(cloned.Cooperations) != n || len(cloned.LeftOut) != 0 {
				s.Fatalf("clone: %d cooperations, %d left out, error %v", len(cloned.Cooperations), len(cloned.LeftOut), err)
			}
			s.checkNames("August - Pam - 2026-08-01", cloned.Campaign.ID, n)
			report, err := s.crm.Report(s.ctx, s.ws, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range report.Campaigns {
				if c.Allocated().Minor() != n*100 || c.Count() != n {
					t.Errorf("%s is %s by %d cooperations, want %d of them", c.Label, c.Allocated(), c.Count(), n)
				}
			}
		})
	}
}

// One call changes up to ten thousand cooperations. The rules are the same on every store, so the quickest will do.
func TestLargestCampaign(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("TestLargeCampaign does the same with a tenth of the cooperations")
	}
	const n = 10_000
	s := openShop(t, inMemory())
	c := s.fill(n)
	s.checkNames("June - Pam - 2026-06-01", c.campaign.ID, n)
	s.sign(c)
	_, err := s.crm.SetStatus(s.ctx, s.ws, crm.AnyVersion(append(c.ids, crm.CooperationID{1})...), crm.Draft, "")
	wantRefusal(s, err, "records", "10001")
}

// sign signs all cooperations of a campaign in one call.
func (s *shop) sign(c largeCampaign) {
	s.Helper()
	done, err := s.crm.SetStatus(s.ctx, s.ws, crm.AnyVersion(c.ids...), crm.Signed, "")
	if err != nil || len(done.Results) != len(c.ids) {
		s.Fatalf("signing: %d results, error %v", len(done.Results), err)
	}
	for _, r := range done.Results {
		if r.Err != nil {
			s.Fatal(r.Err)
		}
	}
}

// Twice as many cooperations are twice as much work.
func TestLargeCampaignIsLinear(t *testing.T) {
	t.Parallel()
	work := map[string][2]int{}
	for at, n := range []int{500, 1000} {
		store := &counted{Backend: inMemory()}
		s := openShop(t, store)
		did := func(what string) {
			calls := work[what]
			calls[at], store.calls = store.calls, 0
			work[what] = calls
		}
		store.calls = 0
		c := s.fill(n)
		did("create")
		c.campaign.Name = "July"
		if _, err := s.crm.UpdateCampaign(s.ctx, s.ws, c.campaign, ""); err != nil {
			t.Fatal(err)
		}
		did("rename")
		if _, err := s.crm.SetStatus(s.ctx, s.ws, crm.AnyVersion(c.ids...), crm.Signed, ""); err != nil {
			t.Fatal(err)
		}
		did("sign")
		if _, err := s.crm.CloneCampaign(s.ctx, s.ws, c.campaign.ID, crm.CloneOptions{Name: "August", Days: 61, Cooperations: true}); err != nil {
			t.Fatal(err)
		}
		did("clone")
		if _, err := s.crm.Report(s.ctx, s.ws, nil); err != nil {
			t.Fatal(err)
		}
		did("report")
	}
	for what, calls := range work {
		t.Logf("%s: %d, %d", what, calls[0], calls[1])
		if calls[1] > 2*calls[0]+20 {
			t.Errorf("%s: %d calls of the store for 500 cooperations, %d for 1,000", what, calls[0], calls[1])
		}
	}
}

// largeCampaign is a campaign with many cooperations.
type largeCampaign struct {
	campaign crm.Campaign
	ids      []crm.CooperationID
}

// fill makes a campaign with n cooperations in one unit of work. They have the same links, which
// claim nothing.
func (s *shop) fill(n int) largeCampaign {
	s.Helper()
	var made largeCampaign
	june := budget.MustParseDate("2026-06-01")
	s.update(func(ctx context.Context, w *crm.Work) (err error) {
		ws, err := w.Workspace(ctx)
		if err != nil {
			return err
		}
		ws.UTM = utm.MustParseTemplate(utm.Params{Source: utm.Of("instagram")})
		if _, err := w.UpdateWorkspace(ctx, ws, ""); err != nil {
			return err
		}
		if made.campaign, err = w.CreateCampaign(ctx, crm.Campaign{Name: "June"}); err != nil {
			return err
		}
		pam, err := w.CreateInfluencer(ctx, crm.Influencer{Name: "Pam"})
		if err != nil {
			return err
		}
		for range n {
			saved, err := w.CreateCooperation(ctx, crm.Cooperation{
				Campaign: made.campaign.ID, Influencer: pam.ID, Period: budget.Period{Start: june}, Cost: budget.FromMinor(100, "EUR"),
			})
			if err != nil {
				return err
			}
			made.ids = append(made.ids, saved.Cooperation.ID)
		}
		return nil
	})
	return made
}

// checkNames reads the pages of a campaign and checks that all are called base but for the first,
// which has no date, and for the numbers.
func (s *shop) checkNames(base string, campaign crm.CampaignID, n int) {
	s.Helper()
	names := map[string]bool{}
	s.view(func(ctx context.Context, r crm.Reader) error {
		read, err := pages(ctx, r.Cooperations(), crm.CooperationFilter{Campaigns: []crm.CampaignID{campaign}},
			crm.ListOptions{Size: crm.MaxPageSize})
		for _, page := range read {
			for _, c := range page.Items {
				names[c.Name] = true
			}
		}
		return err
	})
	if len(names) != n {
		s.Fatalf("%d different names, want %d", len(names), n)
	}
	for number := 2; number < n; number++ {
		if name := fmt.Sprintf("%s (%d)", base, number); !names[name] {
			s.Fatalf("nobody is called %q", name)
		}
	}
}
