package backend

import (
	"cmp"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/internal/keyset"
)

// Keyset is a list's options in the form that a store works with.
type Keyset struct {
	Size  int
	Sort  crm.Sort
	Desc  bool
	Brief bool
	After *Position // nil: from the beginning
	list  keyset.List
}

// Position is a place in a list.
type Position struct {
	Key string    // SortKey of the record
	ID  uuid.UUID // of the record
}

// NewKeyset checks a filter, as crm.CheckFilter does, and the options of a list of a workspace's R under it; of workspaces
// themselves the id is zero. A token that was made for another list, order, filter or workspace, or was edited, is an
// ErrInvalid. Two filters that are equal once checked are the same list.
func NewKeyset[R crm.Record](ws crm.WorkspaceID, filter any, o crm.ListOptions) (Keyset, error) {
	var record R
	kind := record.Ref().Kind
	err := o.Check(ws, kind, filter)
	if err == nil && filter != nil {
		filter, err = crm.CheckFilter(filter)
	}
	if err != nil {
		return Keyset{}, err
	}
	k, _, err := keyset.Start(cmp.Or(o.Size, crm.DefaultPageSize), o.Desc, o.Token, ws, kind, filter, o.Sort, o.Desc)
	return Keyset{Size: k.Size, Sort: o.Sort, Desc: o.Desc, Brief: o.Brief, After: (*Position)(k.After), list: k.List}, err
}

// PageOf makes a page of the records that a store found, in order and from the position on. They are at most Size+1; one
// record too many shows that there is a next page.
func PageOf[R crm.Record](k Keyset, found []R) (crm.Page[R], error) {
	items, next, err := keyset.Cut(k.mechanics(), found, positionUnder[R](k.Sort))
	return crm.Page[R]{Items: items, Next: next}, err
}

// PageAmong makes a page of all records of a list, in any order. It sorts them for each page, so reading a long list to
// its end is slow; a store for large workspaces reads pages from an index.
func PageAmong[R crm.Record](k Keyset, all []R) (crm.Page[R], error) {
	items, next, err := keyset.CutAmong(k.mechanics(), all, positionUnder[R](k.Sort))
	return crm.Page[R]{Items: items, Next: next}, err
}

func (k Keyset) mechanics() keyset.Keyset {
	return keyset.Keyset{Size: k.Size, Desc: k.Desc, After: (*keyset.Position)(k.After), List: k.list}
}

func positionUnder[R crm.Record](sort crm.Sort) func(R) keyset.Position {
	return func(r R) keyset.Position { return keyset.Position{Key: r.SortKey(sort), ID: r.Ref().ID} }
}
