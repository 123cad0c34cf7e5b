#!/usr/bin/env bash
# github.com/xuri/excelize/v2 v2.11.1: numbers of followers and amounts in formats with conditions.
#
# The guess: a section with a condition is for the numbers that fulfil it, and the next one for the others. GetCellValue
# knows sections and commas that divide by a thousand, so [>=1000000]0.0,,"M";[>=1000]0.0,"k";0, a common format for
# followers, is shown as in a spreadsheet; or, where it is not, the number comes as it is.
# What happens: the condition is read and not asked. The first section is for every number that is not negative, as if
# no condition stood there. So 1500000 is 1.5M and right, 15400 is 0.0M, and 850 is 0.0M too. With [=0]"-";0.00, which
# shows a fee of nothing as a dash, every fee is a dash, and with [<0]-0.00;0.00 a budget of 12.50 is -12.50, a cost that
# became a refund. None is an error, and what comes is no number that one could see to be wrong. A negative number takes
# the second section, whatever the conditions say: with the last format -12.5 has lost its sign.
# The way out: RawCellValue where a format has a condition. Our import shows such a number as it is.
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

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	for _, try := range []struct {
		format string
		values []float64
	}{
		{`[>=1000000]0.0,,"M";[>=1000]0.0,"k";0`, []float64{1500000, 15400, 850}},
		{`[=0]"-";0.00`, []float64{0, 12.5}},
		{`[<0]-0.00;0.00`, []float64{-12.5, 12.5}},
	} {
		for _, value := range try.values {
			f := excelize.NewFile()
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &try.format})
			check(err)
			check(f.SetCellValue("Sheet1", "A1", value))
			check(f.SetCellStyle("Sheet1", "A1", "A1", style))
			shown, err := f.GetCellValue("Sheet1", "A1")
			check(err)
			fmt.Printf("%s: %.15g is %s\n", try.format, value, shown)
		}
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/xuri/excelize/v2@v2.11.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
[>=1000000]0.0,,"M";[>=1000]0.0,"k";0: 1500000 is 1.5M
[>=1000000]0.0,,"M";[>=1000]0.0,"k";0: 15400 is 0.0M
[>=1000000]0.0,,"M";[>=1000]0.0,"k";0: 850 is 0.0M
[=0]"-";0.00: 0 is -
[=0]"-";0.00: 12.5 is -
[<0]-0.00;0.00: -12.5 is 12.50
[<0]-0.00;0.00: 12.5 is -12.50
SEEN
