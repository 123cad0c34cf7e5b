package attribution_test

import (
	"fmt"
	"iter"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/attribution"
	"github.com/getklar/influencercrm/utm"
)

// endlessOrders are n orders as a stream has them that can make it remember most: each has a code of its own and two visits, one
// in five is refunded, half of these before it comes, one in ten comes twice, and one in ten is refunded that never comes.
func endlessOrders(n int) iter.Seq2[attribution.Order, error] {
	start := at("06-10T12:00")
	return func(yield func(attribution.Order, error) bool) {
		for i := range n {
			o := attribution.Order{
				ID: fmt.Sprint("order-", i), At: start.Add(time.Duration(i) * time.Second), Amount: budget.FromMinor(4999, "EUR"),
				Codes: []string{fmt.Sprint("PAM-", i)},
			}
			for v := range 2 {
				touch := utm.Params{Source: utm.Of("google"), Term: utm.Of(fmt.Sprint("word-", i))}
				o.Touchpoints = append(o.Touchpoints, attribution.Touchpoint{At: o.At.Add(-time.Duration(v+1) * time.Hour), UTM: touch})
			}
			back := attribution.Order{ID: "r-" + o.ID, RefundOf: o.ID, At: o.At, Amount: o.Amount}
			all := []attribution.Order{o}
			switch i % 10 {
			case 1:
				all = []attribution.Order{back, o}
			case 2:
				all = []attribution.Order{o, back}
			case 3:
				all = []attribution.Order{o, o}
			case 4:
				back.RefundOf = "none-" + o.ID
				all = []attribution.Order{o, back}
			}
			for _, o := range all {
				if !yield(o, nil) {
					return
				}
			}
		}
	}
}

// held are the objects and bytes that are alive.
type held struct{ objects, bytes int }

func heldNow() held {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return held{int(m.HeapObjects), int(m.HeapAlloc)}
}

// most of two, each for itself.
func (h held) most(o held) held { return held{max(h.objects, o.objects), max(h.bytes, o.bytes)} }

// peaks decides a stream of n orders and returns the most that is held at some times in its first tenth, and in all of it.
func peaks(tb testing.TB, n, remember int) (tenth, all held) {
	tb.Helper()
	s := snapshot(crm.Workspace{}, []string{"A 01-01..12-31 ^PAM-", "B 01-01..12-31 utm:term=b"})
	x := must(attribution.NewIndex(s, &attribution.Options{Remember: remember}))
	decided, every := 0, n/50
	before := heldNow()
	for d := range x.DecideAll(tb.Context(), endlessOrders(n)) {
		if d.Order.RefundOf != "" {
			continue
		}
		if decided++; decided%every == 0 {
			now := heldNow()
			now = held{now.objects - before.objects, now.bytes - before.bytes}
			if all = all.most(now); decided <= n/10 {
				tenth = all
			}
		}
	}
	runtime.KeepAlive(x)
	return tenth, all
}

// What a stream holds does not grow with it, once it has come twice as far as it remembers. It runs alone, because others would
// be counted, too.
func TestDecideAllHoldsNoMoreInALongerStream(t *testing.T) {
	const n, remember = 40_000, 500
	tenth, all := peaks(t, n, remember)
	t.Logf("%d bytes in %d objects in the first tenth, %d in %d in all", tenth.bytes, tenth.objects, all.bytes, all.objects)
	// An order that was held would be a dozen objects and a kilobyte; the maps of a generation grow in steps.
	if grown := all.objects - tenth.objects; grown > n/10 {
		t.Errorf("%d objects more are held than in the first tenth", grown)
	}
	if grown := all.bytes - tenth.bytes; grown > n*20 {
		t.Errorf("%d bytes more are held than in the first tenth", grown)
	}
}

// BenchmarkDecideAllMemory decides a stream of a million orders, or of as many as CRM_BENCH_MAX says. x/tenth is how many times
// as much is held at the most as in the first tenth of it: with a hundredth of it remembered, and with all.
func BenchmarkDecideAllMemory(b *testing.B) {
	n := 1_000_000
	if most, err := strconv.Atoi(os.Getenv("CRM_BENCH_MAX")); err == nil {
		n = max(min(n, most), 1_000)
	}
	for _, remember := range []int{n / 100, n} {
		b.Run(fmt.Sprintf("orders=%d/remember=%d", n, remember), func(b *testing.B) {
			var tenth, all held
			for b.Loop() {
				tenth, all = peaks(b, n, remember)
			}
			b.ReportMetric(float64(all.bytes)/float64(tenth.bytes), "x/tenth")
			b.ReportMetric(float64(tenth.bytes)/1e6, "MB/tenth")
			b.ReportMetric(float64(all.bytes)/1e6, "MB/all")
			b.ReportMetric(float64(all.bytes)/float64(min(2*remember, n)), "B/remembered")
		})
	}
}
