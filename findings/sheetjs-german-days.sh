#!/usr/bin/env bash
# npm xlsx 0.18.5 (SheetJS) and @e965/xlsx 0.20.3, a build of its newer releases: days with dots.
#
# The guess: a format that cannot be shown is an error, or the cell is shown in a format for days that the library does
# know, as it knows that the cell is a day.
# What happens: SSF.format throws for dd.mm.yyyy, the format of German days, because it knows a dot only in front of
# parts of a second. sheet_to_csv and sheet_to_json catch that and write the serial number: a column of posting days is
# a column of numbers, such as 46188, next to amounts that are numbers too, and nothing is reported. With slashes, or
# with \. in the place of the dots, which means the same, the days come as they are shown, so the sheets of two teams
# differ. cellDates does not give back what is shown either: the CSV has 6/15/26, with the month in front.
# Issues 96 and 97 of its formatter, SheetJS/ssf, of 2025 and open, are about the error for Hungarian days.
# The way out: cellDates together with dateNF 'yyyy-mm-dd', which is taken where the format of the cell cannot be shown.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts xlsx@0.18.5 @e965/xlsx@0.20.3 >/dev/null 2>&1

cat >main.cjs <<'JS'
for (const name of ['xlsx', '@e965/xlsx']) {
  const XLSX = require(name);
  console.log(name, XLSX.version);
  try {
    console.log(XLSX.SSF.format('dd.mm.yyyy', 46188));
  } catch (error) {
    console.log('SSF.format:', String(error));
  }
  for (const format of ['dd.mm.yyyy', 'dd\\.mm\\.yyyy', 'dd/mm/yyyy']) {
    const sheet = XLSX.utils.aoa_to_sheet([['day', 'fee'], [46188, 950]]);
    sheet.A2.z = format;
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, sheet, 'Posts');
    const file = XLSX.write(book, { type: 'buffer', bookType: 'xlsx' });
    const row = (options, how) => XLSX.utils.sheet_to_csv(XLSX.read(file, options).Sheets.Posts, how).split('\n')[1];
    const texts = XLSX.utils.sheet_to_json(XLSX.read(file).Sheets.Posts, { raw: false });
    console.log(`  ${format}: ${row()}, as JSON ${texts[0].day}`);
    const dateNF = 'yyyy-mm-dd';
    const named = row({ cellDates: true, dateNF }, { dateNF });
    console.log(`    cellDates: ${row({ cellDates: true })}, with dateNF ${named}`);
  }
}
JS
seen=$(TZ=UTC node main.cjs)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
xlsx 0.18.5
SSF.format: bad second format: .
  dd.mm.yyyy: 46188,950, as JSON 46188
    cellDates: 6/15/26,950, with dateNF 2026-06-15,950
  dd\.mm\.yyyy: 15.06.2026,950, as JSON 15.06.2026
    cellDates: 15.06.2026,950, with dateNF 15.06.2026,950
  dd/mm/yyyy: 15/06/2026,950, as JSON 15/06/2026
    cellDates: 15/06/2026,950, with dateNF 15/06/2026,950
@e965/xlsx 0.20.3
SSF.format: bad second format: .
  dd.mm.yyyy: 46188,950, as JSON 46188
    cellDates: 6/15/26,950, with dateNF 2026-06-15,950
  dd\.mm\.yyyy: 15.06.2026,950, as JSON 15.06.2026
    cellDates: 15.06.2026,950, with dateNF 15.06.2026,950
  dd/mm/yyyy: 15/06/2026,950, as JSON 15/06/2026
    cellDates: 15/06/2026,950, with dateNF 15/06/2026,950
SEEN
