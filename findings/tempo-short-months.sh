#!/usr/bin/env bash
# npm @formkit/tempo 1.1.0: days with the name of a month, such as 15 März 2026.
#
# The guess: parse is the inverse of format, with the same format and locale, and a word that is no month is an error,
# as a number in the wrong place is.
# What happens: a word that is not in the list of months is passed over, and the month is that of today. format writes
# the months of German as they stand inside a date, Jan., März, Juni, and parse looks for the ones that stand alone,
# Jan, Mär, Jun, so of what format wrote with MMM only the months that are spelled alike come back. In Polish, where a
# month inside a date has another ending, it is so with MMMM too. In English, where the round trip is right, 15 June
# 2026 for MMM and 15 jun 2026 are days of this month as well. All posts of a plan lie in the month in which it is read,
# on the right day of it, without an error; a test that uses the month of today as its example passes.
# The way out: months as numbers; or MMM with a check that format gives the text back, which refuses the German ones.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @formkit/tempo@1.1.0 >/dev/null 2>&1

cat >main.mjs <<'JS'
// Today is always in November 2026, so that the output does not depend on the day of the run.
const Today = class extends Date {
  constructor(...parts) {
    super(...(parts.length ? parts : [Date.UTC(2026, 10, 2)]));
  }
};
globalThis.Date = Today;
const { format, parse } = await import('@formkit/tempo');

const read = (text, pattern, locale) => {
  try {
    return format(parse(text, pattern, locale), 'YYYY-MM-DD');
  } catch (error) {
    return error.message;
  }
};
for (const [locale, months] of [['de', 'MMM'], ['de', 'MMMM'], ['pl', 'MMMM'], ['en', 'MMM']]) {
  const pattern = `D ${months} YYYY`;
  console.log(locale, pattern);
  for (const month of [1, 3, 5, 6]) {
    const text = format(new Date(2026, month - 1, 15), pattern, locale);
    console.log(`  written ${text}, read ${read(text, pattern, locale)}`);
  }
}
for (const text of ['15 June 2026', '15 jun 2026', '15 soon 2026', 'soon Jun 2026']) {
  console.log(`${text}: ${read(text, 'D MMM YYYY', 'en')}`);
}
JS
seen=$(TZ=UTC node main.mjs)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
de D MMM YYYY
  written 15 Jan. 2026, read 2026-11-15
  written 15 März 2026, read 2026-11-15
  written 15 Mai 2026, read 2026-05-15
  written 15 Juni 2026, read 2026-11-15
de D MMMM YYYY
  written 15 Januar 2026, read 2026-01-15
  written 15 März 2026, read 2026-03-15
  written 15 Mai 2026, read 2026-05-15
  written 15 Juni 2026, read 2026-06-15
pl D MMMM YYYY
  written 15 stycznia 2026, read 2026-11-15
  written 15 marca 2026, read 2026-11-15
  written 15 maja 2026, read 2026-11-15
  written 15 czerwca 2026, read 2026-11-15
en D MMM YYYY
  written 15 Jan 2026, read 2026-01-15
  written 15 Mar 2026, read 2026-03-15
  written 15 May 2026, read 2026-05-15
  written 15 Jun 2026, read 2026-06-15
15 June 2026: 2026-11-15
15 jun 2026: 2026-11-15
15 soon 2026: 2026-11-15
soon Jun 2026: Date (soon Jun 2026) does not match format (D MMM YYYY)
SEEN
