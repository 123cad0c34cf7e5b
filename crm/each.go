package crm

import "context"

// each calls fn with every record of a filter, in the order of ids. Records that fn changes are
// not met twice.
func each[R Record, F any](ctx context.Context, records Records[R, F], f F, fn func(R) error) error {
	return eachIn(ctx, records, f, MaxPageSize, fn)
}

// eachIn is each with pages of a size, for records that may be large.
func eachIn[R Record, F any](ctx context.Context, records Records[R, F], f F, size int, fn func(R) error) error {
	return eachPage(ctx, records, f, size, func(page []R) error {
		for _, r := range page {
			if err := fn(r); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachPage is eachIn, a page at a time, for what reads more about all records of a page at once.
func eachPage[R Record, F any](ctx context.Context, records Records[R, F], f F, size int, fn func([]R) error) error {
	o := ListOptions{Size: size}
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
