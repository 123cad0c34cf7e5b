package sheetimport_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/sheetimport"
	"github.com/getklar/influencercrm/sheetimport/csvfile"
	"github.com/getklar/influencercrm/storage/memory"
)

// TestWhatBothChangedAlikeIsRemembered: after sheet and CRM have come to the same, a change in the CRM alone is no
// conflict, and one in the sheet alone is taken.
func TestWhatBothChangedAlikeIsRemembered(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,Fee\nIda,@ida,IG,Sale,2026-06-01,"
	cost := func(minor int64) func(*crm.Cooperation) {
		return func(c *crm.Cooperation) { c.Cost = budget.FromMinor(minor, "EUR") }
	}
	s := memoryShop(t, nil)
	s.bring(head + "100\n")
	s.edit(s.contents().Cooperations[0], cost(200_00))
	for range 2 {
		before := s.contents()
		plan := s.bring(head + "200\n")
		if diff := cmp.Diff([]string{"2 unchanged"}, account(plan)); diff != "" || len(plan.Rows[0].Changes) > 0 {
			t.Errorf("both to 200 (-want +got):\n%s%v", diff, plan.Rows[0].Changes)
		}
		want, after := before.Cooperations[0], s.contents().Cooperations[0]
		want.Imported, want.Version = after.Imported, after.Version
		if diff := cmp.Diff(want, after, exactly...); diff != "" {
			t.Errorf("more than the memory changed (-before +after):\n%s", diff)
		}
	}
	head1 := s.contents().Head
	s.bring(head + "200\n")
	if now := s.contents().Head; now != head1 {
		t.Errorf("the same sheet again moved the head from %d to %d", head1.Seq, now.Seq)
	}
	s.edit(s.contents().Cooperations[0], cost(300_00))
	if diff := cmp.Diff([]string{"2 unchanged"}, account(s.bring(head+"200\n"))); diff != "" {
		t.Errorf("then the CRM alone (-want +got):\n%s", diff)
	}
	s.edit(s.contents().Cooperations[0], cost(200_00))
	if diff := cmp.Diff([]string{"2 updated"}, account(s.bring(head+"400\n"))); diff != "" {
		t.Errorf("then the sheet alone (-want +got):\n%s", diff)
	}
}

// TestAnUndatedCancellationIsOfTheDayOfTheImport, which the plan keeps, and which a later import does not move.
func TestAnUndatedCancellationIsOfTheDayOfTheImport(t *testing.T) {
	t.Parallel()
	const csv = "Influencer,Handle,Platform,Campaign,Fee,Deal status\nIda,@ida,IG,Sale,100,abgesagt\n"
	today := budget.MustParseDate("2026-06-03")
	s := memoryShop(t, &sheetimport.Options{Today: today})
	plan := s.plan(csv)
	if got := account(plan); !strings.Contains(got[0], "?cancelled_undated@F") {
		t.Errorf("%q", got)
	}
	s.options.Today = today.AddDays(1)
	if _, err := s.importer().Apply(s.ctx, plan); err != nil {
		t.Fatal(err)
	}
	check := func() {
		t.Helper()
		if c := s.contents().Cooperations[0]; c.Cancellation == nil || c.Cancellation.On != today {
			t.Errorf("cancelled %+v, want it on %s", c.Cancellation, today)
		}
	}
	check()
	if again := s.bring(csv); again.Counts[sheetimport.Unchanged] != 1 {
		t.Errorf("once more: %q", account(again))
	}
	check()
}

// TestTodayIsOfTheServicesClock: the day of the import is that of the service's clock, in the workspace's zone.
func TestTodayIsOfTheServicesClock(t *testing.T) {
	t.Parallel()
	late := func() time.Time { return time.Date(2026, 5, 31, 23, 30, 0, 0, time.UTC) }
	store := memory.New(nil)
	for zone, want := range map[string]string{"Europe/Berlin": "2026-06-01", "America/Lima": "2026-05-31"} {
		ws, err := crm.NewAdmin(store, nil).CreateWorkspace(t.Context(), crm.Workspace{Name: zone, Currency: "EUR", TimeZone: zone})
		if err != nil {
			t.Fatal(err)
		}
		service := crm.New(store, &crm.Options{Now: late})
		importer := sheetimport.New(service, nil)
		plan, err := importer.Plan(t.Context(), ws.ID,
			csvfile.New("plan.csv", strings.NewReader("Influencer,Platform,Deal status\nIda,IG,cancelled\n"), nil))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := importer.Apply(t.Context(), plan); err != nil {
			t.Fatal(err)
		}
		list, err := service.Cooperations(t.Context(), ws.ID, crm.CooperationFilter{}, crm.ListOptions{})
		if err != nil || len(list.Items) != 1 || list.Items[0].Cancellation.On.String() != want {
			t.Errorf("in %s: %v, error %v; want it cancelled on %s", zone, list.Items, err, want)
		}
	}
}

func TestGone(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,Fee,Discount code\n"
	const sheet = head + "Ida,@ida,IG,Sale,2026-06-01,100,IDA10\nMats,@mats,IG,,2026-06-01,100,MATS10\n"
	for _, c := range []struct {
		name, source, csv string
		want              int
	}{
		{"all there", "plan.csv", sheet, 0},
		{"a row is gone", "plan.csv", strings.Replace(sheet, "Ida,@ida", "Lea,@lea", 1), 1},
		{"its cost cannot be read", "plan.csv", strings.ReplaceAll(sheet, "100", "two hundred"), 0},
		{"its code cannot be read", "plan.csv", strings.Replace(sheet, "IDA10", "#REF!", 1), 0},
		{"its name cannot be read", "plan.csv", strings.Replace(sheet, "Ida,@ida", "#REF!,", 1), 1},
		{"another sheet", "other.csv", head + "Lea,@lea,IG,Sale,2026-06-01,100,LEA10\n", 0},
		{"the same rows under another name", "other.csv", sheet, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := memoryShop(t, nil)
			s.bring(sheet)
			plan, err := s.importer().Plan(s.ctx, s.ws, csvfile.New(c.source, strings.NewReader(c.csv), nil))
			if err != nil {
				t.Fatal(err)
			}
			if len(plan.Gone) != c.want {
				t.Errorf("gone %v, want %d; %q", plan.Gone, c.want, account(plan))
			}
		})
	}
}

// TestAnUnreadRowKeepsItsCooperation: another row of the same day does not take over the cooperation of a row that
// cannot be read just now.
func TestAnUnreadRowKeepsItsCooperation(t *testing.T) {
	t.Parallel()
	const head = "Influencer,Handle,Platform,Campaign,Posting date,Fee,Discount code\n"
	s := memoryShop(t, nil)
	s.bring(head + "Ida,@ida,IG,Sale,2026-06-01,100,IDA10\n")
	plan := s.plan(head + "Ida,@ida,IG,Sale,2026-06-01,two hundred,IDA10\nIda,@ida,IG,Sale,2026-06-01,100,IDA20\n")
	if diff := cmp.Diff([]string{"2 rejected !not_an_amount@F", "3 created"}, account(plan)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
