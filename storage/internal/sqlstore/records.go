package sqlstore

import (
	"context"
	"math/bits"
	"slices"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
)

// records is a table as one reader sees it. It implements crm.Records.
type records[R crm.Record, W, F any] struct {
	*reader
	table *table[R, W, F]
}

func recordsOf[R crm.Record, W, F any](r *reader, t *table[R, W, F]) records[R, W, F] {
	return records[R, W, F]{r, t}
}

// Get implements crm.Records.
func (r records[R, W, F]) Get(ctx context.Context, id crm.ID[R]) (R, error) {
	record, found, err := r.find(ctx, id)
	if err == nil && !found {
		err = crm.RefTo(id).NotFound()
	}
	return record, err
}

// find reads one record and reports whether there is one.
func (r records[R, W, F]) find(ctx context.Context, id crm.ID[R]) (record R, found bool, err error) {
	if err := r.usable(ctx); err != nil {
		return record, false, err
	}
	var row W
	if found, err = r.get(ctx, &row, r.table.get, r.wsText, idText(id)); err != nil {
		return record, false, r.fail(ctx, "reading the "+crm.RefTo(id).String(), err)
	}
	if !found {
		return record, false, nil
	}
	record, err = r.decode(ctx, row)
	return record, true, err
}

// idChunk is how many ids one query asks for.
const idChunk = 512

// GetAll implements crm.Records. Each query asks for 2, 4, 8, … ids, some of them twice, so that there
// are few texts to prepare.
func (r records[R, W, F]) GetAll(ctx context.Context, ids []crm.ID[R]) ([]R, error) {
	if len(ids) == 1 {
		record, found, err := r.find(ctx, ids[0])
		if err != nil || !found {
			return []R{}, err
		}
		return []R{record}, nil
	}
	byID := make(map[crm.ID[R]]R, len(ids))
	for chunk := range slices.Chunk(ids, idChunk) {
		texts := make([]string, 1<<bits.Len(uint(len(chunk)-1)))
		for n := range texts {
			texts[n] = idText(chunk[min(n, len(chunk)-1)])
		}
		found, err := r.query(ctx, r.selected().Where(sq.Eq{r.table.idColumn: texts}))
		if err != nil {
			return nil, err
		}
		for _, record := range found {
			byID[crm.ID[R](record.Ref().ID)] = record
		}
	}
	all := make([]R, 0, len(byID))
	for _, id := range ids {
		if record, ok := byID[id]; ok {
			all = append(all, record)
			delete(byID, id)
		}
	}
	return all, r.usable(ctx)
}

// List implements crm.Records.
func (r records[R, W, F]) List(ctx context.Context, f F, o crm.ListOptions) (crm.Page[R], error) {
	if err := r.usable(ctx); err != nil {
		return crm.Page[R]{}, err
	}
	keyset, err := backend.NewKeyset[R](f, o)
	if err != nil {
		return crm.Page[R]{}, err
	}
	if f, err = crm.CheckFilter(f); err != nil {
		return crm.Page[R]{}, err
	}
	found, err := r.query(ctx, inOrder(filtered(r.selected(), r.table.where(r.wsText, f)), keyset, r.table.sorts[keyset.Sort], r.table.idColumn))
	if err != nil {
		return crm.Page[R]{}, err
	}
	return backend.PageOf(keyset, found)
}

// Count implements crm.Records.
func (r records[R, W, F]) Count(ctx context.Context, f F) (int, error) {
	if err := r.usable(ctx); err != nil {
		return 0, err
	}
	f, err := crm.CheckFilter(f)
	if err != nil {
		return 0, err
	}
	var n int
	count := sq.Select("COUNT(*)").From(r.table.name).Where(tenant, r.wsText)
	if err := r.value(ctx, &n, filtered(count, r.table.where(r.wsText, f))); err != nil {
		return 0, r.fail(ctx, "counting records", err)
	}
	return n, nil
}

// selected begins a query for records of the workspace.
func (r records[R, W, F]) selected() sq.SelectBuilder {
	return sq.Select(r.table.read...).From(r.table.name).Where(tenant, r.wsText)
}

func (r records[R, W, F]) query(ctx context.Context, q sq.SelectBuilder) ([]R, error) {
	if err := r.usable(ctx); err != nil {
		return nil, err
	}
	var row W
	var unreadable error // what the row has, not the database
	found := []R{}
	err := r.each(ctx, &row, q, func() error {
		record, err := r.decode(ctx, row)
		found, unreadable = append(found, record), err
		return err
	})
	if unreadable != nil {
		return nil, unreadable
	}
	if err != nil {
		return nil, r.fail(ctx, "listing records", err)
	}
	return found, nil
}

func (r records[R, W, F]) decode(ctx context.Context, row W) (R, error) {
	record, err := r.table.decode(row)
	if err != nil {
		return record, r.unreadable(ctx, record.Ref(), err)
	}
	return crm.Clone(record), nil
}
