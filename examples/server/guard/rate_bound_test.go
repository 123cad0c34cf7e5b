package guard

import (
	"strconv"
	"testing"
	"time"
)

// A Limiter knows of a bounded number of callers, also when none of them can be forgotten without a loss.
func TestLimiterForgets(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	l := NewLimiter(0.001, 1, func() time.Time { return now })
	for n := range 3 * maxCallers {
		if l.Take(strconv.Itoa(n)) != 0 {
			t.Fatalf("caller %d waits for others", n)
		}
		if len(l.callers) > maxCallers {
			t.Fatalf("%d callers are remembered, and at most %d may be", len(l.callers), maxCallers)
		}
	}
}
