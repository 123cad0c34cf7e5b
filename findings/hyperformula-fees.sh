#!/usr/bin/env bash
# npm hyperformula 3.5.0 beside @formulajs/formulajs 4.6.1: fees and discounts of a sheet, rounded and shown.
#
# The guess: an engine that is made to calculate what spreadsheets calculate rounds a fee to the same cent, half a cent
# away from zero, and writes a share with a percent sign as spreadsheets do. 0.1+0.2 is 0.3 in it, which looks like care
# for decimals.
# What happens: ROUND multiplies in binary. Of the 1000 amounts from 0.005 to 9.995 that end in half a cent 68 lose the
# cent, 0.285, 1.005 and 8.575 among them, as they stand, without anything calculated before. formulajs loses none, and
# Excel is known for 1.01. TEXT with 0% does not multiply by a hundred: a discount of 0.125 is "0%" and "0.1%", and not
# "13%" and "12.5%", so a report that was moved from a spreadsheet shows hundredths. Neither is an error, and neither is
# in the list of differences of its documentation, which has a page of them, INT(-8.9) among others. Issues 1565 and
# 1746 of hyperformula, both open, tell of the percentages, and of quotients that ROUND takes down.
# The way out: fees in whole cents, or rounded and shown by a library for decimals. Our import takes the values that the
# spreadsheet saved beside its formulas, and our amounts are decimals that are rounded half away from zero.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts hyperformula@3.5.0 @formulajs/formulajs@4.6.1 >/dev/null 2>&1

cat >main.mjs <<'JS'
import { HyperFormula } from 'hyperformula';
import { ROUND, TEXT } from '@formulajs/formulajs';

const engine = HyperFormula.buildFromArray([[]], { licenseKey: 'gpl-v3' });
const value = formula => engine.calculateFormula(`=${formula}`, 0);

const lost = [0, 0];
for (let tenths = 5; tenths < 10000; tenths += 10) {
  const amount = (tenths / 1000).toFixed(3);
  const cents = (tenths + 5) / 10;
  if (value(`ROUND(${amount},2)`) !== cents / 100) lost[0]++;
  if (ROUND(Number(amount), 2) !== cents / 100) lost[1]++;
}
console.log('0.1+0.2: hyperformula', value('0.1+0.2'));
console.log('half cents of 1000 that are lost: hyperformula', lost[0], 'formulajs', lost[1]);
for (const [formula, its] of [
  ['ROUND(0.285,2)', ROUND(0.285, 2)],
  ['ROUND(1.005,2)', ROUND(1.005, 2)],
  ['ROUND(8.575,2)', ROUND(8.575, 2)],
  ['ROUND(2.675,2)', ROUND(2.675, 2)],
  ['TEXT(0.125,"0%")', TEXT(0.125, '0%')],
  ['TEXT(0.125,"0.0%")', TEXT(0.125, '0.0%')],
  ['TEXT(1234.5,"0.00")', TEXT(1234.5, '0.00')],
]) {
  console.log(`${formula}: hyperformula ${value(formula)}, formulajs ${its}`);
}
JS
seen=$(node main.mjs)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
0.1+0.2: hyperformula 0.3
half cents of 1000 that are lost: hyperformula 68 formulajs 0
ROUND(0.285,2): hyperformula 0.28, formulajs 0.29
ROUND(1.005,2): hyperformula 1, formulajs 1.01
ROUND(8.575,2): hyperformula 8.57, formulajs 8.58
ROUND(2.675,2): hyperformula 2.68, formulajs 2.68
TEXT(0.125,"0%"): hyperformula 0%, formulajs 13%
TEXT(0.125,"0.0%"): hyperformula 0.1%, formulajs 12.5%
TEXT(1234.5,"0.00"): hyperformula 1234.50, formulajs 1234.50
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
