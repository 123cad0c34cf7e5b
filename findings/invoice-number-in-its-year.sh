#!/usr/bin/env bash
# npm invoice-number 2.0.1: the number of the next invoice, or the next code of a series.
#
# The guess: the number behind the last one has the same front, and is one higher. At its end it gets a place more, so
# that RE-2026-1000 comes after RE-2026-999, or there is an error.
# What happens: the front is what stands before the first place where the digits of the last part occur, and with a year
# in front that is often the year. RE-2026-2 is followed by RE-3, RE-2026-02 by RE-203, and RE-2026-026 by RE-2027, so a
# series that starts at 1, 01 or 001 never gets through the year: the second or the 26th invoice throws it out of it.
# The code PAM-10-10 is followed by PAM-11. With four places it is right, until 2026. The end is a meter's: RE-2026-999
# is followed by RE-2026-000, and so by the first invoice of the year, and letters are digits: behind the code PAM99
# comes PAN00, of another name. Nothing is an error. The examples of the README are right.
# The way out: a count of one's own that is put behind the front, and a check that the number is not there yet. Ours
# numbers nothing: codes are typed or imported, and a code that two cooperations have is told as a conflict.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts invoice-number@2.0.1 >/dev/null 2>&1

cat >main.cjs <<'JS'
const { InvoiceNumber } = require('invoice-number');

for (const last of ['RE-2026-1', 'RE-2026-2', 'RE-2026-01', 'RE-2026-02', 'RE-2026-025', 'RE-2026-026', 'RE-2026-0026',
  '2026/6/6', 'PAM-10-10', 'RE-2026-999', '99', 'PAM09', 'PAM99']) {
  console.log(`${last}: ${InvoiceNumber.next(last)}`);
}
JS
seen=$(node main.cjs)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
RE-2026-1: RE-2026-2
RE-2026-2: RE-3
RE-2026-01: RE-2026-02
RE-2026-02: RE-203
RE-2026-025: RE-2026-026
RE-2026-026: RE-2027
RE-2026-0026: RE-2026-0027
2026/6/6: 2027
PAM-10-10: PAM-11
RE-2026-999: RE-2026-000
99: 00
PAM09: PAM10
PAM99: PAN00
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
