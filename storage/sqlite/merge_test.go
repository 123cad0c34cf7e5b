package sqlite_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// A merge and its undo write in an order that foreign keys and unique profiles allow, which other
// stores may be laxer about. One profile moves, one is united, and one has no handle.
func TestMergeAndUndo(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store := openFile(t, file(t), nil)
	ws, err := crm.NewAdmin(store, nil).CreateWorkspace(ctx, crm.Workspace{Name: "Shop", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	service := crm.New(store, nil)
	var pam, other crm.Influencer
	err = service.Update(ctx, ws.ID, func(ctx context.Context, w *crm.Work) error {
		summer, err := w.CreateCampaign(ctx, crm.Campaign{Name: "Summer"})
		if err != nil {
			return err
		}
		if pam, err = w.CreateInfluencer(ctx, crm.Influencer{Name: "Pam", Profiles: []crm.Profile{{Platform: "tiktok"}}}); err != nil {
			return err
		}
		other, err = w.CreateInfluencer(ctx, crm.Influencer{Name: "Pamela", Profiles: []crm.Profile{
			{Platform: "tiktok"},
			{Platform: "instagram", Handle: "pam",
				Rules: []discount.Rule{{Match: discount.Equals, Pattern: "PAM10"}}}, {Platform: "blog"},
		}})
		if err != nil {
			return err
		}
		for _, i := range []crm.Influencer{pam, other} {
			for _, p := range append(i.Profiles, crm.Profile{}) {
				_, err := w.CreateCooperation(ctx, crm.Cooperation{
					Campaign: summer.ID, Influencer: i.ID, Profile: p.ID, Status: crm.Signed, Cost: budget.FromMinor(100, "EUR"),
					Period: budget.Period{Start: budget.MustParseDate("2026-06-01")},
				})
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	before := people(t, service, ws.ID)
	if _, err := service.MergeInfluencers(ctx, ws.ID, pam.At(), other.At(), crm.MergeOptions{Take: []string{"name"}}, ""); err != nil {
		t.Fatal(err)
	}
	after := people(t, service, ws.ID)
	if len(after) != len(before)-1 {
		t.Fatalf("%d records of %d", len(after), len(before))
	}
	for _, want := range []map[crm.Ref]crm.Record{before, after, before} {
		done, err := service.UndoUnit(ctx, ws.ID, lastUnit(t, service, ws.ID), "")
		if err != nil {
			t.Fatal(err)
		}
		got := people(t, service, ws.ID)
		ids := cmpopts.EquateComparable(budget.Date{}, budget.Money{})
		saved := []cmp.Option{ // what every save changes
			cmpopts.IgnoreFields(crm.Influencer{}, "Version", "Times"), cmpopts.IgnoreFields(crm.Cooperation{}, "Version", "Times"),
		}
		if diff := cmp.Diff(want, got, append(saved, ids)...); diff != "" || len(done.Kept) > 0 {
			t.Fatalf("kept %v (-want +got):\n%s", done.Kept, diff)
		}
	}
}

// people is every influencer and cooperation of a workspace.
func people(t *testing.T, s *crm.Service, ws crm.WorkspaceID) map[crm.Ref]crm.Record {
	t.Helper()
	all := map[crm.Ref]crm.Record{}
	influencers, err := s.Influencers(t.Context(), ws, crm.InfluencerFilter{}, crm.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range influencers.Items {
		all[i.Ref()] = i
	}
	cooperations, err := s.Cooperations(t.Context(), ws, crm.CooperationFilter{}, crm.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cooperations.Items {
		all[c.Ref()] = c
	}
	return all
}

func lastUnit(t *testing.T, s *crm.Service, ws crm.WorkspaceID) uuid.UUID {
	t.Helper()
	all, err := s.Changes(t.Context(), ws, 0, crm.MaxPageSize)
	if err != nil {
		t.Fatal(err)
	}
	return all[len(all)-1].Unit
}
