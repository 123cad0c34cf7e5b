#!/usr/bin/env bash
# github.com/tj/go-naturaldate v1.3.0: what people write into a column for posting days.
#
# The guess: a text without a time in it is an error, and "1 June" is 1 June.
# What happens: what is not understood is skipped, and no time at all means now. "TBD" is the moment of the call,
# without an error, so a post without a day has one, a new one at each import. A number is an hour: week 23, "KW 23", is
# today at eleven at night, "1 June" is one o'clock on the 29th if today is one, and "12 June 2026" is in September.
# "June 1st" is understood.
# The way out: do not use it for what was not typed for it; time.Parse with known layouts.
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

	"github.com/tj/go-naturaldate"
)

func main() {
	now := time.Date(2026, 3, 29, 12, 0, 0, 0, time.UTC)
	for _, s := range []string{"June 1st", "1 June", "12 June 2026", "June", "TBD", "KW 23", "after the contract"} {
		t, err := naturaldate.Parse(s, now, naturaldate.WithDirection(naturaldate.Future))
		fmt.Printf("%s: %s, error %v\n", s, t.Format("2006-01-02 15:04"), err)
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/tj/go-naturaldate@v1.3.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
June 1st: 2026-06-01 12:00, error <nil>
1 June: 2026-06-29 01:00, error <nil>
12 June 2026: 2026-09-21 10:00, error <nil>
June: 2026-06-29 12:00, error <nil>
TBD: 2026-03-29 12:00, error <nil>
KW 23: 2026-03-29 23:00, error <nil>
after the contract: 2026-03-29 12:00, error <nil>
SEEN
