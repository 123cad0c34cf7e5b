package crm_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

func TestFacets(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	summer := s.campaign("Summer")
	pam := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Pam", Category: "Beauty", Tags: []string{"VIP", "Berlin"},
		Profiles: []crm.Profile{{Platform: "IG", Handle: "pam"}}}))(t)
	emma := must(s.crm.CreateInfluencer(ctx, s.ws, crm.Influencer{Name: "Emma", Category: "beauty", Tags: []string{"vip"}}))(t)
	book := func(i crm.Influencer, start string) crm.Cooperation {
		c := crm.Cooperation{Campaign: summer.ID, Influencer: i.ID, Period: days(start, "")}
		if len(i.Profiles) > 0 {
			c.Profile = i.Profiles[0].ID
		}
		return s.book(c)
	}
	book(pam, "2026-06-01")
	book(emma, "2026-07-01")
	book(emma, "2026-06-30")
	book(emma, "")
	may := s.head().Seq
	values := func(all ...crm.FacetValue) crm.Facet { return crm.Facet{Values: all} }
	want := crm.Facets{
		Tags:       values(crm.FacetValue{Value: "vip", Label: "VIP", Count: 4}, crm.FacetValue{Value: "berlin", Label: "Berlin", Count: 1}),
		Categories: values(crm.FacetValue{Value: "beauty", Label: "Beauty", Count: 4}),
		Platforms:  values(crm.FacetValue{Value: "instagram", Label: "Instagram", Count: 1}),
		Months: crm.MonthCounts{Values: []crm.MonthCount{
			{Month: budget.MustParseMonth("2026-06"), Count: 2}, {Month: budget.MustParseMonth("2026-07"), Count: 1},
		}},
	}
	months := cmpopts.EquateComparable(budget.Month{})
	if diff := cmp.Diff(want, must(s.crm.Facets(ctx, s.ws, crm.CooperationFilter{}))(t), months); diff != "" {
		t.Errorf("of all (-want +got):\n%s", diff)
	}
	// A value of a facet selects what it counts.
	for _, v := range want.Tags.Values {
		f := crm.CooperationFilter{Tags: []string{v.Value}}
		if n := must(s.crm.CountCooperations(ctx, s.ws, f))(t); n != v.Count {
			t.Errorf("%s selects %d, counted %d", v.Value, n, v.Count)
		}
	}
	running := must(s.crm.Facets(ctx, s.ws, crm.CooperationFilter{State: crm.Planned, Tags: []string{"Berlin"}}))(t)
	if len(running.Tags.Values) != 2 || running.Tags.Values[0].Count != 1 || len(running.Months.Values) != 1 {
		t.Errorf("of planned ones of Berlin: %+v", running)
	}
	// As of an earlier change it counts what influencers had then.
	pam.Tags, pam.Category = []string{"new"}, "Food"
	must(s.crm.UpdateInfluencer(ctx, s.ws, pam, ""))(t)
	book(pam, "2026-08-01")
	s.ok(s.crm.AsOf(ctx, s.ws, may, func(ctx context.Context, r crm.Reader) error {
		got, err := r.Facets(ctx, crm.CooperationFilter{})
		if diff := cmp.Diff(want, got, months); diff != "" {
			t.Errorf("as of %d (-want +got):\n%s", may, diff)
		}
		return err
	}))
	if _, err := s.crm.Facets(ctx, crm.WorkspaceID{9}, crm.CooperationFilter{}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("of no workspace: %v", err)
	}
	_, err := s.crm.Facets(ctx, s.ws, crm.CooperationFilter{Archive: "x"})
	wantField(t, err, crm.ErrInvalid, "archive")
}
