package cell_test

import (
	"testing"
	"time"

	"github.com/getklar/influencercrm/sheetimport/cell"
)

func TestParseMilliseconds(t *testing.T) {
	t.Parallel()
	berlin, newYork := time.FixedZone("Berlin", 2*60*60), time.FixedZone("New York", -4*60*60)
	for _, test := range []struct {
		text string
		zone *time.Location
		want string
	}{
		{"1780272000000", berlin, "2026-06-01"}, // midnight in UTC
		{"1780272000000", newYork, ""},
		{"1780286400000", newYork, "2026-06-01"}, // midnight in New York
		{"1780351200000", berlin, "2026-06-02"},  // midnight in Berlin, 22:00 of the day before in UTC
		{"1000000000000", berlin, ""},            // 2001
		{"9999999999999", berlin, ""},
		{"1780272000", berlin, ""},
		{"4006381333931", berlin, ""}, // the number of an article
		{"178027200000a", berlin, ""},
		{"", berlin, ""},
	} {
		got := ""
		if d, ok := cell.ParseMilliseconds(test.text, test.zone); ok {
			got = d.String()
		}
		if got != test.want {
			t.Errorf("ParseMilliseconds(%q, %s) = %q, want %q", test.text, test.zone, got, test.want)
		}
	}
}
