package sheetimport_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/column"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/sheetimport/sheet"
	"github.com/getklar/influencercrm/storage/memory"
)

// connectSheet makes the sheet the active source of a shop.
func (s *shop) connectSheet() {
	s.t.Helper()
	if _, err := s.service.ConnectSource(s.ctx, s.ws, crm.SheetSource, "", ""); err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.service.DisconnectSource(s.ctx, s.ws, crm.CRMSource, ""); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) pull(csv string) *sheetimport.Pulled {
	s.t.Helper()
	pulled, err := s.importer().Pull(s.ctx, s.ws, csvfile.New("plan.csv", strings.NewReader(csv), nil), memory.New(nil))
	if err != nil {
		s.t.Fatal(err)
	}
	return pulled
}

// of is a shop whose service is that of what was pulled.
func (s *shop) of(p *sheetimport.Pulled) *shop {
	other := *s
	other.service = p.Service
	return &other
}

// What is pulled is what an import into an empty workspace would make, but for ids and history.
func TestPullIsTheImportOfTheSheet(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"klar-sheet", "agency-tracker-de"} {
		for backend, open := range backends {
			t.Run(name+"/"+backend, func(t *testing.T) {
				t.Parallel()
				csv := sample(t, name+".csv")
				imported := memoryShop(t, nil)
				plan := imported.bring(csv)

				s := memoryShop(t, nil)
				s.connectSheet()
				before := s.contents()
				pulled, err := s.importer().Pull(s.ctx, s.ws, csvfile.New("plan.csv", strings.NewReader(csv), nil), open(t))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(before, s.contents(), exactly...); diff != "" {
					t.Errorf("pulling changed the workspace (-before +after):\n%s", diff)
				}
				if diff := cmp.Diff(account(plan), account(pulled.Plan)); diff != "" {
					t.Errorf("the rows (-imported +pulled):\n%s", diff)
				}
				if diff := cmp.Diff(imported.spoken(), s.of(pulled).spoken()); diff != "" {
					t.Errorf("the cooperations (-imported +pulled):\n%s", diff)
				}
				want, got := imported.figures(), s.of(pulled).figures()
				if diff := cmp.Diff(want, got, exactly...); diff != "" || len(got) == 0 {
					t.Errorf("the report (-imported +pulled):\n%s", diff)
				}
			})
		}
	}
}

// spoken is what a workspace says of each cooperation, without ids.
func (s *shop) spoken() []string {
	s.t.Helper()
	c := s.contents()
	campaigns, people := map[crm.CampaignID]string{}, map[crm.InfluencerID]crm.Influencer{}
	for _, one := range c.Campaigns {
		campaigns[one.ID] = one.Name
	}
	for _, one := range c.Influencers {
		people[one.ID] = one
	}
	var lines []string
	for _, one := range c.Cooperations {
		p, _ := people[one.Influencer].Profile(one.Profile)
		lines = append(lines, strings.Join([]string{
			one.Name, campaigns[one.Campaign], people[one.Influencer].Name, p.Platform, p.Handle, string(one.Status),
			one.Period.Start.String(), one.Period.End.String(), one.Cost.String(), one.Imported.Key,
		}, " | "))
	}
	return sorted(lines)
}

// figures are the amounts of a workspace's report by month and by campaign.
func (s *shop) figures() map[string]budget.Amounts {
	s.t.Helper()
	report := s.report()
	all := map[string]budget.Amounts{"total": report.Total.Amounts}
	for _, line := range slices.Concat(report.Months, report.Campaigns) {
		all[line.Label] = line.Amounts
	}
	return all
}

const threeRows = `Influencer,Handle,Platform,Campaign,Posting Date,End Date,Fixed Costs,Discount Code
Pam Reif,@pam,Instagram,Summer,2026-06-01,2026-06-30,1000,PAM10
Emma,@emma,TikTok,Summer,2026-06-10,2026-07-09,600,EMMA
Liv,,Instagram,,2026-06-15,2026-06-15,250,EMMA
`

