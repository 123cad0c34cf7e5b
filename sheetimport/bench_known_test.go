package sheetimport_test

import (
	"fmt"
	"testing"

	"github.com/getklar/influencercrm/sheetimport"
)

// BenchmarkPlanFewKnown plans a hundred rows that are known against a workspace of many cooperations. Builds are compared
// by running it in each.
func BenchmarkPlanFewKnown(b *testing.B) {
	for _, rows := range benchSizes(b) {
		text, few := benchSheet(b, rows), benchSheet(b, 100)
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			s := memoryShop(b, &sheetimport.Options{})
			s.bring(text)
			b.ReportAllocs()
			for b.Loop() {
				if plan := s.planNamed("few.csv", few); plan.Counts[sheetimport.Unchanged] != 100 {
					b.Fatal(plan.Counts)
				}
			}
		})
	}
}
