package sqlstore

import (
	"fmt"

	sq "github.com/Masterminds/squirrel"
	"github.com/getklar/influencercrm/crm/backend"
)

// filtered adds a filter's conditions. None must add nothing: the builder would write an empty list
// as a condition that always holds.
func filtered(q sq.SelectBuilder, conditions sq.And) sq.SelectBuilder {
	for _, c := range conditions {
		q = q.Where(c)
	}
	return q
}

// inOrder makes a query return one page and one row more. The position is compared as one value,
// (key, id), which an index on both serves.
func inOrder(q sq.SelectBuilder, k backend.Keyset, key, id string) sq.SelectBuilder {
	than, direction := ">", ""
	if k.Desc {
		than, direction = "<", " DESC"
	}
	if key == "" {
		if k.After != nil {
			q = q.Where(id+" "+than+" ?", k.After.ID.String())
		}
		return q.OrderBy(id + direction).Limit(uint64(k.Size) + 1)
	}
	if k.After != nil {
		q = q.Where(fmt.Sprintf("(%s, %s) %s (?, ?)", key, id, than), k.After.Key, k.After.ID.String())
	}
	return q.OrderBy(key+direction, id+direction).Limit(uint64(k.Size) + 1)
}
