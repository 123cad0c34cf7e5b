#!/usr/bin/env bash
# npm @microsoft/recognizers-text-suite 1.3.1: fees in German.
#
# The guess: asked with the culture German, recognizeCurrency and recognizeNumber read what a German writes, with a point
# between the thousands and a comma before the cents, as they read Spanish and French so.
# What happens: with German, as with Dutch, the point is a decimal point although the comma is one too: a fee of 1.500 Euro
# is one and a half. With both signs everything behind the comma is lost, and what is left is rounded: 1.500,50 is 2. Two
# points make three numbers of one. No German word is a number, so that 2 Tausend Euro have no amount. Of the range 500-700 EUR, in
# English too, only the last amount is found.
# The way out: cut the amount out of the text with the library, if need be, but read its digits by rules of one's own.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @microsoft/recognizers-text-suite@1.3.1 >/dev/null 2>&1

cat >main.js <<'JS'
const { Culture, recognizeCurrency, recognizeNumber } = require('@microsoft/recognizers-text-suite');
const found = (results) => results.map((r) => `${r.text} = ${r.resolution.value}`).join(' and ') || 'nothing';

for (const [culture, text] of [
  ['German', '1500,50 Euro'], ['German', '1.500 Euro'], ['German', '1.500,50 Euro'], ['Spanish', '1.500 Euro'],
  ['Spanish', '1.500,50 Euro'], ['French', '1.500 Euro'], ['German', '2 Tausend Euro'], ['English', '500-700 EUR'],
]) {
  console.log(`${culture}, ${text}: ${found(recognizeCurrency(text, Culture[culture]))}`);
}
for (const [culture, text] of [['German', '1.500.000'], ['German', 'zwölf'], ['Dutch', '1.500'], ['Spanish', '1.500']]) {
  console.log(`${culture}, ${text}: ${found(recognizeNumber(text, Culture[culture]))}`);
}
JS
seen=$(node main.js)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
German, 1500,50 Euro: 1500,50 euro = 1500.5
German, 1.500 Euro: 1.500 euro = 1.5
German, 1.500,50 Euro: 1.500,50 euro = 2
Spanish, 1.500 Euro: 1.500 euro = 1500
Spanish, 1.500,50 Euro: 1.500,50 euro = 1500,5
French, 1.500 Euro: 1.500 euro = 1500
German, 2 Tausend Euro: euro = null
English, 500-700 EUR: 700 eur = 700
German, 1.500.000: 1 = 1 and 500 = 500 and 000 = 0
German, zwölf: nothing
Dutch, 1.500: 1.500 = 1.5
Spanish, 1.500: 1.500 = 1500
SEEN
