package storagetest_test

import (
	"context"
	"errors"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/storagetest"
)

// facetBugs break the facets.
func facetBugs() []bug {
	const counts = "Facets: counts the cooperations that a filter selects by tag, category, platform and month"
	const ofInfluencers = "InfluencerFacets: counts the influencers that a filter selects by tag, category, platform and responsible member"
	return []bug{
		{name: "facets of everything", category: storagetest.Facets, subtest: counts,
			spoil: facets(func(f *crm.CooperationFilter) { *f = crm.CooperationFilter{} }, nil)},
		{name: "facets labelled by their keys", category: storagetest.Facets, subtest: counts,
			spoil: facets(nil, func(f *crm.Facets) {
				for n, v := range f.Tags.Values {
					f.Tags.Values[n].Label = v.Value
				}
			})},
		{name: "facets cut in silence", category: storagetest.Facets,
			subtest: "Facets: has the most frequent values, and the last months, at most MaxFacetValues",
			spoil:   facets(nil, func(f *crm.Facets) { f.Platforms.More = false })},
		{name: "facets of influencers count profiles", category: storagetest.Facets, subtest: ofInfluencers,
			spoil: onReads(func(r crm.Reader) crm.Reader { return influencerFacetsThrough{r} })},
		{name: "facets under any filter", category: storagetest.Facets, subtest: "Facets: a bad filter is an ErrInvalid",
			spoil: facets(func(f *crm.CooperationFilter) {
				if f.On.IsZero() {
					f.State = ""
				}
			}, nil)},
	}
}

// facetsThrough is a Reader with other facets.
type facetsThrough struct {
	crm.Reader
	filter func(*crm.CooperationFilter)
	found  func(*crm.Facets)
}

func (t facetsThrough) Facets(ctx context.Context, f crm.CooperationFilter) (crm.Facets, error) {
	if t.filter != nil {
		t.filter(&f)
	}
	found, err := t.Reader.Facets(ctx, f)
	if t.found != nil {
		t.found(&found)
	}
	return found, err
}

func facets(filter func(*crm.CooperationFilter), found func(*crm.Facets)) func(wholeStore) wholeStore {
	return onReads(func(r crm.Reader) crm.Reader { return facetsThrough{r, filter, found} })
}

// influencerFacetsThrough is a Reader that counts who has two profiles on a platform twice.
type influencerFacetsThrough struct{ crm.Reader }

func (t influencerFacetsThrough) InfluencerFacets(ctx context.Context, f crm.InfluencerFilter) (crm.InfluencerFacets, error) {
	found, err := t.Reader.InfluencerFacets(ctx, f)
	for n := range found.Platforms.Values {
		v := &found.Platforms.Values[n]
		v.Count = 0
		err = errors.Join(err, crm.Each(ctx, t.Influencers(), f, func(i crm.Influencer) error {
			for _, p := range i.Profiles {
				if p.Platform == v.Value {
					v.Count++
				}
			}
			return nil
		}))
	}
	return found, err
}
