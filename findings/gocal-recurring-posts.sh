#!/usr/bin/env bash
# github.com/apognu/gocal v0.9.1: events that repeat by a day of the month.
#
# The guess: its documentation says that recurring rules are parsed and expanded, so of a calendar of posts "on the last
# day of the month", "on the first Monday of the month" and "on the 31st" it gives those days, or an error for a rule
# that it does not know.
# What happens: BYMONTHDAY=-1 and the number in BYDAY=1MO are not looked at, and neither is the length of months. The
# last day is the day of the month that the first event has, the first Monday of February is the second one, and the
# 31st moves to 3 March for good. The number of events is right and there is no error, so posts are expected, and found
# missing, on days for which nobody planned one. github.com/emersion/go-ical with rrule-go, read beside it, gives the
# days of the standard.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/apognu/gocal"
	"github.com/emersion/go-ical"
)

func main() {
	for _, event := range []string{
		"SUMMARY:last day\nDTSTART:20260131T090000Z\nDTEND:20260131T100000Z\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4",
		"SUMMARY:first Monday\nDTSTART:20260105T090000Z\nDTEND:20260105T100000Z\nRRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=4",
		"SUMMARY:the 31st\nDTSTART:20260131T090000Z\nDTEND:20260131T100000Z\nRRULE:FREQ=MONTHLY;COUNT=4",
	} {
		file := "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//example\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\n" + event +
			"\nEND:VEVENT\nEND:VCALENDAR\n"
		file = strings.ReplaceAll(file, "\n", "\r\n")

		from, to := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
		calendar := gocal.NewParser(strings.NewReader(file))
		calendar.Start, calendar.End = &from, &to
		if err := calendar.Parse(); err != nil {
			panic(err)
		}
		fmt.Print(calendar.Events[0].Summary, "\n  gocal  ")
		for _, e := range calendar.Events {
			fmt.Print(" ", e.Start.Format(time.DateOnly))
		}

		other, err := ical.NewDecoder(strings.NewReader(file)).Decode()
		if err != nil {
			panic(err)
		}
		set, err := other.Events()[0].RecurrenceSet(time.UTC)
		if err != nil {
			panic(err)
		}
		fmt.Print("\n  go-ical")
		for _, t := range set.All() {
			fmt.Print(" ", t.Format(time.DateOnly))
		}
		fmt.Println()
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/apognu/gocal@v0.9.1 github.com/emersion/go-ical@v0.0.0-20250329121855-f41e73efc392 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
last day
  gocal   2026-01-31 2026-03-03 2026-04-03 2026-05-03
  go-ical 2026-01-31 2026-02-28 2026-03-31 2026-04-30
first Monday
  gocal   2026-01-05 2026-02-09 2026-03-09 2026-04-06
  go-ical 2026-01-05 2026-02-02 2026-03-02 2026-04-06
the 31st
  gocal   2026-01-31 2026-03-03 2026-04-03 2026-05-03
  go-ical 2026-01-31 2026-03-31 2026-05-31 2026-07-31
SEEN
