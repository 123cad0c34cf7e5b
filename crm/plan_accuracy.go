package crm

import (
	"context"
	"time"

	"github.com/getklar/influencercrm/budget"
)

// monthsBefore are how many months before a month its plans are looked at.
var monthsBefore = []int{1, 2, 3}

// PlanAccuracy is what a past month came to, and what was planned for it.
type PlanAccuracy struct {
	CameTo  budget.Line   `json:"came_to"` // the month's line in the report of today
	Planned []EarlierPlan `json:"planned"` // one, two and three months before
}

// EarlierPlan is how a month stood in the report some months before.
type EarlierPlan struct {
	MonthsBefore int       `json:"months_before"`
	At           time.Time `json:"at"`  // the last moment before the month that is so many months earlier
	Seq          Seq       `json:"seq"` // the last change by then; 0: the workspace was not there yet, and the line is empty

	Line budget.Line `json:"line"` // of the month, in the report as it stood

	// Missed is what is signed in the month by now, less the forecast that it had: more than zero if the month became
	// dearer than expected. It is not set where Seq is 0, or the workspace had another currency.
	Missed budget.Money `json:"missed,omitzero"`
}

// PlanAccuracy says how well a past month was planned: what the report showed for it one, two and three months before it
// began, in the workspace's time zone, and what it came to. It reads the log and today's records, so that nobody has to have
// kept a report. Costs that are corrected after the month are what it came to. A month that has not ended, and one before
// 1901, is an ErrInvalid. Nil options are the defaults; their day is not read.
func (s *Service) PlanAccuracy(ctx context.Context, ws WorkspaceID, month budget.Month, o *ReportOptions) (PlanAccuracy, error) {
	var options ReportOptions
	if o != nil {
		options = *o
	}
	options.On = budget.Date{}
	return view(ctx, s, ws, "plan accuracy", func(ctx context.Context, r Reader) (PlanAccuracy, error) {
		now := s.env.now()
		zone, err := endedMonth(ctx, r, month, now)
		if err != nil {
			return PlanAccuracy{}, err
		}
		today, err := report(ctx, r, now, &options)
		if err != nil {
			return PlanAccuracy{}, err
		}
		accuracy := PlanAccuracy{CameTo: today.Month(month), Planned: make([]EarlierPlan, len(monthsBefore))}
		for n, before := range monthsBefore {
			earlier := month.Add(-before)
			at := time.Date(earlier.Year(), earlier.TimeMonth(), 1, 0, 0, 0, 0, zone).Add(-time.Microsecond).UTC()
			if accuracy.Planned[n], err = earlierPlan(ctx, r, month, at, accuracy.CameTo, &options); err != nil {
				return PlanAccuracy{}, err
			}
			accuracy.Planned[n].MonthsBefore = before
		}
		return accuracy, nil
	})
}

// endedMonth checks that a month has ended, and returns the time zone in which it has.
func endedMonth(ctx context.Context, r Reader, month budget.Month, now time.Time) (*time.Location, error) {
	w, err := r.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	day, err := today(w, now)
	if err != nil {
		return nil, err
	}
	p := &problems{}
	switch {
	case month.IsZero() || month.Year() <= budget.MinYear:
		p.addf("month", month.String(), "is no month of a plan; use one like %s", day.Month().Add(-1).String())
	case !month.Last().Before(day):
		p.add("month", month.String(), "has not ended yet; only of a past month is it known what it came to")
	}
	if err := p.result(); err != nil {
		return nil, err
	}
	return w.Location()
}

// earlierPlan is how a month stood at a time.
func earlierPlan(ctx context.Context, r Reader, month budget.Month, at time.Time, cameTo budget.Line,
	o *ReportOptions) (EarlierPlan, error) {
	then, seq, err := reportAt(ctx, r, at, o)
	if err != nil {
		return EarlierPlan{}, err
	}
	plan := EarlierPlan{At: at, Seq: seq, Line: then.Month(month)}
	if seq == 0 || plan.Line.Forecast.Currency() != cameTo.Signed.Currency() {
		return plan, nil
	}
	plan.Missed, err = cameTo.Signed.Sub(plan.Line.Forecast)
	return plan, err
}
