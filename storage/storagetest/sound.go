package storagetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/getklar/influencercrm/crm"
)

// Sound reports, each as an error of its own, in what a workspace contradicts itself; nil if in
// nothing. It is for tests that work on a store through crm.Service, which keeps the domain's rules:
//
//   - the log has no gap, its time does not run backwards, and played from its beginning it gives the
//     stored records, each at the version that its changes count;
//   - every record that another names is there, claims are those of the cooperations, and names that
//     are unique or made automatically are so;
//   - the months of the planning report and what is unscheduled are, for each campaign and in
//     total, what is allocated, and that is the cooperations' money.
//
// It reads the whole workspace into memory.
func Sound(ctx context.Context, r crm.Reader) error {
	all, err := readAll(ctx, r)
	if err != nil {
		return err
	}
	var found findings
	found.replay(all)
	found.references(all)
	found.claims(all)
	found.names(all)
	if err := found.plan(ctx, r, all); err != nil {
		return err
	}
	return errors.Join(found...)
}

// findings are what is wrong with a workspace.
type findings []error

func (f *findings) addf(format string, args ...any) {
	*f = append(*f, fmt.Errorf(format, args...))
}

// typed are the records of a kind with their type.
func typed[R crm.Record](all contents) []R {
	var none R
	records := make([]R, 0, len(all.Records[none.Ref().Kind]))
	for _, r := range all.Records[none.Ref().Kind] {
		records = append(records, r.(R))
	}
	return records
}