func TestPulledIsReadOnlyAndReadAsAnyWorkspace(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	s.connectSheet()
	pulled := s.pull(threeRows)
	p := s.of(pulled)

	conflicts, err := p.service.Conflicts(s.ctx, s.ws, crm.ConflictFilter{}, crm.ListOptions{})
	if err != nil || len(conflicts.Items) != 2 {
		t.Errorf("%d cooperations in conflict over EMMA (%v), want 2", len(conflicts.Items), err)
	}
	c := p.contents()
	pam := c.Cooperations[slices.IndexFunc(c.Cooperations, func(c crm.Cooperation) bool { return strings.Contains(c.Name, "Pam") })]
	if pam.Name != "Summer - Pam Reif - Instagram" || pam.Status != crm.Signed {
		t.Errorf("the first row is %+v", pam)
	}
	pam.Notes = "call her"
	_, changing := p.service.UpdateCooperation(s.ctx, s.ws, pam, "")
	_, making := p.service.CreateCampaign(s.ctx, s.ws, crm.Campaign{Name: "Winter"})
	_, deleting := p.service.Delete(s.ctx, s.ws, pam.At(), "")
	for _, err := range []error{changing, making, deleting} {
		if !errors.Is(err, sheetimport.ErrReadOnly) || !errors.Is(err, crm.ErrInvalid) {
			t.Errorf("writing gives %v, want ErrReadOnly", err)
		}
	}
	if diff := cmp.Diff(c, p.contents(), exactly...); diff != "" {
		t.Errorf("the records changed (-before +after):\n%s", diff)
	}
}

// The settings of the workspace hold for what is pulled.
func TestPullTakesTheSettingsOfTheWorkspace(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	ws, err := s.service.Workspace(s.ctx, s.ws)
	if err != nil {
		t.Fatal(err)
	}
	june, err := budget.ParseMonth("2026-06")
	if err != nil {
		t.Fatal(err)
	}
	ws.TailDays, ws.IgnoredCodes = 7, []string{"NEWS"}
	ws.MonthBudgets = map[budget.Month]budget.Money{june: budget.FromMinor(500_000, "EUR")}
	if _, err = s.service.UpdateWorkspace(s.ctx, s.ws, ws, ""); err != nil {
		t.Fatal(err)
	}
	s.connectSheet()
	if ws, err = s.service.Workspace(s.ctx, s.ws); err != nil {
		t.Fatal(err)
	}
	pulled := s.pull(threeRows)
	got, err := pulled.Service.Workspace(s.ctx, s.ws)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ws, got, exactly...); diff != "" {
		t.Errorf("(-workspace +pulled):\n%s", diff)
	}
}

// A sheet that is not the active source is not even read.
func TestPullOnlyTheActiveSheet(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		set  func(*shop) error
		want string
	}{
		{"the CRM only", func(*shop) error { return nil }, "the CRM is connected and counts"},
		{"both", func(s *shop) error {
			_, err := s.service.ConnectSource(s.ctx, s.ws, crm.SheetSource, "", "")
			return err
		}, "the CRM is connected and counts"},
		{"neither", func(s *shop) error {
			_, err := s.service.DisconnectSource(s.ctx, s.ws, crm.CRMSource, "")
			return err
		}, "the sheet is not connected"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			if err := test.set(s); err != nil {
				t.Fatal(err)
			}
			_, err := s.importer().Pull(s.ctx, s.ws, unread{t}, memory.New(nil))
			var field *crm.Error
			if !errors.Is(err, crm.ErrInvalid) || !errors.As(err, &field) || field.Field != "sources" || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an ErrInvalid that says %q", err, test.want)
			}
		})
	}
}

// unread is a source that must not be read.
type unread struct{ *testing.T }

func (unread) Name() string { return "plan.csv" }

func (u unread) Read(context.Context) (*sheet.Table, error) {
	u.Error("the sheet was read")
	return nil, sheet.ErrUnreadable
}

