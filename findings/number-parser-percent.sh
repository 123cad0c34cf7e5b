#!/usr/bin/env bash
# npm @internationalized/number 3.6.9, which reads what is typed into the number fields of React Aria: discounts in
# percent.
#
# The guess: NumberParser reads the number that is there. How many decimals are shown is for its formatter, so with the
# style percent 12,5 % is 0.125, as with the style decimal 12,5 is 12.5 even where maximumFractionDigits is 0.
# What happens: percentages, and only they, are rounded to what the formatter would show, and by default that is none:
# 12,5 % becomes 13 %, 99,9 % becomes the whole price and 0,4 % nothing. In the style currency 12,505 € keeps three
# decimals, and yen keep cents. So a discount or commission that was typed right is another one from then on, and since
# most are whole, nobody sees it. A point where German has a comma is taken out, as a sign for groups: 12.5% is 125 %,
# which no check that asks for a number refuses. The README shows the style with 10% and says nothing of either.
# The way out: maximumFractionDigits with the style percent, as many as are kept, and a check for more than 100 %. Our
# benefits have a percentage as a decimal text, with up to four decimals, and more are refused.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @internationalized/number@3.6.9 >/dev/null 2>&1

cat >main.mjs <<'JS'
import { NumberParser } from '@internationalized/number';

for (const [locale, options, texts] of [
  ['de-DE', { style: 'percent' }, ['10 %', '12,5 %', '7,5 %', '99,9 %', '0,4 %', '12.5%']],
  ['en-US', { style: 'percent' }, ['12.5%', '0.4%']],
  ['de-DE', { style: 'percent', maximumFractionDigits: 2 }, ['12,5 %', '12.5%']],
  ['de-DE', { style: 'decimal', maximumFractionDigits: 0 }, ['12,5']],
  ['de-DE', { style: 'currency', currency: 'EUR' }, ['12,505 €']],
  ['de-DE', { style: 'currency', currency: 'JPY' }, ['12,5 ¥']],
]) {
  const parser = new NumberParser(locale, options);
  console.log(`${locale}, ${Object.entries(options).map(([key, value]) => `${key} ${value}`).join(', ')}:`,
    texts.map(text => `${text} = ${parser.parse(text)}`).join('; '));
}
JS
seen=$(node main.mjs)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
de-DE, style percent: 10 % = 0.1; 12,5 % = 0.13; 7,5 % = 0.08; 99,9 % = 1; 0,4 % = 0; 12.5% = 1.25
en-US, style percent: 12.5% = 0.13; 0.4% = 0
de-DE, style percent, maximumFractionDigits 2: 12,5 % = 0.125; 12.5% = 1.25
de-DE, style decimal, maximumFractionDigits 0: 12,5 = 12.5
de-DE, style currency, currency EUR: 12,505 € = 12.505
de-DE, style currency, currency JPY: 12,5 ¥ = 12.5
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
