package storagetest

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/getklar/influencercrm/crm"
	"github.com/google/uuid"
)

// kit is what the suite needs to know about one kind of record.
type kit[R crm.Record, F comparable] struct {
	records func(crm.Reader) crm.Records[R, F]

	// random makes a record with a new id that a store accepts, of the values in samples.go.
	random func(*shop, *rand.Rand) R
	// full makes one in which every field is set, as awkwardly as a store has to bear it.
	full func(*shop) R
	// edited changes every field but id and version.
	edited func(*shop, R) R

	all    F                             // the filter that selects everything
	narrow []func(*shop, *rand.Rand, *F) // each sets one field of a filter
	holds  func(*shop, F, R) bool        // what the filter means, naively
	sorts  []crm.Sort                    // the orders of its list
}

// kind is a kit without its type parameters, for checks that are the same for every kind. Records
// have the kit's type inside, filters as well.
type kind struct {
	name   crm.Kind
	sorts  []crm.Sort
	all    any
	fields int // fields of its filter

	sample func(s *shop, n int) crm.Record // the nth of a series of random records
	full   func(*shop) crm.Record
	edited func(*shop, crm.Record) crm.Record

	filter func(s *shop, rnd *rand.Rand, fields ...int) any // with some of its fields set
	holds  func(s *shop, filter any, r crm.Record) bool

	get    func(context.Context, crm.Reader, uuid.UUID) (crm.Record, error)
	getAll func(context.Context, crm.Reader, []uuid.UUID) ([]crm.Record, error)
	list   func(ctx context.Context, r crm.Reader, filter any, o crm.ListOptions) (crm.Page[crm.Record], error)
	count  func(ctx context.Context, r crm.Reader, filter any) (int, error)
}

// kinds lists the kinds of records that a workspace holds.
func kinds() []kind {
	return []kind{memberKit().kind(), campaignKit().kind(), influencerKit().kind(), cooperationKit().kind(), importRunKit().kind()}
}

func (k kit[R, F]) kind() kind {
	var none R
	return kind{
		name: none.Ref().Kind, sorts: k.sorts, all: k.all, fields: len(k.narrow),
		sample: func(s *shop, n int) crm.Record { return k.random(s, rand.New(rand.NewPCG(uint64(n), 1))) },
		full:   func(s *shop) crm.Record { return k.full(s) },
		edited: func(s *shop, r crm.Record) crm.Record { return k.edited(s, crm.Clone(r.(R))) },
		filter: func(s *shop, rnd *rand.Rand, fields ...int) any {
			f := k.all
			for _, n := range fields {
				k.narrow[n](s, rnd, &f)
			}
			return f
		},
		holds: func(s *shop, f any, r crm.Record) bool { return k.holds(s, f.(F), r.(R)) },
		get: func(ctx context.Context, r crm.Reader, id uuid.UUID) (crm.Record, error) {
			return k.records(r).Get(ctx, crm.ID[R](id))
		},
		getAll: func(ctx context.Context, r crm.Reader, ids []uuid.UUID) ([]crm.Record, error) {
			typed := make([]crm.ID[R], len(ids))
			for n, id := range ids {
				typed[n] = crm.ID[R](id)
			}
			found, err := k.records(r).GetAll(ctx, typed)
			return untyped(found), err
		},
		list: func(ctx context.Context, r crm.Reader, f any, o crm.ListOptions) (crm.Page[crm.Record], error) {
			page, err := k.records(r).List(ctx, f.(F), o)
			return crm.Page[crm.Record]{Items: untyped(page.Items), Next: page.Next}, err
		},
		count: func(ctx context.Context, r crm.Reader, f any) (int, error) {
			return k.records(r).Count(ctx, f.(F))
		},
	}
}

// untyped keeps nil apart from empty.
func untyped[R crm.Record](records []R) []crm.Record {
	if records == nil {
		return nil
	}
	all := make([]crm.Record, len(records))
	for n, r := range records {
		all[n] = r
	}
	return all
}

// everything lists all records of the kind by id.
func (k kind) everything(ctx context.Context, r crm.Reader) ([]crm.Record, error) {
	return k.pages(ctx, r, k.all, crm.ListOptions{Size: crm.MaxPageSize})
}

// pages reads a list to its end.
func (k kind) pages(ctx context.Context, r crm.Reader, filter any, o crm.ListOptions) ([]crm.Record, error) {
	all := []crm.Record{}
	for {
		page, err := k.list(ctx, r, filter, o)
		if err != nil {
			return nil, err
		}
		switch {
		case page.Items == nil:
			return nil, fmt.Errorf("the items of a page are nil")
		case len(page.Items) > o.Size:
			return nil, fmt.Errorf("a page of size %d has %d items", o.Size, len(page.Items))
		case len(page.Items) < o.Size && page.Next != "":
			return nil, fmt.Errorf("a page of %d items, less than its size %d, is not the last", len(page.Items), o.Size)
		case len(all) > 100_000:
			return nil, fmt.Errorf("a list that does not end")
		}
		all = append(all, page.Items...)
		if page.Next == "" {
			return all, nil
		}
		o.Token = page.Next
	}
}
