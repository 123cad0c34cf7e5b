package tables

import (
	"strconv"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
)

// Facets count the cooperations under a filter by what their influencers or profiles have. They are first counted for
// each influencer or profile, so that what these have is looked up once for each and not for each cooperation. Each
// returns FacetRows, the most frequent first and one too many.
type Facets struct{ Tags, Categories, Platforms sq.Sqlizer }

// Facets makes the queries for a checked filter.
func (s *Schema) Facets(ws string, f crm.CooperationFilter) Facets {
	return Facets{
		Tags:       s.facet(ws, f, s.tags.name, "tag_key", "influencer_id", "influencer_id", "influencer_id"),
		Categories: s.facet(ws, f, s.table("influencers"), "category_key", "id", "influencer_id", "id"),
		Platforms:  s.facet(ws, f, s.profiles.name, "platform", "profile_id", "profile_id", "influencer_id"),
	}
}

// facet counts by a column of a table whose key is named by a column of cooperations.
func (s *Schema) facet(ws string, f crm.CooperationFilter, table, column, key, by, influencer string) sq.Sqlizer {
	counted := newSelection("SELECT influencer_id AS owner, " + by + " AS counted, COUNT(*) AS n FROM " + s.Cooperations.name)
	counted.where(tenant, ws)
	counted.filter(s.Cooperations.where(ws, f))
	counted.add(" GROUP BY influencer_id, " + by)

	q := newSelection("SELECT " + column + ", CAST(SUM(n) AS BIGINT), MIN(CAST(" + influencer + " AS TEXT)) FROM " + table +
		" JOIN (" + string(counted.text) + ") AS counts ON " + key + " = counted AND " + influencer + " = owner")
	q.args, q.err = counted.args, counted.err
	q.where(tenant, ws)
	q.where(column + " <> ''")
	q.add(" GROUP BY ", column, " ORDER BY 2 DESC, 1")
	s.limit(q)
	return q
}

// FacetRow is a value, how many cooperations have it, and the influencer who has it and was made first.
type FacetRow struct {
	Value string
	Count int
	First string
}

// Dest are pointers to the columns of a row.
func (row *FacetRow) Dest() []any { return []any{&row.Value, &row.Count, &row.First} }

// Influencer is the one who was made first.
func (row *FacetRow) Influencer() (crm.InfluencerID, error) {
	var d decoder
	return decodeID[crm.Influencer](&d, "influencer_id", row.First), d.err
}

// Months counts the cooperations under a checked filter by the month in which they begin, the last ones first and one
// too many, as MonthRows.
func (s *Schema) Months(ws string, f crm.CooperationFilter) sq.Sqlizer {
	q := newSelection("SELECT SUBSTR(" + begin + ", 1, 7), COUNT(*) FROM " + s.Cooperations.name)
	q.where(tenant, ws)
	q.filter(s.Cooperations.where(ws, f))
	q.where(begin + " <> ''")
	q.add(" GROUP BY 1 ORDER BY 1 DESC")
	s.limit(q)
	return q
}

// limit ends a query after the values of a facet and one more.
func (s *Schema) limit(q *selection) {
	const rows = crm.MaxFacetValues + 1
	if s.dialect.LimitInText {
		q.add(" LIMIT ", strconv.Itoa(rows))
		return
	}
	q.add(" LIMIT ?")
	q.args = append(q.args, rows)
}

// MonthRow is a month with how many cooperations begin in it.
type MonthRow struct {
	Month string
	Count int
}

// Dest are pointers to the columns of a row.
func (row *MonthRow) Dest() []any { return []any{&row.Month, &row.Count} }

// MonthCount makes a count of a row.
func (row *MonthRow) MonthCount() (crm.MonthCount, error) {
	month, err := budget.ParseMonth(row.Month)
	return crm.MonthCount{Month: month, Count: row.Count}, err
}
