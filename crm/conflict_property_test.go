package crm_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// TestKeptClaimsAreThoseOfTheStore lets two services work on one store, as two processes do, with units
// that change rules, days and tail days, fail, or have nothing to do with rules. What either finds, on a
// save and in a report, is what an index of the stored cooperations finds.
func TestKeptClaimsAreThoseOfTheStore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(t)
		services := []*crm.Service{s.crm, crm.New(s.store, nil)}
		campaign := s.campaign("Summer")
		people := []crm.Influencer{s.influencer("Pam"), s.influencer("Emma"), s.influencer("Zoe")}
		changed := errors.New("changed my mind")
		for range rapid.IntRange(1, 12).Draw(t, "units") {
			service := rapid.SampledFrom(services).Draw(t, "service")
			wanted := rapid.SampledFrom([]error{nil, nil, changed}).Draw(t, "ends with")
			err := service.Update(ctx, s.ws, func(ctx context.Context, w *crm.Work) error {
				for range rapid.IntRange(1, 4).Draw(t, "operations") {
					if err := claimSomething(t, w, campaign, people); err != nil {
						return err
					}
				}
				return wanted
			})
			if !errors.Is(err, wanted) {
				t.Fatalf("%v", err)
			}
			checkReport(t, s, rapid.SampledFrom(services).Draw(t, "reader"))
		}
	})
}

// claimSomething does one random thing, and holds the conflicts of a save to those of the stored rules.
func claimSomething(t *rapid.T, w *crm.Work, campaign crm.Campaign, people []crm.Influencer) error {
	all := must(w.Cooperations().List(ctx, crm.CooperationFilter{Archive: crm.ActiveOrNot}, crm.ListOptions{Size: crm.MaxPageSize}))(t).Items
	one := crm.Cooperation{Campaign: campaign.ID}
	if len(all) > 0 && rapid.Bool().Draw(t, "an old one") {
		one = rapid.SampledFrom(all).Draw(t, "cooperation")
	}
	switch rapid.IntRange(0, 9).Draw(t, "operation") {
	case 0:
		ws := must(w.Workspace(ctx))(t)
		ws.TailDays = rapid.IntRange(0, 3).Draw(t, "tail days")
		ws.CodeComparison = rapid.SampledFrom(discount.Comparisons()).Draw(t, "comparison")
		_, err := w.UpdateWorkspace(ctx, ws, "")
		return err
	case 1:
		_, err := w.CreateMember(ctx, crm.Member{Name: "Anna"})
		return err
	case 2:
		if one.ID.IsZero() {
			return nil
		}
		return second(w.Delete(ctx, one.At(), ""))
	case 3:
		if one.ID.IsZero() || !one.ArchivedOn.IsZero() {
			return nil
		}
		return second(w.Archive(ctx, one.At(), ""))
	case 4:
		if one.ArchivedOn.IsZero() {
			return nil
		}
		return second(w.Restore(ctx, one.At(), ""))
	}
	if !one.ArchivedOn.IsZero() {
		return nil
	}
	one.Influencer = rapid.SampledFrom(people).Draw(t, "influencer").ID
	one.Period = budget.Period{Start: day("2026-05-15").AddDays(rapid.IntRange(0, 5).Draw(t, "start"))}
	if rapid.Bool().Draw(t, "ends") {
		one.Period.End = one.Period.Start.AddDays(rapid.IntRange(0, 4).Draw(t, "days"))
	}
	one.Cancellation = nil
	if rapid.IntRange(0, 5).Draw(t, "cancelled") == 0 {
		one.Cancellation = &crm.Cancellation{On: one.Period.Start}
	}
	one.Rules = []discount.Rule{}
	for range rapid.IntRange(0, 3).Draw(t, "rules") {
		one.Rules = append(one.Rules, rule(rapid.SampledFrom(discount.Matches()).Draw(t, "match"),
			rapid.StringMatching("[abä]{2,4}").Draw(t, "pattern")))
	}
	save := w.UpdateCooperation
	if one.ID.IsZero() {
		save = func(ctx context.Context, c crm.Cooperation, _ string) (crm.Saved, error) {
			return w.CreateCooperation(ctx, c)
		}
	}
	saved, err := save(ctx, one, "")
	if err == nil {
		checkConflicts(t, w, saved.Cooperation, saved.Conflicts)
	}
	return err
}

func storedIndex(t *rapid.T, r crm.Reader) *crm.ClaimIndex {
	return crm.NewClaimIndex(must(r.Claims(ctx, crm.ClaimFilter{}))(t), must(r.Workspace(ctx))(t))
}

func checkConflicts(t *rapid.T, r crm.Reader, c crm.Cooperation, got crm.Conflicts) {
	want := storedIndex(t, r).Conflicts(c)
	for n := range want.List {
		want.List[n].OtherName = must(r.Cooperations().Get(ctx, want.List[n].Other))(t).Name
	}
	if diff := cmp.Diff(want, got, values); diff != "" {
		t.Fatalf("conflicts of %s (-stored +got):\n%s", c.Name, diff)
	}
}

// checkReport reads all pages of the conflicts.
func checkReport(t *rapid.T, s *shop, reader *crm.Service) {
	f := crm.ConflictFilter{
		CooperationFilter: crm.CooperationFilter{Archive: rapid.SampledFrom([]crm.Archive{crm.ActiveOnly, crm.ActiveOrNot}).Draw(t, "archive")},
		Severity: rapid.SampledFrom([]discount.Severity{discount.NoConflict, discount.Loose, discount.Certain,
			discount.Blocking}).Draw(t, "severity"),
	}
	o := crm.ListOptions{
		Size: rapid.IntRange(1, 3).Draw(t, "page size"), Desc: rapid.Bool().Draw(t, "desc"),
		Sort: rapid.SampledFrom([]crm.Sort{crm.SortCreated, crm.SortName, crm.SortStart}).Draw(t, "sort"),
	}
	s.ok(s.crm.View(ctx, s.ws, func(ctx context.Context, r crm.Reader) error {
		index := storedIndex(t, r)
		want := must(r.Cooperations().List(ctx, f.CooperationFilter, crm.ListOptions{Size: crm.MaxPageSize, Desc: o.Desc, Sort: o.Sort}))(t).Items
		least := f.Severity
		if least == discount.NoConflict {
			least = discount.Certain
		}
		want = slices.DeleteFunc(want, func(c crm.Cooperation) bool {
			found := index.Conflicts(c).List
			return len(found) == 0 || found[0].Severity < least
		})
		got := []crm.Cooperation{}
		for {
			page := must(reader.Conflicts(context.Background(), s.ws, f, o))(t)
			for _, one := range page.Items {
				got = append(got, one.Cooperation)
				checkConflicts(t, r, one.Cooperation, one.Conflicts)
			}
			if len(page.Items) > o.Size {
				t.Fatalf("a page of %d", len(page.Items))
			}
			if o.Token = page.Next; o.Token == "" {
				break
			}
		}
		if diff := cmp.Diff(want, got, values); diff != "" {
			t.Fatalf("in conflict (-stored +listed):\n%s", diff)
		}
		return nil
	}))
}
