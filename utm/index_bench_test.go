package utm_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/getklar/influencercrm/utm"
)

// manySets are sets as workspaces have them: a campaign of one in fifty, an influencer and, in some, more fields.
func manySets(n int) []utm.Params {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	sets := make([]utm.Params, n)
	for i := range sets {
		p := utm.Params{Campaign: utm.Of(fmt.Sprint("campaign-", random.IntN(n/50+1))), Term: utm.Of(fmt.Sprint("influencer-", i))}
		if i%3 > 0 {
			p.Source, p.Medium = utm.Of("instagram"), utm.Of("influencer")
		}
		if i%3 > 1 {
			p.Content = utm.Of(fmt.Sprint("post-", random.IntN(10)))
		}
		sets[i] = p
	}
	return sets
}

// BenchmarkIndex finds the sets that describe a touchpoint, in turns with the floor, one look-up in a map of five texts.
// Hits are touchpoints of a link of a cooperation, strangers come from other links. x/floor is how many times as long it
// takes.
func BenchmarkIndex(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		if most, err := strconv.Atoi(os.Getenv("CRM_BENCH_MAX")); err == nil && n > most {
			continue
		}
		sets := manySets(n)
		x := utm.NewIndex(sets, false)
		floor := make(map[[utm.NumFields]string]int, n)
		for i, p := range sets {
			floor[texts(p)] = i
		}
		random := rand.New(rand.NewPCG(2, uint64(n)))
		hits, strangers := make([]utm.Params, 4096), make([]utm.Params, 4096)
		for i := range hits {
			hits[i] = sets[random.IntN(n)]
			strangers[i] = utm.Params{Source: utm.Of("google"), Medium: utm.Of("cpc"),
				Campaign: utm.Of(fmt.Sprint("brand-", random.IntN(1000))), Term: utm.Of(fmt.Sprint("word-", i))}
		}
		for name, touches := range map[string][]utm.Params{"hits": hits, "strangers": strangers} {
			b.Run(fmt.Sprintf("sets=%d/%s", n, name), func(b *testing.B) {
				b.ReportAllocs()
				keys := make([][utm.NumFields]string, len(touches))
				for i, p := range touches {
					keys[i] = texts(p)
				}
				var forFloor, forIndex time.Duration
				buffer, sum := make([]int, 0, 64), 0
				for b.Loop() {
					began := time.Now()
					for _, key := range keys {
						sum += floor[key]
					}
					between := time.Now()
					for _, p := range touches {
						all, _ := x.AppendMatches(buffer, p, cap(buffer))
						sum += len(all)
					}
					forFloor += between.Sub(began)
					forIndex += time.Since(between)
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(float64(forIndex.Nanoseconds())/float64(b.N*len(touches)), "ns/touch")
				b.ReportMetric(float64(forIndex)/float64(forFloor), "x/floor")
			})
		}
	}
}

func texts(p utm.Params) (all [utm.NumFields]string) {
	for i, f := range utm.Fields() {
		all[i] = p.Get(f).String()
	}
	return all
}
