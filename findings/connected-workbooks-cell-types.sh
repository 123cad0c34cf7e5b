#!/usr/bin/env bash
# npm @microsoft/connected-workbooks 3.4.2 writing codes and fees for npm xlsx 0.18.5 (SheetJS) and
# github.com/xuri/excelize/v2 v2.11.1.
#
# The guess: what is a text in the grid is a text in the sheet and a number is a number; its README says that types are
# preserved. The file is one that every reader can read, as its maker also makes Excel.
# What happens: what decides is what a value looks like, not its type. The text 1E5, a code, is written as the number
# 1E5, and 007 as the number 007, so excelize reads the codes 100000 and 7, which nobody has. The cell of a number is
# marked t="1", the place of its type in an enumeration of the library's own. The format has b, d, e, inlineStr, n, s and
# str there and no 1, so SheetJS opens the file and throws as soon as a sheet is turned into rows, for every table that
# has a number in it. Tables of texts are right.
# The way out: set t to n in the XML of the sheet, and to str where a text was meant, or a library whose cells have
# types. Our import takes numbers that are spelled as no program spells one, 1E5 and 007, for the texts that they were.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @microsoft/connected-workbooks@3.4.2 jszip@3.10.1 \
  xlsx@0.18.5 >/dev/null 2>&1

cat >main.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import connected from '@microsoft/connected-workbooks';
import JSZip from 'jszip';
import XLSX from 'xlsx';

for (const [name, data] of Object.entries({
  numbers: [['code', 'fee'], ['PAM10', 950], ['1E5', 800], ['007', 1200]],
  texts: [['code', 'paid'], ['PAM10', 'soon']],
})) {
  const blob = await connected.workbookManager.generateTableWorkbookFromGrid({ data, config: { promoteHeaders: true } });
  const file = Buffer.from(await blob.arrayBuffer());
  writeFileSync(`${name}.xlsx`, file);
  const xml = await (await JSZip.loadAsync(file)).file('xl/worksheets/sheet1.xml').async('string');
  console.log(name + ':', ...xml.match(/<c r="..".*?<\/c>/g).slice(2));
  const { Sheets, SheetNames } = XLSX.read(file);
  try {
    console.log('SheetJS:', JSON.stringify(XLSX.utils.sheet_to_json(Sheets[SheetNames[0]])));
  } catch (error) {
    console.log('SheetJS:', error.message);
  }
}
JS
cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

func main() {
	f, err := excelize.OpenFile("numbers.xlsx")
	if err != nil {
		panic(err)
	}
	rows, err := f.GetRows(f.GetSheetList()[0])
	fmt.Println("excelize:", rows, err)
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/xuri/excelize/v2@v2.11.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(node main.mjs; go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
numbers: <c r="A2" t="str"><v>PAM10</v></c> <c r="B2" t="1"><v>950</v></c> <c r="A3" t="1"><v>1E5</v></c> <c r="B3" t="1"><v>800</v></c> <c r="A4" t="1"><v>007</v></c> <c r="B4" t="1"><v>1200</v></c>
SheetJS: unrecognized type 1
texts: <c r="A2" t="str"><v>PAM10</v></c> <c r="B2" t="str"><v>soon</v></c>
SheetJS: [{"code":"PAM10","paid":"soon"}]
excelize: [[code fee] [PAM10 950] [100000 800] [7 1200]] <nil>
SEEN