func TestPullThatFails(t *testing.T) {
	t.Parallel()
	s := memoryShop(t, nil)
	s.connectSheet()
	source := func() sheet.Source { return csvfile.New("plan.csv", strings.NewReader(threeRows), nil) }
	if _, err := s.importer().Pull(s.ctx, s.ws, source(), s.store); !errors.Is(err, crm.ErrAlreadyExists) {
		t.Errorf("pulling into the store of the CRM gives %v, want ErrAlreadyExists", err)
	}
	ctx, cancel := context.WithCancel(s.ctx)
	cancel()
	if _, err := s.importer().Pull(ctx, s.ws, source(), memory.New(nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("pulling when nobody waits gives %v", err)
	}
	// A store in which a pull has failed can be used for the next: here the context ends while the records are written.
	store := memory.New(nil)
	ctx, cancel = context.WithCancel(s.ctx)
	s.options.Progress = func(sheetimport.Progress) { cancel() }
	if _, err := s.importer().Pull(ctx, s.ws, source(), store); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), `pulling "plan.csv"`) {
		t.Errorf("pulling until nobody waits gives %v", err)
	}
	s.options.Progress = nil
	if _, err := s.importer().Pull(s.ctx, s.ws, source(), store); err != nil {
		t.Errorf("pulling again into the same store: %v", err)
	}
	if _, err := s.importer().Pull(s.ctx, s.ws, csvfile.New("plan.csv", strings.NewReader("nothing,here\n"), nil), memory.New(nil)); !errors.Is(err, column.ErrNoHeader) {
		t.Errorf("pulling a sheet without headers gives %v", err)
	}
}

// A row that says the same has the same id in every pull, in whatever line it stands and whatever else is in the sheet,
// and another one in another workspace.
func TestPulledIDsStay(t *testing.T) {
	t.Parallel()
	header, rows := "Influencer,Handle,Platform,Campaign,Posting Date,Discount Code,Responsible\n", []string{
		"Pam Reif,@pam,Instagram,Summer,2026-06-01,PAM10,Mira",
		"Pam Reif,,TikTok,Summer,2026-06-02,PAM11,",
		"Emma,@emma.one,Instagram,Summer,2026-06-03,E1,Mira", // namesakes
		"Emma,@emma.two,Instagram,Winter,2026-06-04,E2,Jo",
		"Liv,,YouTube,,2026-06-05,LIV,",
		"liv,,YouTube,,2026-07-05,LIV,",
		"Noa,@noa,Instagram,Winter,2026-06-06,N1,",
		"Noa B.,@noa,Instagram,Winter,2026-06-07,N2,", // one person under two names
	}
	ids := func(s *shop, order []int) map[string][]string {
		csv := header
		for _, n := range order {
			csv += rows[n] + "\n"
		}
		c := s.of(s.pull(csv)).contents()
		found := map[string][]string{}
		for _, one := range c.Cooperations {
			found[one.Imported.Key] = []string{one.ID.String(), one.Campaign.String(), one.Profile.String(),
				one.Influencer.String(), one.Responsible.String()}
		}
		return found
	}
	s, other := memoryShop(t, nil), memoryShop(t, nil)
	second, err := crm.NewAdmin(other.store, nil).CreateWorkspace(other.ctx, crm.Workspace{Name: "Second", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	other.ws = second.ID
	s.connectSheet()
	other.connectSheet()
	inOrder := []int{0, 1, 2, 3, 4, 5, 6}
	want := ids(s, inOrder)
	if len(want) != len(inOrder) {
		t.Fatalf("%d cooperations, want %d", len(want), len(inOrder))
	}
	elsewhere := ids(other, inOrder)
	for key := range want {
		for n, id := range want[key] {
			if id == elsewhere[key][n] && id != (crm.MemberID{}).String() {
				t.Errorf("two workspaces share the id %s", id)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		order := rapid.Permutation(inOrder).Draw(t, "order")
		order = order[:rapid.IntRange(1, len(order)).Draw(t, "rows")]
		// One of two namesakes alone is told by the name only.
		if slices.Contains(order, 2) != slices.Contains(order, 3) {
			return
		}
		for key, got := range ids(s, order) {
			if diff := cmp.Diff(want[key], got); diff != "" {
				t.Fatalf("order %v: the ids of a row (-first +now):\n%s", order, diff)
			}
		}
	})
	// The two names of one handle: whichever comes first, the pull goes through.
	for _, order := range [][]int{{6, 7}, {7, 6}} {
		if got := ids(s, order); len(got) != 2 {
			t.Errorf("order %v: %d cooperations, want 2", order, len(got))
		}
	}
}
