#!/usr/bin/env bash
# golang.org/x/text v0.44.0 (currency), github.com/govalues/money v0.2.4, github.com/Rhymond/go-money v1.0.15 and
# github.com/bojanz/currency v1.4.2: how many decimals a currency has.
#
# The guess: that is fixed by ISO 4217, so any two libraries agree, and minor units can be handed from one to the other.
# What happens: x/text answers with what is customary in writing, by Standard as by Cash: 0 for dinars of Serbia, pesos
# of Colombia, rupiah and rupees of Pakistan, among two dozen that have 2 in the standard and in the other libraries (3
# for Iraq). Printed with it, 1234.56 RSD is "RSD 1.235". For the Icelandic króna it is govalues/money that differs: 2,
# where the standard and the others have 0. A fee of 150000 krónur handed over as minor units becomes 1500.00, and one
# of 1500.00 dinars, scaled by x/text, 150000. HUF and TWD, often named as the odd ones, are 2 in all four.
# The way out: one table of one's own, by the standard, and decimal texts at every border between libraries.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"

	gomoney "github.com/Rhymond/go-money"
	bojanz "github.com/bojanz/currency"
	govalues "github.com/govalues/money"
	"golang.org/x/text/currency"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

func main() {
	for _, code := range []string{"EUR", "HUF", "TWD", "ISK", "RSD", "COP", "IDR", "PKR", "IQD"} {
		digits, _ := bojanz.GetDigits(code)
		standard, _ := currency.Standard.Rounding(currency.MustParseISO(code))
		fmt.Println(code, "go-money", gomoney.GetCurrency(code).Fraction, "bojanz", digits,
			"govalues", govalues.MustParseCurr(code).Scale(), "x/text", standard)
	}
	fee, err := govalues.NewAmountFromMinorUnits("ISK", gomoney.New(150000, "ISK").Amount())
	if err != nil {
		panic(err)
	}
	fmt.Println("150000 ISK of go-money in govalues:", fee)
	message.NewPrinter(language.German).Println(currency.ISO(currency.MustParseISO("RSD").Amount(1234.56)))
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get golang.org/x/text@v0.44.0 github.com/govalues/money@v0.2.4 github.com/Rhymond/go-money@v1.0.15 \
	github.com/bojanz/currency@v1.4.2 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
EUR go-money 2 bojanz 2 govalues 2 x/text 2
HUF go-money 2 bojanz 2 govalues 2 x/text 2
TWD go-money 2 bojanz 2 govalues 2 x/text 2
ISK go-money 0 bojanz 0 govalues 2 x/text 0
RSD go-money 2 bojanz 2 govalues 2 x/text 0
COP go-money 2 bojanz 2 govalues 2 x/text 0
IDR go-money 2 bojanz 2 govalues 2 x/text 0
PKR go-money 2 bojanz 2 govalues 2 x/text 0
IQD go-money 3 bojanz 3 govalues 3 x/text 0
150000 ISK of go-money in govalues: ISK 1500.00
RSD 1.235
SEEN
