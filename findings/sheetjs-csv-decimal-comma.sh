#!/usr/bin/env bash
# npm xlsx 0.18.5 (SheetJS): numbers and days of a German CSV file.
#
# The guess: in a CSV file the reader makes numbers of what it can read as a number for sure. "12,5%" and "1.234,50" are
# no numbers to a reader that expects decimal points, so they stay texts, and the program that gets them sees that.
# What happens: every comma is taken out before the number is read, wherever it stands. A discount of 12,5 % becomes 125
# %, a fee of 1.234,50 becomes 1.2345 and one of 800,00 becomes 80000, all of them numbers. In one column of days 2.6.26
# becomes 6 February and 31.12.2026 stays a text. The code 1E5 becomes 100000.
# The way out: `raw: true`, and numbers and dates read by whoever knows what the column holds.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts xlsx@0.18.5 >/dev/null 2>&1

cat >main.js <<'JS'
const xlsx = require('xlsx');

const file = ['Code;Share;Fee;Posted', 'PAM10;12,5%;1.234,50;31.12.2026', '1E5;7,5%;800,00;2.6.26'].join('\n');
for (const raw of [false, true]) {
  const { Sheets: { Sheet1 } } = xlsx.read(file, { type: 'string', FS: ';', raw, dateNF: 'yyyy-mm-dd' });
  for (const cell of ['A2', 'B2', 'C2', 'D2', 'A3', 'B3', 'C3', 'D3'].map(at => Sheet1[at])) {
    const kind = cell.t === 'n' ? 'number' : 'text';
    console.log(`${raw ? 'raw' : 'not raw'}: ${cell.w ?? cell.v} is the ${kind} ${cell.v}`);
  }
}
JS
seen=$(TZ=UTC node main.js)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
not raw: PAM10 is the text PAM10
not raw: 12,5% is the number 1.25
not raw: 1.234,50 is the number 1.2345
not raw: 31.12.2026 is the text 31.12.2026
not raw: 1E5 is the number 100000
not raw: 7,5% is the number 0.75
not raw: 800,00 is the number 80000
not raw: 2026-02-06 is the number 46059
raw: PAM10 is the text PAM10
raw: 12,5% is the text 12,5%
raw: 1.234,50 is the text 1.234,50
raw: 31.12.2026 is the text 31.12.2026
raw: 1E5 is the text 1E5
raw: 7,5% is the text 7,5%
raw: 800,00 is the text 800,00
raw: 2.6.26 is the text 2.6.26
SEEN
