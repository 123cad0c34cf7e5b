#!/usr/bin/env bash
# npm words-to-numbers 1.5.1, numerizer 0.0.4 and numbered 1.1.0: fees as people write them out.
#
# The guess: a library that makes numbers of words can do "twenty-five thousand", and what it cannot do stays a text or
# is no number.
# What happens: each is wrong in its own way, with a number or with digits that look like one. words-to-numbers adds
# what it should multiply: "twenty-five thousand" is 5020 and "two hundred fifty thousand" is 50200, a fifth of what was
# agreed; its issues 25, of 2018, and 34 tell of the like. numerizer, which issue 25 names as the way out, puts the
# zeros behind the decimals: "1.5 million" is 1.5000000, which is one and a half. numbered passes over digits: "5
# thousand" is 1000 and "1.5 million" is 1000000, whatever number stands in front. "two and a half thousand" is right in
# none.
# The way out: take digits with one known word behind them, and refuse the rest. Our import does: "1.5 million" and "5
# thousand" are read, and a fee in words alone is reported with its cell.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts words-to-numbers@1.5.1 numerizer@0.0.4 numbered@1.1.0 \
  >/dev/null 2>&1

cat >main.js <<'JS'
const { wordsToNumbers } = require('words-to-numbers');
const numerizer = require('numerizer');
const numbered = require('numbered');

for (const fee of ['seven hundred', 'twenty-five hundred', 'twenty-five thousand', 'two hundred fifty thousand',
  'two and a half thousand', '5 thousand', '1.5 million']) {
  const read = [wordsToNumbers(fee), numerizer(fee), numbered.parse(fee)];
  console.log(`${fee}: ${read.map(value => JSON.stringify(value)).join(', ')}`);
}
JS
seen=$(node main.js)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
seven hundred: 700, "700", 700
twenty-five hundred: 520, "2500", 2500
twenty-five thousand: 5020, "25000", 25000
two hundred fifty thousand: 50200, "250000", 250000
two and a half thousand: "2 and 1 half 1000", "2.5000", 2000
5 thousand: "5 1000", "5000", 1000
1.5 million: "1.5 1000000", "1.5000000", 1000000
SEEN
