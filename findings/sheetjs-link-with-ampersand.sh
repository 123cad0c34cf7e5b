#!/usr/bin/env bash
# npm xlsx 0.18.5 (SheetJS, the newest under this name) reading a link that npm exceljs 4.4.0 wrote.
#
# The guess: the target of a cell's hyperlink is the address that somebody put there. The & of an address has to be
# written as an entity in the XML of a workbook, and a reader of XML takes it back, as it does for the text of the
# cells.
# What happens: texts are decoded, targets of hyperlinks are not. Every parameter but the first gets a name that begins
# with "amp;", so a tracking link has its utm_source and has lost utm_medium, utm_campaign and utm_term, which is the
# one that names the influencer. No error, and the link opens the right page.
# The way out: replace &amp; in `cell.l.Target`, or use a build of 0.20, such as npm @e965/xlsx 0.20.3, which decodes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts xlsx@0.18.5 exceljs@4.4.0 @e965/xlsx@0.20.3 >/dev/null 2>&1

cat >main.js <<'JS'
const exceljs = require('exceljs');

(async () => {
  const workbook = new exceljs.Workbook();
  workbook.addWorksheet('Deals').getCell('A1').value = {
    text: 'Pam & Tom', hyperlink: 'https://shop.example/?utm_source=instagram&utm_medium=influencer&utm_term=pam',
  };
  const file = await workbook.xlsx.writeBuffer();
  const again = new exceljs.Workbook();
  await again.xlsx.load(file);
  const found = { exceljs: again.getWorksheet('Deals').getCell('A1').value };
  for (const name of ['xlsx', '@e965/xlsx']) {
    const cell = require(name).read(file).Sheets.Deals.A1;
    found[name] = { text: cell.v, hyperlink: cell.l.Target };
  }
  for (const [name, { text, hyperlink }] of Object.entries(found)) {
    console.log(`${name}: ${text}: ${[...new URL(hyperlink).searchParams.keys()].join(' ')}`);
  }
})();
JS
seen=$(node main.js)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
exceljs: Pam & Tom: utm_source utm_medium utm_term
xlsx: Pam & Tom: utm_source amp;utm_medium amp;utm_term
@e965/xlsx: Pam & Tom: utm_source utm_medium utm_term
SEEN
