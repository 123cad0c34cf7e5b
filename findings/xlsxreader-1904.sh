#!/usr/bin/env bash
# github.com/thedatashed/xlsxreader v1.2.8 reading a workbook of the 1904 date system that github.com/xuri/excelize/v2
# v2.11.1 wrote.
#
# The guess: a reader that answers with days in ISO form, and marks the cell as a date, has looked at the one place of
# the file that says from which day the days are counted, as old workbooks from Macs still have it, and all that were
# made from them.
# What happens: it is not looked at. Each day comes out 1462 days, four years and a day, too early, in the type
# "datetime" and without an error: the posts of 1 June 2026 have been on 31 May 2022. Amounts are right, and so are days
# typed as texts, so parts of the sheet agree. Excelize, which wrote it, reads it right; npm read-excel-file 9.3.17 has
# the same fault.
# The way out: read date1904 of workbookPr oneself, and refuse, or add the days.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"
	"time"

	"github.com/thedatashed/xlsxreader"
	"github.com/xuri/excelize/v2"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	for _, from1904 := range []bool{false, true} {
		f := excelize.NewFile()
		check(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}))
		format := "yyyy-mm-dd"
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		check(err)
		check(f.SetCellValue("Sheet1", "A1", time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)))
		check(f.SetCellStyle("Sheet1", "A1", "A1", style))
		written, err := f.GetCellValue("Sheet1", "A1")
		check(err)
		file, err := f.WriteToBuffer()
		check(err)

		book, err := xlsxreader.NewReader(file.Bytes())
		check(err)
		for row := range book.ReadRows("Sheet1") {
			check(row.Error)
			fmt.Printf("1904 %v: excelize %s, xlsxreader %s %s\n", from1904, written, row.Cells[0].Type, row.Cells[0].Value)
		}
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/thedatashed/xlsxreader@v1.2.8 github.com/xuri/excelize/v2@v2.11.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
1904 false: excelize 2026-06-01, xlsxreader datetime 2026-06-01
1904 true: excelize 2026-06-01, xlsxreader datetime 2022-05-31
SEEN
