package crm

import "context"

// Each calls fn with every record that a filter selects, in the order of ids, until fn returns an error. It reads page by
// page. A record that fn changes does not come again.
func Each[R Record, F any](ctx context.Context, records Records[R, F], f F, fn func(R) error) error {
	return eachIn(ctx, records, f, MaxPageSize, fn)
}

// eachIn is Each with pages of a given size, for records that may be large.
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

// eachPage calls fn with a page of records at a time, for callers that read more about all of them at once.
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
