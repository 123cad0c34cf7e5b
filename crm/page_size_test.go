package crm_test

import (
	"errors"
	"testing"

	"github.com/getklar/influencercrm/crm"
)

// Sizes of pages and limits have the same bounds; only a size may be left out.
func TestSizes(t *testing.T) {
	t.Parallel()
	for _, n := range []int{-1, 0, 1, crm.DefaultPageSize, crm.MaxPageSize, crm.MaxPageSize + 1} {
		size, err := crm.CheckPageSize(n)
		limit := crm.CheckLimit(n)
		if n == 0 {
			if size != crm.DefaultPageSize || err != nil || limit == nil {
				t.Errorf("left out: a size of %d, %v; as a limit %v", size, err, limit)
			}
			continue
		}
		if size != n || (err == nil) != (limit == nil) || (err == nil) != (n >= 1 && n <= crm.MaxPageSize) {
			t.Errorf("%d: a size of %d, %v; as a limit %v", n, size, err, limit)
		}
		if wrong, ok := errors.AsType[*crm.Error](err); err != nil && (!ok || wrong.Field != "size" || !errors.Is(err, crm.ErrInvalid)) {
			t.Errorf("%d: %v", n, err)
		}
	}
}
