package storagetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
)

var facetChecks = append(cooperationFacetChecks, influencerFacetChecks...)

var cooperationFacetChecks = []check{
	inTwoShops("Facets: counts the cooperations that a filter selects by tag, category, platform and month", func(a, b *shop) {
		for n, tags := range [][]string{{"VIP", "vip", " ", "Strauß"}, {"STRAUSS", "100%"}, {}} {
			i := a.influencer("instagram", fmt.Sprint("mira", n))
			i.Tags, i.Category = tags, []string{"BEAUTY", "", "Ünderground"}[n]
			c := a.cooperation()
			c.Influencer, c.Profile, c.Period.Start = i.ID, i.Profiles[0].ID, day0.AddDays(-40*n)
			one := a.cooperation()
			one.Influencer, one.Profile = i.ID, a.profileOf(0, 0) // of another influencer
			a.insert(i, c, one)
		}
		a.withRecords(cooperations, filtered)
		a.view(func(ctx context.Context, r crm.Reader) error {
			d, most := newDraw(a, 6), 0
			filters := []crm.CooperationFilter{{}, {Archive: crm.ActiveOrNot}, {Tags: []string{"vip"}}, {Platforms: platforms[:1]}}
			for field := range cooperations.fields {
				filters = append(filters, cooperations.filter(d, field).(crm.CooperationFilter))
			}
			for _, f := range filters {
				want := a.facets(f)
				most = max(most, len(want.Tags.Values)+len(want.Categories.Values)+len(want.Platforms.Values)+len(want.Months.Values))
				a.returns(fmt.Sprintf("facets with %+v", f), want)(r.Facets(ctx, f))
			}
			if most < 11 {
				a.Fatalf("the samples have at most %d values, which prove nothing", most)
			}
			return nil
		})
		b.returns("facets of no cooperations", b.facets(crm.CooperationFilter{}))(b.store.Reader(b.id).Facets(b.ctx, crm.CooperationFilter{}))
	}),
	inShop("Facets: has the most frequent values, and the last months, at most MaxFacetValues", func(s *shop) {
		var all []crm.Record
		for n := range crm.MaxFacetValues + 1 {
			i, c := s.influencer(fmt.Sprint("platform ", n), "mira"), s.cooperation()
			i.Category, i.Tags = fmt.Sprint("Category ", n), []string{fmt.Sprint("Tag ", n)}
			c.Influencer, c.Profile, c.Period.Start = i.ID, i.Profiles[0].ID, day0.AddDays(31*n)
			all = append(all, i, c)
			if n == crm.MaxFacetValues {
				c.ID = crm.CooperationID(s.newID())
				all = append(all, c)
			}
		}
		s.insert(all...)
		want := s.facets(crm.CooperationFilter{})
		if !want.Tags.More || !want.Months.More || want.Tags.Values[0].Count != 2 {
			s.Fatalf("the samples prove nothing: %+v", want)
		}
		s.returns("facets", want)(s.store.Reader(s.id).Facets(s.ctx, crm.CooperationFilter{}))
		f := crm.CooperationFilter{Statuses: []crm.Status{crm.Signed}}
		s.returns("facets of nothing", s.facets(f))(s.store.Reader(s.id).Facets(s.ctx, f))
	}),
	inShop("Facets: sees what the unit has written, and what influencers have now", func(s *shop) {
		c := s.cooperation()
		c.Profile = s.profileOf(0, 0)
		s.insert(c)
		s.update(func(ctx context.Context, tx crm.Tx) error {
			i := crm.Clone(s.model[crm.RefTo(s.influencers[0])].(crm.Influencer))
			i.Tags, i.Category, i.Profiles[0].Platform = []string{"New"}, "Newer", "newest"
			one := s.cooperation()
			err := errors.Join(tx.Update(ctx, nil, i), tx.Insert(ctx, one))
			i.Version++
			s.expect(i, one)
			s.returns("facets in the unit", s.facets(crm.CooperationFilter{}))(tx.Facets(ctx, crm.CooperationFilter{}))
			return err
		})
	}),
	inShop("Facets: a bad filter is an ErrInvalid", func(s *shop) {
		s.view(func(ctx context.Context, r crm.Reader) error {
			_, err := r.Facets(ctx, crm.CooperationFilter{State: crm.Running})
			s.wantField("Facets", err, crm.ErrInvalid, "on")
			return nil
		})
	}),
}

// facets counts the model, naively.
func (s *shop) facets(f crm.CooperationFilter) crm.Facets {
	tags, categories, onPlatforms, months := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, r := range s.records(crm.KindCooperation) {
		if !cooperations.matches(s, f, r) {
			continue
		}
		c := r.(crm.Cooperation)
		i := s.model[crm.RefTo(c.Influencer)].(crm.Influencer)
		folded := map[string]bool{}
		for _, tag := range i.Tags {
			folded[crm.Fold(tag)] = true
		}
		for tag := range folded {
			tags[tag]++
		}
		categories[crm.Fold(i.Category)]++
		for _, p := range i.Profiles {
			if p.ID == c.Profile && !c.Profile.IsZero() {
				onPlatforms[p.Platform]++
			}
		}
		if begin := c.Period.Start; !begin.IsZero() {
			months[begin.String()[:7]]++
		} else if end := c.Period.End; !end.IsZero() {
			months[end.String()[:7]]++
		}
	}
	// The first spelling is that of the influencer with the least id among those whom the filter selects.
	spelt := func(texts func(crm.Influencer) []string) func(string) string {
		return func(value string) string {
			for _, r := range s.records(crm.KindInfluencer) {
				i := r.(crm.Influencer)
				selected := slices.ContainsFunc(s.records(crm.KindCooperation), func(c crm.Record) bool {
					return c.(crm.Cooperation).Influencer == i.ID && cooperations.matches(s, f, c)
				})
				for _, text := range texts(i) {
					if selected && crm.Fold(text) == value {
						return text
					}
				}
			}
			return "nobody's"
		}
	}
	all := crm.Facets{
		Tags:       facetOf(tags, spelt(func(i crm.Influencer) []string { return i.Tags })),
		Categories: facetOf(categories, spelt(func(i crm.Influencer) []string { return []string{i.Category} })),
		Platforms:  facetOf(onPlatforms, account.PlatformName),
		Months:     crm.MonthCounts{Values: []crm.MonthCount{}, More: len(months) > crm.MaxFacetValues},
	}
	for month, n := range months {
		all.Months.Values = append(all.Months.Values, crm.MonthCount{Month: budget.MustParseMonth(month), Count: n})
	}
	slices.SortFunc(all.Months.Values, func(a, b crm.MonthCount) int { return a.Month.Compare(b.Month) })
	all.Months.Values = all.Months.Values[max(0, len(all.Months.Values)-crm.MaxFacetValues):]
	return all
}

func facetOf(counts map[string]int, label func(string) string) crm.Facet {
	delete(counts, "")
	f := crm.Facet{Values: []crm.FacetValue{}, More: len(counts) > crm.MaxFacetValues}
	for value, n := range counts {
		f.Values = append(f.Values, crm.FacetValue{Value: value, Label: label(value), Count: n})
	}
	slices.SortFunc(f.Values, func(a, b crm.FacetValue) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Value, b.Value)
	})
	f.Values = f.Values[:min(len(f.Values), crm.MaxFacetValues)]
	return f
}
