package claims

import (
	"context"
	"encoding/binary"
	"errors"
	"maps"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/discount"
)

// sharer returns the entries of the nth cooperation of those that share one UTM set.
func sharer(n int) []Entry {
	var id ID
	binary.BigEndian.PutUint64(id[8:], uint64(n+1))
	return []Entry{{
		Cooperation: id, Influencer: id, Kind: UTM, Key: "summer", Days: budget.Period{Start: budget.FromUnixDay(firstDay)},
	}}
}

// TestManyChangesOfWhatManyClaim: each change conflicts with all others, so going through them takes longer than finding
// all severities.
func TestManyChangesOfWhatManyClaim(t *testing.T) {
	t.Parallel()
	const size, more = 2_000, 100
	given := []Entry{}
	for n := range size {
		given = append(given, sharer(n)...)
	}
	for name, test := range map[string]struct {
		first, changes int // of the sharers that change
		remove         bool
		derived        bool
	}{
		"one comes":   {size, 1, false, true},
		"many come":   {size, more, false, false},
		"many go":     {0, more, true, false},
		"nothing new": {size, 0, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := New(given, discount.Exact)
			base, err := x.Severities(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			after := x.Copy()
			for n := range test.changes {
				entries := sharer(test.first + n)
				id := entries[0].Cooperation
				if test.remove {
					entries = nil
				}
				after.Replace(id, entries)
			}
			changes := after.severities.changes
			derived, err := after.severitiesAfter(t.Context(), base, changes)
			if err != nil || (derived != nil) != test.derived {
				t.Errorf("derived from the version before: %t, want %t; %v", derived != nil, test.derived, err)
			}
			got, err := after.Severities(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			want, err := after.allSeverities(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(maps.Collect(want.All()), maps.Collect(got.All())); diff != "" {
				t.Errorf("(-all +got):\n%s", diff)
			}
			cancelled, cancel := context.WithCancel(t.Context())
			cancel()
			if _, err := after.severitiesAfter(cancelled, base, changes); test.changes > 0 && !errors.Is(err, context.Canceled) {
				t.Errorf("after the context has ended: %v", err)
			}
		})
	}
}
