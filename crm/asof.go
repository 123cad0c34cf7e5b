package crm

import (
	"context"
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
	mustBeGiven(fn != nil, "AsOf", "a callback")
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
	return view(ctx, s, ws, "seq at", func(ctx context.Context, r Reader) (Seq, error) { return seqAt(ctx, r, t) })
}

func seqAt(ctx context.Context, r Reader, t time.Time) (Seq, error) {
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
}

// ReportAsOf is Report of the workspace as it stood right after a change, on the day of that change. At seq 0 it is empty,
// on today's day. The host chooses the rates, as in Report.
func (s *Service) ReportAsOf(ctx context.Context, ws WorkspaceID, at Seq, o *ReportOptions) (*budget.Report, error) {
	return view(ctx, s, ws, "report as of", func(ctx context.Context, r Reader) (*budget.Report, error) {
		then, err := readAsOf(ctx, r, at)
		if err != nil {
			return nil, err
		}
		if at == 0 {
			return emptyReport(ctx, r, s.env.now(), o)
		}
		head, err := then.Head(ctx)
		if err != nil {
			return nil, err
		}
		return report(ctx, then, head.At, o)
	})
}

// ReportAt is Report of the workspace as it stood at a time, on that time's day in the workspace's time zone. Before the
// workspace was made it is empty. A time outside of the years 1901 to 2199 is an ErrInvalid.
func (s *Service) ReportAt(ctx context.Context, ws WorkspaceID, t time.Time, o *ReportOptions) (*budget.Report, error) {
	if year := t.UTC().Year(); year <= 1900 || year >= 2200 { // so that its day is one of the report's in every time zone
		p := &problems{}
		p.add("at", t.Format(time.RFC3339), "is no time of a report; use one in the years 1901 to 2199")
		return nil, p.result()
	}
	return view(ctx, s, ws, "report at", func(ctx context.Context, r Reader) (*budget.Report, error) {
		report, _, err := reportAt(ctx, r, t, o)
		return report, err
	})
}

// reportAt is the report as it stood at a time, and the last change at or before that.
func reportAt(ctx context.Context, r Reader, t time.Time, o *ReportOptions) (*budget.Report, Seq, error) {
	at, err := seqAt(ctx, r, t)
	if err != nil {
		return nil, 0, err
	}
	if at == 0 {
		empty, err := emptyReport(ctx, r, t, o)
		return empty, 0, err
	}
	then, err := readAsOf(ctx, r, at)
	if err != nil {
		return nil, 0, err
	}
	past, err := report(ctx, then, t, o)
	return past, at, err
}
