package peers

import (
	"fmt"
	"testing"
	"time"

	"github.com/getklar/influencercrm/discount"
)

// BenchmarkNearMisses finds what a mistyped code may have been meant for, in turns with the look-up of the code, which has
// missed. x/Index is how many times as long it takes.
func BenchmarkNearMisses(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(fmt.Sprintf("codes=%d", n), func(b *testing.B) {
			rules := manyRules(n)
			known, typed := make([]string, n), manyCodes(rules, 1024)
			for i, r := range rules {
				known[i] = r.Pattern
			}
			for i, code := range typed {
				typed[i] = code[:2] + "-" + code[2:]
			}
			find, near := indexFinder(rules), discount.NewNeighbours(known)
			var forIndex, forNear time.Duration
			for b.Loop() {
				forIndex += lookUp(find, typed)
				forNear += lookUp(func(code string) int { return len(near.Find(code, 10)) }, typed)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(perUnit(forNear, b.N*len(typed)), "ns/code")
			b.ReportMetric(float64(forNear)/float64(forIndex), "x/Index")
		})
	}
}
