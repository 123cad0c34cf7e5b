#!/usr/bin/env bash
# npm parse-duration 2.1.9: for how long an order is credited to an influencer, as contracts and platforms put it.
#
# The guess: a text that is one length is read, and one that is not, such as a range or two lengths, is null, as a text
# with a unit that it does not know is.
# What happens: every number with a unit is added up, wherever it stands, and all other words and signs are passed over.
# 14-30 days is 44 days, as a first number without a unit has the one that was asked for. A number behind a length counts
# in the next smaller unit: 28-day click, 1-day view is 28 days and an hour, as a unit behind a dash is none, and with 30
# days 2026 the year is 2026 hours. 1 week (7 days) is two weeks, 3/4 day is one, and 1 1/2 days are 13 days, as a blank
# between two digits groups them. Only a text in which no number has a unit that it knows, as 30 Tage, is null. An order
# that is credited for too long is paid for, and nothing is reported.
# The way out: take only what /^\d+ ?(d|days?|h|hours?)$/ fits, and ask about the rest.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts parse-duration@2.1.9 >/dev/null 2>&1

cat >main.mjs <<'JS'
import parse from 'parse-duration';

for (const text of [
  '30 days', '2 weeks', '14-30 days', '28-day click, 1-day view', '30 days after click, 1 day after view',
  '1 week (7 days)', '1 1/2 days', '3/4 day', '30 days 2026', '2 x 7 days', '30 Tage',
]) {
  const days = parse(text, 'd');
  console.log(`${text}: ${days === null ? days : `${+days.toFixed(2)} days`}`);
}
JS
seen=$(node main.mjs)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
30 days: 30 days
2 weeks: 14 days
14-30 days: 44 days
28-day click, 1-day view: 28.04 days
30 days after click, 1 day after view: 31 days
1 week (7 days): 14 days
1 1/2 days: 13 days
3/4 day: 7 days
30 days 2026: 114.42 days
2 x 7 days: 7 days
30 Tage: null
SEEN
