package attribution_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/discount"
	"github.com/getklar/influencercrm/utm"
)

// manyCooperations is a workspace of n cooperations of one rule and one UTM set each, and orders of which three in ten
// have a code of one of them; each has two visits, of which one in ten is theirs.
func manyCooperations(n int) (attribution.Snapshot, []attribution.Order) {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	s := attribution.Snapshot{Workspace: crm.Workspace{TimeZone: "Europe/Berlin"}, Cooperations: make([]crm.Cooperation, n)}
	year := budget.Period{Start: date("01-01"), End: date("12-31")}
	for i := range s.Cooperations {
		c := crm.Cooperation{Status: crm.Signed, Period: year}
		binary.BigEndian.PutUint64(c.ID[8:], uint64(i)+1)
		binary.BigEndian.PutUint64(c.Influencer[8:], uint64(i)+1)
		match := discount.Equals
		switch part := i % 100; {
		case part >= 98:
			match = discount.EndsWith
		case part >= 92:
			match = discount.StartsWith
		case part >= 80:
			match = discount.Contains
		}
		c.Rules = []discount.Rule{{Match: match, Pattern: randomCode(random, 6)}}
		c.UTM = utm.Params{Campaign: utm.Of(fmt.Sprint("campaign-", i%50)), Term: utm.Of(fmt.Sprint("influencer-", i))}
		s.Cooperations[i] = c
	}
	orders := make([]attribution.Order, 4096)
	for i := range orders {
		o := attribution.Order{ID: strconv.Itoa(i), At: at("06-10T12:00").Add(time.Duration(i) * time.Minute),
			Amount: budget.FromMinor(4999, "EUR")}
		code := randomCode(random, 4)
		if i%10 < 3 {
			code = s.Cooperations[random.IntN(n)].Rules[0].Pattern
		}
		o.Codes = []string{code}
		for v := range 2 {
			touch := utm.Params{Source: utm.Of("google"), Campaign: utm.Of("brand"), Term: utm.Of(fmt.Sprint("word-", random.IntN(1000)))}
			if i%10 == 5 {
				touch = s.Cooperations[random.IntN(n)].UTM
			}
			o.Touchpoints = append(o.Touchpoints, attribution.Touchpoint{At: o.At.Add(-time.Duration(v+1) * time.Hour), UTM: touch})
		}
		orders[i] = o
	}
	return s, orders
}

