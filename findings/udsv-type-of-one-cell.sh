#!/usr/bin/env bash
# npm udsv 0.7.3: discount codes of a sheet, with the types of its inferSchema.
#
# The guess: a column has a type that all of its cells have, or all of the first rows, and a cell that does not fit
# stays the text that it is.
# What happens: one cell decides, the last one that is filled in the first nine rows below the header. If that is a
# number, the column is one: with the code 1010 in the ninth row PAM10 in the first is NaN, which is null in JSON, 0107
# is 107, and 1E3 and 1000 are one code. With two rows exchanged all codes are texts, so the same sheet, sorted in
# another way, gives other values. In a column of posts that are done, with Yes, No and a number of posts, a Yes in the
# ninth row makes everything else false. A day there makes "soon", further up or down, an Invalid Date. More rows in the
# third parameter of inferSchema do not help: then it is the last cell of those. Nothing is reported. The README offers
# schema inference and shows what it gives for a line or two, without saying what it looks at.
# The way out: stringObjs, and types by whoever knows the columns, or a parse of one's own in each col of the schema.
# Our import reads each cell by what its column means, and codes are texts in every row.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts udsv@0.7.3 >/dev/null 2>&1

cat >main.mjs <<'JS'
import { inferSchema, initParser } from 'udsv';

const show = value => value instanceof Date ? (isNaN(value) ? 'Invalid Date' : value.toISOString().slice(0, 10))
  : typeof value === 'string' ? `'${value}'` : String(value);
const read = (cells, rows) => {
  const text = ['cell', ...cells].map(cell => `${cell},`).join('\n');
  console.log(...initParser(inferSchema(text, {}, rows)).typedArrs(text).map(([value]) => show(value)));
};
const codes = ['PAM10', '0107', '1E3', '1000', 'TOM10', 'LEA10', 'ANN10', 'JOE10', '1010', 'EVA10'];
read(codes);
read([...codes.slice(0, 7), '1010', 'JOE10', 'EVA10']);
read(['Yes', 'No', '3', 'Yes', 'open', 'No', '2', 'No', 'Yes', 'No']);
read(['soon', ...Array(8).fill('2026-06-01'), 'soon']);
read([...codes, '1011'], Infinity);
JS
seen=$(node main.mjs)
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
NaN 107 1000 1000 NaN NaN NaN NaN 1010 NaN
'PAM10' '0107' '1E3' '1000' 'TOM10' 'LEA10' 'ANN10' '1010' 'JOE10' 'EVA10'
true false false true false false false false true false
Invalid Date 2026-06-01 2026-06-01 2026-06-01 2026-06-01 2026-06-01 2026-06-01 2026-06-01 2026-06-01 Invalid Date
NaN 107 1000 1000 NaN NaN NaN NaN 1010 NaN 1011
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
