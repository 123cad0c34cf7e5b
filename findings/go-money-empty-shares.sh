#!/usr/bin/env bash
# github.com/Rhymond/go-money v1.0.15 and npm dinero.js 2.0.2: a budget shared out by orders, where somebody has none.
#
# The guess: Allocate splits money by ratios without losing pennies, so whoever has the ratio 0 gets nothing, and the
# leftover pennies go round among those who have a share. Its tests have such a ratio, with an amount that leaves no
# penny over.
# What happens: the leftover goes to those who are listed first, whatever their ratio is. Of 5.00 by the orders 0, 0, 1,
# 1 and 1 the two influencers without an order get a cent each, and a correction of -1.01 takes one from the one who has
# none. The sum is right, so a check of it finds nothing, but somebody without an order appears on the list of those who
# are paid, and another order of the list changes who. dinero.js has the like function and passes over those with 0, and
# moneyphp, for PHP, has done so since its issue 436, of 2017. The README shows an example without a 0.
# The way out: leave out the zeros, and sort by share, largest first. Our budgets have no ratios: costs are spread over
# days, and the rounding of each month is taken from the sum up to it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts dinero.js@2.0.2 >/dev/null 2>&1

cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/Rhymond/go-money"
)

func main() {
	for _, budget := range []struct {
		cents  int64
		orders []int
	}{
		{10, []int{0, 100}},
		{500, []int{0, 0, 1, 1, 1}},
		{10000, []int{0, 7, 2}},
		{10000, []int{7, 2, 0}},
		{-101, []int{0, 50, 50}},
	} {
		parts, err := money.New(budget.cents, money.EUR).Allocate(budget.orders...)
		if err != nil {
			panic(err)
		}
		var sum int64
		fmt.Print("go-money: ", budget.cents, " by ", budget.orders, ":")
		for _, part := range parts {
			sum += part.Amount()
			fmt.Print(" ", part.Amount())
		}
		fmt.Println(", sum", sum)
	}
}
GO
cat >main.mjs <<'JS'
import { allocate, dinero, EUR, toSnapshot } from 'dinero.js';

for (const [amount, orders] of [
  [500, [0, 0, 1, 1, 1]],
  [10000, [0, 7, 2]],
  [-101, [0, 50, 50]],
]) {
  const parts = allocate(dinero({ amount, currency: EUR }), orders).map(part => toSnapshot(part).amount);
  console.log(`dinero.js: ${amount} by [${orders.join(' ')}]: ${parts.join(' ')}`);
}
JS
go mod init example.com/finding >/dev/null 2>&1
go get github.com/Rhymond/go-money@v1.0.15 >/dev/null 2>&1
seen=$(go run . && node main.mjs)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
go-money: 10 by [0 100]: 0 10, sum 10
go-money: 500 by [0 0 1 1 1]: 1 1 166 166 166, sum 500
go-money: 10000 by [0 7 2]: 1 7777 2222, sum 10000
go-money: 10000 by [7 2 0]: 7778 2222 0, sum 10000
go-money: -101 by [0 50 50]: -1 -50 -50, sum -101
dinero.js: 500 by [0 0 1 1 1]: 0 0 167 167 166
dinero.js: 10000 by [0 7 2]: 0 7778 2222
dinero.js: -101 by [0 50 50]: 0 -51 -50
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
