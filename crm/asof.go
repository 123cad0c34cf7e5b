package crm

import (
	"context"
	"fmt"
	"sort"
	"time"

	"github.com/getklar/influencercrm/budget"
)

// AsOf calls fn with the workspace as it stood right after a change, rebuilt backwards from today's
// records through the log, in one snapshot. At seq 0 there is nothing, not even the workspace. A seq
// past the end of the log is an ErrInvalid.
//
// The Reader answers everything as of then: single records, every list with its filters and pages,
// counts, claims, changes and the head of the log; so what reads a Reader, such as ReadPlan, works
// on the past too. Only what stands outside of the log is today's: import runs, and the pictures that
// there are, of which an influencer names the one of then. It holds in memory the records that have
// changed since.
func (s *Service) AsOf(ctx context.Context, ws WorkspaceID, at Seq, fn func(context.Context, Reader) error) error {
	return s.View(ctx, ws, func(ctx context.Context, r Reader) error {
		then, err := readAsOf(ctx, r, at)
		if err != nil {
			return err
		}
		return fn(ctx, then)
	})
}

// SeqAt returns the last change at or before a time, 0 if there is none. It is how a time is given
// to AsOf and ReportAsOf.
func (s *Service) SeqAt(ctx context.Context, ws WorkspaceID, t time.Time) (Seq, error) {
	return view(ctx, s, ws, func(ctx context.Context, r Reader) (Seq, error) {
		head, err := r.Head(ctx)
		if err != nil {
			return 0, err
		}
		// Seqs have no gaps and times never decrease, so a few looks into the log are enough.
		later := sort.Search(int(head.Seq), func(n int) bool {
			if err != nil {
				return true
			}
			var changes []Change
			changes, err = r.Changes(ctx, ChangeFilter{After: Seq(n)}, 1)
			return err != nil || len(changes) == 0 || changes[0].At.After(t)
		})
		return Seq(later), err
	})
}

// ReportAsOf is Report of the workspace as it stood right after a change, on the day of that change.
// Rates are the host's business, as in Report.
func (s *Service) ReportAsOf(ctx context.Context, ws WorkspaceID, at Seq, o *ReportOptions) (*budget.Report, error) {
	var report *budget.Report
	err := s.AsOf(ctx, ws, at, func(ctx context.Context, r Reader) error {
		head, err := r.Head(ctx)
		if err != nil {
			return err
		}
		plan, err := ReadPlan(ctx, r, head.At, o)
		if err != nil {
			return err
		}
		if report, err = budget.New(plan); err != nil {
			return fmt.Errorf("planning report: %w", err)
		}
		return nil
	})
	return report, err
}
