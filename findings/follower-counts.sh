#!/usr/bin/env bash
# npm numeral 2.0.6 and human-format 1.2.1, github.com/dustin/go-humanize v1.1.0: numbers of followers as the apps show
# them.
#
# The guess: a library that writes 12500 as 12.5k reads that back in the forms in which apps show it, which are 12.5K
# and 1.2M, and 12,5K where the decimal sign is a comma; and a letter or sign that it does not know is an error.
# What happens: each takes some forms and answers the others with another number. numeral writes and reads small
# letters; with a capital K or M the factor is dropped, so 1.2M followers are 1.2 and 850K are fewer than 900.
# human-format and ParseSI know the prefixes of physics, where m is a thousandth and a capital K is none: 2m is 0.002,
# and ParseSI gives 12.5K as 12.5 of the unit "K", without an error. The comma ends the number for both, and 12,5K is
# 12; human-format gives an error for 12.5K, but not for 12,5K. numeral and ParseBytes take the comma out: 125 and
# 125000. ParseBytes, which is often taken for this as it has both cases, is right until that comma, and cuts 1.5 to 1.
# Sorted by reach, and paid by it, the large accounts are the small ones.
# The way out: split off the letter, read it by a table of one's own, and the number by the language of the app. Our
# import does so: K, Tsd., M, Mio. and the like, with the decimal sign of the sheet.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"bufio"
	"fmt"
	"os"

	"github.com/dustin/go-humanize"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		count, unit, err := humanize.ParseSI(lines.Text())
		si := fmt.Sprintf("%v %q", count, unit)
		if err != nil {
			si = "an error"
		}
		bytes := "an error"
		if count, err := humanize.ParseBytes(lines.Text()); err == nil {
			bytes = fmt.Sprint(count)
		}
		fmt.Printf("ParseSI %s, ParseBytes %s\n", si, bytes)
	}
}
GO
cat >main.cjs <<'JS'
const numeral = require('numeral');
const humanFormat = require('human-format');

for (const text of require('fs').readFileSync(0, 'utf8').trim().split('\n')) {
  let human = 'an error';
  try {
    human = humanFormat.parse(text);
  } catch {}
  console.log(`numeral ${numeral(text).value()}, human-format ${human}`);
}
JS
go mod init example.com/finding >/dev/null 2>&1
go get github.com/dustin/go-humanize@v1.1.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts numeral@2.0.6 human-format@1.2.1 >/dev/null 2>&1
printf '%s\n' 12500 12.5k 12.5K 12,5K 850K 1.2M 2m '10 K' 1.5 >counts
node main.cjs <counts >by-node
go run . <counts >by-go
seen=$(paste -d '|' counts by-node by-go | sed -E 's/^([^|]*)\|/\1: /; s/\|/, /')
echo "$seen"
if ! diff - <(echo "$seen") <<'SEEN'; then
12500: numeral 12500, human-format 12500, ParseSI 12500 "", ParseBytes 12500
12.5k: numeral 12500, human-format 12500, ParseSI 12500 "", ParseBytes 12500
12.5K: numeral 12.5, human-format an error, ParseSI 12.5 "K", ParseBytes 12500
12,5K: numeral 125, human-format 12, ParseSI 12 ",5K", ParseBytes 125000
850K: numeral 850, human-format an error, ParseSI 850 "K", ParseBytes 850000
1.2M: numeral 1.2, human-format 1200000, ParseSI 1.2e+06 "", ParseBytes 1200000
2m: numeral 2000000, human-format 0.002, ParseSI 0.002 "", ParseBytes 2000000
10 K: numeral 10, human-format an error, ParseSI 10 "K", ParseBytes 10000
1.5: numeral 1.5, human-format 1.5, ParseSI 1.5 "", ParseBytes 1
SEEN
  echo 'not as described any more' >&2
  exit 1
fi
echo 'as described'
