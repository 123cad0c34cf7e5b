#!/usr/bin/env bash
# npm @duckdb/node-api 1.5.6-r.1 (DuckDB v1.5.6): days of a CSV file that have two digits for the year.
#
# The guess: a column with 01.02.26 and 13.02.26 has days of February 2026. The 13 rules out that the month is in front,
# and a reader that cannot tell at which end the year is leaves a text.
# What happens: the year is looked for in front first. 13.02.26 is 26 February 2013, and 01.02.26 above it 26 February
# 2001. So is 13/04/26. The column has the type DATE, sniff_csv tells the format, and nothing is rejected. A year past
# 31 would be needed to see that it stands at the end, so all days of this campaign, and of the next five years, are
# read like that, and a query for the posts of 2026 finds none. With four digits for the year the days are read as
# meant.
# The way out: `dateformat='%d.%m.%y'`, or all_varchar=true and days read by whoever knows the sheet.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @duckdb/node-api@1.5.6-r.1 >/dev/null 2>&1

cat >main.js <<'JS'
const { DuckDBInstance } = require('@duckdb/node-api');
const { writeFileSync } = require('fs');

(async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  const rows = async query => (await connection.runAndReadAll(query)).getRowsJson();
  for (const days of [['01.02.26', '13.02.26'], ['03/04/26', '13/04/26'], ['01.02.2026', '13.02.2026']]) {
    writeFileSync('posts.csv', `posted,code\n${days.map(day => `${day},PAM10\n`).join('')}`);
    const [[format]] = await rows(`SELECT DateFormat FROM sniff_csv('posts.csv')`);
    const read = await rows(`SELECT posted, typeof(posted) FROM 'posts.csv'`);
    console.log(`${days.join(', ')} with ${format}: ${read.map(row => row.join(' ')).join(', ')}`);
  }
  writeFileSync('posts.csv', 'posted,code\n01.02.26,PAM10\n13.02.26,PAM10\n');
  const told = await rows(`SELECT posted FROM read_csv('posts.csv', dateformat = '%d.%m.%y')`);
  console.log(`told the format: ${told.join(', ')}`);
})();
JS
seen=$(node main.js)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
01.02.26, 13.02.26 with %y.%m.%d: 2001-02-26 DATE, 2013-02-26 DATE
03/04/26, 13/04/26 with %y/%m/%d: 2003-04-26 DATE, 2013-04-26 DATE
01.02.2026, 13.02.2026 with %d.%m.%Y: 2026-02-01 DATE, 2026-02-13 DATE
told the format: 2026-02-01, 2026-02-13
SEEN
