package keyset_test

import (
	"cmp"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/getklar/influencercrm/crm/internal/keyset"
)

// Keys of a text and a number are ordered as text, then number, and can be read.
func TestKeysAreOrderedAsTheirParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"", "E", "EUR", "EURO", "JPY", "\x01"})
		number := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-2, 2), rapid.SampledFrom([]int64{math.MinInt64, math.MaxInt64}))
		a, b, n, m := text.Draw(t, "a"), text.Draw(t, "b"), number.Draw(t, "n"), number.Draw(t, "m")
		want := cmp.Or(strings.Compare(a, b), cmp.Compare(n, m))
		key := keyset.Join(a, keyset.Number(n))
		if got := strings.Compare(key, keyset.Join(b, keyset.Number(m))); got != want {
			t.Errorf("%q %d to %q %d: %d, want %d", a, n, b, m, got, want)
		}
		parts := keyset.Split(key)
		if read, ok := keyset.ParseNumber(parts[1]); len(parts) != 2 || parts[0] != a || read != n || !ok {
			t.Errorf("%q is read as %q", key, parts)
		}
	})
	for _, part := range []string{"", "1", "x", "-0000000000000000001", "99999999999999999999", "+0000000000000000001"} {
		if n, ok := keyset.ParseNumber(part); ok {
			t.Errorf("%q is read as %d", part, n)
		}
	}
}
