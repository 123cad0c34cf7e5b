package main

import (
	"cmp"
	"errors"
	"iter"

	"github.com/schollz/progressbar/v3"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/examples/server/demo"
)

// maxGenerated bounds the orders that are made up.
const maxGenerated = 10_000_000

// generated are n orders, and their refunds, as customers of the workspace's cooperations make them on the days of these. They
// are made when they are asked for, and always the same.
func generated(s attribution.Snapshot, n int, bar *progressbar.ProgressBar) (iter.Seq2[attribution.Order, error], error) {
	var days budget.Period
	for _, c := range s.Cooperations {
		if c.Period.Start.IsZero() {
			continue
		}
		if end := cmp.Or(c.Period.End, c.Period.Start); days.End.Before(end) {
			days.End = end
		}
		if days.Start.IsZero() || c.Period.Start.Before(days.Start) {
			days.Start = c.Period.Start
		}
	}
	if days.Start.IsZero() {
		return nil, errors.New("-generate needs a cooperation with a start, and there is none")
	}
	return func(yield func(attribution.Order, error) bool) {
		for o := range demo.Orders(s, demo.OrderOptions{Seed: 1, Days: days, Count: n}) {
			if o.RefundOf == "" {
				_ = bar.Add(1) // a terminal that cannot show the bar is no reason to stop
			}
			if !yield(o, nil) {
				return
			}
		}
	}, nil
}
