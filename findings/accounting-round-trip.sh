#!/usr/bin/env bash
# github.com/leekchan/accounting v1.0.0: an amount written by one function and read back by the other.
#
# The guess: UnformatNumber is the inverse of FormatNumber, as its README says, so what the library wrote for a currency
# reads back as the same amount, and text that is no number in that currency is an error.
# What happens: the two have their signs from different places. What is written has those of the struct, a comma between
# thousands and a point before cents if none are set, whatever the currency. What is read has those of the one country that a
# table has for the currency: for EUR the other way round, for CHF an apostrophe, for SEK a blank. So EUR 1,234.50, just written,
# is 1.23; a fee of 950.00 as a database or a machine writes it is 95000.00 in EUR; 1,234.50 in CHF or SEK is 0.00, like any
# text that is no number. The result is a text with two decimals, and there is no error to look at. The way back from the
# German form in EUR is right, as is the English one in USD and GBP, so a test with one shop does not see it.
# The way out: read amounts by the signs of the column, not of the currency: a euro is written with both. Our import decides
# that for a column from cells that have one reading, and rejects a cell with two.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/leekchan/accounting"
	"github.com/shopspring/decimal"
)

func main() {
	fee := decimal.RequireFromString("1234.50")
	for _, currency := range []string{"USD", "GBP", "EUR", "CHF", "SEK"} {
		written := (&accounting.Accounting{Symbol: currency + " ", Precision: 2}).FormatMoney(fee)
		read := accounting.UnformatNumber(written, 2, currency)
		fmt.Printf("%s  is  %s  950.00 is %s\n", written, read, accounting.UnformatNumber("950.00", 2, currency))
	}
	german := accounting.Accounting{Symbol: "€", Precision: 2, Thousand: ".", Decimal: ",", Format: "%v %s"}
	written := german.FormatMoney(fee)
	fmt.Printf("%s  is  %s  on request is %s\n", written, accounting.UnformatNumber(written, 2, "EUR"), accounting.UnformatNumber("on request", 2, "EUR"))
}
GO
cat >go.mod <<'MOD'
module finding

go 1.26

require (
	github.com/leekchan/accounting v1.0.0
	github.com/shopspring/decimal v1.4.0
)
MOD
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
USD 1,234.50  is  1234.50  950.00 is 950.00
GBP 1,234.50  is  1234.50  950.00 is 950.00
EUR 1,234.50  is  1.23  950.00 is 95000.00
CHF 1,234.50  is  0.00  950.00 is 950.00
SEK 1,234.50  is  0.00  950.00 is 950.00
1.234,50 €  is  1234.50  on request is 0.00
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
