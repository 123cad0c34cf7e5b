package records

import (
	"context"

	"github.com/getklar/influencercrm/crm"
)

// Each calls fn with every record of a filter.
func Each[R crm.Record, F any](ctx context.Context, records crm.Records[R, F], f F, fn func(R)) error {
	return EachPage(ctx, records, f, func(page []R) error {
		for _, r := range page {
			fn(r)
		}
		return nil
	})
}

// EachPage calls fn with each page of the records of a filter. It is a loop of the CRM's own kept here: a page after a
// page is too little to make one package's loop part of the other's API.
func EachPage[R crm.Record, F any](ctx context.Context, records crm.Records[R, F], f F, fn func([]R) error) error {
	o := crm.ListOptions{Size: crm.MaxPageSize}
	for {
		page, err := records.List(ctx, f, o)
		if err != nil {
			return err
		}
		if err := fn(page.Items); err != nil {
			return err
		}
		if page.Next == "" {
			return nil
		}
		o.Token = page.Next
	}
}
