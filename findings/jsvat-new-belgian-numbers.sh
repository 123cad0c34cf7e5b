#!/usr/bin/env bash
# npm jsvat 2.5.4 beside stdnum 1.12.0 and validator 13.15.35: the VAT number of an influencer from Belgium.
#
# The guess: a library that checks the digits of VAT numbers takes every number that the country gives out. It knows
# more than thirty, and splits its answer in isValidFormat and isValid, so that one can be lenient.
# What happens: to jsvat a Belgian number begins with 0. That row was used up in 2023, and since September of that year
# everybody who registers gets one that begins with 1, which is refused in the format as well as in the digits, with the
# country told rightly. So it is not the old firms, but the influencers who have just become traders, who are told that
# their number is wrong, and tests with numbers of well-known firms pass. stdnum takes the new ones and still checks the
# digits; validator takes any ten digits. Issue 129 of jsvat, of June 2022 and open, announced it; the README lists
# Belgium without a remark.
# The way out: stdnum, or ask whoever typed it without refusing. We keep no VAT numbers.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts jsvat@2.5.4 stdnum@1.12.0 validator@13.15.35 >/dev/null 2>&1

cat >main.cjs <<'JS'
const { belgium, checkVAT, netherlands } = require('jsvat');
const { stdnum } = require('stdnum');
const validator = require('validator');

// The last two of the ten digits are 97 less the remainder of the others by 97.
const numbered = first => `BE${first}${String(97 - Number(first) % 97).padStart(2, '0')}`;
const wrong = number => number.slice(0, -2) + String((Number(number.slice(-2)) + 1) % 97).padStart(2, '0');
for (const number of ['BE0411905847', wrong('BE0411905847'), numbered('10999999'), numbered('19999999'),
  wrong(numbered('19999999'))]) {
  const { isValid, isValidFormat, country } = checkVAT(number, [belgium, netherlands]);
  console.log(`${number}: jsvat ${isValid}, format ${isValidFormat}, ${country?.name}; ` +
    `stdnum ${stdnum.BE.vat.validate(number).isValid}; validator ${validator.isVAT(number, 'BE')}`);
}
JS
seen=$(node main.cjs)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
BE0411905847: jsvat true, format true, Belgium; stdnum true; validator true
BE0411905848: jsvat false, format true, Belgium; stdnum false; validator true
BE1099999992: jsvat false, format false, Belgium; stdnum true; validator true
BE1999999943: jsvat false, format false, Belgium; stdnum true; validator true
BE1999999944: jsvat false, format false, Belgium; stdnum false; validator true
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
