#!/usr/bin/env bash
# npm dinero.js 2.0.2: the fee of a cooperation and its refund, converted and then rounded to cents.
#
# The guess: convert multiplies with a rate, as it says, and keeps all decimals, and transformScale to two of them rounds as
# amounts of money are rounded, so that a fee and its refund are the same number of cents.
# What happens: without a third argument transformScale takes the next cent below, not the nearest one: 9.692285 becomes
# 9.69 and -9.692285 becomes -9.70, and 9.699 is 9.69. A fee and its whole refund leave one cent that nobody owes, and
# amounts that are rounded one by one are all short: a hundred fees of 1.03 USD are 62 cents below their sum. The name of
# that default is "down", which for decimal.js and for java.math means towards zero.
# The way out: transformScale(amount, 2, halfAwayFromZero) or halfEven, which the package exports, each time; or to add up
# first and round once. Our money rounds half away from zero in one place, and a report adds what is rounded.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts dinero.js@2.0.2 >/dev/null 2>&1

cat >main.mjs <<'JS'
import { dinero, add, convert, transformScale, toDecimal, halfAwayFromZero, USD, EUR } from 'dinero.js';

const rate = { EUR: { amount: 9187, scale: 4 } };
const inEuros = cents => convert(dinero({ amount: cents, currency: USD }), EUR, rate);
const cents = (amount, mode) => transformScale(amount, 2, mode);

for (const paid of [1055, -1055]) {
  const exact = inEuros(paid);
  console.log(toDecimal(exact), 'is', toDecimal(cents(exact)), 'and, away from zero,', toDecimal(cents(exact, halfAwayFromZero)));
}
console.log('what is left of both:', toDecimal(add(cents(inEuros(1055)), cents(inEuros(-1055)))));
console.log('9.699 is', toDecimal(cents(dinero({ amount: 9699, currency: EUR, scale: 3 }))));

const sum = amounts => amounts.reduce(add);
const fees = Array.from({ length: 100 }, () => inEuros(100 + 3));
console.log('a hundred fees:', toDecimal(sum(fees.map(fee => cents(fee)))), 'of', toDecimal(cents(sum(fees))));
JS
seen=$(node main.mjs)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
9.692285 is 9.69 and, away from zero, 9.69
-9.692285 is -9.70 and, away from zero, -9.69
what is left of both: -0.01
9.699 is 9.69
a hundred fees: 94.00 of 94.62
SEEN
