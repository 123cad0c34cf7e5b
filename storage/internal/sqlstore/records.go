package sqlstore

import (
	"context"
	"slices"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
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
	var none R
	if err := r.usable(ctx); err != nil {
		return none, err
	}
	var row W
	found, err := r.get(ctx, &row, r.table.get, r.wsText, idText(id))
	if err != nil {
		return none, r.fail(ctx, "reading the "+crm.RefTo(id).String(), err)
	}
	if !found {
		return none, crm.NotFound(crm.RefTo(id))
	}
	return r.decode(ctx, row)
}

// idChunk is how many ids one query asks for.
const idChunk = 500

// GetAll implements crm.Records.
func (r records[R, W, F]) GetAll(ctx context.Context, ids []crm.ID[R]) ([]R, error) {
	byID := make(map[crm.ID[R]]R, len(ids))
	for chunk := range slices.Chunk(ids, idChunk) {
		texts := make([]string, len(chunk))
		for n, id := range chunk {
			texts[n] = idText(id)
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
	keyset, err := crm.NewKeyset[R](f, o)
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
	return crm.PageOf(keyset, found)
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
	return sq.Select(r.table.columns...).From(r.table.name).Where(tenant, r.wsText)
}

func (r records[R, W, F]) query(ctx context.Context, q sq.SelectBuilder) ([]R, error) {
	if err := r.usable(ctx); err != nil {
		return nil, err
	}
	var rows []W
	if err := r.list(ctx, &rows, q); err != nil {
		return nil, r.fail(ctx, "listing records", err)
	}
	found := make([]R, len(rows))
	for n, row := range rows {
		record, err := r.decode(ctx, row)
		if err != nil {
			return nil, err
		}
		found[n] = record
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
