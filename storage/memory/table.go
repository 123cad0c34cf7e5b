package memory

import (
	"bytes"
	"cmp"
	"context"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/google/uuid"
	"github.com/tidwall/btree"
)

// table holds the records of one kind by id and by look-up keys, which narrow a filter.
type table[R crm.Record, F any] struct {
	rows *btree.BTreeG[row[R]]
	keys *btree.BTreeG[key]

	keysOf  func(R) []string        // the look-up keys of a record
	matches func(*state, F, R) bool // applies a filter, in the state that the table is a part of
	lookup  func(F) (string, bool)  // the key that all records under a filter have, if there is one
}

// row is a record in the tree.
type row[R crm.Record] struct {
	id     uuid.UUID
	record R
}

// key says that the record with an id has a look-up key.
type key struct {
	text string
	id   uuid.UUID
}

func newTable[R crm.Record, F any](keysOf func(R) []string, matches func(*state, F, R) bool, lookup func(F) (string, bool)) *table[R, F] {
	return &table[R, F]{
		rows: btree.NewBTreeG(func(a, b row[R]) bool { return bytes.Compare(a.id[:], b.id[:]) < 0 }),
		keys: btree.NewBTreeG(func(a, b key) bool {
			return cmp.Or(cmp.Compare(a.text, b.text), bytes.Compare(a.id[:], b.id[:])) < 0
		}),
		keysOf: keysOf, matches: matches, lookup: lookup,
	}
}

func (t *table[R, F]) copy() *table[R, F] {
	c := *t
	c.rows, c.keys = t.rows.Copy(), t.keys.Copy()
	return &c
}

func (t *table[R, F]) get(id uuid.UUID) (R, bool) {
	found, ok := t.rows.Get(row[R]{id: id})
	return found.record, ok
}

func (t *table[R, F]) set(r R) {
	id := r.Ref().ID
	t.remove(id)
	t.rows.Set(row[R]{id, r})
	for _, k := range t.keysOf(r) {
		t.keys.Set(key{k, id})
	}
}

func (t *table[R, F]) remove(id uuid.UUID) {
	old, ok := t.rows.Delete(row[R]{id: id})
	if !ok {
		return
	}
	for _, k := range t.keysOf(old.record) {
		t.keys.Delete(key{k, id})
	}
}

// withKey returns the ids of the records with a look-up key.
func (t *table[R, F]) withKey(text string) []uuid.UUID {
	var ids []uuid.UUID
	t.keys.Ascend(key{text: text}, func(k key) bool {
		if k.text != text {
			return false
		}
		ids = append(ids, k.id)
		return true
	})
	return ids
}

// takenByOther reports whether a record has a key, other than the one with an id.
func (t *table[R, F]) takenByOther(k string, except uuid.UUID) bool {
	for _, id := range t.withKey(k) {
		if id != except {
			return true
		}
	}
	return false
}

// withoutState makes matches of a filter that looks at the record only.
func withoutState[R crm.Record, F any](matches func(F, R) bool) func(*state, F, R) bool {
	return func(_ *state, f F, r R) bool { return matches(f, r) }
}

// ascend calls fn with the records under a checked filter, not copied, in the order of ids from a given one on, until it
// returns false.
func (t *table[R, F]) ascend(in *state, f F, from uuid.UUID, fn func(R) bool) {
	if text, ok := t.lookup(f); ok {
		t.keys.Ascend(key{text, from}, func(k key) bool {
			if k.text != text {
				return false
			}
			r, _ := t.get(k.id)
			return !t.matches(in, f, r) || fn(r)
		})
		return
	}
	t.rows.Ascend(row[R]{id: from}, func(each row[R]) bool {
		return !t.matches(in, f, each.record) || fn(each.record)
	})
}

// selected returns the records under a checked filter, not copied, in the order of ids.
func (t *table[R, F]) selected(in *state, f F) []R {
	var found []R
	t.ascend(in, f, uuid.Nil, func(r R) bool {
		found = append(found, r)
		return true
	})
	return found
}

// records is a table as a unit of work reads it.
type records[R crm.Record, F any] struct {
	unit  *unit
	table func(*state) *table[R, F]
}

func (r records[R, F]) open(ctx context.Context) (*table[R, F], error) {
	if err := r.unit.check(ctx); err != nil {
		return nil, err
	}
	return r.table(r.unit.state), nil
}

// Get implements crm.Records.
func (r records[R, F]) Get(ctx context.Context, id crm.ID[R]) (R, error) {
	var none R
	t, err := r.open(ctx)
	if err != nil {
		return none, err
	}
	found, ok := t.get(id.UUID())
	if !ok {
		return none, crm.RefTo(id).NotFound()
	}
	return crm.Clone(found), nil
}

// GetAll implements crm.Records.
func (r records[R, F]) GetAll(ctx context.Context, ids []crm.ID[R]) ([]R, error) {
	t, err := r.open(ctx)
	if err != nil {
		return nil, err
	}
	found := make([]R, 0, len(ids))
	seen := map[crm.ID[R]]bool{}
	for _, id := range ids {
		if each, ok := t.get(id.UUID()); ok && !seen[id] {
			seen[id] = true
			found = append(found, crm.Clone(each))
		}
	}
	return found, nil
}

// List implements crm.Records.
func (r records[R, F]) List(ctx context.Context, f F, o crm.ListOptions) (crm.Page[R], error) {
	t, err := r.open(ctx)
	if err != nil {
		return crm.Page[R]{}, err
	}
	keyset, err := backend.NewKeyset[R](r.unit.state.workspace.ID, f, o)
	if err != nil {
		return crm.Page[R]{}, err
	}
	if f, err = crm.CheckFilter(f); err != nil {
		return crm.Page[R]{}, err
	}
	list := func() (crm.Page[R], error) { return page(keyset, t.selected(r.unit.state, f)) }
	if keyset.Sort == crm.SortCreated && !keyset.Desc {
		list = func() (crm.Page[R], error) { return pageByID(keyset, r.unit.state, t, f) }
	}
	found, err := list()
	if err == nil && o.WithNames {
		found.Names, err = crm.NamesOf(ctx, r.unit, found.Items)
	}
	return found, err
}

// Count implements crm.Records.
func (r records[R, F]) Count(ctx context.Context, f F) (int, error) {
	t, err := r.open(ctx)
	if err != nil {
		return 0, err
	}
	if f, err = crm.CheckFilter(f); err != nil {
		return 0, err
	}
	return len(t.selected(r.unit.state, f)), nil
}

// pageByID reads a page in the order of ids.
func pageByID[R crm.Record, F any](k backend.Keyset, in *state, t *table[R, F], f F) (crm.Page[R], error) {
	var after uuid.UUID
	if k.After != nil {
		after = k.After.ID
	}
	found := []R{}
	t.ascend(in, f, after, func(r R) bool {
		if k.After == nil || r.Ref().ID != after {
			if k.Brief {
				r = crm.Brief(r)
			}
			found = append(found, crm.Clone(r))
		}
		return len(found) <= k.Size
	})
	return backend.PageOf(k, found)
}

// page copies a page of records in any order. It sorts them for each page, so reading a list by name to its end takes four
// times as long when the list is twice as long, which is little at the sizes that this store is for.
func page[R crm.Record](k backend.Keyset, all []R) (crm.Page[R], error) {
	page, err := backend.PageAmong(k, all)
	for n, r := range page.Items {
		if k.Brief {
			r = crm.Brief(r)
		}
		page.Items[n] = crm.Clone(r)
	}
	return page, err
}
