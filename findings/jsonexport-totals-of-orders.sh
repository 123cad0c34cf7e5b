#!/usr/bin/env bash
# npm jsonexport 3.2.0 writing orders with several items, as shops answer them.
#
# The guess: an order with two items becomes two rows, and what belongs to the order as a whole, such as its total,
# stands in the first of them, as in the exports of shops, or with fillGaps in both.
# What happens: the order of the keys decides. What stands before the list in the object comes into the first row, and
# what stands behind it into the last. So the total of an order is in the row of its last item, whose number is empty,
# and fillGaps fills only downwards: the first row still has no total. Orders with one item are right, which is what
# tests have. An empty text is a gap to fillGaps, too: an item that was bought without a discount gets the code of the
# item above. fillTopRow moves the total up, and beside fillGaps it stands in both rows.
# The way out: put lists last, and fill the number of the order down oneself. Our reader of orders wants the total in
# the first row, and reports an order that has none there.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts jsonexport@3.2.0 >/dev/null 2>&1

cat >main.js <<'JS'
const jsonexport = require('jsonexport');

const items = [{ sku: 'SERUM', price: 19.9, discount: 'PAM10' }, { sku: 'CREAM', price: 5, discount: '' }];
const orders = [
  { order: '#1001', currency: 'EUR', items, total: 24.9 },
  { order: '#1002', currency: 'EUR', items: [{ sku: 'CREAM', price: 5, discount: 'TOM10' }], total: 5 },
];
(async () => {
  for (const options of [{}, { fillGaps: true }, { fillTopRow: true }, { fillGaps: true, fillTopRow: true }]) {
    console.log(JSON.stringify(options));
    console.log(await jsonexport(orders, options));
  }
  console.log('the list last');
  console.log(await jsonexport([{ order: '#1001', currency: 'EUR', total: 24.9, items }]));
})();
JS
seen=$(node main.js)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
{}
order,currency,items.sku,items.price,items.discount,total
#1001,EUR,SERUM,19.9,PAM10,
,,CREAM,5,,24.9
#1002,EUR,CREAM,5,TOM10,5
{"fillGaps":true}
order,currency,items.sku,items.price,items.discount,total
#1001,EUR,SERUM,19.9,PAM10,
#1001,EUR,CREAM,5,PAM10,24.9
#1002,EUR,CREAM,5,TOM10,5
{"fillTopRow":true}
order,currency,items.sku,items.price,items.discount,total
#1001,EUR,SERUM,19.9,PAM10,24.9
,,CREAM,5,,
#1002,EUR,CREAM,5,TOM10,5
{"fillGaps":true,"fillTopRow":true}
order,currency,items.sku,items.price,items.discount,total
#1001,EUR,SERUM,19.9,PAM10,24.9
#1001,EUR,CREAM,5,PAM10,24.9
#1002,EUR,CREAM,5,TOM10,5
the list last
order,currency,total,items.sku,items.price,items.discount
#1001,EUR,24.9,SERUM,19.9,PAM10
,,,CREAM,5,
SEEN
