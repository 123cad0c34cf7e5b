package crm_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/discount"
)

// BenchmarkCreateDuringReport creates cooperations alone, and then while another goroutine reads the conflict report of
// a service that has not found the severities yet. x-alone is the ratio of the two medians. report-ms is the first
// report, and next-x the report after all the creates as a part of it.
func BenchmarkCreateDuringReport(b *testing.B) {
	for _, size := range benchSizes(b, 1_000, 10_000, 100_000) {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			s, _ := benchShop(b, size)
			campaign, pam := s.campaign("Winter"), s.influencer("Eve")
			n := 0
			create := func() time.Duration {
				start := time.Now()
				n++
				must(s.crm.CreateCooperation(ctx, s.ws, crm.Cooperation{
					Campaign: campaign.ID, Influencer: pam.ID, Name: fmt.Sprint("Winter ", n), Period: days("2026-06-01", ""),
					Rules: []discount.Rule{equals(fmt.Sprint("WINTER", n))},
				}))(b)
				return time.Since(start)
			}
			report := func() time.Duration {
				start := time.Now()
				must(s.crm.Conflicts(ctx, s.ws, crm.ConflictFilter{}, crm.ListOptions{}))(b)
				return time.Since(start)
			}
			create() // reads the claims
			var alone, beside []time.Duration
			for range 200 {
				alone = append(alone, create())
			}
			var first, next time.Duration
			for b.Loop() {
				done := make(chan time.Duration)
				go func() { done <- report() }()
				for first == 0 {
					select {
					case first = <-done:
					default:
						beside = append(beside, create())
					}
				}
				next = report()
			}
			slices.Sort(alone)
			slices.Sort(beside)
			b.ReportMetric(float64(beside[len(beside)/2])/float64(alone[len(alone)/2]), "x-alone")
			b.ReportMetric(float64(beside[len(beside)-1].Microseconds())/1000, "longest-ms")
			b.ReportMetric(float64(first.Milliseconds()), "report-ms")
			b.ReportMetric(float64(next)/float64(first), "next-x")
			b.ReportMetric(0, "ns/op")
		})
	}
}
