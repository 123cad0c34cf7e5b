#!/usr/bin/env bash
# npm largest-remainder-round 1.1.0 and hare-niemeyer 3.0.0: a budget shared out by orders, to the cent.
#
# The guess: the method of largest remainders is there so that the parts add up to the whole: every share is rounded
# down, and the cents that are left go to those who lost most. Whoever uses a library for it need not look at the sum.
# What happens: the one hands out too much and the other too little. With two decimals, spread multiplies the amount by
# 100 in floating point, and where that leaves a trace behind the point, as 1.1 * 100 does, the trace is one more cent
# to give: 1.10 by equal orders is 0.56 and 0.55. By the orders 3, 2 and 2 one in 22 of the amounts up to 1000.00 is a
# cent too much. A budget of 0 is shared as 100, which is the default, as 0 counts as left out.
# hareNiemeyer is exact until more than one cent is left for equal remainders. It counts what is left anew after each
# that it gives, and so gives half of them: 5.00 by three equal orders, in cents, is 167, 166 and 166, and so every
# third amount by these orders is a cent short. Its issues 8 and 9, of 2024 and open, have seen it with seats, and that
# those who are listed first win.
# The way out: whole cents for the first, and a 0 asked for before; npm dinero.js in place of the second. Our budgets
# are in whole cents and take the rounding of each month from the sum up to it, so the months add up to the cost.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts largest-remainder-round@1.1.0 hare-niemeyer@3.0.0 \
  >/dev/null 2>&1

cat >main.mjs <<'JS'
import 'largest-remainder-round';
import hareNiemeyer from 'hare-niemeyer';

// Sums are taken in cents, so that adding the parts up puts no error of its own into them.
const cents = parts => parts.reduce((sum, part) => sum + Math.round(part * 100), 0);
for (const [orders, amount] of [[[1, 1], 1], [[1, 1], 1.1], [[7, 2, 1], 2.2], [[5, 3], 1136.4], [[1, 1, 2], 0]]) {
  const parts = orders.spread(amount, 2);
  console.log(`spread ${amount} by ${orders}: ${parts.join(' ')}, sum ${cents(parts) / 100}`);
}
let wrong = 0;
for (let whole = 1; whole <= 100000; whole++) {
  if (cents([3, 2, 2].spread(whole / 100, 2)) !== whole) wrong++;
}
console.log(`spread by 3,2,2: ${wrong} of 100000 sums are wrong`);
wrong = 0;
for (let whole = 1; whole <= 100000; whole++) {
  if (cents([3, 2, 2].spread(whole)) !== whole * 100) wrong++;
}
console.log(`spread of whole cents by 3,2,2: ${wrong} of 100000 sums are wrong`);

const total = shares => Object.values(shares).reduce((sum, share) => sum + share);
const equal = { pam: 1, ana: 1, tom: 1 };
for (const [orders, whole] of [
  [{ pam: 3, ana: 2, tom: 1 }, 500],
  [equal, 400],
  [equal, 500],
  [{ pam: 4, ana: 2, tom: 2, lea: 2, kim: 2, joe: 2 }, 10000],
]) {
  const shares = hareNiemeyer(orders, whole);
  const names = Object.entries(shares).map(([name, share]) => `${name} ${share}`);
  console.log(`hareNiemeyer ${whole} by ${Object.values(orders)}: ${names.join(', ')}, sum ${total(shares)}`);
}
wrong = 0;
for (let whole = 1; whole <= 10000; whole++) {
  if (total(hareNiemeyer(equal, whole)) !== whole) wrong++;
}
console.log(`hareNiemeyer by 1,1,1: ${wrong} of 10000 sums are wrong`);
JS
seen=$(node main.mjs)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
spread 1 by 1,1: 0.5 0.5, sum 1
spread 1.1 by 1,1: 0.56 0.55, sum 1.11
spread 2.2 by 7,2,1: 1.55 0.44 0.22, sum 2.21
spread 1136.4 by 5,3: 710.26 426.15, sum 1136.41
spread 0 by 1,1,2: 25 25 50, sum 100
spread by 3,2,2: 4589 of 100000 sums are wrong
spread of whole cents by 3,2,2: 0 of 100000 sums are wrong
hareNiemeyer 500 by 3,2,1: pam 250, ana 167, tom 83, sum 500
hareNiemeyer 400 by 1,1,1: pam 134, ana 133, tom 133, sum 400
hareNiemeyer 500 by 1,1,1: pam 167, ana 166, tom 166, sum 499
hareNiemeyer 10000 by 4,2,2,2,2,2: pam 2857, ana 1429, tom 1429, lea 1428, kim 1428, joe 1428, sum 9999
hareNiemeyer by 1,1,1: 3333 of 10000 sums are wrong
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
