package claims

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// TestSuffixesAreMadeWhileOthersLook has many look for the keys that satisfy a pattern, before and after suffixes are
// worth making, while the next versions are copied and changed.
func TestSuffixesAreMadeWhileOthersLook(t *testing.T) {
	t.Parallel()
	var entries []Entry
	for n := range 500 {
		entries = append(entries, Entry{
			Cooperation: ID{14: byte(n >> 8), 15: byte(n)}, Influencer: ID{14: byte(n >> 8), 15: byte(n)}, Kind: Equals,
			Key: fmt.Sprint("code", n), Days: budget.Period{Start: budget.FromUnixDay(firstDay)},
		})
	}
	x := New(entries, discount.Exact)
	want := slices.Collect(x.suffixes.scan(Contains, "e12"))
	slices.SortFunc(want, byKey)
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for range maxScans / 4 {
				if n%2 == 1 {
					next := x.Copy()
					next.Replace(entries[n].Cooperation, nil)
				}
				got := slices.Collect(x.suffixes.satisfying(Contains, "e12"))
				slices.SortFunc(got, byKey)
				if !slices.Equal(got, want) {
					t.Errorf("keys: %d, want %d", len(got), len(want))
				}
			}
		})
	}
	all.Wait()
	if x.suffixes.inner.all.Load() == nil {
		t.Error("suffixes were not made")
	}
	next := x.Copy()
	next.Replace(entries[12].Cooperation, nil)
	var left []string
	for s := range next.suffixes.satisfying(EndsWith, "e12") {
		left = append(left, s.key)
	}
	if diff := gocmp.Diff([]string(nil), left); diff != "" {
		t.Error(diff)
	}
}

func byKey(a, b *term) int { return Entry{Key: a.key}.Compare(Entry{Key: b.key}) }
