package crm

import (
	"context"
	"fmt"
	"sort"
	"time"

	"github.com/getklar/influencercrm/budget"
)

// AsOf calls fn with the workspace as it stood right after a change. It starts from today's records and goes back
// through the log, in one snapshot. At seq 0 nothing exists, not even the workspace. A seq past the end of the log is
// an ErrInvalid.
//
// The Reader answers everything as of that change: records, lists, counts, claims, changes and the head of the log. So
// a function that reads a Reader, such as ReadPlan, works on the past too. Import runs and pictures are outside of the
// log and are today's; an influencer refers to the picture that it had then. The records that have changed since are
// held in memory.
func (s *Service) AsOf(ctx context.Context, ws WorkspaceID, at Seq, fn func(context.Context, Reader) error) error {
	return s.view(ctx, ws, "as of", func(ctx context.Context, r Reader) error {
		then, err := readAsOf(ctx, r, at)
		if err != nil {
			return err
		}
		return fn(ctx, then)
	})
}

// SeqAt returns the last change at or before a time, 0 if there is none, for AsOf and ReportAsOf.
func (s *Service) SeqAt(ctx context.Context, ws WorkspaceID, t time.Time) (Seq, error) {
	return view(ctx, s, ws, "seq at", func(ctx context.Context, r Reader) (Seq, error) {
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

// ReportAsOf is Report of the workspace as it stood right after a change, on the day of that change. The host chooses
// the rates, as in Report.
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
