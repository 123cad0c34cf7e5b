#!/usr/bin/env bash
# github.com/xuri/excelize/v2 v2.11.1 and npm hyperformula 3.5.0: what one sheet says about the fees of a discount code.
#
# The guess: CalcCellValue gives what a spreadsheet shows, or an error for what it cannot do, so a report can be
# checked, or shown, without a spreadsheet. SUMIF and COUNTIF with one condition are about the same cells.
# What happens: a range in an arithmetic operation or a comparison stands for its first cell. A commission of 15 % on
# all fees, SUMPRODUCT(B1:B7*0.15), is 15 % of the first fee, and the fees of a code, SUMPRODUCT((A1:A7="PAM10")*B1:B7),
# are the first fee too, or 0 if another code comes first. Neither is an error. Codes of digits are worse: SUMIF of 007
# has the fee of code 7 and not its own, where Excel takes both codes for the number 7; COUNTIF of either finds none,
# and COUNTIFS one. hyperformula gives what Excel is known for in all of these. Codes with letters, and SUM, SUMIF and
# SUMPRODUCT over plain ranges, are right, and so are tests with them. The documentation lists the functions as
# supported; pull request 2257 of excelize, of January 2026 and closed, wanted to mend the operations.
# The way out: the values that the spreadsheet saved beside its formulas. Our import reads those and calculates nothing.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >sheet.json <<'JSON'
[["PAM10", 100], ["pam10", 50], ["'007", 3], ["'7", 4], ["'1E5", 10], ["'100000", 20], ["ANA", 6]]
JSON
cat >formulas <<'FORMULAS'
SUM(B1:B7)
SUMPRODUCT(B1:B7*0.15)
SUMPRODUCT((A1:A7="PAM10")*B1:B7)
SUMPRODUCT((A1:A7="ANA")*B1:B7)
SUMPRODUCT(B1:B7,B1:B7)
SUMPRODUCT(B1:B7*B1:B7)
SUMIF(A1:A7,"PAM10",B1:B7)
SUMIF(A1:A7,"007",B1:B7)
COUNTIF(A1:A7,"007")
COUNTIF(A1:A7,"7")
COUNTIFS(A1:A7,"007")
SUMIF(A1:A7,"1E5",B1:B7)
COUNTIF(A1:A7,"1E5")
FORMULAS

cat >main.go <<'GO'
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	sheet, err := os.ReadFile("sheet.json")
	check(err)
	var rows [][2]any
	check(json.Unmarshal(sheet, &rows))
	f := excelize.NewFile()
	for i, row := range rows {
		// The apostrophe in front of a text of digits is how one is typed; SetCellStr makes a text of anything.
		check(f.SetCellStr("Sheet1", fmt.Sprint("A", i+1), strings.TrimPrefix(row[0].(string), "'")))
		check(f.SetCellValue("Sheet1", fmt.Sprint("B", i+1), row[1]))
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		check(f.SetCellFormula("Sheet1", "D1", lines.Text()))
		value, err := f.CalcCellValue("Sheet1", "D1")
		check(err)
		fmt.Println(value)
	}
}
GO
cat >main.mjs <<'JS'
import { HyperFormula } from 'hyperformula';
import { readFileSync } from 'fs';

const sheet = HyperFormula.buildFromArray(JSON.parse(readFileSync('sheet.json', 'utf8')),
  { licenseKey: 'gpl-v3', useArrayArithmetic: true });
for (const formula of readFileSync(0, 'utf8').trim().split('\n')) {
  console.log(sheet.calculateFormula(`=${formula}`, 0));
}
JS
go mod init example.com/finding >/dev/null 2>&1
go get github.com/xuri/excelize/v2@v2.11.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts hyperformula@3.5.0 >/dev/null 2>&1
go run . <formulas >excelize
node main.mjs <formulas >hyperformula
seen=$(paste -d '|' formulas excelize hyperformula | sed -E 's/^(.*)\|(.*)\|(.*)$/\1: excelize \2, hyperformula \3/')
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
SUM(B1:B7): excelize 193, hyperformula 193
SUMPRODUCT(B1:B7*0.15): excelize 15, hyperformula 28.95
SUMPRODUCT((A1:A7="PAM10")*B1:B7): excelize 100, hyperformula 150
SUMPRODUCT((A1:A7="ANA")*B1:B7): excelize 0, hyperformula 6
SUMPRODUCT(B1:B7,B1:B7): excelize 13061, hyperformula 13061
SUMPRODUCT(B1:B7*B1:B7): excelize 10000, hyperformula 13061
SUMIF(A1:A7,"PAM10",B1:B7): excelize 150, hyperformula 150
SUMIF(A1:A7,"007",B1:B7): excelize 4, hyperformula 7
COUNTIF(A1:A7,"007"): excelize 0, hyperformula 2
COUNTIF(A1:A7,"7"): excelize 0, hyperformula 2
COUNTIFS(A1:A7,"007"): excelize 1, hyperformula 2
SUMIF(A1:A7,"1E5",B1:B7): excelize 20, hyperformula 30
COUNTIF(A1:A7,"1E5"): excelize 0, hyperformula 2
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
