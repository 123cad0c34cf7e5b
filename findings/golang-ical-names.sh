#!/usr/bin/env bash
# github.com/arran4/golang-ical v0.3.4 writing the name of whoever is to post, for github.com/emersion/go-ical
# v0.0.0-20250329121855-f41e73efc392 and npm ical.js 2.2.1.
#
# The guess: WithCN takes a name, and a name in the calendar is that name for every reader. RFC 5545 has a parameter
# with a comma, a colon or a semicolon put in quotes, and knows no backslash there.
# What happens: the name is escaped with backslashes like a text, and not quoted. golang-ical undoes that when it reads,
# so its own round trip is right. To go-ical "Fit, Pam", which is how an agency lists people, is two names, and the
# first ends in a backslash. A colon ends the parameters, so to both other readers "Pam: Studio" has no address, but the
# rest of the line, " Studio:mailto:…". For a semicolon go-ical refuses the whole calendar, with all other posts, and
# ical.js keeps what stands before it.
# The way out: take commas, colons and semicolons out of what becomes a CN. Names of influencers, which our users type
# as they like, have them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ical.js@2.2.1 >/dev/null 2>&1

cat >main.go <<'GO'
package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/emersion/go-ical"
)

func main() {
	day := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for i, name := range []string{"Pam Fit", "Fit, Pam", "Pam: Studio", "Pam; Studio"} {
		calendar := ics.NewCalendar()
		event := calendar.AddEvent("1@shop.example")
		event.SetDtStampTime(day)
		event.SetAllDayStartAt(day)
		event.AddAttendee("pam@shop.example", ics.WithCN(name))
		text := calendar.Serialize()
		if err := os.WriteFile(fmt.Sprintf("%d.ics", i), []byte(text), 0o600); err != nil {
			panic(err)
		}

		own, err := ics.ParseCalendar(strings.NewReader(text))
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s, golang-ical %q", name, own.Events()[0].Attendees()[0].ICalParameters["CN"])
		read, err := ical.NewDecoder(strings.NewReader(text)).Decode()
		if err != nil {
			fmt.Println(", go-ical", err)
			continue
		}
		attendee := read.Events()[0].Props.Get("ATTENDEE")
		fmt.Printf(", go-ical %q of %q\n", attendee.Params["CN"], attendee.Value)
	}
}
GO
cat >main.mjs <<'JS'
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

for (const i of [0, 1, 2, 3]) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(`${i}.ics`, 'utf8')));
  const attendee = calendar.getFirstSubcomponent('vevent').getFirstProperty('attendee');
  console.log('ical.js', JSON.stringify(attendee.getParameter('cn')), 'of', JSON.stringify(attendee.getFirstValue()));
}
JS
go mod init example.com/finding >/dev/null 2>&1
go get github.com/arran4/golang-ical@v0.3.4 >/dev/null 2>&1
go get github.com/emersion/go-ical@v0.0.0-20250329121855-f41e73efc392 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run . && node main.mjs)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
Pam Fit, golang-ical ["Pam Fit"], go-ical ["Pam Fit"] of "mailto:pam@shop.example"
Fit, Pam, golang-ical ["Fit, Pam"], go-ical ["Fit\\" " Pam"] of "mailto:pam@shop.example"
Pam: Studio, golang-ical ["Pam: Studio"], go-ical ["Pam\\"] of " Studio:mailto:pam@shop.example"
Pam; Studio, golang-ical ["Pam; Studio"], go-ical ical: malformed param: missing equal sign
ical.js "Pam Fit" of "mailto:pam@shop.example"
ical.js "Fit, Pam" of "mailto:pam@shop.example"
ical.js "Pam\\" of " Studio:mailto:pam@shop.example"
ical.js "Pam\\" of "mailto:pam@shop.example"
SEEN
