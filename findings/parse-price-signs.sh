#!/usr/bin/env bash
# npm parse-price 1.1.8 and parse-money 1.0.12: amounts below zero, ranges and thousands.
#
# The guess: a price in any country's form comes out as that number, and what is not one price, such as a range, is NaN
# or null. A minus sign is part of a number.
# What happens: both keep the digits and lose the rest. -12,50 and the accountants' (12,50) are 12.5, so a refund counts
# as revenue. The range 500-700 is half a million, and 2 x 500 is 2500. parse-price takes 1.234 for a little more than
# one and parse-money for a thousand; of 1.234.567 the former keeps 1.234. The exponent of 1e3 is a digit: 13.
# The way out: refuse whatever has anything but digits, separators and a currency before either is asked.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts parse-price@1.1.8 parse-money@1.0.12 >/dev/null 2>&1

cat >main.js <<'JS'
const price = require('parse-price');
const { default: money } = require('parse-money');

for (const text of ['1.234,50 €', '-12,50 €', '(12,50)', '500-700 €', '2 x 500', '1.234', '1.234.567', '1e3']) {
  console.log(`${text}: parse-price ${price(text)}, parse-money ${money(text).amount}`);
}
JS
seen=$(node main.js)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
1.234,50 €: parse-price 1234.5, parse-money 1234.5
-12,50 €: parse-price 12.5, parse-money 12.5
(12,50): parse-price 12.5, parse-money 12.5
500-700 €: parse-price 500700, parse-money 500700
2 x 500: parse-price 2500, parse-money 2500
1.234: parse-price 1.234, parse-money 1234
1.234.567: parse-price 1.234, parse-money 1234567
1e3: parse-price 13, parse-money 13
SEEN
