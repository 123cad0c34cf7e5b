package crm

import (
	"cmp"
	"context"
	"slices"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/account"
)

// Facets count the cooperations that a filter selects by what else a filter can ask for, for the boxes beside a list.
type Facets struct {
	Tags       Facet       `json:"tags"`       // of their influencers; who has two counts in both
	Categories Facet       `json:"categories"` // of their influencers
	Platforms  Facet       `json:"platforms"`  // of their profiles
	Months     MonthCounts `json:"months"`     // in which they begin, or end if they have no start
}

// Facet is the most frequent values of a field, and then by value, at most MaxFacetValues. What has no value is not in it.
type Facet struct {
	Values []FacetValue `json:"values"`
	More   bool         `json:"more"` // there are other values
}

// FacetValue is a value of a field.
type FacetValue struct {
	Value string `json:"value"` // folded; what a filter asks for
	Label string `json:"label"` // as it is spelt by the influencer who was made first; of a platform its name
	Count int    `json:"count"` // of the cooperations
}

// MonthCounts are the last months, at most MaxFacetValues, in the order of the calendar.
type MonthCounts struct {
	Values []MonthCount `json:"values"`
	More   bool         `json:"more"` // there are earlier ones
}

// MonthCount is how many cooperations begin in a month.
type MonthCount struct {
	Month budget.Month `json:"month"`
	Count int          `json:"count"`
}

// MaxFacetValues is how many values a facet has at most.
const MaxFacetValues = 100

// Facets counts what a filter selects, all of it, by tag, category, platform and month. A filter that asks for a state
// without saying on which day means today.
func (s *Service) Facets(ctx context.Context, ws WorkspaceID, f CooperationFilter) (Facets, error) {
	return read(ctx, s, ws, "read facets", func(ctx context.Context, r Reader) (Facets, error) {
		if err := s.defaultToToday(ctx, r, &f.On, f.State != ""); err != nil {
			return Facets{}, err
		}
		return r.Facets(ctx, f)
	})
}

// FacetsOf counts cooperations as Reader.Facets does, for stores that have them in memory. Each calls add with all of
// them and their influencers.
func FacetsOf(each func(add func(Cooperation, Influencer)) error) (Facets, error) {
	mustBeGiven(each != nil, "FacetsOf", "a function")
	tags, categories, platforms, months := facetCounts{}, facetCounts{}, facetCounts{}, map[budget.Month]int{}
	err := each(func(c Cooperation, i Influencer) {
		for n, tag := range i.Tags {
			if before := i.Tags[:n]; !slices.ContainsFunc(before, func(t string) bool { return Fold(t) == Fold(tag) }) {
				tags.add(Fold(tag), tag, i.ID)
			}
		}
		categories.add(Fold(i.Category), i.Category, i.ID)
		if profile, found := i.Profile(c.Profile); found && !c.Profile.IsZero() {
			platforms.add(profile.Platform, account.PlatformName(profile.Platform), i.ID)
		}
		if day := cmp.Or(c.Period.Start, c.Period.End); !day.IsZero() {
			months[day.Month()]++
		}
	})
	if err != nil {
		return Facets{}, err
	}
	f := Facets{Tags: tags.facet(), Categories: categories.facet(), Platforms: platforms.facet()}
	counts := make([]MonthCount, 0, len(months))
	for month, n := range months {
		counts = append(counts, MonthCount{month, n})
	}
	f.Months = NewMonthCounts(counts)
	return f, nil
}

// facetCounts are values of a field by what a filter asks for.
type facetCounts map[string]*facetCount

type facetCount struct {
	FacetValue
	first InfluencerID // whose spelling is the label
}

func (c facetCounts) add(key, label string, of InfluencerID) {
	if key == "" {
		return
	}
	v := c[key]
	if v == nil {
		v = &facetCount{FacetValue{Value: key, Label: label}, of}
		c[key] = v
	}
	if v.Count++; of.Compare(v.first) < 0 {
		v.Label, v.first = label, of
	}
}

func (c facetCounts) facet() Facet {
	all := make([]FacetValue, 0, len(c))
	for _, v := range c {
		all = append(all, v.FacetValue)
	}
	return NewFacet(all)
}

// NewFacet puts values into their order and cuts them to MaxFacetValues.
func NewFacet(all []FacetValue) Facet {
	slices.SortFunc(all, func(a, b FacetValue) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	f := Facet{Values: all, More: len(all) > MaxFacetValues}
	if f.More {
		f.Values = all[:MaxFacetValues:MaxFacetValues]
	}
	return f
}

// NewMonthCounts puts months into their order and leaves out the earliest beyond MaxFacetValues.
func NewMonthCounts(all []MonthCount) MonthCounts {
	slices.SortFunc(all, func(a, b MonthCount) int { return a.Month.Compare(b.Month) })
	m := MonthCounts{Values: all, More: len(all) > MaxFacetValues}
	if m.More {
		m.Values = all[len(all)-MaxFacetValues:]
	}
	return m
}

// Facets implements Reader. It reads all cooperations that the filter selects, and their influencers.
func (a *asOfReader) Facets(ctx context.Context, f CooperationFilter) (Facets, error) {
	return FacetsOf(func(add func(Cooperation, Influencer)) error {
		return EachPage(ctx, a.cooperations, f, MaxPageSize, func(page []Cooperation) error {
			ids := make([]InfluencerID, len(page))
			for n, c := range page {
				ids[n] = c.Influencer
			}
			found, err := a.influencers.GetAll(ctx, ids)
			influencers := make(map[InfluencerID]Influencer, len(found))
			for _, i := range found {
				influencers[i.ID] = i
			}
			for _, c := range page {
				add(c, influencers[c.Influencer])
			}
			return err
		})
	})
}
