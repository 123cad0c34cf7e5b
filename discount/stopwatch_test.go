package discount_test

import "time"

// stopwatch adds up the time of one of two things that take turns, so that both meet the same machine.
type stopwatch struct{ sum time.Duration }

func (s *stopwatch) time(fn func()) {
	began := time.Now()
	fn()
	s.sum += time.Since(began)
}

func (s *stopwatch) each(times int) float64 { return float64(s.sum.Nanoseconds()) / float64(times) }

func (s *stopwatch) over(floor *stopwatch) float64 {
	return float64(s.sum) / float64(floor.sum)
}
