#!/usr/bin/env bash
# github.com/xuri/excelize/v2 v2.11.1: a formula in a cell that had a text, such as a code that is now put together.
#
# The guess: SetCellFormula takes the old value away, as typing a formula into the cell does, and until somebody
# calculates there is no result; or the old value stays, as the result of before.
# What happens: the number under which the old text stands in the table of all texts becomes the result. The code PAM10,
# replaced by a formula that joins a handle and a number, reads as 4, because four texts were written before it, and
# that is saved: every reader that takes saved results, which is what they are for, has a code 4. It depends on how many
# other texts the workbook has, so in another sheet it is another number. A cell that had a number keeps that one, which
# is the guess, and an empty one has no result, so filling a new sheet is right, and changing a template is not.
# CalcCellValue is right as well.
# The way out: SetCellValue with nil first, then the formula. Our exports write no formulas.
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
	for _, old := range []any{"PAM10", 12.5, ""} {
		for _, empty := range []bool{false, true} {
			f := excelize.NewFile()
			check(f.SetSheetRow("Sheet1", "A1", &[]any{"handle", "percent", "code"}))
			check(f.SetSheetRow("Sheet1", "A2", &[]any{"PAM", 10}))
			if old != "" {
				check(f.SetCellValue("Sheet1", "C2", old))
			}
			if empty {
				check(f.SetCellValue("Sheet1", "C2", nil))
			}
			check(f.SetCellFormula("Sheet1", "C2", "A2&B2"))
			file, err := f.WriteToBuffer()
			check(err)
			saved, err := excelize.OpenReader(file)
			check(err)
			result, err := saved.GetCellValue("Sheet1", "C2")
			check(err)
			calculated, err := saved.CalcCellValue("Sheet1", "C2")
			check(err)
			fmt.Printf("had %q, emptied first %v: saved %q, calculated %q\n", fmt.Sprint(old), empty, result, calculated)
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
had "PAM10", emptied first false: saved "4", calculated "PAM10"
had "PAM10", emptied first true: saved "", calculated "PAM10"
had "12.5", emptied first false: saved "12.5", calculated "PAM10"
had "12.5", emptied first true: saved "", calculated "PAM10"
had "", emptied first false: saved "", calculated "PAM10"
had "", emptied first true: saved "", calculated "PAM10"
SEEN
