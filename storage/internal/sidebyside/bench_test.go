package sidebyside_test

import (
	"os"
	"slices"
	"strconv"
	"testing"
	"time"
)

// benchSizes leaves out the sizes above CRM_BENCH_MAX, 10,000 if that is not set.
func benchSizes(b *testing.B, sizes ...int) []int {
	b.Helper()
	most := 10_000
	if text := os.Getenv("CRM_BENCH_MAX"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			b.Fatalf("CRM_BENCH_MAX %q is no number of records", text)
		}
		most = n
	}
	return slices.DeleteFunc(slices.Clone(sizes), func(n int) bool { return n > most })
}

// comparison is how long one thing takes through the library, and the floor: the same rows without it. The two
// alternate, so that whatever else a machine does hits both; medians forget what hits one.
type comparison struct {
	ours, floor []time.Duration
}

func timed(b *testing.B, fn func() error) time.Duration {
	b.Helper()
	start := time.Now()
	if err := fn(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

// report gives both medians for one of n things, and their ratio: 1 is as fast as the floor.
func (c *comparison) report(b *testing.B, n int) {
	b.Helper()
	ours, floor := median(c.ours), median(c.floor)
	b.ReportMetric(ours.Seconds()/floor.Seconds(), "x-floor")
	b.ReportMetric(float64(ours.Nanoseconds())/float64(n)/1000, "µs")
	b.ReportMetric(float64(floor.Nanoseconds())/float64(n)/1000, "floor-µs")
	b.ReportMetric(0, "ns/op") // would be that of both together
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}
