package peers

import (
	"fmt"
	"testing"
	"time"

	"github.com/getklar/influencercrm/utm"
)

// BenchmarkVisits finds the UTM sets that describe a visit, in turns with the floor, one look-up in a map of five texts, which
// finds only a set that has exactly these. Hits come through a link of a cooperation, strangers through other links. x/map is
// how many times as long it takes.
func BenchmarkVisits(b *testing.B) {
	for _, n := range sizes(b) {
		sets := manySets(n)
		hits, strangers := manyTouches(sets, 4096)
		for _, visits := range []struct {
			name    string
			touches []utm.Params
		}{{"hits", hits}, {"strangers", strangers}} {
			b.Run(fmt.Sprintf("sets=%d/%s", n, visits.name), func(b *testing.B) {
				floor := make(map[[utm.NumFields]string]int, n)
				for i, p := range sets {
					floor[fieldsOf(p)] = i
				}
				keys := make([][utm.NumFields]string, len(visits.touches))
				for i, p := range visits.touches {
					keys[i] = fieldsOf(p)
				}
				before, began := heap(), time.Now()
				x := utm.NewIndex(sets, false)
				b.ReportMetric(perUnit(time.Since(began), n), "build-ns/set")
				b.ReportMetric(float64(heap()-before)/float64(n), "B/set")
				buffer, sum := make([]int, 0, 64), 0
				find := func() {
					for _, p := range visits.touches {
						all, _ := x.AppendMatches(buffer, p, cap(buffer))
						sum += len(all)
					}
				}
				var forFloor, forIndex time.Duration
				for b.Loop() {
					began := time.Now()
					for _, key := range keys {
						sum += floor[key]
					}
					between := time.Now()
					find()
					forFloor += between.Sub(began)
					forIndex += time.Since(between)
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(perUnit(forIndex, b.N*len(keys)), "ns/visit")
				b.ReportMetric(float64(forIndex)/float64(forFloor), "x/map")
				b.ReportMetric(testing.AllocsPerRun(1, find)/float64(len(keys)), "allocs/visit")
			})
		}
	}
}

// fieldsOf is a set as the key of a map.
func fieldsOf(p utm.Params) (all [utm.NumFields]string) {
	for i, f := range utm.Fields() {
		all[i] = p.Get(f).String()
	}
	return all
}
