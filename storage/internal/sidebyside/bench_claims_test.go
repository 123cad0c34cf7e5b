package sidebyside_test

import (
	"slices"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
)

// BenchmarkTwoProcessesCreate lets one Service create cooperations, and then two in turn that see each other's writes
// in the log only. x-one is the ratio of the two medians.
func BenchmarkTwoProcessesCreate(b *testing.B) {
	onEngines(b, []int{1_000, 10_000}, func(b *testing.B, s *benchShop, n int) {
		next := 10 * n
		create := func(on *crm.Service) time.Duration {
			next++
			c := newCooperation(next)
			c.Campaign = s.campaign.ID
			c.Influencer, c.Profile = id[crm.Influencer](next%n+1), id[crm.Profile](next%n+1)
			start := time.Now()
			if _, err := on.CreateCooperation(s.ctx, s.ws, c); err != nil {
				b.Fatal(err)
			}
			return time.Since(start)
		}
		other := s.crm.WithStore(s.store)
		create(s.crm)
		create(other)
		var one, two []time.Duration
		for b.Loop() {
			for range 100 {
				one = append(one, create(s.crm))
			}
			create(other) // catches up
			for range 50 {
				two = append(two, create(s.crm), create(other))
			}
		}
		slices.Sort(one)
		slices.Sort(two)
		b.ReportMetric(float64(two[len(two)/2])/float64(one[len(one)/2]), "x-one")
		b.ReportMetric(float64(one[len(one)/2].Microseconds()), "one-us")
		b.ReportMetric(float64(two[len(two)/2].Microseconds()), "two-us")
	})
}
