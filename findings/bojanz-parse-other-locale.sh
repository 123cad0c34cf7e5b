#!/usr/bin/env bash
# github.com/bojanz/currency v1.4.2: Formatter.Parse with an amount that was written for another country.
#
# The guess: parsing by a locale refuses what that locale does not write. With de, 12.50 has two digits behind a sign
# that groups thousands, which is no German amount.
# What happens: the sign for groups is taken out wherever it stands. 12.50 is 1250 with de, 12,50 is 1250 with en, a
# hundred times what was meant, and 1,234.50 with de is 1.23450, a thousandth; none is an error. Where groups are parted
# by a blank, as in French, points and commas are both decimal points. Only de-CH refuses the most of them. A column
# that is read by the locale of its owner takes each row that somebody else typed, wrong by powers of ten.
# The way out: check first that groups have three digits, and that no decimal part has exactly three.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/bojanz/currency"
)

func main() {
	for _, cell := range []string{"1.234,50", "1,234.50", "12,50", "12.50", "1.234"} {
		fmt.Print(cell)
		for _, locale := range []string{"de", "de-CH", "en", "fr"} {
			amount, err := currency.NewFormatter(currency.NewLocale(locale)).Parse(cell, "EUR")
			if err != nil {
				fmt.Printf(", %s an error", locale)
				continue
			}
			fmt.Printf(", %s %s", locale, amount.Number())
		}
		fmt.Println()
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/bojanz/currency@v1.4.2 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
1.234,50, de 1234.50, de-CH an error, en 1.23450, fr an error
1,234.50, de 1.23450, de-CH an error, en 1234.50, fr an error
12,50, de 12.50, de-CH an error, en 1250, fr 12.50
12.50, de 1250, de-CH 12.50, en 12.50, fr 12.50
1.234, de 1234, de-CH 1.234, en 1.234, fr 1.234
SEEN
