package orders

import (
	"time"

	"github.com/getklar/influencercrm/crm/sentence"
)

// layouts are the ways in which shops write a time, those with an offset first.
var layouts = []struct {
	layout string
	offset bool
}{
	{"2006-01-02 15:04:05 -0700", true},
	{"2006-01-02 15:04:05 Z07:00", true},
	{"2006-01-02 15:04:05Z07:00", true},
	{"2006-01-02 15:04:05 UTC", true},
	{time.RFC3339, true},
	{"2006-01-02T15:04:05-0700", true},
	{"2006-01-02 15:04:05", false},
	{"2006-01-02 15:04", false},
	{"2006-01-02T15:04:05", false},
	{"2006-01-02", false},
	{"02.01.2006 15:04:05", false},
	{"02.01.2006 15:04", false},
	{"02.01.2006", false},
}

// moment reads a time. One without an offset is that of the shop's zone. Dates with slashes are refused, because 06/01/2026
// is in June for some and in January for others.
func (o *Options) moment(field, text string) (time.Time, *Error) {
	if text == "" {
		return time.Time{}, wrong(field, "", sentence.Of("the time of the order is missing; write it like 2026-06-01 10:00:00 +0200"))
	}
	for _, l := range layouts {
		zone := o.location()
		if l.offset {
			zone = time.UTC
		}
		if at, err := time.ParseInLocation(l.layout, text, zone); err == nil && inTime(at) {
			return at, nil
		}
	}
	return time.Time{}, wrong(field, text, sentence.Of("is not a time; write it like 2026-06-01 10:00:00 +0200"))
}

// inTime reports whether a shop can have had an order then. It keeps out zeros and typing errors in the year.
func inTime(at time.Time) bool { return at.Year() >= 1990 && at.Year() < 2200 }
