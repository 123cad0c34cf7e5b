#!/usr/bin/env bash
# github.com/araddon/dateparse v0.0.0-20210429162001-6b43995a97de: days with dots.
#
# The guess: PreferMonthFirst(false) says that the day is in front, for every separator, and dots are the one that is
# used in countries where it always is. RetryAmbiguousDateWithSwap(true) tries the other order where the first one
# fails.
# What happens: both are heeded for slashes only. With dots the month is in front whatever was asked for: 02.01.2026
# becomes 1 February, silently, and 13.01.2026 in the next row fails, with the swap as well. A sheet of German posting
# days is read with the days up to the twelfth of each month swapped, and the others missing. Not all that is found is a
# day: a fee of 12.5 is 5 December and "3. Quartal" 1 March, both of the year 0.
# The way out: time.Parse with the layouts that the column is known to have.
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

	"github.com/araddon/dateparse"
)

func main() {
	for _, s := range []string{"02/01/2026", "13/01/2026", "02.01.2026", "13.01.2026", "12.5", "3. Quartal"} {
		day, err := dateparse.ParseAny(s, dateparse.PreferMonthFirst(false), dateparse.RetryAmbiguousDateWithSwap(true))
		if err != nil {
			fmt.Println(s, "is an error")
			continue
		}
		fmt.Println(s, "is", day.Format(time.DateOnly))
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/araddon/dateparse@v0.0.0-20210429162001-6b43995a97de >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
02/01/2026 is 2026-01-02
13/01/2026 is 2026-01-13
02.01.2026 is 2026-02-01
13.01.2026 is an error
12.5 is 0000-12-05
3. Quartal is 0000-03-01
SEEN
