#!/usr/bin/env bash
# npm any-date-parser 2.2.4: a day that is not in the order of the locale.
#
# The guess: 13/04/2026 cannot be read month first, so with en-US it is invalid, or 13 April as the only day that it can
# be.
# What happens: digits are dropped, in front or in the middle, until a day comes out. 13/04/2026 is 4 March, and
# 31/12/2026 is 12 January; with en-GB and de-DE an American 12/25/2026 is 12 February. Each is a valid day near enough
# to be believed. Days that there are not roll over: 31.02.2026 is 3 March, and 31/06/2026 is 1 July or 6 January, by
# the locale. An amount, 1.234,50, is a day of 2050.
# The way out: split at the separator, look at both numbers, and ask where both orders are possible.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts any-date-parser@2.2.4 >/dev/null 2>&1

cat >main.js <<'JS'
const { default: parser } = require('any-date-parser');

const read = (text, locale) => {
  const day = parser.fromString(text, locale);
  return `${locale} ${day.invalid ? 'invalid' : day.toISOString().slice(0, 10)}`;
};
for (const text of ['04/13/2026', '13/04/2026', '31/12/2026', '12/25/2026', '31.02.2026', '31/06/2026', '1.234,50']) {
  console.log(`${text}: ${['en-US', 'en-GB', 'de-DE'].map(locale => read(text, locale)).join(', ')}`);
}
JS
seen=$(TZ=UTC node main.js)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
04/13/2026: en-US 2026-04-13, en-GB 2026-01-04, de-DE 2026-01-04
13/04/2026: en-US 2026-03-04, en-GB 2026-04-13, de-DE 2026-04-13
31/12/2026: en-US 2026-01-12, en-GB 2026-12-31, de-DE 2026-12-31
12/25/2026: en-US 2026-12-25, en-GB 2026-02-12, de-DE 2026-02-12
31.02.2026: en-US 2026-03-03, en-GB 2026-03-03, de-DE 2026-03-03
31/06/2026: en-US 2026-01-06, en-GB 2026-07-01, de-DE 2026-07-01
1.234,50: en-US 2050-02-01, en-GB 2050-02-01, de-DE 2050-02-01
SEEN
