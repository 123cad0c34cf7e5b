#!/usr/bin/env bash
# npm papaparse 5.7.1: the separator of a sheet with two columns.
#
# The guess: a sheet with exactly one semicolon in every row, the heading included, is separated by semicolons, and
# whether the file ends with a newline, as nearly every exported file does, makes no difference.
# What happens: the empty text after the last newline counts as a row with one field. With that, two columns are no
# longer two on average, and a separator that makes fewer than two is not considered: no separator is found, and the
# comma is taken. Where amounts have decimal commas they are torn: the influencer is "Pam;1", her fee 5. With three
# columns, or without the newline, all is well, so it works in the tests and fails on a customer's list of names and
# fees. `errors` does say that the separator was guessed.
# The way out: `skipEmptyLines: true`, which the search for the separator heeds too, or hand over `delimiter`.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts papaparse@5.7.1 >/dev/null 2>&1

cat >main.js <<'JS'
const { parse } = require('papaparse');

const fees = 'Name;Fee\nPam;1,5\nTom;2,5';
const tell = (what, { data, errors }) => console.log(`${what}: ${data[1].join(' | ')} ${errors.map(e => e.code)}`);
tell('no newline at the end', parse(fees));
tell('newline at the end', parse(fees + '\n'));
tell('newline, no decimals', parse('Name;Fee\nPam;15\nTom;25\n'));
tell('newline, three columns', parse('Name;Fee;Code\nPam;1,5;PAM10\nTom;2,5;TOM10\n'));
tell('newline, skipEmptyLines', parse(fees + '\n', { skipEmptyLines: true }));
JS
seen=$(node main.js)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
no newline at the end: Pam | 1,5 
newline at the end: Pam;1 | 5 UndetectableDelimiter
newline, no decimals: Pam;15 UndetectableDelimiter
newline, three columns: Pam | 1,5 | PAM10 
newline, skipEmptyLines: Pam | 1,5 
SEEN
