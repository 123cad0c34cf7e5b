#!/usr/bin/env bash
# github.com/gocarina/gocsv v0.0.0-20240520201108-78e41c74b4b1: amounts in fields of Go's number types.
#
# The guess: a field of a number type takes what strconv takes, and a row with anything else is an error, which is what
# makes typed fields safer than texts.
# What happens: a text is made to fit. For a float64 the comma is a decimal point, so 1,5 is read as a German would, and
# a fee of 1,234 dollars becomes 1.234 without a word, while 1,234.50 in the next row is an error. 1_000 is 1000. For an
# int everything from the point on is cut off: a discount of 12.9 % becomes 12, 0.99 becomes 0, and the German thousand
# 1.234 is 1, which it is with 1.234,50 too. A blank cell is 0 in either.
# The way out: read such columns into texts, or into a type with UnmarshalCSV, and decide there.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod

cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/gocarina/gocsv"
)

type row[T any] struct {
	Fee T `csv:"fee"`
}

func read[T any](cell string) any {
	var rows []row[T]
	if err := gocsv.UnmarshalString("fee\n\""+cell+"\"\n", &rows); err != nil {
		return "an error"
	}
	return rows[0].Fee
}

func main() {
	for _, cell := range []string{"1,5", "1,234", "1,234.50", "1.234", "1.234,50", "12.9", "0.99", "1_000", ""} {
		fmt.Printf("%q: float64 %v, int %v\n", cell, read[float64](cell), read[int](cell))
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/gocarina/gocsv@v0.0.0-20240520201108-78e41c74b4b1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
"1,5": float64 1.5, int an error
"1,234": float64 1.234, int an error
"1,234.50": float64 an error, int an error
"1.234": float64 1.234, int 1
"1.234,50": float64 an error, int 1
"12.9": float64 12.9, int 12
"0.99": float64 0.99, int 0
"1_000": float64 1000, int 1000
"": float64 0, int 0
SEEN
