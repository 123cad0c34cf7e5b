#!/usr/bin/env bash
# npm alasql 4.19.1: the sum of a column of fees in a CSV, in which some cells are texts.
#
# The guess: cells that look like numbers become numbers, and SUM leaves out what is none, as SQLite and spreadsheets do, or says
# that a text cannot be added.
# What happens: "1,200.00", with the comma that a spreadsheet shows, stays a text, and what SUM makes of it depends on where it
# stands: before 300 the sum begins anew, so that 1500.50 is gone too and 300 is left; at the end it is the text
# "1800.51,200.00"; at the beginning it counts as nothing. "tbd" makes 400 the text "400tbd". AVG of these is undefined, and COUNT
# counts all three. None of them is an error.
# The way out: to read and check each amount before anything is added up. Our import proves how a column writes its amounts,
# refuses "tbd" as an amount in words, and adds decimals.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts alasql@4.19.1 >/dev/null 2>&1

cat >main.cjs <<'JS'
const alasql = require('alasql');
const { writeFileSync } = require('node:fs');

const orders = [
  ['1500.50', '"1,200.00"', '300'],
  ['1500.50', '300', '"1,200.00"'],
  ['"1,200.00"', '1500.50', '300'],
  ['400', '', 'tbd'],
  ['400', '300', '0.5'],
];
(async () => {
  for (const fees of orders) {
    writeFileSync('fees.csv', ['Influencer,Fee', ...fees.map((fee, n) => `Influencer ${n},${fee}`)].join('\n') + '\n');
    const [row] = await alasql.promise('SELECT SUM(Fee) AS s, AVG(Fee) AS a, COUNT(Fee) AS n FROM CSV("fees.csv", {headers: true})');
    console.log(`${fees.join(' ')}: sum ${JSON.stringify(row.s)}, mean ${row.a}, count ${row.n}`);
  }
})();
JS
seen=$(node main.cjs)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
1500.50 "1,200.00" 300: sum 300, mean undefined, count 3
1500.50 300 "1,200.00": sum "1800.51,200.00", mean undefined, count 3
"1,200.00" 1500.50 300: sum 1800.5, mean undefined, count 3
400  tbd: sum "400tbd", mean undefined, count 3
400 300 0.5: sum 700.5, mean 233.5, count 3
SEEN