func randomCode(random *rand.Rand, least int) string {
	code := make([]byte, least+random.IntN(16-least+1))
	for i := range code {
		code[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[random.IntN(36)]
	}
	return string(code)
}

func sizes() (all []int) {
	most, err := strconv.Atoi(os.Getenv("CRM_BENCH_MAX"))
	for _, n := range []int{1_000, 10_000, 100_000} {
		if err != nil || n <= most {
			all = append(all, n)
		}
	}
	return all
}

// BenchmarkDecide decides orders of a code and two visits, in turns with the three look-ups alone: x/look-ups is how many
// times as long a decision with all its reasons takes. x/code is how many times as long the explanation of an order that
// nobody earned takes as the look-up of its code.
func BenchmarkDecide(b *testing.B) {
	for _, n := range sizes() {
		b.Run(fmt.Sprintf("cooperations=%d", n), func(b *testing.B) {
			s, orders := manyCooperations(n)
			x := must(attribution.NewIndex(s, nil))
			rules, sets := make([]discount.Rule, n), make([]utm.Params, n)
			for i, c := range s.Cooperations {
				rules[i], sets[i] = c.Rules[0], c.UTM
			}
			codes, links := discount.NewIndex(rules), utm.NewIndex(sets, false)
			var missed []attribution.Order
			for _, o := range orders {
				if o.Touchpoints = nil; must(x.Decide(o)).Cooperation.IsZero() {
					missed = append(missed, o)
				}
			}
			for _, o := range missed { // the first one makes what all need
				must(x.Diagnose(b.Context(), o))
			}
			buffer, credited := make([]int, 0, 64), 0
			var bare, decide, code, diagnose time.Duration
			b.ReportAllocs()
			for b.Loop() {
				began := time.Now()
				for i := range orders {
					codes.AppendMatches(buffer, orders[i].Codes[0], cap(buffer))
					for _, touch := range orders[i].Touchpoints {
						links.AppendMatches(buffer, touch.UTM, cap(buffer))
					}
				}
				bare += time.Since(began)
				began = time.Now()
				for i := range orders {
					if d := must(x.Decide(orders[i])); !d.Cooperation.IsZero() {
						credited++
					}
				}
				decide += time.Since(began)
				began = time.Now()
				for i := range missed {
					codes.AppendMatches(buffer, missed[i].Codes[0], cap(buffer))
				}
				code += time.Since(began)
				began = time.Now()
				for i := range missed {
					must(x.Diagnose(b.Context(), missed[i]))
				}
				diagnose += time.Since(began)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(decide.Nanoseconds())/float64(b.N*len(orders)), "ns/order")
			b.ReportMetric(float64(decide)/float64(bare), "x/look-ups")
			b.ReportMetric(float64(diagnose)/float64(code), "x/code")
			b.ReportMetric(float64(credited)/float64(b.N*len(orders)), "credited/order")
		})
	}
}

// BenchmarkDecideInLooseShop decides the same orders in an exact shop and in one that knows no accents, in turns, where one code
// in ten of the rules has an accent that no customer types. x/exact is how many times as long the latter takes.
func BenchmarkDecideInLooseShop(b *testing.B) {
	s, orders := manyCooperations(10_000)
	for i := range s.Cooperations {
		if i%10 == 0 {
			s.Cooperations[i].Rules[0].Pattern += "É"
		}
	}
	for i := range orders {
		orders[i].Codes[0] = strings.ReplaceAll(orders[i].Codes[0], "É", "E")
	}
	exact := must(attribution.NewIndex(s, nil))
	s.Workspace.CodeComparison = discount.Accents
	loose := must(attribution.NewIndex(s, nil))
	var took [2]time.Duration
	for b.Loop() {
		for n, x := range []*attribution.Index{exact, loose} {
			began := time.Now()
			for i := range orders {
				must(x.Decide(orders[i]))
			}
			took[n] += time.Since(began)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(took[1].Nanoseconds())/float64(b.N*len(orders)), "ns/order")
	b.ReportMetric(float64(took[1])/float64(took[0]), "x/exact")
}

// BenchmarkDecideAll decides a stream on one core and on two, in turns. x/one-core is how many times as fast two are. x/halves is
// the same where two goroutines decide half of the orders each and nothing changes hands: what the machine gives at the time.
func BenchmarkDecideAll(b *testing.B) {
	s, orders := manyCooperations(10_000)
	orders = oftenAgain(orders, 16)
	x := must(attribution.NewIndex(s, nil))
	var streams, halves [3]time.Duration
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for b.Loop() {
		for _, cores := range []int{1, 2} {
			runtime.GOMAXPROCS(cores)
			began := time.Now()
			for _, err := range x.DecideAll(b.Context(), stream(orders, nil)) {
				if err != nil {
					b.Fatal(err)
				}
			}
			streams[cores] += time.Since(began)
			began = time.Now()
			decideHalves(x, orders)
			halves[cores] += time.Since(began)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(streams[2].Nanoseconds())/float64(b.N*len(orders)), "ns/order")
	b.ReportMetric(float64(streams[1])/float64(streams[2]), "x/one-core")
	b.ReportMetric(float64(halves[1])/float64(halves[2]), "x/halves")
}

// oftenAgain are orders that come several times, each time as others. A stream of few ends before all cores are at work.
func oftenAgain(orders []attribution.Order, times int) []attribution.Order {
	all := make([]attribution.Order, times*len(orders))
	for n := range all {
		all[n] = orders[n%len(orders)]
		all[n].ID = strconv.Itoa(n)
	}
	return all
}

func decideHalves(x *attribution.Index, orders []attribution.Order) {
	var all sync.WaitGroup
	for half := range slices.Chunk(orders, len(orders)/2) {
		all.Go(func() {
			for i := range half {
				must(x.Decide(half[i]))
			}
		})
	}
	all.Wait()
}

// BenchmarkApply gives an index the change of one cooperation. x/rebuild is how many times as long making it anew takes.
func BenchmarkApply(b *testing.B) {
	for _, n := range sizes() {
		b.Run(fmt.Sprintf("cooperations=%d", n), func(b *testing.B) {
			s, _ := manyCooperations(n)
			x := must(attribution.NewIndex(s, nil))
			change := crm.Change{Seq: 1, Kind: crm.Updated, Record: s.Cooperations[n/2].Ref(), Fields: []crm.FieldChange{
				{Field: "status", Before: []byte(`"signed"`), After: []byte(`"draft"`)},
			}}
			var apply, rebuild time.Duration
			for b.Loop() {
				began := time.Now()
				must(x.Apply([]crm.Change{change}))
				apply += time.Since(began)
				began = time.Now()
				must(attribution.NewIndex(s, nil))
				rebuild += time.Since(began)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(apply.Nanoseconds())/float64(b.N), "ns/change")
			b.ReportMetric(float64(rebuild)/float64(apply), "x/rebuild")
		})
	}
}
