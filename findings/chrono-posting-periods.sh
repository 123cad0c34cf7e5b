#!/usr/bin/env bash
# npm chrono-node 2.9.0: posting periods as teams type them, with its English and its German parser.
#
# The guess: the two days of a range are read in one order of day and month, the end of a range is not before its start, and
# a German parser knows the German form of a range.
# What happens: the English parser decides the order for each day alone. The first day of 28.12.2026 – 05.01.2027 can only have
# the day in front, the second is read with the month in front: the period of a week ends on the first of May. With
# slashes it is the same, and with an arrow there is no range: June 1 → June 14, 2026 gives two results, and with forwardDate the
# first of them lies in 2027, a year after the second. The German parser knows ranges with names of months, also without a
# month at the first day, but not with numbers: 28.12.2026 – 05.01.2027 are two days, and of 01.06. – 14.06.2026 only the
# end is found, as a day of its own, which is then the start of the posting. That the rest of the text was left out shows
# only in the text that a result repeats.
# The way out: ask for one result that has the whole text, an end where the cell has two days, and the end not before the start;
# decide the order of day and month for the whole column. Our import does so, and rejects what has two readings.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts chrono-node@2.9.0 >/dev/null 2>&1

cat >main.mjs <<'JS'
import * as chrono from 'chrono-node';

const today = new Date(2026, 10, 30, 12);
const day = c => c ? [c.get('year'), c.get('month'), c.get('day')].map(n => String(n).padStart(2, '0')).join('-') : 'no end';
const show = (parser, text) => parser.parse(text, today, { forwardDate: true })
  .map(r => `"${r.text.trim()}" ${day(r.start)} to ${day(r.end)}`).join('; ') || 'nothing';
for (const [name, parser, texts] of [
  ['en', chrono.casual, ['28.12.2026 – 05.01.2027', '28/12/2026 - 05/01/2027', 'Dec 28 – Jan 5, 2027', 'June 1 → June 14, 2026']],
  ['de', chrono.de.casual, ['28.12.2026 – 05.01.2027', '01.06. – 14.06.2026', '1.–14. Juni 2026', '28. Dez. - 5. Jan. 2027']],
]) {
  for (const text of texts) console.log(`${name} ${text}: ${show(parser, text)}`);
}
JS
seen=$(node main.mjs)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
en 28.12.2026 – 05.01.2027: "28.12.2026 – 05.01.2027" 2026-12-28 to 2027-05-01
en 28/12/2026 - 05/01/2027: "28/12/2026 - 05/01/2027" 2026-12-28 to 2027-05-01
en Dec 28 – Jan 5, 2027: "Dec 28 – Jan 5, 2027" 2026-12-28 to 2027-01-05
en June 1 → June 14, 2026: "June 1" 2027-06-01 to no end; "June 14, 2026" 2026-06-14 to no end
de 28.12.2026 – 05.01.2027: "28.12.2026" 2026-12-28 to no end; "05.01.2027" 2027-01-05 to no end
de 01.06. – 14.06.2026: "14.06.2026" 2026-06-14 to no end
de 1.–14. Juni 2026: "1.–14. Juni 2026" 2026-06-01 to 2026-06-14
de 28. Dez. - 5. Jan. 2027: "28. Dez. - 5. Jan. 2027" 2026-12-28 to 2027-01-05
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
