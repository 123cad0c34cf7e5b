package sqlstore

import (
	"context"
	"slices"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/account"
	"github.com/getklar/influencercrm/storage/internal/tables"
)

// Facets implements crm.Reader. It is a statement for each facet, and one for the influencers whose spellings are shown.
func (r *reader) Facets(ctx context.Context, f crm.CooperationFilter) (facets crm.Facets, err error) {
	if err := r.ready(ctx, crm.KindCooperation, crm.KindInfluencer); err != nil {
		return crm.Facets{}, err
	}
	if f, err = crm.CheckFilter(f); err != nil {
		return crm.Facets{}, err
	}
	q := r.schema.Facets(r.wsText, f)
	tags, err := r.facet(ctx, q.Tags)
	if err != nil {
		return crm.Facets{}, err
	}
	categories, err := r.facet(ctx, q.Categories)
	if err != nil {
		return crm.Facets{}, err
	}
	platforms, err := r.facet(ctx, q.Platforms)
	if err != nil {
		return crm.Facets{}, err
	}
	spelt, err := r.spellings(ctx, slices.Concat(tags.firsts, categories.firsts))
	if err != nil {
		return crm.Facets{}, err
	}
	facets.Tags = tags.facet(func(value string, i crm.InfluencerID) string { return tagSpelling(spelt[i], value) })
	facets.Categories = categories.facet(func(_ string, i crm.InfluencerID) string { return spelt[i].Category })
	facets.Platforms = platforms.facet(func(value string, _ crm.InfluencerID) string { return account.PlatformName(value) })
	facets.Months, err = r.months(ctx, f)
	return facets, err
}

// facetRows are the values of a facet, and beside each the influencer who has it and was made first.
type facetRows struct {
	values []crm.FacetValue
	firsts []crm.InfluencerID
}

func (r *reader) facet(ctx context.Context, q sq.Sqlizer) (found facetRows, err error) {
	var row tables.FacetRow
	err = r.each(ctx, "counting records", row.Dest(), q, func() error {
		first, err := row.Influencer()
		if err != nil {
			return r.unit.Unreadable(ctx, crm.RefTo(first), err)
		}
		found.values = append(found.values, crm.FacetValue{Value: row.Value, Count: row.Count})
		found.firsts = append(found.firsts, first)
		return nil
	})
	return found, err
}

// facet makes the facet, with labels.
func (f facetRows) facet(label func(value string, of crm.InfluencerID) string) crm.Facet {
	all := make([]crm.FacetValue, len(f.values))
	for n, v := range f.values {
		v.Label = label(v.Value, f.firsts[n])
		all[n] = v
	}
	return crm.NewFacet(all)
}

func (r *reader) months(ctx context.Context, f crm.CooperationFilter) (crm.MonthCounts, error) {
	all := []crm.MonthCount{}
	var row tables.MonthRow
	err := r.each(ctx, "counting months", row.Dest(), r.schema.Months(r.wsText, f), func() error {
		count, err := row.MonthCount()
		if err != nil {
			return r.unit.Unreadable(ctx, crm.RefTo(r.ws), err)
		}
		all = append(all, count)
		return nil
	})
	if err != nil {
		return crm.MonthCounts{}, err
	}
	return crm.NewMonthCounts(all), nil
}
