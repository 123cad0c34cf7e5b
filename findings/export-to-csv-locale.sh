#!/usr/bin/env bash
# npm export-to-csv 1.5.0 writing amounts for npm papaparse 5.7.1: decimalSeparator 'locale'.
#
# The guess: the option is about the decimal sign, as its name says, a point here and a comma there. A value with the
# sign that separates the fields is quoted, as texts with a comma are.
# What happens: 'locale' writes the number as people read it, with thousands grouped and three decimals at most, and no
# number is quoted. In an English locale 999.5 is well and 1234.5 is 1,234.5, two fields: from a thousand on the fee is
# 1 and the column behind it has the rest, and the code of that row is one that nobody has. Whole amounts are left as
# they are, so 1234 is right and the next row is not. An exchange rate of 1.08765 is 1.088. In a German locale every
# amount with cents is two fields, and so it is with the option ',', while the separator of fields stays a comma.
# Nothing fails when it is written, and tests with small amounts pass. The README says "language-sensitive" of the
# option, and shows no amount above a thousand.
# The way out: fieldSeparator ';' with the option ',', which neither groups nor rounds; or amounts as texts. Our exports
# write amounts as decimal texts through encoding/csv, which quotes what needs it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts export-to-csv@1.5.0 papaparse@5.7.1 >/dev/null 2>&1

cat >main.mjs <<'JS'
import { asString, generateCsv, mkConfig } from 'export-to-csv';
import Papa from 'papaparse';

const rows = [
  { fee: 999.5, code: 'PAM10', rate: 1.5 },
  { fee: 1234, code: 'TOM10', rate: 1.5 },
  { fee: 1234.5, code: 'LEA10', rate: 1.5 },
  { fee: 12, code: 'ANN10', rate: 1.08765 },
];
for (const options of [
  { decimalSeparator: 'locale' },
  { decimalSeparator: ',' },
  { decimalSeparator: ',', fieldSeparator: ';' },
]) {
  const text = asString(generateCsv(mkConfig({ useKeysAsHeaders: true, useBom: false, ...options }))(rows));
  const read = Papa.parse(text.trim(), { header: true, delimiter: options.fieldSeparator ?? ',' });
  console.log(`${process.env.LC_ALL}, ${Object.values(options).join(' and ')}, errors reported: ${read.errors.length}`);
  for (const row of read.data) console.log(`  fee ${row.fee}, code ${row.code}, rate ${row.rate}`);
}
JS
seen=$(for locale in en_US de_DE; do LC_ALL=$locale.UTF-8 node main.mjs; done)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
en_US.UTF-8, locale, errors reported: 1
  fee 999.5, code PAM10, rate 1.5
  fee 1234, code TOM10, rate 1.5
  fee 1, code 234.5, rate LEA10
  fee 12, code ANN10, rate 1.088
en_US.UTF-8, ,, errors reported: 4
  fee 999, code 5, rate PAM10
  fee 1234, code TOM10, rate 1
  fee 1234, code 5, rate LEA10
  fee 12, code ANN10, rate 1
en_US.UTF-8, , and ;, errors reported: 0
  fee 999,5, code PAM10, rate 1,5
  fee 1234, code TOM10, rate 1,5
  fee 1234,5, code LEA10, rate 1,5
  fee 12, code ANN10, rate 1,08765
de_DE.UTF-8, locale, errors reported: 4
  fee 999, code 5, rate PAM10
  fee 1234, code TOM10, rate 1
  fee 1.234, code 5, rate LEA10
  fee 12, code ANN10, rate 1
de_DE.UTF-8, ,, errors reported: 4
  fee 999, code 5, rate PAM10
  fee 1234, code TOM10, rate 1
  fee 1234, code 5, rate LEA10
  fee 12, code ANN10, rate 1
de_DE.UTF-8, , and ;, errors reported: 0
  fee 999,5, code PAM10, rate 1,5
  fee 1234, code TOM10, rate 1,5
  fee 1234,5, code LEA10, rate 1,5
  fee 12, code ANN10, rate 1,08765
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
