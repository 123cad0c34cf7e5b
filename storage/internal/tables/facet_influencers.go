package tables

import (
	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
)

// InfluencerFacets count the influencers under a filter by what they have. Each returns FacetRows, the most frequent
// first and one too many.
type InfluencerFacets struct{ Tags, Categories, Platforms, Responsibles sq.Sqlizer }

// InfluencerFacets makes the queries for a checked filter.
func (s *Schema) InfluencerFacets(ws string, f crm.InfluencerFilter) InfluencerFacets {
	return InfluencerFacets{
		Tags:         s.facetBeside(ws, f, s.tags.name, "tag_key"),
		Categories:   s.facetOf(ws, f, "category_key", "category_key <> ''"),
		Platforms:    s.facetBeside(ws, f, s.profiles.name, "platform"),
		Responsibles: s.facetOf(ws, f, "CAST(responsible_id AS TEXT)", "responsible_id IS NOT NULL"),
	}
}

// facetOf counts by a column of influencers.
func (s *Schema) facetOf(ws string, f crm.InfluencerFilter, column, filled string) sq.Sqlizer {
	q := newSelection("SELECT " + column + ", COUNT(*), MIN(CAST(id AS TEXT)) FROM " + s.Influencers.name)
	q.where(tenant, ws)
	q.filter(s.Influencers.where(ws, f))
	q.where(filled)
	q.add(" GROUP BY 1 ORDER BY 2 DESC, 1")
	s.limit(q)
	return q
}

// facetBeside counts by a column of a table that has several rows for an influencer.
func (s *Schema) facetBeside(ws string, f crm.InfluencerFilter, table, column string) sq.Sqlizer {
	selected := newSelection("SELECT id AS owner FROM " + s.Influencers.name)
	selected.where(tenant, ws)
	selected.filter(s.Influencers.where(ws, f))

	q := newSelection("SELECT " + column + ", COUNT(DISTINCT influencer_id), MIN(CAST(influencer_id AS TEXT)) FROM " + table +
		" JOIN (" + string(selected.text) + ") AS selected ON influencer_id = owner")
	q.args, q.err = selected.args, selected.err
	q.where(tenant, ws)
	q.where(column + " <> ''")
	q.add(" GROUP BY ", column, " ORDER BY 2 DESC, 1")
	s.limit(q)
	return q
}
