package api

import (
	"testing"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/memory"
)

// Today is that of the service's clock, in the workspace's time zone.
func TestDayOf(t *testing.T) {
	t.Parallel()
	service := crm.New(memory.New(nil), &crm.Options{Now: func() time.Time { return time.Date(2031, 5, 31, 23, 30, 0, 0, time.UTC) }})
	for _, test := range []struct{ on, zone, want string }{
		{"", "Europe/Berlin", "2031-06-01"}, {"", "America/New_York", "2031-05-31"}, {"2026-02-03", "Europe/Berlin", "2026-02-03"},
	} {
		var on budget.Date
		if test.on != "" {
			on = budget.MustParseDate(test.on)
		}
		if got, err := dayOf(on, service, crm.Workspace{TimeZone: test.zone}); got.String() != test.want || err != nil {
			t.Errorf("%q in %s: %s, %v, want %s", test.on, test.zone, got, err, test.want)
		}
	}
}
