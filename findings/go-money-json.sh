#!/usr/bin/env bash
# github.com/Rhymond/go-money v1.0.15: amounts that come in as JSON or as float64.
#
# The guess: a library for money that keeps whole minor units takes 12.99 from JSON as 12.99, or refuses it, and reads
# back every amount that it wrote. NewFromFloat, which is documented to round down what is too fine, takes 19.99 for
# 19.99.
# What happens: "amount" of the JSON is read as a float64 and cut off. 12.99, which is how shops send amounts, becomes
# 12 minor units, twelve cents, without an error. Past 2^53 minor units what was written is not what is read.
# NewFromFloat multiplies in binary and then cuts, so 19.99 becomes 1998 and 0.29 becomes 28: a cent is lost on a price
# that has no third decimal.
# The way out: money.New with minor units that were read from the text, and one's own UnmarshalJSON by the variable of
# that name.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"

	"github.com/Rhymond/go-money"
)

func main() {
	for _, text := range []string{`{"amount": 12.99, "currency": "EUR"}`, `{"amount": 0.99, "currency": "EUR"}`} {
		var m money.Money
		err := json.Unmarshal([]byte(text), &m)
		fmt.Println(text, "is", m.Amount(), "minor units, error", err)
	}
	wrote, err := json.Marshal(money.New(9007199254740993, "IDR"))
	if err != nil {
		panic(err)
	}
	var m money.Money
	err = json.Unmarshal(wrote, &m)
	fmt.Println(string(wrote), "is", m.Amount(), "minor units, error", err)
	for _, price := range []float64{19.99, 0.29, 4.35, 0.5} {
		fmt.Println("NewFromFloat", price, "is", money.NewFromFloat(price, money.EUR).Amount(), "minor units")
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/Rhymond/go-money@v1.0.15 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
{"amount": 12.99, "currency": "EUR"} is 12 minor units, error <nil>
{"amount": 0.99, "currency": "EUR"} is 0 minor units, error <nil>
{"amount":9007199254740993,"currency":"IDR"} is 9007199254740992 minor units, error <nil>
NewFromFloat 19.99 is 1998 minor units
NewFromFloat 0.29 is 28 minor units
NewFromFloat 4.35 is 434 minor units
NewFromFloat 0.5 is 50 minor units
SEEN
