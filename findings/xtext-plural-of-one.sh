#!/usr/bin/env bash
# golang.org/x/text v0.44.0: plural.Selectf for numbers that are not of an integer type.
#
# The guess: the form is chosen by the number as it is printed, as CLDR defines it: "1" takes the form for one, and
# "1.00" in English and Polish the one for others.
# What happens: it is the other way round. float64(1) is printed as 1 with the form for others, "1 posts", and
# number.Decimal(1, two decimals) is printed as 1.00 with the form for one. An average of posts that happens to be
# whole, or an amount with cents, is wrong in each language that tells them apart; the text "1" is no number at all and
# takes others. Only types of integers are right.
# The way out: hand over an int where the number is whole, and choose the form by hand where decimals are shown.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
	"golang.org/x/text/number"
)

func main() {
	texts := catalog.NewBuilder()
	err := texts.Set(language.English, "%v posts", plural.Selectf(1, "", "one", "%v post", "other", "%v posts"))
	if err != nil {
		panic(err)
	}
	english := message.NewPrinter(language.English, message.Catalog(texts))
	for _, n := range []any{1, 1.0, 1.5, "1", number.Decimal(1), number.Decimal(1, number.Scale(2))} {
		fmt.Printf("%T: %s\n", n, english.Sprintf("%v posts", n))
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get golang.org/x/text@v0.44.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
int: 1 post
float64: 1 posts
float64: 1.5 posts
string: 1 posts
number.Formatter: 1 post
number.Formatter: 1.00 post
SEEN
