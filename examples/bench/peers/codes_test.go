package peers

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/getklar/influencercrm/discount"
)

// All finders find the same, so that what is measured is the same work.
func TestFindersAgree(t *testing.T) {
	t.Parallel()
	for _, n := range []int{100, 10_000} {
		rules := manyRules(n)
		codes := manyCodes(rules, 1_000)
		for _, f := range append(peers(), index()) {
			find, scan := f.build(rules), scanFinder(rules)
			for _, code := range f.turn(n, codes) {
				want := scan(code)
				if f.any {
					want = min(want, 1)
				}
				if got := find(code); got != want {
					t.Errorf("%s finds %d of %d rules for %s, want %d", f.name, got, n, code, want)
				}
			}
		}
	}
}

// BenchmarkIndex finds the rules of codes, in turns with the floor: x/map is how many times as long it takes.
func BenchmarkIndex(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) { compare(b, manyRules(n), index(), floor()) })
	}
}

// BenchmarkPeers does so in other ways, in turns with the index: x/Index is how many times as long they take.
func BenchmarkPeers(b *testing.B) {
	for _, n := range sizes(b) {
		for _, f := range peers() {
			if n <= f.rules {
				b.Run(fmt.Sprintf("rules=%d/%s", n, f.name), func(b *testing.B) { compare(b, manyRules(n), f, index()) })
			}
		}
	}
}

// compare measures a finder in turns with another one, and the time and memory that making it takes.
func compare(b *testing.B, rules []discount.Rule, f, with finder) {
	b.Helper()
	n := len(rules)
	codes := manyCodes(rules, 4096)
	built := make([]func(string) int, max(1, 1_000/n)) // making one for a few rules is too short to be measured
	before, began := heap(), time.Now()
	for i := range built {
		built[i] = f.build(rules)
	}
	build := time.Since(began)
	memory := heap() - before
	find := built[0]
	other, turn := with.build(rules), f.turn(n, codes)
	var each, others time.Duration
	for b.Loop() {
		others += lookUp(other, codes)
		each += lookUp(find, turn)
	}
	perCode, perOther := perUnit(each, b.N*len(turn)), perUnit(others, b.N*len(codes))
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(perCode, "ns/code")
	b.ReportMetric(perCode/perOther, "x/"+with.name)
	b.ReportMetric(testing.AllocsPerRun(1, func() { lookUp(find, turn) })/float64(len(turn)), "allocs/code")
	b.ReportMetric(perUnit(build, n*len(built)), "build-ns/rule")
	b.ReportMetric(float64(memory)/float64(n*len(built)), "B/rule")
}

func lookUp(find func(string) int, codes []string) time.Duration {
	began := time.Now()
	for _, code := range codes {
		find(code)
	}
	return time.Since(began)
}

func perUnit(d time.Duration, units int) float64 { return float64(d.Nanoseconds()) / float64(units) }

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
