package crm

import (
	"context"
	"slices"

	"github.com/getklar/influencercrm/crm/account"
)

// InfluencerFacets count the influencers that a filter selects by what else a filter can ask for, for the boxes beside a
// list.
type InfluencerFacets struct {
	Tags       Facet `json:"tags"` // who has two counts in both
	Categories Facet `json:"categories"`
	Platforms  Facet `json:"platforms"` // who has two profiles on one counts once

	// Responsibles are the responsible members: the Value is an id, the Label the member's name.
	Responsibles Facet `json:"responsibles"`
}

// InfluencerFacets counts the influencers that a filter selects, all of them, by tag, category, platform and responsible
// member. Facets counts cooperations.
func (s *Service) InfluencerFacets(ctx context.Context, ws WorkspaceID, f InfluencerFilter) (InfluencerFacets, error) {
	return read(ctx, s, ws, "read facets of influencers", func(ctx context.Context, r Reader) (InfluencerFacets, error) {
		return r.InfluencerFacets(ctx, f)
	})
}

// InfluencerFacetsOf counts influencers as Reader.InfluencerFacets does, for stores that have them in memory. Each calls
// add with all of them and the names of their responsible members.
func InfluencerFacetsOf(each func(add func(i Influencer, responsible string)) error) (InfluencerFacets, error) {
	tags, categories, platforms, responsibles := facetCounts{}, facetCounts{}, facetCounts{}, facetCounts{}
	err := each(func(i Influencer, responsible string) {
		tags.addTags(i)
		categories.add(Fold(i.Category), i.Category, i.ID)
		for n, p := range i.Profiles {
			if !slices.ContainsFunc(i.Profiles[:n], func(before Profile) bool { return before.Platform == p.Platform }) {
				platforms.add(p.Platform, account.PlatformName(p.Platform), i.ID)
			}
		}
		responsibles.add(i.Responsible.String(), responsible, i.ID)
	})
	if err != nil {
		return InfluencerFacets{}, err
	}
	return InfluencerFacets{tags.facet(), categories.facet(), platforms.facet(), responsibles.facet()}, nil
}

// addTags counts who has a tag, in several spellings or one, once for it.
func (c facetCounts) addTags(i Influencer) {
	for n, tag := range i.Tags {
		if before := i.Tags[:n]; !slices.ContainsFunc(before, func(t string) bool { return Fold(t) == Fold(tag) }) {
			c.add(Fold(tag), tag, i.ID)
		}
	}
}

// InfluencerFacets implements Reader. It reads all influencers that the filter selects, and their members.
func (a *asOfReader) InfluencerFacets(ctx context.Context, f InfluencerFilter) (InfluencerFacets, error) {
	return InfluencerFacetsOf(func(add func(Influencer, string)) error {
		return EachPage(ctx, a.influencers.withoutTimes(), f, MaxPageSize, func(page []Influencer) error {
			ids := make([]MemberID, 0, len(page))
			for _, i := range page {
				ids = append(ids, i.Responsible)
			}
			slices.SortFunc(ids, MemberID.Compare)
			found, err := a.members.withoutTimes().GetAll(ctx, slices.Compact(ids))
			names := make(map[MemberID]string, len(found))
			for _, m := range found {
				names[m.ID] = m.Name
			}
			for _, i := range page {
				add(i, names[i.Responsible])
			}
			return err
		})
	})
}
