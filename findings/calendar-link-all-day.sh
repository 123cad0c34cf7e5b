#!/usr/bin/env bash
# npm calendar-link 2.11.5 writing the day of a post for npm ical.js 2.2.1 and node-ical 0.26.1.
#
# The guess: an event of a whole day is one in the form that RFC 5545 has for days, and texts are escaped as it asks. Two
# readers that keep to it have the same event.
# What happens: DTSTART has the eight digits of a day and lacks VALUE=DATE, without which its value is a day with a
# time. ical.js refuses the file as soon as its start is asked for, so one post for a whole day stops an import. node-ical
# guesses that it is a day, and a test with it, or with a post that has a time, passes. Backslashes in texts are not
# escaped either, so in the path of a folder for the pictures, Posts\new, the n becomes a new line and the backslash is
# gone, in both. An end is written as the format has it, as the day behind the last one, which the README does not say: a
# period of 15 to 17 June is over on the 16th.
# The way out: npm ics, or VALUE=DATE put into the two lines. We write no calendars.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts calendar-link@2.11.5 ical.js@2.2.1 node-ical@0.26.1 \
  >/dev/null 2>&1

cat >main.mjs <<'JS'
import { ics } from 'calendar-link';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

const location = 'Posts\\new';
for (const event of [
  { title: 'Reel', start: '2026-06-15 18:00:00 +0200', duration: [1, 'hour'], location },
  { title: 'Reel', start: '2026-06-15', allDay: true },
  { title: 'Stories', start: '2026-06-15', end: '2026-06-17', allDay: true },
]) {
  const text = decodeURIComponent(ics(event)).replace(/^data:[^,]*,/, '');
  console.log(...text.match(/^(DT(START|END)|LOCATION).*$/gm));
  const events = Object.values(nodeIcal.sync.parseICS(text)).filter(({ type }) => type === 'VEVENT');
  const [{ start, end, location: place }] = events;
  console.log('  node-ical', start.toISOString(), end.toISOString(), place?.split('\n'));
  try {
    const read = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent'));
    console.log('  ical.js  ', `${read.startDate}`, `${read.endDate}`, read.location?.split('\n'));
  } catch (error) {
    console.log('  ical.js  ', error.message);
  }
}
JS
seen=$(TZ=UTC node main.mjs)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
DTSTART:20260615T160000Z DTEND:20260615T170000Z LOCATION:Posts\new
  node-ical 2026-06-15T16:00:00.000Z 2026-06-15T17:00:00.000Z [ 'Posts', 'ew' ]
  ical.js   2026-06-15T16:00:00Z 2026-06-15T17:00:00Z [ 'Posts', 'ew' ]
DTSTART:20260615 DTEND:20260616
  node-ical 2026-06-15T00:00:00.000Z 2026-06-16T00:00:00.000Z undefined
  ical.js   invalid date-time value: "2026-06-15T::"
DTSTART:20260615 DTEND:20260617
  node-ical 2026-06-15T00:00:00.000Z 2026-06-17T00:00:00.000Z undefined
  ical.js   invalid date-time value: "2026-06-15T::"
SEEN
