#!/usr/bin/env bash
# npm dinero.js 2.0.2: a fee that is shared out by percentages, some of which have decimals.
#
# The guess: allocate hands out whole cents, as it is made for that: what the division leaves goes to the first shares, so that
# they add up to the fee. Ratios with decimals are written with a scale: 50.5 is 505 at scale 1.
# What happens: one ratio with a decimal makes the shares finer than cents: 10.03 EUR by 50.5 and 49.5 is 5.066 and 4.964.
# They add up, so that no check of the sum finds it, but nobody can pay them; rounded to cents by
# transformScale they are 5.06 and 4.96, of which a cent is missing. By 101 and 99, which is the same, they are
# whole cents, 5.07 and 4.96.
# The way out: ratios as integers, all multiplied by the same power of ten. Our shares of an amount over days and months are
# whole minor units that add up, by a property test.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts dinero.js@2.0.2 >/dev/null 2>&1

cat >main.mjs <<'JS'
import { dinero, add, allocate, transformScale, toDecimal, halfAwayFromZero, EUR } from 'dinero.js';

const fee = dinero({ amount: 1003, currency: EUR });
const show = shares => shares.map(share => toDecimal(share)).join(' + ') + ' = ' + toDecimal(shares.reduce(add));
const finer = allocate(fee, [{ amount: 505, scale: 1 }, { amount: 495, scale: 1 }]);
console.log('by 50.5 and 49.5:', show(finer));
console.log('of these, cents:', show(finer.map(share => transformScale(share, 2))));
console.log('away from zero:', show(finer.map(share => transformScale(share, 2, halfAwayFromZero))));
console.log('by 101 and 99:', show(allocate(fee, [101, 99])));
console.log('by 505 and 495:', show(allocate(fee, [505, 495])));
JS
seen=$(node main.mjs)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
by 50.5 and 49.5: 5.066 + 4.964 = 10.030
of these, cents: 5.06 + 4.96 = 10.02
away from zero: 5.07 + 4.96 = 10.03
by 101 and 99: 5.07 + 4.96 = 10.03
by 505 and 495: 5.07 + 4.96 = 10.03
SEEN
