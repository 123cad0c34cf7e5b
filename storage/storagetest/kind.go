package storagetest

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
)

// spec is what the suite needs to know about one kind of record.
type spec[R crm.Record, F any] struct {
	records func(crm.Reader) crm.Records[R, F]

	// random makes a record with a new id that a store accepts, of the values in samples.go.
	random func(draw) R
	// full makes one in which every field is set, to values that stores have got wrong.
	full func(*shop) R
	// edited changes every field but id and version.
	edited func(*shop, R) R

	all, other F                      // filters: one that selects everything, and another one
	fields     []func(draw, *F)       // each sets one field of a filter
	matches    func(*shop, F, R) bool // what the filter means, naively
	sorts      []crm.Sort             // the orders of its list
}

// kind is a spec without its type parameters, for checks that are the same for every kind. The records and filters that
// it takes and gives are of the spec's types.
type kind struct {
	name       crm.Kind
	sorts      []crm.Sort
	all, other any
	fields     int // fields of its filter

	sample func(s *shop, n int) crm.Record // the nth of a series of random records
	full   func(*shop) crm.Record
	edited func(*shop, crm.Record) crm.Record

	filter  func(d draw, fields ...int) any // with some of its fields set
	takes   func(filter any) bool           // whether it is of the kind's type
	matches func(s *shop, filter any, r crm.Record) bool

	get    func(context.Context, crm.Reader, uuid.UUID) (crm.Record, error)
	getAll func(context.Context, crm.Reader, []uuid.UUID) ([]crm.Record, error)
	list   func(ctx context.Context, r crm.Reader, filter any, o crm.ListOptions) (crm.Page[crm.Record], error)
	count  func(ctx context.Context, r crm.Reader, filter any) (int, error)
}

// The kinds of records that a workspace holds, those first that others refer to.
var (
	members      = memberSpec().kind()
	campaigns    = campaignSpec().kind()
	influencers  = influencerSpec().kind()
	cooperations = cooperationSpec().kind()
	importRuns   = importRunSpec().kind()

	kinds = []kind{members, campaigns, influencers, cooperations, importRuns}
)

func (k spec[R, F]) kind() kind {
	var none R
	return kind{
		name: none.Ref().Kind, sorts: k.sorts, all: k.all, other: k.other, fields: len(k.fields),
		sample: func(s *shop, n int) crm.Record { return k.random(newDraw(s, n)) },
		full:   func(s *shop) crm.Record { return k.full(s) },
		edited: func(s *shop, r crm.Record) crm.Record { return k.edited(s, crm.Clone(r.(R))) },
		filter: func(d draw, fields ...int) any {
			f := k.all
			for _, n := range fields {
				k.fields[n](d, &f)
			}
			return f
		},
		takes:   func(f any) bool { _, ok := f.(F); return ok },
		matches: func(s *shop, f any, r crm.Record) bool { return k.matches(s, f.(F), r.(R)) },
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
			return crm.Page[crm.Record]{Items: untyped(page.Items), Next: page.Next, Names: page.Names}, err
		},
		count: func(ctx context.Context, r crm.Reader, f any) (int, error) { return k.records(r).Count(ctx, f.(F)) },
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
		if o.Token = page.Next; o.Token == "" {
			return all, nil
		}
	}
}

// orders are all orders of the kind's list.
func (k kind) orders() []crm.ListOptions {
	all := []crm.ListOptions{}
	for _, by := range k.sorts {
		all = append(all, crm.ListOptions{Sort: by}, crm.ListOptions{Sort: by, Desc: true})
	}
	return all
}
