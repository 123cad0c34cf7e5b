#!/usr/bin/env bash
# github.com/xuri/excelize/v2: what GetCellValue shows for a long number in a cell of the format General.
#
# The guess: one value is shown in one way, by one release as by the next, and RawCellValue is what the file holds.
# What happens: how the number is spelled in the XML decides, which is the choice of whoever wrote the file. Spelled in
# digits, 1234567890123456 is shown as 1.23456789012346E+15, visibly damaged. Spelled with an exponent, v2.10.1 shows the
# like, and v2.11.1 shows 1234567890123450: digits cut off and a made-up zero, which passes for something that somebody
# typed, such as an order number or a discount code. RawCellValue is changed in the same way, where the file has all
# sixteen digits. Who needs the digits reads the XML.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

func main() {
	f := excelize.NewFile()
	for _, v := range []any{int64(1234567890123456), 1.234567890123456e15, 1e21} {
		if err := f.SetCellValue("Sheet1", "A1", v); err != nil {
			panic(err)
		}
		shown, err := f.GetCellValue("Sheet1", "A1")
		if err != nil {
			panic(err)
		}
		raw, err := f.GetCellValue("Sheet1", "A1", excelize.Options{RawCellValue: true})
		if err != nil {
			panic(err)
		}
		fmt.Printf("%v: shown %s, raw %s\n", v, shown, raw)
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
shows() {
	go get "github.com/xuri/excelize/v2@$1" >/dev/null 2>&1
	go mod tidy >/dev/null 2>&1
	printf '%s\n%s\n' "$1" "$(go run .)"
}
diff - <(shows v2.10.1; shows v2.11.1) <<'SEEN' && echo 'as described'
v2.10.1
1234567890123456: shown 1.23456789012346E+15, raw 1.23456789012346E+15
1.234567890123456e+15: shown 1.23456789012346E+15, raw 1.23456789012346E+15
1e+21: shown 1E+21, raw 1E+21
v2.11.1
1234567890123456: shown 1.23456789012346E+15, raw 1.23456789012346E+15
1.234567890123456e+15: shown 1234567890123450, raw 1234567890123450
1e+21: shown 1000000000000000000000, raw 1000000000000000000000
SEEN
