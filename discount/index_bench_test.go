package discount_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/getklar/influencercrm/discount"
)

// manyRules are rules as workspaces have them: 80 of 100 equal one code, 12 find a text anywhere, 6 at the start and 2 at
// the end.
func manyRules(n int) []discount.Rule {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	rules := make([]discount.Rule, n)
	for i := range rules {
		match, least := discount.Equals, 4
		switch part := i % 100; {
		case part >= 98:
			match, least = discount.EndsWith, 3
		case part >= 92:
			match, least = discount.StartsWith, 3
		case part >= 80:
			match, least = discount.Contains, 3
		}
		if n >= 10_000 && match != discount.Equals {
			least = 5 // with so many, shorter ones would match every code
		}
		rules[i] = rule(match, codeOf(random, least, 16))
	}
	return rules
}

// manyCodes are codes of which three of ten satisfy an equals rule of manyRules.
func manyCodes(rules, n int) []string {
	random := rand.New(rand.NewPCG(2, uint64(n)))
	known := manyRules(rules)
	codes := make([]string, n)
	for i := range codes {
		if i%10 < 3 {
			codes[i] = known[random.IntN(rules/100)*100+random.IntN(80)].Pattern
		} else {
			codes[i] = codeOf(random, 4, 16)
		}
	}
	return codes
}

func codeOf(random *rand.Rand, least, most int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	var b strings.Builder
	for range least + random.IntN(most-least+1) {
		b.WriteByte(letters[random.IntN(len(letters))])
	}
	return b.String()
}

// sizes are the numbers of rules up to CRM_BENCH_MAX.
func sizes(b *testing.B) (all []int) {
	b.Helper()
	most := 1_000_000
	if text := os.Getenv("CRM_BENCH_MAX"); text != "" {
		var err error
		if most, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	for _, n := range []int{100, 10_000, 100_000, 1_000_000} {
		if n <= most {
			all = append(all, n)
		}
	}
	return all
}

// BenchmarkIndex finds all rules that a code satisfies, in turns with the floor: folding the code and one look-up in a
// map of all patterns. x/floor is how many times as long it takes.
func BenchmarkIndex(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			rules, codes := manyRules(n), manyCodes(n, 4096)
			x := discount.NewIndex(rules)
			patterns := make(map[string]int, n)
			for i, r := range rules {
				patterns[r.Key()] = i
			}
			buffer := make([]int, 0, 64)
			var floor, index stopwatch
			matches, known := 0, 0
			folded := make([]byte, 0, 64)
			for i := 0; b.Loop(); i++ {
				floor.time(func() {
					for _, code := range codes {
						if _, ok := patterns[string(lower(folded[:0], code))]; ok {
							known++
						}
					}
				})
				index.time(func() {
					for _, code := range codes {
						all, _ := x.AppendMatches(buffer, code, cap(buffer))
						matches += len(all)
					}
				})
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(index.each(b.N*len(codes)), "ns/code")
			b.ReportMetric(index.over(&floor), "x/floor")
			b.ReportMetric(float64(matches)/float64(b.N*len(codes)), "matches/code")
		})
	}
}

// lower folds a code in ASCII as cheaply as can be.
func lower(to []byte, code string) []byte {
	for i := range len(code) {
		c := code[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		to = append(to, c)
	}
	return to
}

// BenchmarkNewIndex makes the index, with the time and the memory for each rule.
func BenchmarkNewIndex(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			rules := manyRules(n)
			var x *discount.Index
			var build stopwatch
			for b.Loop() {
				build.time(func() { x = discount.NewIndex(rules) })
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(build.each(b.N*n), "ns/rule")
			before := heap()
			runtime.KeepAlive(x)
			x = nil
			b.ReportMetric(float64(before-heap())/float64(n), "B/rule")
		})
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkNeighbours finds what a mistyped code may have been meant for, in turns with the look-up of the code in an
// index, which has missed. x/look-up is how many times as long it takes.
func BenchmarkNeighbours(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(fmt.Sprintf("codes=%d", n), func(b *testing.B) {
			rules, typed := manyRules(n), manyCodes(n, 1024)
			known := make([]string, n)
			for i, r := range rules {
				known[i] = r.Pattern
			}
			for i, code := range typed {
				typed[i] = code[:2] + "-" + code[2:]
			}
			x, near := discount.NewIndex(rules), discount.NewNeighbours(known)
			buffer := make([]int, 0, 64)
			var lookUp, find stopwatch
			for b.Loop() {
				lookUp.time(func() {
					for _, code := range typed {
						x.AppendMatches(buffer, code, cap(buffer))
					}
				})
				find.time(func() {
					for _, code := range typed {
						near.Find(code, 10)
					}
				})
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(find.each(b.N*len(typed)), "ns/code")
			b.ReportMetric(find.over(&lookUp), "x/look-up")
		})
	}
}
