package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
)

var influencerFacetChecks = []check{
	inTwoShops("InfluencerFacets: counts the influencers that a filter selects by tag, category, platform and responsible member", func(a, b *shop) {
		for n, tags := range [][]string{{"VIP", "vip", " ", "Strauß"}, {"STRAUSS", "100%"}, {}} {
			i := a.influencer("instagram", fmt.Sprint("mira", n))
			i.Profiles = append(i.Profiles, a.influencer("instagram", fmt.Sprint("zoe", n)).Profiles...)
			i.Tags, i.Category, i.Responsible = tags, []string{"BEAUTY", "", "Ünderground"}[n], a.members[n%2]
			a.insert(i)
		}
		a.withRecords(influencers, filtered)
		a.view(func(ctx context.Context, r crm.Reader) error {
			d, most := newDraw(a, 6), 0
			filters := []crm.InfluencerFilter{{}, {Archive: crm.ActiveOrNot}, {Tags: []string{"vip"}}, {Platforms: platforms[:1]}}
			for field := range influencers.fields {
				filters = append(filters, influencers.filter(d, field).(crm.InfluencerFilter))
			}
			for _, f := range filters {
				want := a.influencerFacets(f)
				most = max(most, len(want.Tags.Values)+len(want.Categories.Values)+len(want.Platforms.Values)+len(want.Responsibles.Values))
				a.returns(fmt.Sprintf("facets with %+v", f), want)(r.InfluencerFacets(ctx, f))
			}
			if most < 11 {
				a.Fatalf("the samples have at most %d values, which prove nothing", most)
			}
			return nil
		})
		nothing := crm.InfluencerFilter{Text: "nothing of the kind"}
		b.returns("facets of nothing", b.influencerFacets(nothing))(b.store.Reader(b.id).InfluencerFacets(b.ctx, nothing))
	}),
	inShop("InfluencerFacets: has the most frequent values, at most MaxFacetValues", func(s *shop) {
		var all []crm.Record
		for n := range crm.MaxFacetValues + 1 {
			i, m := s.influencer(fmt.Sprint("platform ", n), "mira"), s.member(fmt.Sprint("Member ", n))
			i.Category, i.Tags, i.Responsible = fmt.Sprint("Category ", n), []string{fmt.Sprint("Tag ", n)}, m.ID
			all = append(all, m, i)
		}
		s.insert(all...)
		want := s.influencerFacets(crm.InfluencerFilter{})
		if !want.Tags.More || !want.Responsibles.More || !want.Platforms.More {
			s.Fatalf("the samples prove nothing: %+v", want)
		}
		s.returns("facets", want)(s.store.Reader(s.id).InfluencerFacets(s.ctx, crm.InfluencerFilter{}))
	}),
	inShop("InfluencerFacets: sees what the unit has written", func(s *shop) {
		s.update(func(ctx context.Context, tx crm.Tx) error {
			m := crm.Clone(s.model[crm.RefTo(s.members[0])].(crm.Member))
			m.Name = "Renamed"
			i := s.influencer("newest", "mira")
			i.Tags, i.Category, i.Responsible = []string{"New"}, "Newer", m.ID
			err := errors.Join(tx.Insert(ctx, i), tx.Update(ctx, nil, m))
			m.Version++
			s.expect(i, m)
			s.returns("facets in the unit", s.influencerFacets(crm.InfluencerFilter{}))(tx.InfluencerFacets(ctx, crm.InfluencerFilter{}))
			return err
		})
	}),
	inShop("InfluencerFacets: a bad filter is an ErrInvalid", func(s *shop) {
		s.view(func(ctx context.Context, r crm.Reader) error {
			_, err := r.InfluencerFacets(ctx, crm.InfluencerFilter{Archive: "x"})
			s.wantField("InfluencerFacets", err, crm.ErrInvalid, "archive")
			return nil
		})
	}),
}

// influencerFacets counts the model, naively.
func (s *shop) influencerFacets(f crm.InfluencerFilter) crm.InfluencerFacets {
	tags, categories, onPlatforms, responsibles := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	selected := []crm.Influencer{}
	for _, r := range s.records(crm.KindInfluencer) {
		if !influencers.matches(s, f, r) {
			continue
		}
		i := r.(crm.Influencer)
		selected = append(selected, i)
		folded, on := map[string]bool{}, map[string]bool{}
		for _, tag := range i.Tags {
			folded[crm.Fold(tag)] = true
		}
		for _, p := range i.Profiles {
			on[p.Platform] = true
		}
		for tag := range folded {
			tags[tag]++
		}
		for platform := range on {
			onPlatforms[platform]++
		}
		categories[crm.Fold(i.Category)]++
		responsibles[i.Responsible.String()]++
	}
	// The records are in the order of ids, so the first spelling is that of the influencer who was made first.
	spelt := func(texts func(crm.Influencer) []string) func(string) string {
		return func(value string) string {
			for _, i := range selected {
				for _, text := range texts(i) {
					if crm.Fold(text) == value {
						return text
					}
				}
			}
			return "nobody's"
		}
	}
	return crm.InfluencerFacets{
		Tags:       facetOf(tags, spelt(func(i crm.Influencer) []string { return i.Tags })),
		Categories: facetOf(categories, spelt(func(i crm.Influencer) []string { return []string{i.Category} })),
		Platforms:  facetOf(onPlatforms, account.PlatformName),
		Responsibles: facetOf(responsibles, func(value string) string {
			id, err := crm.ParseID[crm.Member](value)
			s.must("ParseID", err)
			return s.model[crm.RefTo(id)].(crm.Member).Name
		}),
	}
}
