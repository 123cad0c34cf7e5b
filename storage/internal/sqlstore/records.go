package sqlstore

import (
	"context"
	"slices"

	sq "github.com/Masterminds/squirrel"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/backend"
	"github.com/getklar/influencercrm/storage/internal/tables"
)

// records is a table as one reader sees it. It implements crm.Records.
type records[R crm.Record, W, F any] struct {
	*reader
	table *tables.Table[R, W, F]
}

// kindOf is the kind of a type of record.
func kindOf[R crm.Record]() crm.Kind { return crm.RefTo(crm.ID[R]{}).Kind }

// ready comes before a read. Filters of cooperations look at influencers too.
func (r records[R, W, F]) ready(ctx context.Context) error {
	return r.reader.ready(ctx, kindOf[R](), crm.KindInfluencer)
}

func recordsOf[R crm.Record, W, F any](r *reader, t *tables.Table[R, W, F]) records[R, W, F] {
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
	if err := r.ready(ctx); err != nil {
		return record, false, err
	}
	row := r.table.Row()
	found, err = r.unit.Get(ctx, row.Dest, r.table.Get, r.table.Key(r.wsText, tables.IDText(id))...)
	if err != nil {
		return record, false, r.unit.Fail(ctx, "reading the "+crm.RefTo(id).String(), err)
	}
	if found {
		record, err = r.decode(ctx, row)
	}
	return record, found, err
}

// maxIDs is how many ids one query asks for at most.
const maxIDs = 512

// GetAll implements crm.Records. A query asks for 2, 4, 8, … ids, the last one repeated, so that there are few
// statements to keep prepared.
func (r records[R, W, F]) GetAll(ctx context.Context, ids []crm.ID[R]) ([]R, error) {
	if len(ids) == 1 {
		record, found, err := r.find(ctx, ids[0])
		if err != nil || !found {
			return []R{}, err
		}
		return []R{record}, nil
	}
	byID := make(map[crm.ID[R]]R, len(ids))
	for chunk := range slices.Chunk(ids, maxIDs) {
		texts := make([]string, len(chunk))
		for n, id := range chunk {
			texts[n] = tables.IDText(id)
		}
		found, err := r.query(ctx, len(chunk), r.table.ByID(r.wsText, tables.Padded(texts)), r.table.Row())
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
	return all, r.unit.Usable(ctx)
}

// List implements crm.Records.
func (r records[R, W, F]) List(ctx context.Context, f F, o crm.ListOptions) (crm.Page[R], error) {
	if err := r.ready(ctx); err != nil {
		return crm.Page[R]{}, err
	}
	keyset, err := backend.NewKeyset[R](r.ws, f, o)
	if err != nil {
		return crm.Page[R]{}, err
	}
	if f, err = crm.CheckFilter(f); err != nil {
		return crm.Page[R]{}, err
	}
	if o.WithNames {
		return r.listWithNames(ctx, f, keyset)
	}
	found, err := r.query(ctx, keyset.Size+1, r.table.List(r.wsText, f, keyset), r.table.Row())
	if err != nil {
		return crm.Page[R]{}, err
	}
	return backend.PageOf(keyset, found)
}

func (r records[R, W, F]) listWithNames(ctx context.Context, f F, keyset backend.Keyset) (crm.Page[R], error) {
	if err := r.reader.ready(ctx, crm.KindCampaign, crm.KindInfluencer, crm.KindMember); err != nil {
		return crm.Page[R]{}, err
	}
	row, names := r.table.RowWithNames(keyset.Size)
	found, err := r.query(ctx, keyset.Size+1, r.table.ListWithNames(r.wsText, f, keyset), row)
	if err != nil {
		return crm.Page[R]{}, err
	}
	page, err := backend.PageOf(keyset, found)
	page.Names = names
	return page, err
}

// Count implements crm.Records.
func (r records[R, W, F]) Count(ctx context.Context, f F) (int, error) {
	if err := r.ready(ctx); err != nil {
		return 0, err
	}
	f, err := crm.CheckFilter(f)
	if err != nil {
		return 0, err
	}
	var n int
	err = r.value(ctx, "counting records", &n, r.table.Count(r.wsText, f))
	return n, err
}

// fewRecords is how many of a list a slice has room for from the start.
const fewRecords = 64

// query reads records, at most so many.
func (r records[R, W, F]) query(ctx context.Context, most int, q sq.Sqlizer, row tables.Row[R]) ([]R, error) {
	if err := r.ready(ctx); err != nil {
		return nil, err
	}
	found := make([]R, 0, min(most, fewRecords))
	err := r.each(ctx, "listing records", row.Dest, q, func() error {
		record, err := r.decode(ctx, row)
		found = append(found, record)
		return err
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

func (r records[R, W, F]) decode(ctx context.Context, row tables.Row[R]) (R, error) {
	record, err := row.Record()
	if err != nil {
		return record, r.unit.Unreadable(ctx, record.Ref(), err)
	}
	return record, nil
}
