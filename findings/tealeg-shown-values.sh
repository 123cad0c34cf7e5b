#!/usr/bin/env bash
# github.com/tealeg/xlsx/v3 v3.3.13 reading formats that github.com/xuri/excelize/v2 v2.11.1 shows as Excel does.
#
# The guess: FormattedValue gives what a person sees in the cell, and IsTime tells days. Formats that it cannot show are
# an error.
# What happens: the format of German days, dd.mm.yyyy, is not one for days: IsTime is false, and the value is the serial
# number, with an error that speaks of characters. A format that asks for more digits than the number has is given up
# without an error, and so is all that stands around the digits: in a column of codes with the format "PAM"00 the code
# PAM07 is 7, and an order number 00123 of the format 00000 is 123, while "PAM"0 is shown well. A length of 36 hours in
# [h]:mm is 12:00.
# The way out: take the value and the format of the cell, and show it oneself.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/tealeg/xlsx/v3"
	"github.com/xuri/excelize/v2"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	for _, try := range []struct {
		value  float64
		format string
	}{{46174, "yyyy-mm-dd"}, {46174, "dd.mm.yyyy"}, {7, `"PAM"0`}, {7, `"PAM"00`}, {123, "00000"}, {1.5, "[h]:mm"}} {
		f := excelize.NewFile()
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &try.format})
		check(err)
		check(f.SetCellValue("Sheet1", "A1", try.value))
		check(f.SetCellStyle("Sheet1", "A1", "A1", style))
		excel, err := f.GetCellValue("Sheet1", "A1")
		check(err)
		file, err := f.WriteToBuffer()
		check(err)

		book, err := xlsx.OpenBinary(file.Bytes())
		check(err)
		cell, err := book.Sheets[0].Cell(0, 0)
		check(err)
		shown, err := cell.FormattedValue()
		fmt.Printf("%s: excelize %s, tealeg %s, an error %v, a time %v\n", try.format, excel, shown, err != nil, cell.IsTime())
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/tealeg/xlsx/v3@v3.3.13 github.com/xuri/excelize/v2@v2.11.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
yyyy-mm-dd: excelize 2026-06-01, tealeg 2026-06-01, an error false, a time true
dd.mm.yyyy: excelize 01.06.2026, tealeg 46174, an error true, a time false
"PAM"0: excelize PAM7, tealeg PAM7, an error false, a time false
"PAM"00: excelize PAM07, tealeg 7, an error false, a time false
00000: excelize 00123, tealeg 123, an error false, a time false
[h]:mm: excelize 36:00, tealeg 12:00, an error false, a time true
SEEN
